"""What customers owe or have paid in advance, and what is owed to suppliers, counted at the end of each month.

All that was sold or used by then is set against all that has been paid of it by then. What was paid is what had been
sold or used so many days earlier, between two ends of months in a straight line.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from planner.audit.facts import Facts
from planner.audit.months import by_month_of
from planner.audit.payments import dated
from planner.case.quantities import Money, Month
from planner.case.working_capital import WorkingCapital
from planner.outcome import Entry

DAYS_OF_CREDIT_IN_A_MONTH = 30


def open_balances(facts: Facts, entries: Sequence[Entry]) -> dict[str, list[float]]:
    """What is open at the start of the horizon and at the end of each month, by the line that it moves: what
    customers owe or have paid in advance, and what is owed to suppliers."""
    stated = facts.case.finance.working_capital or WorkingCapital()
    receivables = _unpaid_opening(facts, stated.opening_receivables)
    prepayments = _unpaid_opening(facts, stated.opening_prepayments)
    for name, workload in facts.case.workloads.items():
        days = stated.customer_days if workload.customer_days is None else workload.customer_days
        sold = [one for one in entries if (one.line, *one.about)[:2] == ("revenue", name) or _is_tax_of(one, name)]
        if workload.paid_in_advance is not None:
            _add(prepayments, _paid_before(facts, sold, workload.paid_in_advance.months))
        elif days:
            _add(receivables, _unpaid(facts, sold, "revenue", days))
    payables = _unpaid_opening(facts, stated.opening_payables)
    for line, days in (
        ("energy", stated.energy_days),
        ("rent", stated.rent_days),
        ("operations", stated.operations_days),
        ("maintenance", stated.maintenance_days),
    ):
        if days:
            used = [entry for entry in entries if _is_of(entry, line, "input_tax_energy", "input_tax_operation")]
            _add(payables, _unpaid(facts, used, line, days))
    return {
        "receivables_increase": receivables,
        "payables_increase": payables,
        "prepayments_increase": prepayments,
    }


def _is_tax_of(entry: Entry, workload: str) -> bool:
    """Whether an amount is the consumption tax on the revenue of a workload."""
    return entry.line == "output_tax" and entry.about[1] == workload


def _is_of(entry: Entry, line: str, *taxes: str) -> bool:
    """Whether an amount is of a line, or the consumption tax on it."""
    return entry.line == line or (entry.line in taxes and entry.about[0] == line)


def changes(facts: Facts, balances: Mapping[str, Sequence[float]]) -> Iterator[Entry]:
    """By how much each balance grows in each month; it shrinks where more is paid than becomes open."""
    for line, balance in balances.items():
        for month, (before, after) in enumerate(pairwise(balance)):
            yield dated(facts.calendar, line, (), month, after - before)


def _paid_before(facts: Facts, entries: Iterable[Entry], months: int) -> list[float]:
    """What customers have paid for and is not done yet: all work of so many further months, but for that of the first
    months, which nobody could pay for before the horizon."""
    so_far = _so_far(facts, entries, "revenue")
    last = len(so_far) - 1
    return [so_far[min(turn + months, last)] - so_far[max(turn, min(months, last))] for turn in range(len(so_far))]


def _so_far(facts: Facts, entries: Iterable[Entry], line: str) -> list[float]:
    """All of some amounts of a line by each turn of months."""
    whole = [0.0] * len(facts.periods)
    for entry in entries:
        whole[entry.period] += entry.amount
    return [*accumulate(by_month_of(facts.calendar, {line: whole}, ())[line], initial=0.0)]


def _unpaid(facts: Facts, entries: Iterable[Entry], line: str, days: float) -> list[float]:
    """What of some amounts of a line is open: all of them by then, less all of them so many days before."""
    so_far = _so_far(facts, entries, line)
    earlier = days / DAYS_OF_CREDIT_IN_A_MONTH
    return [amount - _between(so_far, turn - earlier) for turn, amount in enumerate(so_far)]


def _between(so_far: Sequence[float], turn: float) -> float:
    """A running sum between two turns of months; nothing before the first."""
    if turn <= 0:
        return 0.0
    before = min(math.floor(turn + 1e-9), len(so_far) - 1)
    rest = turn - before
    return so_far[before] if rest <= 1e-9 else so_far[before] + rest * (so_far[before + 1] - so_far[before])


def _unpaid_opening(facts: Facts, amounts: Mapping[Month, Money]) -> list[float]:
    """What is left of what was open at the start."""
    left = [0.0] * (len(facts.calendar.months) + 1)
    for month, money in amounts.items():
        number = facts.calendar.number_of(month)
        t = facts.calendar.period_of(number) if number < len(facts.calendar.months) else facts.periods[-1]
        for turn in range(min(number + 1, len(left))):
            left[turn] += facts.money(money, t)
    return left


def _add(balance: list[float], further: Sequence[float]) -> None:
    for turn, amount in enumerate(further):
        balance[turn] += amount
