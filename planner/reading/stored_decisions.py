"""Decisions as a file holds them, plan.json as well as the sheet Decisions: said once for whoever writes or reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from planner.case.calendar import Calendar
from planner.case.quantities import shown
from planner.decisions import Decisions
from planner.reading.claims import number

LARGEST = 1e30
"""Beyond it is no decision of any plan, and powers of it would be no numbers any more."""
PERIODS = ("period", "leaves_in")
"""Fields that name a period, by its label."""
YEAR = "fiscal_year"


class Stored(NamedTuple):
    """How one kind of decision is stored."""

    fields: tuple[str, ...]
    """What tells an entry from the others, in the order of its key."""
    amount: str
    """What plan.json calls its amount."""
    whole: bool = False
    """Whether it is a whole number."""

    @property
    def names(self) -> tuple[str, ...]:
        """What tells a row of a sheet from the others, on which time runs through the columns."""
        return self.fields[:-1] if self.fields[-1] in (*PERIODS, YEAR) else self.fields


_INVESTMENT, _ORDER = ("investment", "site", "period"), ("offer", "site", "period", "leaves_in")

STORED = {
    "order": Stored(("offer", "site", "period"), "systems", whole=True),
    "expand": Stored(("expansion", "period"), "blocks", whole=True),
    "exit": Stored(("system", "site", "cohort", "period"), "systems", whole=True),
    "serve": Stored(("workload", "system", "site", "period"), "systems"),
    "claim": Stored(("programme", *_INVESTMENT), "units"),
    "join": Stored(("programme",), "joined", whole=True),
    "draw": Stored(("loan", "period"), "money"),
    "repay": Stored(("loan", "period"), "money"),
    "leave": Stored(("programme", *_ORDER), "systems"),
    "both": Stored(("programme", "earlier", *_INVESTMENT), "units"),
    "leave_both": Stored(("programme", "earlier", *_ORDER), "systems"),
    "credit": Stored(("programme", YEAR), "money"),
}
"""Every kind of decision, by its name in ``Decisions``."""


class Parts:
    """Reads the parts of a key, as texts say them, for one calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self.periods = {calendar.label(t): t for t in range(calendar.periods)}

    def part(self, field: str, said: object) -> str | int:
        """One part of a key: a name, or the number of a period or a fiscal year.

        Raises:
            ValueError: it is none; says what it is instead.
        """
        if not isinstance(said, str):
            raise ValueError(f"{shown(said)} stands for a name")
        if field in PERIODS:
            if said not in self.periods:
                raise ValueError(f"{shown(said)} is no period of the case")
            return self.periods[said]
        if field == YEAR:
            digits = said.removeprefix("FY")
            if digits == said or not (digits.isascii() and digits.isdigit() and len(digits) <= len("9999")):
                raise ValueError(f"{shown(said)} is no fiscal year")
            return int(digits)
        return said


def amount_in(value: object, *, whole: bool) -> float | None:
    """The amount of a decision; None where a value is none."""
    amount = number(value)
    return None if amount is None or not abs(amount) < LARGEST or (whole and amount != int(amount)) else amount


def decisions_from(found: Mapping[str, Mapping[tuple[str | int, ...], float]]) -> Decisions:
    """A plan from the amounts of each kind of decision, by the parts of their keys."""
    tables: dict[str, Any] = {
        kind: {key: int(amount) for key, amount in found[kind].items()} if stored.whole else dict(found[kind])
        for kind, stored in STORED.items()
    }
    tables["join"] = {name: bool(joined) for (name,), joined in found["join"].items()}
    return Decisions(**tables)
