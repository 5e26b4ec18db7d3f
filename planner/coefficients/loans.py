"""Loans: when they may be drawn, what they cost, and when they fall due."""

from __future__ import annotations

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.finance import Loan
from planner.case.quantities import Duration
from planner.coefficients.money import Exchange
from planner.coefficients.records import LoanTerms
from planner.finance.lending import commitment_fee, share_repaid_by_level_payments


def loans_of(case: Case, exchange: Exchange) -> dict[str, LoanTerms]:
    """The terms of every loan, by name."""
    return {name: _terms(case.calendar, exchange, loan) for name, loan in case.finance.loans.items()}


def _terms(calendar: Calendar, exchange: Exchange, loan: Loan) -> LoanTerms:
    interest = tuple((loan.rate.at(start) or 0.0) * calendar.months_per_period / 12 for start in calendar.starts)
    capitalised = tuple(each * _share_capitalised(calendar, loan, t) for t, each in enumerate(interest))
    growth = [1.0]
    for each in reversed(capitalised):
        growth.append(growth[-1] * (1 + each))
    growth.reverse()
    return LoanTerms(
        limit=exchange.money(loan.limit, 0),
        revolving=loan.revolving,
        outstanding=exchange.money(loan.outstanding, 0),
        drawable=tuple(t for t, start in enumerate(calendar.starts) if loan.draw_window.holds(start)),
        interest=interest,
        capitalised=capitalised,
        growth=tuple(growth),
        arrangement_fee=loan.arrangement_fee or 0.0,
        commitment_fee=tuple(
            commitment_fee(1.0, loan.commitment_fee or 0.0, _months_open(calendar, loan, t))
            for t in range(calendar.periods)
        ),
        due={
            (u, t): share * growth[u]
            for u in range(calendar.periods)
            for t in range(u, calendar.periods)
            if (share := due_share(calendar, loan, u, t)) > 0
        },
        share_of_investment=loan.share_of_investment,
    )


def _share_capitalised(calendar: Calendar, loan: Loan, t: int) -> float:
    """Share of the interest of a period that is added to what is owed: that of its months up to the last such one."""
    last = loan.interest_capitalised_until
    if last is None:
        return 0.0
    months = calendar.months_of(t)
    return sum(calendar.months[month] <= last for month in months) / len(months)


def _months_open(calendar: Calendar, loan: Loan, t: int) -> int:
    """How many months of a period lie in the draw window."""
    return sum(loan.draw_window.holds(calendar.months[month]) for month in calendar.months_of(t))


def due_share(calendar: Calendar, loan: Loan, drawn: int, t: int) -> float:
    """Share of what was drawn in one period that must be repaid by the end of period ``t``."""
    term, passed, grace = loan.term.months, calendar.months_per_period * (t - drawn + 1), _months(loan.grace)
    if loan.repayment == "at_end" or passed >= term:
        last = calendar.period_containing(calendar.starts[drawn].plus(max(term, 1) - 1))
        return 1.0 if t >= last else 0.0
    in_parts = 1.0 - (loan.balloon or 0.0)
    if passed <= grace:
        return 0.0
    if loan.repayment == "equal_parts":
        return in_parts * ((passed - grace) / (term - grace))
    # Payments are counted in periods, at whose ends they fall due; the first and the last may be part of one.
    rate = (loan.rate.at(calendar.starts[drawn]) or 0.0) * calendar.months_per_period / 12
    paid, payments = ((months - grace) / calendar.months_per_period for months in (passed, term))
    return in_parts * share_repaid_by_level_payments(rate, paid, payments)


def _months(duration: Duration | None) -> int:
    return 0 if duration is None else duration.months
