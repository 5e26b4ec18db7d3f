"""Limits of cash and of capital expenditure."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.limits.kinds import money_limit
from planner.outcome import INVESTMENTS, About, Accounts, Limit, Quantities
from planner.vocabulary.message import fiscal_year, say


def cash_balance(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Cash never falls below its floor, neither after what is paid at the start of a month nor at its end."""
    points = zip(facts.calendar.months, accounts.cash_after_payments, accounts.cash_at_end, strict=True)
    for month, after_payments, at_end in points:
        t, label = facts.calendar.period_containing(month), str(month)
        least = facts.money(facts.case.finance.minimum_cash, t)
        for point, template, cash in (
            ("start", " at the start of {month}, after payments", after_payments),
            ("end", " at the end of {month}", at_end),
        ):
            about = About((label, point), say("cash{when}", when=say(template, month=label)))
            yield money_limit(facts, "cash_balance", about, cash, ">=", least, t)


def capex_limit(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Capital expenditure paid in a fiscal year keeps to its limit."""
    for year, limit in facts.case.finance.capex_limits.items():
        periods = facts.calendar.periods_of(year)
        if periods:
            spent = sum(accounts.lines[line][t] for line in INVESTMENTS for t in periods)
            words = say("capital expenditure paid in {year}", year=fiscal_year(year.number))
            about = About((str(year),), words, year)
            yield money_limit(facts, "capex_limit", about, spent, "<=", facts.money(limit, periods[0]))
