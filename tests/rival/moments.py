"""The moments at which money moves, and which line of cash moves when; worked out from the days of the months alone."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.case.calendar import Calendar
from planner.case.quantities import Month

LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Line:
    """A line of cash."""

    sign: int
    """1 for money that comes in, -1 for money that goes out."""
    moves: Literal["start", "end", "hours", "months"]
    """At the start or the end of one month; or at the ends of all months of a period, with their hours or equally."""
    profit: bool
    """Whether it counts in the profit of the period in which it is paid."""


LINES = {
    "system_price": Line(-1, "start", profit=False),
    "additions": Line(-1, "start", profit=False),
    "expansion": Line(-1, "start", profit=False),
    "contracted": Line(-1, "start", profit=False),
    "loans_drawn": Line(1, "start", profit=False),
    "grants": Line(1, "end", profit=True),
    "grants_repaid": Line(-1, "end", profit=True),
    "resale": Line(1, "end", profit=True),
    "tax": Line(-1, "end", profit=False),
    "loans_repaid": Line(-1, "end", profit=False),
    "revenue": Line(1, "hours", profit=True),
    "energy": Line(-1, "hours", profit=True),
    "rent": Line(-1, "months", profit=True),
    "operations": Line(-1, "months", profit=True),
    "maintenance": Line(-1, "months", profit=True),
    "selling_costs": Line(-1, "hours", profit=True),
    "property_tax": Line(-1, "end", profit=True),
    "interest": Line(-1, "months", profit=True),
    "output_tax": Line(1, "hours", profit=False),
    "input_tax_energy": Line(-1, "hours", profit=False),
    "input_tax_operation": Line(-1, "months", profit=False),
    "input_tax_investment": Line(-1, "start", profit=False),
    "tax_settled": Line(-1, "end", profit=False),
    "interest_on_cash": Line(1, "end", profit=False),
    "dividends": Line(-1, "end", profit=False),
    "receivables_increase": Line(-1, "end", profit=False),
    "payables_increase": Line(1, "end", profit=False),
    "prepayments_increase": Line(1, "end", profit=False),
    "interest_capitalised": Line(1, "months", profit=False),
    "arrangement_fees": Line(-1, "start", profit=True),
    "commitment_fees": Line(-1, "months", profit=True),
}
TAX_ON = {
    "revenue": "output_tax",
    "energy": "input_tax_energy",
    "selling_costs": "input_tax_energy",
    **dict.fromkeys(("rent", "operations", "maintenance"), "input_tax_operation"),
    **dict.fromkeys(("system_price", "additions", "expansion", "contracted"), "input_tax_investment"),
}
"""The line of consumption tax on each line that bears it."""
OPEN = {1: "receivables_increase", -1: "payables_increase"}
"""The line that says by how much more is open, of lines that come in and of those that go out."""
COSTS_OF_LOANS = ("interest", "arrangement_fees", "commitment_fees")
LOANS = ("loans_drawn", "loans_repaid", "interest_capitalised", *COSTS_OF_LOANS)
FUNDING = Line(1, "start", profit=False)
"""Money from the owners is no line of the plan's cash flow, and moves as one."""
INVESTMENTS = ("system_price", "additions", "expansion", "contracted")


class Moments:
    """The months of a horizon, by number from 0. Money moves at two moments of a month: at its start and at its end.

    Amounts by moment are an array with twice as many numbers as there are months: what moves at the start of the first
    month, what moves at its end, what moves at the start of the second, and so on.
    """

    def __init__(self, horizon: Calendar) -> None:
        self.first = horizon.start
        self.length = LENGTHS[horizon.period]
        self.periods = horizon.periods
        self.months = range(self.length * self.periods)
        months = [self.first.plus(m) for m in self.months]
        self.days = np.array([calendar.monthrange(month.year, month.month)[1] for month in months])

    @property
    def count(self) -> int:
        """How many moments there are."""
        return 2 * len(self.months)

    # --- months and periods ---

    def number(self, month: Month) -> int:
        """Number of a month; before the horizon less than 0."""
        return int(month) - int(self.first)

    def months_of(self, t: int) -> range:
        """Numbers of the months of a period."""
        return self.months[t * self.length : (t + 1) * self.length]

    def period_of(self, m: int) -> int:
        """The period that holds a month."""
        return m // self.length

    def name(self, moment: int) -> str:
        """What a moment is called."""
        return f"{self.first.plus(moment // 2)}, {'end' if moment % 2 else 'start'}"

    # --- where money moves ---

    @property
    def watched(self) -> range:
        """Moments after which cash may not be below its floor: all."""
        return range(self.count)

    def moment(self, line: str, m: int) -> int:
        """The moment of a month at which a line moves."""
        return 2 * m + {"start": 0, "end": 1}[LINES.get(line, FUNDING).moves]

    def at(self, line: str, m: int, amount: float = 1.0) -> np.ndarray:
        """An amount of a line that is paid in one month."""
        amounts = np.zeros(self.count)
        amounts[self.moment(line, m)] = amount
        return amounts

    def over(self, line: str, t: int, amount: float = 1.0) -> np.ndarray:
        """An amount of a line that is spread over the months of a period."""
        here = np.array(self.months_of(t))
        parts = {"hours": self.days[here], "months": np.ones(len(here))}[LINES[line].moves]
        amounts = np.zeros(self.count)
        amounts[2 * here + 1] = amount * parts / parts.sum()
        return amounts

    def late(self, amounts: np.ndarray, days: float) -> np.ndarray:
        """What of amounts at the ends of months is paid when, so many days later; what is paid too late is left out.

        Thirty days are a month. Days between two months split what is paid between these, in proportion. Less than
        nothing are months in advance.
        """
        if days < 0:
            return self.early(amounts, round(-days / 30))
        moved = np.zeros(self.count)
        for m in self.months:
            for later in self.months:
                moved[2 * (m + later) + 1 : 2 * (m + later) + 2] += self.part(later, days) * amounts[2 * m + 1]
        return moved

    def early(self, amounts: np.ndarray, months: int) -> np.ndarray:
        """The same of what is paid so many months before; nobody pays before the horizon, but with the work."""
        moved = np.zeros(self.count)
        for m in self.months:
            moved[2 * (m - months if m >= months else m) + 1] += amounts[2 * m + 1]
        return moved

    def part(self, later: int, days: float) -> float:
        """The part of a month that is paid so many months later."""
        return max(0.0, 1.0 - abs(days / 30 - later))

    def by_period(self, amounts: np.ndarray) -> np.ndarray:
        """Sums over all moments of each period."""
        sums: np.ndarray = amounts.reshape(self.periods, -1).sum(axis=1)
        return sums

    def ends(self, balance: np.ndarray) -> np.ndarray:
        """A balance by moment, at the end of each period."""
        return balance[2 * self.length - 1 :: 2 * self.length]

    # --- what a later yen is worth ---

    @property
    def age(self) -> np.ndarray:
        """Days from the last one before the horizon to each moment; what moves at a start counts on the day before."""
        ends = self.days.cumsum()
        return np.stack([ends - self.days, ends], axis=1).ravel()

    def factors(self, rate: float) -> np.ndarray:
        """Present value of one unit of money at each moment."""
        found: np.ndarray = (1.0 + rate) ** (-self.age / 365.0)
        return found
