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
from planner.reading.claims import number

_REMEDY = "take an unchanged copy, or plan again"
LARGEST = 1e30
"""Beyond it is no decision of any plan."""


def decisions_of_summary(path: Path, summary: Mapping[str, Any], calendar: Calendar) -> Decisions:
    """The decisions of a plan.json; ``calendar`` is that of its case.

    Raises:
        InputError: an entry is none that the planner wrote, or stands twice.
    """
    read = _Reader(path, summary.get("decisions"), {calendar.label(t): t for t in range(calendar.periods)})
    return Decisions(
        order=read.whole("order", "offer", "site", "period", amount="systems"),
        expand=read.whole("expand", "expansion", "period", amount="blocks"),
        exit=read.whole("exit", "system", "site", "cohort", "period", amount="systems"),
        serve=read.table("serve", "workload", "system", "site", "period", amount="systems"),
        claim=read.table("claim", "programme", "investment", "site", "period", amount="units"),
        join={name: bool(joined) for (name,), joined in read.table("join", "programme", amount="joined").items()},
        draw=read.table("draw", "loan", "period", amount="money"),
        repay=read.table("repay", "loan", "period", amount="money"),
        leave=read.table("leave", "programme", "offer", "site", "period", "leaves_in", amount="systems"),
        both=read.table("both", "programme", "earlier", "investment", "site", "period", amount="units"),
        leave_both=read.table(
            "leave_both", "programme", "earlier", "offer", "site", "period", "leaves_in", amount="systems"
        ),
        credit=read.table("credit", "programme", "fiscal_year", amount="money"),
    )


@dataclass
class _Reader:
    path: Path
    decisions: Any
    periods: Mapping[str, int]

    def table(self, table: str, *fields: str, amount: str, whole: bool = False) -> dict[Any, Any]:
        """One table of decisions: its amount by the fields that tell an entry from the others."""
        entries = self.decisions.get(table) if isinstance(self.decisions, dict) else None
        if not isinstance(entries, list):
            self._refuse(f"decisions.{table}", "is missing or no list")
        found: dict[Any, Any] = {}
        for position, entry in enumerate(entries):
            where = f"decisions.{table}.{position}"
            if not isinstance(entry, dict):
                self._refuse(where, "is no entry")
            key = tuple(self._name(where, field, entry.get(field)) for field in fields)
            if key in found:
                self._refuse(where, "stands twice")
            found[key] = self._amount(f"{where}.{amount}", entry.get(amount), amount == "joined", whole)
        return found

    def whole(self, table: str, *fields: str, amount: str) -> dict[Any, int]:
        """The same where only whole numbers can be."""
        return {key: int(count) for key, count in self.table(table, *fields, amount=amount, whole=True).items()}

    def _name(self, where: str, field: str, value: object) -> str | int:
        if not isinstance(value, str):
            self._refuse(f"{where}.{field}", f"{shown(value)} stands for a name")
        if field in ("period", "leaves_in"):
            if value not in self.periods:
                self._refuse(f"{where}.{field}", f"{shown(value)} is no period of the case")
            return self.periods[value]
        if field == "fiscal_year":
            if not (
                value.startswith("FY") and value[2:].isascii() and value[2:].isdigit() and len(value) <= len("FY9999")
            ):
                self._refuse(f"{where}.{field}", f"{shown(value)} is no fiscal year")
            return int(value[2:])
        return value

    def _amount(self, where: str, value: object, truth: bool, whole: bool) -> Any:  # noqa: ANN401 - a number or a truth
        if truth and isinstance(value, bool):
            return value
        amount = None if truth else number(value)
        if amount is None or not abs(amount) < LARGEST or (whole and amount != int(amount)):
            self._refuse(where, f"{shown(value)} stands for {'true or false' if truth else 'an amount'}")
        return amount

    def _refuse(self, where: str, found: str) -> NoReturn:
        raise InputError([Fault(Place(str(self.path)), where, found, "what the planner wrote", _REMEDY)])
