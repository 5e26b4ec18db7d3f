"""Texts that are almost a case file, or hardly one: each is made by a number, and always the same by the same one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Literal, get_args

import yaml

from planner.case.case import Case
from planner.case.pool import Pool
from planner.reading.case.fields import bare, fields_of, is_timeline, origin_of
from tests.places import ROOT
from tests.pool.pools import operator, pool

ODD = [
    "", " ", "~", "null", "true", "yes", "NO", "on", ".nan", ".inf", "-.inf", "0", "-0", "-1", "1", "5", "0.5",
    "1e3", "1e400", "-1e-400", "1" + "0" * 40, "9" * 5000, "9007199254740993", "0777", "0x1F", "1:30", "1_000",
    "1,000", "1.5.2", "5 %", "５０％", "150 %", "1/3", "1/0", "3割", "100 JPY", "1e9 JPY", "-3 bn JPY", "30億円",
    "1億5000万円", "△100", "(5 JPY)", "¥100", "$5", "JPY 20 bn", "20 bn", "20 bn yen", "5 億 USD", "1億2億円", "円",
    "億円", "10² JPY", "１００ JPY", "20 JPY/kWh", "20 JPY/", "/kWh", "400 JPY/accelerator-hour",
    "1 JPY/PFLOPS-hour", "10 kW", "10 KW", "1e300 GW", "6 MW", "-6 MW", "26 weeks", "26w", "5年", "18か月",
    "1e17 years", "0 months", "2024-04", "2024-4", "2024-13", "2024-04-31", "0000-01", "9999-12", "令和6年4月",
    "令和元年", "R6.4", "H99.99", "FY2024", "FY24", "2024年度", "Apr 2024", "2024Q2", "cube", "maker", "north",
    "hall", "grant", "rental", "bank",
    "[ministry]", "[credit, credit]", "tax_credit", "repay_all", "[{share: 1}]",
    "a/b", "../x", "=1+1", "a" * 300, "ti\u200bny", "\u202etxet", "日本", "é",
    "𝔘", "ｎａｍｅ", "[]", "{}", "[1, 2]", "{a: 1}", "[[[[]]]]", "{2024-04: 5 kW}",
    "{2024-04: 1 JPY, 2025-04: 2 USD}", "&a 5", "*a", "!!str 5", "! x", "|", ">", "- x", "? x", ": x", "#", "'",
    '"', "`", "@x", "%x", "{", "[", "]", "}", ",", "\t", "　", "：", "\u2028", "\x00", "\x85", "\ufeff",
    "\x1b[31m", "{allowed}", "%s", "{0}", "\\x", "\r", "---", "...", "<<",
]  # fmt: skip
"""Words that stand where a value, a key or a line is expected."""
_VALUE = re.compile(r"(?<=: )[^\n#]+|(?<=- )[^\n#]+")
_KEY = re.compile(r"(?<=\n)( *)([\w.-]+)(?=:)")


@dataclass(frozen=True)
class Form:
    """What a file may hold: good texts of it, and how one is drawn from the fields that exist."""

    texts: tuple[str, ...]
    drawn: Callable[[Random], dict[str, Any]]


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _drawn_pool(chance: Random) -> dict[str, Any]:
    shared = {name: part for name, part in _drawn_group(Case, chance).items() if chance.random() < 0.5}
    operators = {name: _drawn(Case, chance, 0) for name in ("east", "west", chance.choice(ODD))}
    return {**shared, **_drawn_group(Pool, chance), "common": _drawn(Case, chance, 0), "operators": operators}


def _drawn_group(annotation: Any, chance: Random) -> dict[str, Any]:
    drawn = _drawn(annotation, chance, 0)
    return drawn if isinstance(drawn, dict) else {"name": drawn}


TOYS = pool({"east": operator(), "west": operator(2)}, target={"metric": "accelerators", "floor": 2, "by": "2025-12"})
CASES = Form(
    tuple(_text(path) for path in ("tests/cases/tiny.yaml", "tests/cases/programmes.yaml", "inputs/starter.yaml")),
    lambda chance: _drawn(Case, chance, 0),
)
POOLS = Form((yaml.safe_dump(TOYS, sort_keys=False), _text("inputs/meti-pool.yaml")), _drawn_pool)


def text_of(number: int, form: Form = CASES) -> bytes:
    """The input of a number."""
    chance = Random(number)
    make = chance.choice(MAKERS)
    text = make(chance, form)
    encoding = chance.choice(
        ["utf-8"] * 12 + ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp932", "euc_jp", "latin-1"]
    )
    content = text.encode(encoding, "replace")
    return bytes_changed(content, chance) if chance.random() < 0.05 else content


def _letters(chance: Random, _: Form) -> str:
    """Letters and odd words without any order."""
    letters = "ab:-#,{}[]'\"|>&*!%@?\n  \n\t0159.\u3000：１ー円\u2028\x00é"
    return "".join(
        chance.choice(ODD) if chance.random() < 0.1 else chance.choice(letters) for _ in range(chance.randint(0, 400))
    )


def _values(chance: Random, form: Form) -> str:
    """A case with some values replaced."""
    text = chance.choice(form.texts)
    for _ in range(chance.choice([1, 1, 1, 2, 5])):
        text = _replaced(text, _VALUE, chance, chance.choice(ODD))
    return text


def _keys(chance: Random, form: Form) -> str:
    """A case with some names of fields and entries replaced."""
    text = chance.choice(form.texts)
    for _ in range(chance.choice([1, 1, 3])):
        found = list(_KEY.finditer(text))
        other = chance.choice([chance.choice(found)[2], chance.choice(ODD), "_", "x-1"])
        spot = chance.choice(found)
        text = text[: spot.start(2)] + other + text[spot.end(2) :]
    return text


def _lines(chance: Random, form: Form) -> str:
    """A case with lines that are gone, doubled, moved, indented, cut, or strange."""
    lines = chance.choice(form.texts).split("\n")
    for _ in range(chance.choice([1, 1, 2, 5, 30])):
        at = chance.randrange(len(lines))
        lines[at : at + 1] = _line_changed(lines[at], chance.choice(lines), chance)
        lines = lines or [""]
    return "\n".join(lines)


def _line_changed(line: str, other: str, chance: Random) -> list[str]:
    """What stands in place of a line."""
    return chance.choice(
        [
            [],
            [line, other],
            [chance.choice(ODD), line],
            [" " * chance.randint(0, 9) + line.lstrip()],
            [line[: chance.randint(0, 30)]],
            [line.replace(" ", chance.choice(["\t", "　", "  ", ""]), 1)],
            [line + other],
        ]
    )


def _characters(chance: Random, form: Form) -> str:
    """A case with single characters that are gone, doubled or another."""
    text = chance.choice(form.texts)
    for _ in range(chance.choice([1, 2, 10])):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(["", text[at] * 2, chance.choice(ODD)[:1], ":", "\n", "0"]) + text[at + 1 :]
    return text


def _structure(chance: Random, form: Form) -> str:
    """A case drawn from the fields that exist, with values that may or may not fit, in flow style."""
    return json.dumps(form.drawn(chance), ensure_ascii=chance.random() < 0.5, indent=chance.choice([None, 1]))


def _spliced(chance: Random, form: Form) -> str:
    """The head of one case and the tail of another."""
    one, other = chance.choice(form.texts), chance.choice(form.texts)
    return one[: chance.randrange(len(one))] + other[chance.randrange(len(other)) :]


def _swollen(chance: Random, form: Form) -> str:
    """Much of something."""
    many = chance.choice([100, 3_000, 20_000])
    return chance.choice(
        [
            "a: " + "[" * many,
            "a: " + "{a: " * many,
            "".join(f"k{n}: {n}\n" for n in range(many)),
            "a:\n" + "- x\n" * many,
            "a: " + "x" * many * 20,
            "a: '" + "''" * many,
            form.texts[0] + "\n" + "".join(f"  s{n}: x\n" for n in range(many)),
            form.texts[0].replace("offers:\n", "offers:\n" + "".join(f"  o{n}: {{}}\n" for n in range(many // 10))),
            "\n" * many + "name: x",
            "a: &a [x]\n" + "".join(f"a{n}: &a{n} [*a, *a, *a{n - 1}]\n" for n in range(1, min(many, 500))),
            "-" * many,
            "? " * many,
            "# " + "x" * many,
        ]
    )


MAKERS = (
    *[_values] * 6, *[_keys] * 3, *[_lines] * 4, *[_characters] * 3, *[_structure] * 4, _letters, _spliced, _swollen,
)  # fmt: skip


def _replaced(text: str, pattern: re.Pattern[str], chance: Random, word: str) -> str:
    spot = chance.choice(list(pattern.finditer(text)))
    return text[: spot.start()] + word + text[spot.end() :]


def bytes_changed(content: bytes, chance: Random) -> bytes:
    """The content with some bytes that are others, and now and then without its end."""
    changed = bytearray(content or b"x")
    for _ in range(chance.choice([1, 5, 50])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.2 else changed)


def _drawn(annotation: Any, chance: Random, depth: int) -> Any:
    """A value for a type; now and then one of another type."""
    here = bare(annotation)
    if chance.random() < 0.03 or depth > 8:
        return chance.choice(ODD)
    if fields := fields_of(here):
        wanted = {name: field for name, field in fields.items() if field.is_required() or chance.random() < 0.4}
        if "amount" in fields and "currency" in fields:
            return chance.choice(ODD)
        drawn = {name: _drawn(field.annotation, chance, depth + 1) for name, field in wanted.items()}
        return drawn | ({chance.choice(ODD): 1} if chance.random() < 0.02 else {})
    if is_timeline(here):
        inner = get_args(here)[0]
        if chance.random() < 0.5:
            return _drawn(inner, chance, depth + 1)
        return {chance.choice(["2024-04", "2025-04", "2026-01"]): _drawn(inner, chance, depth + 1) for _ in range(2)}
    if origin_of(here) is dict:
        names = ["cube", "maker", "north", "FY2024", "2024-07", "USD", "finance.discount_rate", chance.choice(ODD)]
        inner = get_args(here)[1]
        return {chance.choice(names): _drawn(inner, chance, depth + 1) for _ in range(chance.randint(0, 3))}
    if origin_of(here) is tuple:
        return [_drawn(get_args(here)[0], chance, depth + 1) for _ in range(chance.randint(0, 3))]
    if origin_of(here) is Literal:
        return chance.choice(get_args(here))
    return chance.choice([chance.choice(ODD), chance.randint(-5, 100), chance.random(), None, True, "cube", "2024-04"])
