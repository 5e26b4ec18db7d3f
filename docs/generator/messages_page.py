"""The page of messages: what a beginner's slips in the starter case are answered with, word by word."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from generator.text import filled
from planner.errors import InputError
from planner.reading.case.file import read_case
from planner.reading.packaged import packaged

FOLDER, CASE = "my-plan", "budget.yaml"


@dataclass(frozen=True)
class Slip:
    """A mistake in the starter case, and what to say about it beside the message."""

    title: str
    put: str
    """What stands in the file by mistake."""
    instead_of: str
    """What stands in the starter case; empty where the slip is not one of its text."""
    explained: str
    encoding: str = "utf-8"
    file: str = CASE


SLIPS = (
    Slip(
        "A file that is not there",
        "plan check my-plan/bugdet.yaml",
        "",
        "The nearest name in the same folder is proposed.",
        file="bugdet.yaml",
    ),
    Slip(
        "A figure without its unit",
        "opening_cash: 8000000000",
        "opening_cash: 8 bn JPY",
        "Yen, thousands of yen or dollars? The file has to say. `8 bn JPY`, `80億円` and `8_000_000_000 JPY` are the "
        "same amount.",
    ),
    Slip(
        "A per cent without its sign",
        "rate: 33",
        "rate: 33 %",
        "`33 %`, `0.33` and `33/100` are shares. A bare number above 1 is never turned into a per cent in silence.",
    ),
    Slip(
        "A field that does not exist",
        "payment_lg: 6 months",
        "payment_lag: 6 months",
        "A misspelt field that was ignored would be a plan without it.",
    ),
    Slip(
        "A name that nothing has",
        "system: b200-hgx",
        "system: b200-hgx8",
        "Whatever a case refers to is declared somewhere in it, or in the hardware catalogue, under exactly this name.",
    ),
    Slip(
        "A field that has to be there",
        "",
        "    pue: 1.3  # example\n",
        "The line is that of the entry in which the field is missing. The words in brackets say what it holds.",
    ),
    Slip(
        "A month in another form",
        "令和8年7月: 4 bn JPY",
        "2026-07: 4 bn JPY",
        "Eras, `2026年7月`, `2026/7/1` and `Jul 2026` are recognised, and answered with the month to write. There is "
        "one way to write a month, so that a file can be searched.",
    ),
    Slip(
        "A price that cannot be right",
        "price: 40_000 USD",
        "price: 320_000 USD",
        "Most often this is the price of one accelerator. Where it is right, the text in backquotes, put into the file "
        "with the reason, lets it through; see [decision 17](decisions/0017-plausible-figures.md).",
    ),
    Slip(
        "A tab in front of a field",
        "\tstart: 2026-04",
        "  start: 2026-04",
        "YAML tells groups by their indentation, and knows only spaces. Full-width spaces are answered alike.",
    ),
    Slip(
        "A file that was saved in Shift_JIS",
        "title: 二社、二拠点、補助金一件",
        "title: Two suppliers, two sites, one programme",
        "Older editors on Japanese computers write it. It is not read by guessing: a wrong guess gives other "
        "characters and no error. UTF-8 with or without a byte order mark is read, and UTF-16 that has one.",
        encoding="cp932",
    ),
)
"""The mistakes that people make first, in about the order in which they make them."""


def messages_page() -> str:
    """The whole page."""
    sections = [_section(number, slip) for number, slip in enumerate(SLIPS, 1)]
    return filled("messages.md", {"messages": "\n\n".join(sections)})


def _section(number: int, slip: Slip) -> str:
    written = slip.put.replace("\t", "→   ") if slip.put else f"(no line `{slip.instead_of.strip()}`)"
    blocks = f"```yaml\n{written}\n```\n\n```text\n{answer_to(slip)}\n```"
    if slip.file != CASE:
        blocks = blocks.replace("```yaml", "```sh", 1)
    return f"### {number}. {slip.title}\n\n{blocks}\n\n{slip.explained}"


def answer_to(slip: Slip) -> str:
    """What the command says about the starter case with a slip in it.

    Raises:
        ValueError: the slip is none, or the starter case has changed under it.
    """
    text = packaged("starter.yaml").read_text(encoding="utf-8")
    if slip.instead_of and slip.instead_of not in text:
        raise ValueError(f"the starter case has no {slip.instead_of!r}")
    with tempfile.TemporaryDirectory() as folder:
        changed = text.replace(slip.instead_of, slip.put, 1) if slip.instead_of else text
        (Path(folder) / CASE).write_bytes(changed.encode(slip.encoding, "replace"))
        try:
            read_case(Path(folder) / slip.file)
        except InputError as error:
            return str(error).replace(folder, FOLDER)
    raise ValueError(f"{slip.title}: nobody minds")
