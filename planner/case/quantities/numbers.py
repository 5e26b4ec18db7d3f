"""Plain numbers: amounts, counts, yes and no."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from planner.case.quantities.base import LARGEST_EXACT_INTEGER, kind, refuse, shown
from planner.case.quantities.oddities import number_beyond
from planner.case.quantities.text import number_hint


def _refuse_beyond(value: object, allowed: str) -> None:
    """Refuses a number that cannot be held, which the reader of files has left as it is written."""
    if isinstance(value, str) and number_beyond(value.strip()):
        raise refuse(kind(value), allowed)


def parse_plain_number(value: object) -> float:
    """A finite number of zero or more, written without a unit because it counts things."""
    allowed = "a number of zero or more"
    _refuse_beyond(value, allowed)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refuse(f"{kind(value)}, not a number", allowed, number_hint(value, parse_plain_number))
    if not math.isfinite(value):
        raise refuse(f"{shown(value)} is not a finite number", allowed)
    if value < 0:
        raise refuse(f"{shown(value)} is negative", allowed)
    if abs(value) >= LARGEST_EXACT_INTEGER:
        raise refuse(
            f"{shown(value)} is too large to be held exactly", allowed, "check the unit that the field counts in"
        )
    return value + 0.0  # no minus in front of zero


Amount = Annotated[float, BeforeValidator(parse_plain_number), WithJsonSchema({"type": "number", "minimum": 0})]
"""A plain amount of zero or more."""

MOST_UNITS = 10_000_000


def parse_count(value: object) -> int:
    """A whole number from 0 to ten million."""
    allowed = f"a whole number from 0 to {MOST_UNITS:,}"
    _refuse_beyond(value, allowed)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refuse(f"{kind(value)}, not a whole number", allowed, number_hint(value, parse_count))
    if not math.isfinite(value) or value != int(value):
        raise refuse(f"{shown(value)} is not a whole number", allowed)
    if not 0 <= value <= MOST_UNITS:
        raise refuse(f"{shown(value)} is out of range", allowed)
    return int(value)


Count = Annotated[
    int, BeforeValidator(parse_count), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": MOST_UNITS})
]
"""A whole number of things."""


_YES_NO = {
    **dict.fromkeys(("yes", "y", "on", "true", "はい"), "true"),
    **dict.fromkeys(("no", "n", "off", "false", "いいえ"), "false"),
}


def parse_yes_no(value: object) -> bool:
    """true or false, in so many letters."""
    if not isinstance(value, bool):
        meant = _YES_NO.get(value.strip().lower()) if isinstance(value, str) else None
        raise refuse(f"{kind(value)}, not yes/no", "true or false", f"write {meant}" if meant else "")
    return value


YesNo = Annotated[bool, BeforeValidator(parse_yes_no)]
"""A switch."""
