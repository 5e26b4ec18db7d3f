"""Limits of cash and of capital expenditure."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.limits.kinds import money_limit
from planner.outcome import INVESTMENTS, About, Accounts, Limit, Quantities
from planner.vocabulary.message import fiscal_year, say


def cash_balance(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Cash never falls below its floor, neither after what is paid at the start of a month nor at its end.

    At the end of the horizon what is still to be paid for investments has to be there as well.
    """
    last, unpaid = facts.calendar.months[-1], accounts.books.unpaid[-1]
    points = zip(facts.calendar.months, accounts.cash_after_payments, accounts.cash_at_end, strict=True)
    for month, after_payments, at_end in points:
        t, label = facts.calendar.period_containing(month), str(month)
        least = facts.money(facts.case.finance.minimum_cash, t)
        ending, left = " at the end of {month}", at_end
        if month == last and unpaid:
            ending, left = " at the end of {month}, less what is still to be paid for investments", at_end - unpaid
        for point, template, cash in (
            ("start", " at the start of {month}, after payments", after_payments),
            ("end", ending, left),
        ):
            about = About((label, point), say("cash{when}", when=say(template, month=label)))
            yield money_limit(facts, "cash_balance", about, cash, ">=", least, t, summed=abs(at_end) if unpaid else 0.0)


def capex_limit(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Capital expenditure paid in a fiscal year keeps to its limit."""
    for year, limit in facts.case.finance.capex_limits.items():
        periods = facts.calendar.periods_of(year)
        if periods and not all(facts.is_over(t) for t in periods):
            spent = sum(accounts.lines[line][t] for line in INVESTMENTS for t in periods)
            words = say("capital expenditure paid in {year}", year=fiscal_year(year.number))
            about = About((str(year),), words, year)
            yield money_limit(facts, "capex_limit", about, spent, "<=", facts.money(limit, periods[0]))
