"""Loans: when they may be drawn, what they cost, and when they fall due."""

from __future__ import annotations

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.finance import Loan
from planner.coefficients.money import Exchange
from planner.coefficients.records import LoanTerms


def loans_of(case: Case, exchange: Exchange) -> dict[str, LoanTerms]:
    """The terms of every loan, by name."""
    return {name: _terms(case.calendar, exchange, loan) for name, loan in case.finance.loans.items()}


def _terms(calendar: Calendar, exchange: Exchange, loan: Loan) -> LoanTerms:
    return LoanTerms(
        limit=exchange.money(loan.limit, 0),
        revolving=loan.revolving,
        outstanding=exchange.money(loan.outstanding, 0),
        drawable=tuple(t for t, start in enumerate(calendar.starts) if loan.draw_window.holds(start)),
        interest=tuple((loan.rate.at(start) or 0.0) * calendar.months_per_period / 12 for start in calendar.starts),
        due={
            (u, t): share
            for u in range(calendar.periods)
            for t in range(u, calendar.periods)
            if (share := due_share(calendar, loan, u, t)) > 0
        },
        share_of_investment=loan.share_of_investment,
    )


def due_share(calendar: Calendar, loan: Loan, drawn: int, t: int) -> float:
    """Share of what was drawn in one period that must be repaid by the end of period ``t``."""
    term = loan.term.months
    if loan.repayment == "equal_parts" and term > 0:
        return min(1.0, calendar.months_per_period * (t - drawn + 1) / term)
    last = calendar.period_containing(calendar.starts[drawn].plus(max(term, 1) - 1))
    return 1.0 if t >= last else 0.0
