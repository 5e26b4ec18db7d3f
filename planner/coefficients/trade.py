"""Trade credit: what of a period's sales and costs is paid in which month, and what is open at the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.quantities import Money, Month
from planner.case.working_capital import WorkingCapital
from planner.case.workload import Workload
from planner.coefficients.groups import Trade
from planner.coefficients.money import Exchange
from planner.decisions import summed
from planner.finance.working_capital import DAYS_PER_MONTH, ROUNDING, paid_after
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.keys import OnCredit, PaidLater


def trade_of(case: Case, exchange: Exchange) -> Trade:
    """The terms of payment, by whom they hold for; nothing of what is paid in its month."""
    stated = case.finance.working_capital or WorkingCapital()
    sales: dict[PaidLater, tuple[str, ...]] = {}
    costs: dict[PaidLater, tuple[str, ...]] = {}
    for name, workload in case.workloads.items():
        terms = _terms_of(stated, workload)
        if terms.days:
            sales[terms] = (*sales.get(terms, ()), name)
    for line, days in _days_of_costs(stated):
        timing = CASH_LINES[line].timing
        assert timing in ("hours", "months")
        terms = PaidLater("payables_increase", timing, days)
        costs[terms] = (*costs.get(terms, ()), line)
    opening = {
        "receivables_increase": stated.opening_receivables,
        "payables_increase": stated.opening_payables,
        "prepayments_increase": stated.opening_prepayments,
    }
    return Trade(
        sales=sales,
        costs=costs,
        moved={
            OnCredit(terms, t): _moved(case.calendar, terms, t)
            for terms in (*sales, *costs)
            for t in range(case.calendar.periods)
        },
        left={
            OnCredit(terms, t): left
            for terms in (*sales, *costs)
            for t in range(case.calendar.periods)
            if (left := _left(case.calendar, terms, t))
        },
        opening={line: _opening(case.calendar, exchange, amounts) for line, amounts in opening.items() if amounts},
        due_later={line: _due_later(case.calendar, exchange, amounts) for line, amounts in opening.items() if amounts},
    )


def _terms_of(stated: WorkingCapital, workload: Workload) -> PaidLater:
    """When customers of a workload pay: before the work, or so many days after it."""
    if workload.paid_in_advance is not None:
        return PaidLater("prepayments_increase", "hours", -float(DAYS_PER_MONTH * workload.paid_in_advance.months))
    days = stated.customer_days if workload.customer_days is None else workload.customer_days
    return PaidLater("receivables_increase", "hours", days)


def _days_of_costs(stated: WorkingCapital) -> Iterator[tuple[str, float]]:
    """Lines of cost that are paid later, and after how many days."""
    for line, days in (
        ("energy", stated.energy_days),
        ("rent", stated.rent_days),
        ("operations", stated.operations_days),
        ("maintenance", stated.maintenance_days),
    ):
        if days:
            yield line, days


def _moved(calendar: Calendar, terms: PaidLater, t: int) -> dict[int, float]:
    """What becomes open in each month of a period, less what is paid there or later, as shares of the period; of what
    is paid in advance the other way round."""
    own, paid = _by_month(calendar, terms, t), _paid(calendar, terms, t)
    sign = -1.0 if terms.line == "prepayments_increase" else 1.0
    moved = summed([*((m, sign * share) for m, share in own.items()), *((m, -sign * share) for m, share in paid)])
    return {m: share for m, share in sorted(moved.items()) if abs(share) > ROUNDING and m < len(calendar.months)}


def _left(calendar: Calendar, terms: PaidLater, t: int) -> float:
    """What of a period is paid after the horizon."""
    return sum(share for m, share in _paid(calendar, terms, t) if m >= len(calendar.months))


def _by_month(calendar: Calendar, terms: PaidLater, t: int) -> dict[int, float]:
    """What of a period is sold or used in each of its months."""
    months = calendar.months_of(t)
    by_hours = terms.timing == "hours"
    return {m: calendar.days_of_month(m) / calendar.days[t] if by_hours else 1 / len(months) for m in months}


def _paid(calendar: Calendar, terms: PaidLater, t: int) -> list[tuple[int, float]]:
    """In which month what of a period is paid; what would be paid for before the horizon, in its own."""
    later = paid_after(terms.days)
    own = _by_month(calendar, terms, t)
    return [
        (m + number if m + number >= 0 else m, share * part)
        for m, part in own.items()
        for number, share in later.items()
    ]


def _opening(calendar: Calendar, exchange: Exchange, amounts: Mapping[Month, Money]) -> dict[int, float]:
    """What is paid in each month; what is due after the horizon is left out."""
    months = range(len(calendar.months))
    paid = ((calendar.number_of(month), _due(calendar, exchange, month, money)) for month, money in amounts.items())
    return {number: amount for number, amount in sorted(paid) if number in months}


def _due_later(calendar: Calendar, exchange: Exchange, amounts: Mapping[Month, Money]) -> float:
    """What is due after the horizon."""
    later = [(month, money) for month, money in amounts.items() if month >= calendar.end]
    return sum(_due(calendar, exchange, month, money) for month, money in later)


def _due(calendar: Calendar, exchange: Exchange, month: Month, money: Money) -> float:
    """An amount at the exchange rate of the period of its payment; after the horizon at that of the last."""
    return exchange.money(money, min(calendar.period_containing(month), calendar.periods - 1))
