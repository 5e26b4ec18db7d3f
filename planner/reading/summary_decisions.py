"""The decisions in a ``plan.json`` become the decisions of a plan again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from planner.case.calendar import Calendar
from planner.case.quantities import shown
from planner.decisions import Decisions
from planner.errors import Fault, InputError, Place
from planner.reading.claims import number
from planner.vocabulary.decisions import STORED, YES, Decision
from planner.vocabulary.keys import Arrival, FiscalYear, Month, key_of

_REMEDY = "take an unchanged copy, or plan again"
LARGEST = 1e30
"""Beyond it is no decision of any plan."""


def decisions_of_summary(path: Path, summary: Mapping[str, Any], calendar: Calendar) -> Decisions:
    """The decisions of a plan.json; ``calendar`` is that of its case.

    Raises:
        InputError: an entry is none that the planner wrote, or stands twice.
    """
    read = _Reader(path, summary.get("decisions"), {calendar.label(t): t for t in range(calendar.periods)})
    return Decisions(**{one.kind: read.table(one) for one in STORED})


def _arrival(text: str) -> Arrival:
    month, _, offer = text.partition(" ")
    return Arrival(Month.parse(month), offer)


_TYPED: dict[str, Callable[[str], object]] = {"fiscal_year": FiscalYear.parse, "cohort": _arrival}
"""What of a key is neither a name nor a period."""


@dataclass
class _Reader:
    path: Path
    decisions: Any
    periods: Mapping[str, int]

    def table(self, one: Decision) -> dict[Any, Any]:
        """One table of decisions: its amounts by key."""
        entries = self.decisions.get(one.kind) if isinstance(self.decisions, dict) else None
        if not isinstance(entries, list):
            self._refuse(f"decisions.{one.kind}", "is missing or no list")
        found: dict[Any, Any] = {}
        for position, entry in enumerate(entries):
            where = f"decisions.{one.kind}.{position}"
            if not isinstance(entry, dict):
                self._refuse(where, "is no entry")
            key: object = key_of(one.key, [self._name(where, field, entry.get(field)) for field in one.fields])
            if key in found:
                self._refuse(where, "stands twice")
            found[key] = self._amount(f"{where}.{one.amount}", entry.get(one.amount), one)
        return found

    def _name(self, where: str, field: str, value: object) -> object:
        if not isinstance(value, str):
            self._refuse(f"{where}.{field}", f"{shown(value)} stands for a name")
        if field in ("period", "leaves_in"):
            if value not in self.periods:
                self._refuse(f"{where}.{field}", f"{shown(value)} is no period of the case")
            return self.periods[value]
        try:
            return _TYPED[field](value) if field in _TYPED else value
        except ValueError:
            self._refuse(f"{where}.{field}", f"{shown(value)} is no {field.replace('_', ' ')}")

    def _amount(self, where: str, value: object, one: Decision) -> bool | int | float:
        if one.unit == YES:
            if not isinstance(value, bool):
                self._refuse(where, f"{shown(value)} stands for true or false")
            return value
        amount = number(value)
        if amount is None or not abs(amount) < LARGEST or (one.whole and amount != int(amount)):
            self._refuse(where, f"{shown(value)} stands for an amount")
        return int(amount) if one.whole else amount

    def _refuse(self, where: str, found: str) -> NoReturn:
        raise InputError([Fault(Place(str(self.path)), where, found, "what the planner wrote", _REMEDY)])
