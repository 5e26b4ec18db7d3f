"""Decisions as a file holds them, plan.json as well as the sheet Decisions, become the decisions of a plan again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from planner.case.calendar import Calendar
from planner.case.quantities import shown
from planner.decisions import Decisions
from planner.errors import Place
from planner.reading.claims import number
from planner.vocabulary.decisions import PERIODS, STORED, YEAR, YES
from planner.vocabulary.keys import Arrival, FiscalYear, Month, key_of


class Made(NamedTuple):
    """One decision of an earlier plan, with where it stands there."""

    kind: str
    """Name of the kind of decision."""
    names: tuple[object, ...]
    """What tells it from others of its kind and time."""
    month: Month | None
    """First month of its period; a programme is entered in none."""
    amount: float
    place: Place


LARGEST = 1e30
"""Beyond it is no decision of any plan, and powers of it would be no numbers any more."""


class Parts:
    """Reads the parts of a key, as texts say them, for one calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self.periods = {calendar.label(t): t for t in range(calendar.periods)}

    def part(self, field: str, said: object) -> object:
        """One part of a key: a name, the number of a period, a fiscal year, or an arrival.

        Raises:
            ValueError: it is none; says what it is instead.
        """
        if not isinstance(said, str):
            raise ValueError(f"{shown(said)} stands for a name")
        if field in PERIODS:
            if said not in self.periods:
                raise ValueError(f"{shown(said)} is no period of the case")
            return self.periods[said]
        try:
            return typed(field, said)
        except ValueError as error:
            raise ValueError(f"{shown(said)} is no {field.replace('_', ' ')}") from error


def typed[K](field: str, said: K) -> K | FiscalYear | Arrival:
    """A part of a key: a fiscal year or an arrival where the field has one, and else what was said.

    Raises:
        ValueError: a text is no such year, or an arrival that does not begin with a month.

    >>> str(typed("cohort", "2024-10 maker")), typed("site", "east")
    ('2024-10 maker', 'east')
    """
    if field == YEAR:
        return FiscalYear.parse(said)
    if field != "cohort":
        return said
    month, _, offer = str(said).partition(" ")
    return Arrival(Month.parse(month), offer)


def amount_in(value: object, *, whole: bool) -> float | None:
    """The amount of a decision; None where a value is none."""
    amount = number(value)
    return None if amount is None or not abs(amount) < LARGEST or (whole and amount != int(amount)) else amount


def decisions_from(found: Mapping[str, Mapping[tuple[object, ...], float]]) -> Decisions:
    """A plan from the amounts of each kind of decision, by the parts of their keys."""
    tables: dict[str, Any] = {}
    for kind, one in STORED.items():
        counted = bool if one.unit == YES else int if one.whole else float
        tables[kind] = {key_of(one.key, parts): counted(amount) for parts, amount in found[kind].items()}
    return Decisions(**tables)
