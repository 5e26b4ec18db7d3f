"""Months and fiscal years; other ways of writing them, eras included, are explained."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Self

from pydantic_core import core_schema

from planner.case.quantities.base import kind, refuse, shown

_BEFORE_ERA = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
"""The calendar year before the first year of an era."""
_ERA = re.compile(r"(令和|平成|昭和|[RHS])\s*(元|\d{1,2})\s*[年./-]\s*(\d{1,2})?")
_SERIAL = re.compile(r"[2-7]\d{4}", re.ASCII)
_FIRST_OF_SERIALS = datetime.date(1899, 12, 30)
"""Day 0 of the days that spreadsheets count; 20000 to 79999 are the years 1954 to 2119."""
_QUARTER = re.compile(r"(\d{4})[\s-]?Q([1-4])|Q([1-4])[\s-]?(\d{4})", re.ASCII | re.IGNORECASE)
_LONGEST = 40
"""Letters that are looked at for a month that was written in another way."""
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Month(int):
    """A calendar month, counted in months since year zero, so that differences are whole months.

    >>> Month.parse("2024-04") + 6 == Month.parse("2024-10")
    True
    >>> str(Month.parse("2024-04"))
    '2024-04'
    """

    @classmethod
    def of(cls, year: int, month: int) -> Self:
        """The month ``month`` (1 to 12) of ``year``."""
        return cls(year * 12 + month - 1)

    @classmethod
    def parse(cls, value: object) -> Self:
        """Reads ``2024-04``; refuses every other way of writing a month."""
        allowed = "a month as YYYY-MM, such as 2024-04"
        if isinstance(value, Month):
            return cls(value)
        text = value.strip() if isinstance(value, str) else str(value)
        match = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
        if match is None or not isinstance(value, str):
            raise refuse(*_no_month(value, text, allowed))
        year, month = int(match[1]), int(match[2])
        if not (1 <= month <= 12 and 1900 <= year <= 2200):
            raise refuse(f"there is no month {text}", allowed)
        return cls.of(year, month)

    @property
    def year(self) -> int:
        """Calendar year."""
        return int(self) // 12

    @property
    def month(self) -> int:
        """Calendar month, 1 to 12."""
        return int(self) % 12 + 1

    def plus(self, months: int) -> Month:
        """The month that lies ``months`` later."""
        return Month(int(self) + months)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __repr__(self) -> str:
        return f"Month({self})"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: object, _handler: object) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}$", "examples": ["2024-04"]}


def _no_month(value: object, text: str, allowed: str) -> tuple[str, str, str]:
    """What is wrong with something that is no month, with the month that may be meant."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).strip()
    if serial := _SERIAL.fullmatch(plain):
        day = _FIRST_OF_SERIALS + datetime.timedelta(days=int(serial[0]))
        found = f"{shown(value)} is how a spreadsheet counts the day {day:%Y-%m-%d}, not a month"
        return found, allowed, f"write {day:%Y-%m}, if that is meant"
    if year := re.fullmatch(r"FY\s?(\d{4})", plain, re.IGNORECASE):
        remedy = f"write its first month, such as {year[1]}-04" if 1900 <= int(year[1]) <= 2200 else ""
        return f"{shown(value)} is a fiscal year, not a month", allowed, remedy
    if quarter := _QUARTER.fullmatch(plain):
        number, year_of_it = int(quarter[2] or quarter[3]), quarter[1] or quarter[4]
        remedy = f"write its first month, {year_of_it}-{number * 3 - 2:02d} in a calendar year"
        return f"{shown(value)} is a quarter, not a month", allowed, remedy
    month = _month_in(text)
    said = kind(value)
    found = f"{shown(value)} is not a month" if said.startswith("is the text '") or month else f"{said}, not a month"
    if isinstance(value, str) and said.endswith("a time of day"):
        found = f"{said}, not a month"
    return found if isinstance(value, str) else f"{said}, not a month", allowed, _write(month)


def _write(month: str) -> str:
    return f"write {month}" if month else ""


def _month_in(text: str) -> str:
    """The month that was probably meant, as a case file has it; empty where nobody can tell.

    >>> [_month_in(text) for text in ("令和6年4月", "R6.4.1", "2024年4月", "2024/4/1", "20240401", "Apr 2024", "x")]
    ['2024-04', '2024-04', '2024-04', '2024-04', '2024-04', '2024-04', '']
    """
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).strip()
    year, month = 0, 0
    if era := _ERA.match(plain):
        year, month = _year_of(era), int(era[3] or 0)
    elif match := re.fullmatch(r"(\d{4})[-/. 年]?(\d{1,2})(?:[-/. 月]?\d{1,2})?\s*[月日]?", plain):
        year, month = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{4})", plain):
        year, month = int(match[2]), int(match[1])
    elif (match := re.fullmatch(r"([A-Za-z]{3,9})\W*(\d{4})", plain)) and match[1][:3].lower() in _NAMES:
        year, month = int(match[2]), _NAMES.index(match[1][:3].lower()) + 1
    return f"{year}-{month:02d}" if 1900 <= year <= 2200 and 1 <= month <= 12 else ""


def _year_of(era: re.Match[str]) -> int:
    return _BEFORE_ERA[era[1]] + (1 if era[2] == "元" else int(era[2]))


@dataclass(frozen=True, order=True, slots=True)
class FiscalYear:
    """A fiscal year by the calendar year in which it starts; no bare number, since those are periods.

    >>> str(FiscalYear(2025)), FiscalYear(2026) - FiscalYear(2025)
    ('FY2025', 1)
    """

    number: int

    @classmethod
    def parse(cls, value: object) -> Self:
        """Reads ``FY2025``."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, str) or not re.fullmatch(r"FY\d{4}", value, re.ASCII):
            year = _fiscal_year_in(str(value))
            remedy = f"write FY{year}" if year else ""
            if isinstance(value, str) and (
                month := re.fullmatch(r"(\d{4})-(?:0[1-9]|1[0-2])", value.strip(), re.ASCII)
            ):
                remedy = f"write FY{month[1]}, if the fiscal year that begins in {month[1]} is meant"
            raise refuse(f"{kind(value)}, not a fiscal year", "a fiscal year such as FY2025", remedy)
        return cls(int(value[2:]))

    def __sub__(self, other: FiscalYear) -> int:
        return self.number - other.number

    def __str__(self) -> str:
        return f"FY{self.number:04d}"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: object, _handler: object) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^FY\d{4}$"}


def _fiscal_year_in(text: str) -> int:
    """The fiscal year that was probably meant; 0 where nobody can tell.

    >>> [_fiscal_year_in(text) for text in ("2025", "FY25", "fy 2025", "2025年度", "令和7年度", "later")]
    [2025, 2025, 2025, 2025, 2025, 0]
    """
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).strip()
    if era := _ERA.match(plain):
        return _year_of(era)
    if match := re.fullmatch(r"(?:FY)?[\s'-]*(\d{2}|\d{4})\s*(?:年度?)?", plain, re.IGNORECASE):
        return int(match[1]) + (2000 if len(match[1]) == 2 else 0)
    return 0
