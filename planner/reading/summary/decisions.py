"""The decisions in a ``plan.json`` become the decisions of a plan again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from planner.case.calendar import Calendar
from planner.case.quantities import shown
from planner.decisions import Decisions
from planner.errors import Fault, InputError, Place
from planner.reading.stored_decisions import Parts, amount_in, decisions_from
from planner.vocabulary.decisions import STORED, YES, Decision

_REMEDY = "take an unchanged copy, or plan again"


def decisions_of_summary(path: Path, summary: Mapping[str, Any], calendar: Calendar) -> Decisions:
    """The decisions of a plan.json; ``calendar`` is that of its case.

    Raises:
        InputError: an entry is none that the planner wrote, or stands twice.
    """
    read = _Reader(path, summary.get("decisions"), Parts(calendar))
    return decisions_from({kind: read.table(one) for kind, one in STORED.items()})


@dataclass
class _Reader:
    path: Path
    decisions: Any
    parts: Parts

    def table(self, stored: Decision) -> dict[tuple[object, ...], float]:
        """One kind of decisions: its amount by the parts that tell an entry from the others."""
        kind = stored.stored_as
        left_out: list[object] | None = [] if stored.is_optional else None
        entries = self.decisions.get(kind, left_out) if isinstance(self.decisions, dict) else None
        if not isinstance(entries, list):
            self._refuse(f"decisions.{kind}", "is missing or no list")
        found: dict[tuple[object, ...], float] = {}
        for position, entry in enumerate(entries):
            where = f"decisions.{kind}.{position}"
            if not isinstance(entry, dict):
                self._refuse(where, "is no entry")
            key = tuple(self._part(where, field, entry.get(field)) for field in stored.fields)
            if key in found:
                self._refuse(where, "stands twice")
            found[key] = self._amount(f"{where}.{stored.amount}", entry.get(stored.amount), stored)
        return found

    def _part(self, where: str, field: str, said: object) -> object:
        try:
            return self.parts.part(field, said)
        except ValueError as error:
            self._refuse(f"{where}.{field}", str(error))

    def _amount(self, where: str, said: object, stored: Decision) -> float:
        if stored.unit == YES:
            if not isinstance(said, bool):
                self._refuse(where, f"{shown(said)} stands for true or false")
            return said
        amount = amount_in(said, whole=stored.whole)
        if amount is None:
            self._refuse(where, f"{shown(said)} stands for an amount")
        return amount

    def _refuse(self, where: str, found: str) -> NoReturn:
        raise InputError([Fault(Place(str(self.path)), where, found, "what the planner wrote", _REMEDY)])
