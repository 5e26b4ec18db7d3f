"""Chance in the words of a case: amounts, months and figures that change."""

from __future__ import annotations

from random import Random
from typing import Any

from planner.case.calendar import MONTHS_PER_PERIOD
from planner.case.quantities import Month


class Chance:
    """The calendar and the price level of one case, and draws that fit them.

    Money is in JPY and EUR, so that a change to dollars has one constant rate.
    """

    def __init__(self, chance: Random, name: str, scale: int = 1) -> None:
        self.chance = chance
        self.name = name
        self.scale = scale
        """1 for cases that can be tried out; more gives longer ones with larger orders."""
        self.keeps_accounts = chance.random() < 0.5
        """Whether loans, tax and book values are part of the case; such cases have more fiscal years."""
        lengths = ["month", *["quarter", "half", "year"] * 3, *["year"] * (6 if self.keeps_accounts else 0)]
        self.period = chance.choice(lengths)
        self.periods = chance.choice([2, 3, 3, 4]) if scale == 1 else chance.randint(4, 4 + scale)
        self.start = Month.parse(chance.choice(["2024-04", "2025-01", "2025-07"]))
        self.months = MONTHS_PER_PERIOD[self.period]
        self.horizon = self.months * self.periods
        self.aim = chance.choice(["npv", "npv", "npv", "npv", "compute", "cost"])
        self.price = chance.randint(20, 60)
        """Price of the first system in millions of yen; other amounts are multiples of it."""

    # --- small words ---

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def between(self, low: float, high: float) -> float:
        return round(self.chance.uniform(low, high), 3)

    def month(self, period: float) -> str:
        """A month some periods after the start, written out."""
        return str(self.start.plus(round(period * self.months)))

    def inside(self) -> int:
        """A number of months that is no multiple of a period, but where a period is one month."""
        return self.chance.randint(1, max(1, self.months - 1))

    def some_months(self) -> str:
        """None, part of a period, a period, or a period and part of another one."""
        return f"{self.chance.choice([0, self.inside(), self.months, self.months + self.inside()])} months"

    def any_month(self) -> str:
        """A month of the horizon but for its last period, mostly inside a period."""
        return str(self.start.plus(self.chance.randrange(self.horizon - self.months + 1)))

    def yen(self, low: float, high: float) -> str:
        """An amount between two multiples of the first system's price."""
        return f"{round(self.price * self.chance.uniform(low, high), 3)} mn JPY"

    def steps(self, first: Any, later: Any, share: float = 0.4) -> Any:
        """A figure that changes once, or not at all."""
        if not self.maybe(share):
            return first
        return {str(self.start.plus(-12)): first, self.month(self.chance.choice([0.5, 1, 2])): later}
