"""Counts per time: how many can be had in a period, as a bare number or with the time that the number counts for."""

from __future__ import annotations

import math
import re
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from planner.case.quantities.base import refuse, shown
from planner.case.quantities.numbers import MOST_UNITS, parse_count
from planner.case.quantities.text import narrowed
from planner.case.words import nearest

WORDS = {"month": "month", "quarter": "quarter", "half": "half-year", "year": "year"}
"""How a case file calls the time of a count, by the length of a period."""
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "half": 6, "year": 12}
_ALLOWED = f"a whole number from 0 to {MOST_UNITS:,} for each period, or one with its time, such as 60 per quarter"
_COUNT = re.compile(r"(\d[\d_]*)\s+per\s+([a-z-]+)", re.ASCII)
_WORDED = re.compile(r"(\d[\d_]*)\s*(?:per\b|/|a\b)\s*([a-z-]+)", re.ASCII)
_OTHER_NAMES = {"mth": "month", "mo": "month", "qtr": "quarter", "q": "quarter", "yr": "year", "y": "year"} | {
    name: name for name in WORDS.values()
}
"""Times as people write them, and as they are read."""
_NEAR = re.compile(r"(\d[\d_]*)\D*?(month|quarter|half|year)", re.ASCII)


def parse_count_per_period(value: object) -> int:
    """A count for each period of the plan; one with its time was turned into that already, as it needs the calendar."""
    if isinstance(value, str):
        plain = narrowed(value).strip().lower()
        near = _NEAR.match(plain)
        remedy = f"write {near[1]} per {WORDS.get(near[2], near[2])}, if that is meant" if near else ""
        if not near and (misspelt := _WORDED.fullmatch(plain)) and (time := nearest(misspelt[2], _OTHER_NAMES)):
            remedy = f"did you mean {misspelt[1]} per {_OTHER_NAMES[time]}?"
        if not remedy:
            try:
                parse_count(value)
            except PydanticCustomError as error:
                remedy = (error.context or {}).get("remedy", "")
        raise refuse(f"is the text {shown(value)}, not a whole number", _ALLOWED, remedy)
    return parse_count(value)


def in_periods(text: str, period: str) -> int | None:
    """What a count with its time is for one period; None where the text is no such count.

    >>> in_periods("60 per quarter", "month"), in_periods("20 per month", "year"), in_periods("60", "month")
    (20, 240, None)

    Raises:
        PydanticCustomError: it is no whole number in every period.
    """
    match = _COUNT.fullmatch(narrowed(text).strip())
    if match is None or match[2] not in _MONTHS:
        return None
    count, months, own = int(match[1].replace("_", "")), _MONTHS[match[2]], _MONTHS[period]
    if count * own % months:
        part = months // math.gcd(months, own)
        less, more = count // part * part, -(-count // part) * part
        ways = " or ".join(f"{way} per {match[2]}" for way in (less, more) if way)
        found = f"{shown(text)} is {count * own / months:.4g} in a period of one {WORDS[period]}, and no whole number"
        raise refuse(found, f"a multiple of {part} per {match[2]}", f"write {ways}")
    return parse_count(count * own // months)


PerPeriod = Annotated[
    int,
    BeforeValidator(parse_count_per_period),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": MOST_UNITS},
                {"type": "string", "pattern": r"^\d[\d_]* +per +(month|quarter|half|half-year|year)$"},
            ]
        }
    ),
]
"""A whole number for each period of the plan."""
