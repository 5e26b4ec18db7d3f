"""Money by month: what runs over a period split over its months, balances at each turn, and what later money is worth.

Months are counted by their days in the real calendar, and balances are added up flow by flow.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from planner.audit.dates import days_of
from planner.audit.facts import Facts
from planner.case.calendar import Calendar
from planner.finance.idle_cash import interest_on_cash
from planner.finance.present_value import discount_factor
from planner.outcome import LINES, Entry
from planner.vocabulary.cash_lines import CASH_LINES


def by_month_of(
    calendar: Calendar, lines: Mapping[str, Sequence[float]], entries: Iterable[Entry]
) -> dict[str, list[float]]:
    """Amounts by line and month: of dated lines what is paid in it, of the others its part of the period."""
    found = {line: [0.0] * len(calendar.months) for line in lines}
    for entry in entries:
        if CASH_LINES[entry.line].is_dated:
            assert entry.month is not None
            found[entry.line][entry.month] += entry.amount
    for timing in ("hours", "months"):
        running = [line for line in lines if CASH_LINES[line].timing == timing]
        for t in range(calendar.periods):
            for month, share in zip(calendar.months_of(t), _shares(calendar, t, timing), strict=True):
                for line in running:
                    found[line][month] = lines[line][t] * share
    return found


def by_period_of(facts: Facts, entries: Iterable[Entry]) -> dict[str, list[float]]:
    """Amounts by line and period."""
    found = {line: [0.0] * len(facts.periods) for line in LINES}
    for entry in entries:
        found[entry.line][entry.period] += entry.amount
    return found


def _shares(calendar: Calendar, t: int, timing: str) -> list[float]:
    """Parts of a period that its months have: by their days, which is by their hours, or equal ones."""
    months = [calendar.months[m] for m in calendar.months_of(t)]
    sizes = [days_of(month) if timing == "hours" else 1 for month in months]
    return [size / sum(sizes) for size in sizes]


def flows_of(by_month: Mapping[str, Sequence[float]], calendar: Calendar) -> tuple[list[float], list[float]]:
    """Money in less money out at the start of each month, and at its end."""
    at_start, at_end = ([0.0] * len(calendar.months) for _ in range(2))
    for line, amounts in by_month.items():
        record = CASH_LINES[line]
        flows = at_start if record.timing == "start" else at_end
        for month, amount in enumerate(amounts):
            flows[month] += record.sign * amount
    return at_start, at_end


def funding_of(facts: Facts) -> list[float]:
    """Money from owners by month, at the exchange rate of its period."""
    funding = [0.0] * len(facts.calendar.months)
    for month, money in facts.case.finance.funding.items():
        number = facts.calendar.number_of(month)
        if 0 <= number < len(funding):
            funding[number] += facts.money(money, facts.calendar.period_of(number))
    return funding


def balances_of(
    facts: Facts, at_start: Sequence[float], at_end: Sequence[float]
) -> tuple[list[float], list[float], list[float]]:
    """Cash by month: after what moves at its start, funding with it, and at its end; and the interest that comes with
    that, on what its start leaves. What was earned before is there as well."""
    rate, balance = facts.case.finance.interest_on_cash, facts.money(facts.case.finance.opening_cash, 0)
    after_payments, cash, earned = [], [], []
    for month, (first, last) in enumerate(zip(at_start, at_end, strict=True)):
        balance += first
        after_payments.append(balance)
        a_year = facts.at(rate, facts.calendar.period_of(month)) or 0.0
        earned.append(interest_on_cash(balance, a_year))
        balance += last + earned[-1]
        cash.append(balance)
    return after_payments, cash, earned


def at_turns(by_month: Mapping[str, Sequence[float]], calendar: Calendar) -> list[float]:
    """Money in less money out by turn of months: at the end of each month together with the start of the next."""
    at_start, at_end = flows_of(by_month, calendar)
    return [start + end for start, end in zip([*at_start, 0.0], [0.0, *at_end], strict=True)]


def discount_of(facts: Facts, rate_per_year: float) -> list[float]:
    """Discount factors by turn of months: the day before the horizon, then the last day of each month."""
    days = accumulate((days_of(month) for month in facts.calendar.months), initial=0)
    return [discount_factor(rate_per_year, passed) for passed in days]


def present_value(discount: Sequence[float], flows: Sequence[float]) -> float:
    """What flows are worth at the start of the horizon."""
    return math.sumprod(discount, flows)
