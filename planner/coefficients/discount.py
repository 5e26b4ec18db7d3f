"""What later money is worth at the start of the horizon, by when it moves."""

from __future__ import annotations

from dataclasses import dataclass

from planner.case.case import Case
from planner.finance.present_value import discount_factor
from planner.vocabulary.cash_lines import Timing


@dataclass(frozen=True)
class Discount:
    """Discount factors: the value at the start of the horizon of one unit of money."""

    at_turns: tuple[float, ...]
    """By turn of months: turn ``m`` is the start of month ``m`` and the end of the month before."""
    with_hours: tuple[float, ...]
    """Of money that comes with the hours of a period, by t."""
    in_months: tuple[float, ...]
    """Of money that comes in equal months of a period, by t."""

    def dated(self, timing: Timing, month: int) -> float:
        """Of what moves at the start or at the end of a month."""
        return self.at_turns[month + 1 if timing == "end" else month]

    def spread(self, timing: Timing, t: int) -> float:
        """Of what runs over a period, with its hours or in equal months."""
        return (self.with_hours if timing == "hours" else self.in_months)[t]

    @property
    def at_end(self) -> float:
        """Of what is left at the end of the horizon."""
        return self.at_turns[-1]


def discount_of(case: Case) -> Discount:
    """The factors of a case; actual days over 365."""
    calendar, rate = case.calendar, case.finance.discount_rate
    days = calendar.days_at_turns
    at_turns = tuple(discount_factor(rate, one) for one in days)
    with_hours, in_months = [], []
    for t in range(calendar.periods):
        months = calendar.months_of(t)
        with_hours.append(sum(calendar.days_of_month(m) * at_turns[m + 1] for m in months) / calendar.days[t])
        in_months.append(sum(at_turns[m + 1] for m in months) / len(months))
    return Discount(at_turns, tuple(with_hours), tuple(in_months))
