"""Lengths of time, in weeks, months, years or days, in English or Japanese."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from planner.case.quantities.base import LARGEST_EXACT_INTEGER, Noun, refuse, refuse_negative, shown
from planner.case.quantities.text import split_quantity
from planner.case.words import nearest

DAYS_PER_MONTH = 365.25 / 12
MONTHS_PER = {"month": 1.0, "year": 12.0, "week": 7 / DAYS_PER_MONTH, "day": 1 / DAYS_PER_MONTH}
"""Months in one of each unit of time."""
_JAPANESE = {
    **dict.fromkeys(("か月", "ヶ月", "ヵ月", "カ月", "ケ月", "箇月"), "month"),
    **dict.fromkeys(("年", "年間"), "year"),
    **dict.fromkeys(("週", "週間"), "week"),
    **dict.fromkeys(("日", "日間"), "day"),
}
_SHORT = {"w": "week", "wk": "week", "mo": "month", "mth": "month", "y": "year", "yr": "year", "d": "day"}
"""Short words that are explained; m alone may be minutes or months."""
_IN_MONTHS = {"quarter": 3, "qtr": 3, "half": 6, "half-year": 6, "halve": 6}
"""Months in times that are explained."""


class Duration(Noun):
    """A length of time as it was written, and the whole months that the plan counts it as (rounded up).

    >>> Duration(value=26, unit="week").months, Duration.parse("5年").months
    (6, 60)
    """

    value: float = Field(ge=0)
    unit: str

    @classmethod
    def parse(cls, value: object) -> Duration:
        """Reads ``26 weeks``, ``5 years``, ``18 months`` or ``90 days``."""
        allowed = "a duration such as 26 weeks, 18 months or 5 years"
        if isinstance(value, Duration):
            return value
        refuse_negative(value, allowed)
        number, unit = split_quantity(value, allowed, "weeks", "months")
        singular = _singular(unit)
        if singular not in MONTHS_PER:
            found = f"the unit {shown(unit)} is not a unit of time" if unit else f"{shown(value)} has no unit"
            raise refuse(found, allowed, _with_unit(number, singular.rstrip("."), is_bare=not unit))
        if number < 0:
            raise refuse(f"{shown(value)} is negative", allowed)
        return cls(value=number, unit=singular)

    @property
    def months(self) -> int:
        """Whole months, rounded up: 26 weeks are 6 months."""
        return math.ceil(self.value * MONTHS_PER[self.unit] - 1e-9)

    def __str__(self) -> str:
        plural = "" if self.value == 1 else "s"
        number = int(self.value) if self.value == int(self.value) else self.value  # reads back as exactly the same
        return f"{number} {self.unit}{plural}"


def _singular(unit: str) -> str:
    return _JAPANESE.get(unit, unit.lower().removesuffix("s"))


def time_unit(unit: str) -> str | None:
    """The unit of time that a word means, in the singular; None for any other word."""
    return singular if (singular := _singular(unit)) in MONTHS_PER else None


def _with_unit(number: float, word: str, *, is_bare: bool) -> str:
    """The likely fix of a duration whose unit is none, or is left out."""
    if number < 0 or number >= LARGEST_EXACT_INTEGER:
        return ""
    if is_bare:
        return f"write {number:g} weeks or {number:g} months, whichever is meant"
    return f"write {number:g} {_SHORT[word]}s" if word in _SHORT else time_hint(number, word)


def time_hint(number: float, unit: str) -> str:
    """The length of time that is probably meant by a number and a word that is no unit; empty where nobody can tell.

    >>> time_hint(6, "mnths"), time_hint(3, "quarters"), time_hint(6, "m")
    ('did you mean 6 months?', 'did you mean 9 months?', '')
    """
    word = _singular(unit).rstrip(".")
    if word in _IN_MONTHS:
        return f"did you mean {number * _IN_MONTHS[word]:g} months?"
    near = nearest(word, [*MONTHS_PER, *_SHORT]) if len(word) > 1 else ""
    return f"did you mean {number:g} {_SHORT.get(near, near)}{'' if number == 1 else 's'}?" if near else ""


DurationText = Annotated[
    Duration,
    BeforeValidator(Duration.parse),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["26 weeks", "18 months", "5 years"]}),
]
