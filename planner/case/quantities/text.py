"""A number with its unit, as people type it: full-width digits are read, commas and symbols are explained."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache

from pydantic_core import PydanticCustomError

from planner.case.quantities.base import LARGEST_EXACT_INTEGER, kind, refuse, refuse_without_unit, shown
from planner.case.quantities.oddities import number_beyond

LONGEST = 200
"""Letters of the longest quantity that is looked at."""
DIGITS = r"\d+(?:_\d+)*"
NUMBER = rf"[+-]?{DIGITS}(?:\.{DIGITS})?(?:[eE][+-]?\d+)?"
_QUANTITY = re.compile(rf"(?P<number>{NUMBER})\s*(?P<unit>[^\d\s].*)?", re.ASCII)
_NARROW = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # the full-width forms of ASCII
    **dict.fromkeys((0x3000, 0xA0, 0x2009, 0x202F), " "),  # spaces of word processors and web pages
    0xFFE5: "¥",
    0x2212: "-",
}
_GROUPED = re.compile(r"(?<![\d.,])(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3})(?![\d,])", re.ASCII)
_GROUPED_BY_POINTS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})(?![\d.,])", re.ASCII)
_LOOSE_UNDERSCORE = re.compile(r"(?<!\d)_|_(?!\d)", re.ASCII)
_HEAD = re.compile(r"[+-]?[\d_][\d_.]*", re.ASCII)
_SPACED = re.compile(r"(\d{1,3}(?: \d{3})+)(?!\d)(.*)", re.ASCII)
_SYMBOLS = {"¥": "JPY", "$": "USD", "€": "EUR", "£": "GBP"}
_MARKED = re.compile(rf"([△▲(-]*)([{''.join(_SYMBOLS)}]?|[A-Z]{{3}})\s*([△▲-]?)\s*({NUMBER})\s*([^\d]*)", re.ASCII)
"""A number with a sign, a bracket or a currency in front of it."""


def narrowed(text: str) -> str:
    """A text without full-width forms, and nothing else changed: 10² does not become 102.

    >>> narrowed("１００　ＪＰＹ"), narrowed("10²")
    ('100 JPY', '10²')
    """
    return text.translate(_NARROW)


def parse_number(text: str, allowed: str) -> float:
    """A finite number that binary floating point holds exactly enough; refuses NaN, infinity and huge integers."""
    number = float(text.replace("_", ""))
    if not math.isfinite(number):
        raise refuse(f"{shown(text)} is not a finite number", allowed)
    if abs(number) >= LARGEST_EXACT_INTEGER:
        raise refuse(f"{shown(text)} is too large to be held exactly", allowed, "check the unit; write a larger unit")
    if reason := number_beyond(text):
        raise refuse(f"{shown(text)} is {reason}", allowed, "write a zero, if nothing is meant")
    return number + 0.0  # no minus in front of zero: it would be another case to the hash


def split_quantity(value: object, allowed: str, *units: str, per: str = "") -> tuple[float, str]:
    """Splits a text such as ``14.3 kW`` into its number and its unit.

    A bare number is refused with the ``units`` that may be meant; ``per`` stands behind whatever is proposed.
    """
    if not isinstance(value, str):
        raise refuse_without_unit(value, allowed, *(f"{shown(value)} {unit}{per}" for unit in units))
    return _split(value, allowed, per)


@lru_cache(maxsize=10_000)
def _split(value: str, allowed: str, per: str) -> tuple[float, str]:
    """The same for a text, once for the many scenarios that say it alike."""
    plain = narrowed(value).strip()
    refuse_long(value, allowed)
    refuse_marks_in_number(value, plain, allowed, per)
    if re.fullmatch(r"\d{4}-\d{1,2}(-\d{1,2})?", plain):
        raise refuse(f"{shown(value)} is a date", allowed)
    if kind(plain).startswith("is the time"):
        raise refuse(f"{kind(value)}, not a number with a unit", allowed)
    match = _QUANTITY.fullmatch(plain)
    if match is None:
        remedy = _rewritten(plain, per)
        found = f"{shown(value)} is" if remedy or kind(value).startswith("is the text") else f"it {kind(value)},"
        raise refuse(f"{found} not a number with a unit", allowed, remedy)
    return parse_number(match["number"], allowed), (match["unit"] or "").strip()


def refuse_long(value: str, allowed: str) -> None:
    """Refuses a text that is far too long for a quantity, before anything looks at it closely."""
    if len(value) > LONGEST:
        said = kind(value)
        found = f"{shown(value)} has {len(value):,} letters" if said.startswith("is the text") else f"it {said}"
        raise refuse(found, allowed)


def refuse_marks_in_number(value: str, plain: str, allowed: str, per: str = "") -> None:
    """Refuses marks in a number that mean one thing to one reader and another to the next: commas, points, underscores.

    Commas group thousands for one reader and end the whole part for the next.
    """
    if re.search(r"\d,\d", plain):
        raise refuse(f"{shown(value)} has commas in the number", allowed, _without_commas(plain, per))
    if _GROUPED_BY_POINTS.search(plain):
        raise refuse(f"{shown(value)} has points that set thousands apart", allowed, _written(_pointed(plain), per))
    head = _HEAD.match(plain)
    if head and _LOOSE_UNDERSCORE.search(head[0]):
        found = f"{shown(value)} has an underscore that does not stand between two digits"
        remedy = _written(_LOOSE_UNDERSCORE.sub("", head[0]) + plain[head.end() :], per)
        raise refuse(found, allowed, remedy)


def _without_commas(plain: str, per: str) -> str:
    """The likely fix of a number with commas."""
    plain = _pointed(plain)
    without = _GROUPED.sub(lambda group: group[0].replace(",", ""), plain)
    if "," in without:
        point = without.replace(",", ".")
        return _written(point, per) if without.count(",") == 1 else "write a point where decimals begin"
    single = without != plain and plain.count(",") == 1 and "." not in plain
    other = f", or {plain.replace(',', '.')}{per} if the comma begins decimals" if single else ""
    return (_rewritten(without, per) or f"write {without}{per}") + other


def _pointed(plain: str) -> str:
    """The text with numbers such as 1.234.567,89 as 1234567.89."""
    return _GROUPED_BY_POINTS.sub(lambda group: group[0].replace(".", "").replace(",", "."), plain)


def _written(text: str, per: str) -> str:
    return _rewritten(text, per) or f"write {text}{per}"


def number_hint(value: object, parse: Callable[[object], float]) -> str:
    """How to write a plain number that was written as text: in quotes, with commas, full-width, or with a unit.

    Nothing that ``parse`` would refuse is proposed.
    """
    if not isinstance(value, str) or len(value) > LONGEST:
        return ""
    text = narrowed(value).strip()
    digits = _GROUPED.sub(lambda group: group[0].replace(",", ""), text).replace("_", "")
    digits = digits.replace(",", ".") if re.fullmatch(r"[+-]?\d+,\d+", digits, re.ASCII) else digits
    match = re.fullmatch(rf"({NUMBER})\s*([^\s\d.,_]*)", digits, re.ASCII)
    if match is None or number_beyond(match[1]):
        return ""
    number = re.sub(r"^([+-]?)0+(?=[0-9])", r"\1", match[1])
    try:
        parse(float(number))
    except PydanticCustomError:
        return ""
    wide = "in ordinary digits, " if narrowed(value) != value else ""
    return (
        f"write {number}: no unit is written here"
        if match[2]
        else (f"write {number}, {wide}without quotes, commas or underscores")
    )


def _rewritten(plain: str, per: str = "") -> str:
    """The likely fix of a text that does not begin with its number; empty where none is near."""
    if spaced := _SPACED.fullmatch(plain):
        return f"write {spaced[1].replace(' ', '')}{spaced[2]}{per}, without spaces in the number"
    match = _MARKED.fullmatch(plain)
    if match is None:
        return ""
    before, mark, inside, number, behind = match.groups()
    sign = "-" if before or inside else ""
    unit = " ".join(part for part in (behind.replace(")", " ").strip(), _SYMBOLS.get(mark, mark)) if part)
    if not (before or mark or inside or ")" in behind):
        return ""
    remedy = f"write {sign}{number} {unit}".rstrip() + (per if unit else "")
    return remedy + ("" if unit else " and the currency or the unit behind it")
