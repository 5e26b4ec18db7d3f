"""What a column of a table holds, told by its name: its type, and the unit that the name ends in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "number", "boolean"]

_NUMBERS = {
    "blocks": "blocks",
    "systems": "systems",
    "systems_at_work": "systems",
    "unmet": None,
    "value": None,
    "value_of_first": None,
    "value_of_second": None,
    "still_before_at": None,
    "already_after_at": None,
    "equally_good_at": None,
    "weight": "share",
    "promises_broken": "promises",
    "objective_replanned": None,
    "gap_replanned": "share",
    "regret": None,
    "short": None,
    "asked": None,
    "times": "times",
    "left": None,
    "right": None,
    "slack": None,
    "tolerance": None,
}
"""Columns of numbers whose name is no unit, and their unit; None where a column beside them tells it."""
_UNIT_COLUMNS = {"unmet": "metric"}
"""Which column tells the unit of another, where it is not ``unit``."""
_MONTHS = ("period", "month", "decided", "ordered", "arrived", "paid_in")
"""Columns of months, such as 2027-04: a period by its first."""
_EITHER = ("in_base", "in_scenario")
"""Numbers beside a unit, and texts as they stand in the case elsewhere."""


@dataclass(frozen=True)
class Field:
    """One column."""

    name: str
    type: Type
    unit: str | None = None
    unit_column: str | None = None
    """The column that tells the unit row by row."""
    description: str = ""


def fields_of(columns: list[str], currency: str) -> list[Field]:
    """What every column of a table holds.

    Args:
        columns: their names.
        currency: of the case; amounts of it end in its code.
    """
    return [_field(name, columns, currency) for name in columns]


def _field(name: str, columns: list[str], currency: str) -> Field:
    if name.endswith(f"_{currency.lower()}"):
        return Field(name, "number", unit=currency)
    if name == "holds":
        return Field(name, "boolean")
    if name in _NUMBERS or (name in _EITHER and "unit" in columns):
        unit, column = _NUMBERS.get(name), _UNIT_COLUMNS.get(name, "unit")
        return Field(name, "number", unit, None if unit or column not in columns else column)
    if name in _MONTHS:
        return Field(name, "string", description="month as YYYY-MM; a period by its first")
    return Field(name, "string")
