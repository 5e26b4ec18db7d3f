"""What is left of a cost by its age, by every method that a case may name; in plain figures.

Written from the page of decision 44: a fiscal year settles what it writes off, and its months in use share it equally.
"""

from __future__ import annotations

import numpy as np

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.depreciation import Depreciation
from planner.case.quantities import Duration, Month

RATES = {
    2: (1.0, 1.0, 0.0), 3: (0.667, 1.0, 0.11089), 4: (0.5, 1.0, 0.12499), 5: (0.4, 0.5, 0.108),
    6: (0.333, 0.334, 0.09911), 10: (0.2, 0.25, 0.06552),
}  # fmt: skip
"""Rate, revised rate and guaranteed rate by life in years, of the lives that are drawn."""
FIVE_YEARS = (20.00, 32.00, 19.20, 11.52, 11.52, 5.76)
FIFTEEN_YEARS = (5.00, 9.50, 8.55, 7.70, 6.93, 6.23, 5.90, 5.90, 5.91, 5.90, 5.91, 5.90, 5.91, 5.90, 5.91, 2.95)
"""Shares in per cent by fiscal year."""
KINDS = ("systems", "additions", "facility")


class Wear:
    """What one way to write off leaves of a cost."""

    def __init__(self, method: str, life: int, table: tuple[float, ...] = ()) -> None:
        self.method, self.life, self.table = method, life, table

    def left_by_age(self, calendar: Calendar, begun: Month, months: int) -> np.ndarray:
        """Share of a cost that is left after 0, 1, 2 and so many months from a month on."""
        if self.method == "straight_line":
            age = np.arange(months + 1)
            return np.clip(1 - age / self.life, 0, 1) if self.life > 0 else np.where(age > 0, 0.0, 1.0)
        lost, month, first = [1.0], begun, True
        revised = 0.0
        year = 0
        while len(lost) <= months:
            span = self.months_of_year(calendar, month, first)
            left = max(0.0, lost[-1])
            if self.method == "declining_balance":
                rate, later, least = RATES[self.life // 12]
                revised = revised or (left if left * rate < least else 0.0)
                takes = min(left, (revised * later if revised else left * rate) * self.first_share(span))
            else:
                shares = self.table or [one / 100 for one in (FIVE_YEARS if self.life == 60 else FIFTEEN_YEARS)]
                takes = shares[year] if year < len(shares) else left
            lost += [left - takes * k / span for k in range(1, span + 1)]
            month, first, year = month.plus(span), False, year + 1
        return np.where(np.array(lost[: months + 1]) < 1e-9, 0.0, lost[: months + 1])

    def first_share(self, span: int) -> float:
        """The share of a year's charge that a year with so many months in use bears."""
        return span / 12

    def months_of_year(self, calendar: Calendar, month: Month, first: bool) -> int:
        """Months from a month to the end of its fiscal year."""
        end = calendar.fiscal_year_start_month
        return next(k for k in range(1, 13) if month.plus(k).month == end)


def said_of(case: Case, *, for_tax: bool) -> Depreciation:
    """What the case says for tax, or for the books; for tax what it says for the books, where it says nothing else."""
    tax = case.finance.tax
    own = tax.depreciation if tax is not None and for_tax else None
    return case.finance.depreciation if own is None else own


def wear_of(said: Depreciation, kind: str, life: Duration | None = None) -> Wear:
    """How a kind of cost is written off: what is said of additions, else what is said of systems."""
    names = (kind, "systems") if kind == "additions" else (kind,)
    first = [[getattr(said, f"{name}{part}") for name in names] for part in ("", "_method", "_table")]
    own, method, table = (next((one for one in found if one), None) for found in first)
    shares = tuple(float(year.share) for year in table or ())
    assert method is not None
    months = (life or own).months if life or own else 0
    return Wear(method, months, shares if method == "table" else ())
