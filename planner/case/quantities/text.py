"""A number with its unit, as people type it: full-width digits are read, commas and symbols are explained."""

from __future__ import annotations

import math
import re

from planner.case.quantities.base import LARGEST_EXACT_INTEGER, refuse, refuse_without_unit, shown

LONGEST = 200
"""Letters of the longest quantity that is looked at."""
NUMBER = r"[+-]?\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?"
_QUANTITY = re.compile(rf"(?P<number>{NUMBER})\s*(?P<unit>[^\d\s].*)?", re.ASCII)
_NARROW = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # the full-width forms of ASCII
    **dict.fromkeys((0x3000, 0xA0, 0x2009, 0x202F), " "),  # spaces of word processors and web pages
    0xFFE5: "¥",
    0x2212: "-",
}
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)", re.ASCII)
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
    return number + 0.0  # no minus in front of zero: it would be another case to the hash


def split_quantity(value: object, allowed: str, unit: str = "") -> tuple[float, str]:
    """Splits a text such as ``14.3 kW`` into its number and its unit.

    A bare number is refused with the ``unit`` that may be meant.
    """
    if not isinstance(value, str):
        raise refuse_without_unit(value, allowed, f"{shown(value)} {unit}")
    plain = narrowed(value).strip()
    refuse_long(value, allowed)
    refuse_commas(value, plain, allowed)
    if re.fullmatch(r"\d{4}-\d{1,2}(-\d{1,2})?", plain):
        raise refuse(f"{shown(value)} is a date", allowed)
    match = _QUANTITY.fullmatch(plain)
    if match is None:
        raise refuse(f"{shown(value)} is not a number with a unit", allowed, _rewritten(plain))
    return parse_number(match["number"], allowed), (match["unit"] or "").strip()


def refuse_long(value: str, allowed: str) -> None:
    """Refuses a text that is far too long for a quantity, before anything looks at it closely."""
    if len(value) > LONGEST:
        raise refuse(f"{shown(value)} has {len(value):,} letters", allowed)


def refuse_commas(value: str, plain: str, allowed: str) -> None:
    """Refuses a number with commas: they group thousands for one reader and end the whole part for the next."""
    if not re.search(r"\d,\d", plain):
        return
    without = _GROUPED.sub(lambda group: group[0].replace(",", ""), plain)
    remedy = _rewritten(without) or f"write {without}"
    if "," in without:
        remedy = (
            f"write {without.replace(',', '.')}" if without.count(",") == 1 else "write a point where decimals begin"
        )
    raise refuse(f"{shown(value)} has commas in the number", allowed, remedy)


def number_hint(value: object) -> str:
    """How to write a plain number that was written as text: in quotes, with commas, full-width, or with a unit."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return ""
    text = narrowed(value).strip()
    digits = _GROUPED.sub(lambda group: group[0].replace(",", ""), text).replace("_", "")
    if re.fullmatch(NUMBER, digits, re.ASCII):
        return f"write {re.sub(r'^([+-]?)0+(?=[0-9])', r'\1', digits)}, without quotes, commas or underscores"
    behind = re.fullmatch(rf"({NUMBER})\s*([^\s\d.,_]+)", digits, re.ASCII)
    return f"write {behind[1]}: no unit is written here" if behind else ""


def _rewritten(plain: str) -> str:
    """The likely fix of a text that does not begin with its number; empty where none is near."""
    if spaced := re.fullmatch(r"(\d{1,3}(?: \d{3})+)(?!\d)(.*)", plain, re.ASCII):
        return f"write {spaced[1].replace(' ', '')}{spaced[2]}, without spaces in the number"
    match = _MARKED.fullmatch(plain)
    if match is None:
        return ""
    before, mark, inside, number, behind = match.groups()
    sign = "-" if before or inside else ""
    unit = " ".join(part for part in (behind.replace(")", " ").strip(), _SYMBOLS.get(mark, mark)) if part)
    remedy = f"write {sign}{number} {unit}".rstrip()
    return remedy + ("" if unit else " and the currency or the unit behind it")
