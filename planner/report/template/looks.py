"""How the template looks, and what its cells take: formats, lists to choose from, ranges."""

from __future__ import annotations

from typing import Any

from planner.language import Speaker
from planner.reading.cells.kinds import Kind
from planner.reading.template.tables import Column
from planner.report.xlsx.style import BLUE, FONTS, GREY, NAVY, ON_NAVY, PALE, SHARED
from planner.vocabulary.message import Part, Text, say

LOOKS: dict[str, dict[str, Any]] = {
    **SHARED,
    "wrapped": {"text_wrap": True},
    "header": {**ON_NAVY, "text_wrap": True},
    "required": {**ON_NAVY, "bg_color": "#C55A11", "text_wrap": True},
    "help": {"font_color": GREY, "font_size": 8, "text_wrap": True},
    "heading": {"bold": True, "font_color": NAVY, "bottom": 1},
    "must": {"bold": True},
    "column": {"font_color": BLUE},
    "example": {"italic": True, "font_color": "#7F7F7F", "bg_color": PALE},
}
_NUMBER = "#,##0.######"
_FORMATS = {"share": "0.0## %", "month": "yyyy-mm", "count": "#,##0"}
_FORMATS |= dict.fromkeys(("money", "rate", "unit"), _NUMBER) | dict.fromkeys(("number", "duration", "any"), "General")
LARGEST = 9_000_000_000_000_000
MOST_UNITS = 10_000_000


def font_of(speaker: Speaker) -> dict[str, Any]:
    """What all cells share, in a font of the language."""
    return {"font_name": FONTS[speaker.code], "font_size": 10, "valign": "top"}


def footer_of(speaker: Speaker) -> str:
    """What stands below each page."""
    return f"&L&8&F&C&8{speaker.say('&A · page &P of &N')}"


def number_format(kind: Kind) -> str:
    """How a kind of cell shows its value; texts stay texts, so that 001 and 2024-04 are not made into numbers."""
    return "@" if kind.many else _FORMATS.get(kind.shape, "@")


def allowed(column: Column, lists: dict[str, str], speaker: Speaker) -> dict[str, Any]:
    """The validation of a column; ``lists`` has the range that a name is chosen from. Empty cells are always taken."""
    kind = column.kind
    title = speaker.caption(column.header, column.unit)[:32]
    message = _shortened(_message(column, speaker))
    base = {"input_title": title, "input_message": message, "error_title": speaker.say("Not understood")}
    if (kind.shape in ("choice", "switch")) and not kind.many:
        choices = [speaker.choice(word) for word in kind.choices]
        return {**base, "validate": "list", "source": choices, "error_message": speaker.say("Choose from the list.")}
    if (source := lists.get(kind.shape if kind.shape == "currency" else column.header)) and not kind.many:
        words: Text = "This is not in the list. Keep it only if you add it where the list comes from."
        chosen = {"validate": "list", "source": source, "error_type": "warning", "error_message": speaker.say(words)}
        return {**base, **chosen}
    if (limits := _range(column)) is None:
        return {**base, "validate": "any"}
    rule, least, most, severity, words = limits
    between = {"validate": rule, "criteria": "between", "minimum": least, "maximum": most}
    return {**base, **between, "error_type": severity, "error_message": speaker.say(words)}


def _range(column: Column) -> tuple[str, float, float, str, Text] | None:
    """Kind of number, least, most, how strictly, and what to say; None where texts are usual."""
    least = 0 if column.least is None else column.least
    shape = column.kind.shape
    if shape == "share":
        return "decimal", 0, 1, "stop", "A share between 0 % and 100 %."
    if shape == "count":
        most = MOST_UNITS if column.most is None else column.most
        return (
            "integer",
            least,
            most,
            "stop",
            say("A whole number from {least} to {most}.", least=f"{least:g}", most=f"{most:,g}"),
        )
    if shape == "number":
        most = LARGEST if column.most is None else column.most
        words: Text = say("A number of {least} or more.", least=f"{least:g}")
        if most != LARGEST:
            words = say("A number of {least} or more, at most {most}.", least=f"{least:g}", most=f"{most:g}")
        return "decimal", least, most, "stop", words
    if shape in ("money", "rate", "unit"):
        lowest = -LARGEST if column.kind.negative else 0
        words = "A number is expected. Keep a text only if it names its own unit or currency, such as 5000 USD."
        return "decimal", lowest, LARGEST, "warning", words
    if shape == "month":
        return "decimal", 1, 120_000, "warning", "A date is expected: the first day of the month, such as 2026-04-01."
    return None


def _message(column: Column, speaker: Speaker) -> str:
    """What shows beside a cell when somebody selects it."""
    parts: list[Text] = [column.meaning]
    if column.kind.shape == "duration":
        parts.append("Months, or a text such as 26 weeks or 5 years.")
    if column.kind.shape == "month":
        parts.append("First day of the month, such as 2026-04-01.")
    if column.kind.many:
        choices = ", ".join(speaker.choice(word) for word in column.kind.choices)
        several = say("Several with commas between: {choices}.", choices=choices)
        parts.append(several if choices else "Several with commas between.")
    if column.kind.by_month:
        parts.append("May change: add a row with the same name and a month.")
    return " ".join(text for text in (*(speaker.say(part) for part in parts), note_of(column, speaker)) if text)


def note_of(column: Column, speaker: Speaker) -> str:
    """What an empty cell means."""
    if column.required:
        return speaker.say("Must be filled.")
    return speaker.say(say("Empty: {default}.", default=_default(column, speaker))) if column.default else ""


def _default(column: Column, speaker: Speaker) -> Part:
    """A default as a cell would hold it."""
    if column.kind.shape in ("choice", "switch"):
        return speaker.choice(column.default)
    if column.kind.shape == "duration":
        number, unit = column.default.split(" ", 1)
        return say(f"{{number}} {unit}", number=number)
    return column.default


def _shortened(text: str, most: int = 250) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
