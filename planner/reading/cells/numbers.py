"""Numbers and months as people type or paste them into cells: understood where only one thing can be meant."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel, to_excel

from planner.case.quantities import shown
from planner.reading.xlsx.stored import Found


class RefusedCellError(Exception):
    """A cell that cannot be read: what was found, what is allowed, the likely fix."""

    def __init__(self, found: str, allowed: str = "", remedy: str = "") -> None:
        super().__init__(found)
        self.words = (found, allowed, remedy)


@dataclass(frozen=True)
class Typed:
    """A number that was typed as text, and what stands behind it: a unit, a currency, a per cent sign, or nothing."""

    number: str
    unit: str

    def __str__(self) -> str:
        return f"{self.number} {self.unit}".rstrip()


_SIGNS = {"¥": "JPY", "€": "EUR", "£": "GBP"}
"""Signs of money that stand for one currency."""
_MINUS = "-−‐‑–—▲△"
_NUMBER = re.compile(
    rf"(?P<minus>[{_MINUS}+]?)\s*(?P<code>[¥€£]|[A-Za-z]{{3}}(?=\s|\d))?\s*(?P<late>[{_MINUS}]?)\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:_\d+)*(?:\.\d+)?|\.\d+)(?P<power>[eE][+-]?\d+)?"
    r"\s*(?P<unit>[^\d\s,.].*)?",
    re.ASCII,
)
_BRACKETS = re.compile(r"(?P<code>[¥€£]?)\s*\((?P<inner>[^()]*)\)\s*(?P<unit>[^()\d]*)")
_MONTH = re.compile(r"(\d{4})(?:[-/.]|年\s*)(\d{1,2})(?:月|[-/.]0?1|月\s*0?1日)?", re.ASCII)


_YEARS = range(1900, 2201)
"""Numbers that are typed as years; as a day they would lie before 1907."""


def cleaned(text: str) -> str:
    """A text without what nobody sees or means: full-width forms, spaces of any kind around it and doubled in it.

    >>> cleaned(" ２０\\u00a0億円\\u3000")
    '20 億円'
    """
    return " ".join(unicodedata.normalize("NFKC", text).split())


def typed_number(text: str) -> Typed | None:
    """The number that a text says; None where it says none, or more than one could be meant.

    >>> str(typed_number("▲1,000 百万円")), str(typed_number("(¥250)")), str(typed_number("５０％"))
    ('-1000 百万円', '-250 JPY', '50 %')
    >>> typed_number("1,5"), typed_number("n/a"), typed_number("$5")
    (None, None, None)
    """
    text = cleaned(text)
    brackets = _BRACKETS.fullmatch(text)
    if brackets and not set(brackets["inner"]) & set(_MINUS):
        text = f"-{brackets['code']}{brackets['inner']} {brackets['unit']}".strip()
    match = _NUMBER.fullmatch(text)
    if match is None or (match["minus"] and match["late"]):
        return None
    sign = "-" if (match["minus"] or match["late"]) not in ("", "+") else ""
    front = match["code"] or ""
    code, unit = _SIGNS.get(front, front.upper()), (match["unit"] or "").strip()
    if code and unit:
        return None
    number = match["number"].replace(",", "").replace("_", "") + (match["power"] or "")
    return Typed(sign + number, _unit(code or unit))


def _unit(unit: str) -> str:
    """The unit as a case file writes it: ``usd`` is USD and ``bn yen`` is bn JPY."""
    words = unit.split()
    if words and (re.fullmatch(r"[A-Za-z]{3}", words[-1]) or words[-1].lower() in ("yen", "dollars")):
        known = {"YEN": "JPY"}
        last = words[-1].upper()
        if last not in ("DAY", "BPS") and not words[-1].endswith("ps"):
            words[-1] = known.get(last, last)
    return " ".join(words)


def month_of(cell: Found, epoch: datetime.datetime = WINDOWS_EPOCH) -> str:
    """The month that a cell names, as ``2024-04``: its first day as a date, or the month as text, year first.

    Raises:
        RefusedCellError: the cell holds something else.
    """
    allowed = "the first day of a month, such as 2024-04-01, or the month as 2024-04"
    check_value(cell, allowed)
    value = cell.value
    if isinstance(value, str):
        return _month_of_text(value, allowed)
    if isinstance(value, datetime.time):
        raise RefusedCellError(f"the time of day {value} stands there", allowed, "type a date such as 2024-04-01")
    number: Any = to_excel(value, epoch) if isinstance(value, datetime.date) else value  # type: ignore[no-untyped-call]
    if not isinstance(number, bool) and number in _YEARS:  # formatted as a day, a year is one shortly after 1900
        raise RefusedCellError(f"{number:g} is a year, not a month", allowed, f"type {number:g}-04-01, or its month")
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            value = from_excel(value, epoch)
        except (ValueError, OverflowError) as error:
            raise RefusedCellError(f"{shown(cell.value)} is not a date", allowed) from error
    if not isinstance(value, datetime.date):
        raise RefusedCellError(f"{shown(value)} is not a date", allowed, "type a date such as 2024-04-01")
    if value.day != 1 or (isinstance(value, datetime.datetime) and value.time() != datetime.time()):
        first = f"{value.year:04d}-{value.month:02d}-01"
        raise RefusedCellError(f"{value:%Y-%m-%d} is not the first day of a month", allowed, f"type {first}")
    return f"{value.year:04d}-{value.month:02d}"


def _month_of_text(text: str, allowed: str) -> str:
    match = _MONTH.fullmatch(cleaned(text))
    if match is None or not 1 <= int(match[2]) <= 12:
        raise RefusedCellError(f"the text {shown(text)} is not a month", allowed, "type a date such as 2024-04-01")
    return f"{match[1]}-{int(match[2]):02d}"


def check_value(cell: Found, allowed: str, remedy: str = "type the figure; the old one stands under As solved") -> None:
    """Refuses what is no value at all.

    Raises:
        RefusedCellError: an error value, a formula that was never worked out, or nothing.
    """
    if cell.is_error:
        raise RefusedCellError(f"the error {cell.value} stands there", allowed, "mend the formula, or type the figure")
    if cell.is_linked:
        found = "the formula looks into another workbook, and what stands there now nobody knows"
        raise RefusedCellError(found, allowed, "type the figure, or bring what it needs onto a sheet of this workbook")
    if cell.value is None and cell.is_formula:
        open_it = "open and save the workbook in a spreadsheet program, or type the figure"
        raise RefusedCellError("a formula stands there whose value was never worked out", allowed, open_it)
    if cell.value is None:
        raise RefusedCellError("the cell is empty", allowed, remedy)
