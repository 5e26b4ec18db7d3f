"""Limits of cash and of capital expenditure."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.limits.kinds import money_limit
from planner.outcome import INVESTMENTS, About, Accounts, Limit, Quantities
from planner.vocabulary.message import fiscal_year, say


def cash_balance(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Cash never falls below its floor."""
    for t in facts.periods:
        least = facts.money(facts.case.finance.minimum_cash, t)
        about = About((), say("cash{when}", when=say(" at the end of {period}", period=facts.calendar.label(t))))
        yield money_limit(facts, "cash_balance", about, accounts.cash[t], ">=", least, t)


def capex_limit(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Capital expenditure paid in a fiscal year keeps to its limit."""
    for year, limit in facts.case.finance.capex_limits.items():
        periods = facts.calendar.periods_of(year)
        if periods:
            spent = sum(accounts.lines[line][t] for line in INVESTMENTS for t in periods)
            words = say("capital expenditure paid in {year}", year=fiscal_year(year.number))
            about = About((str(year),), words, year)
            yield money_limit(facts, "capex_limit", about, spent, "<=", facts.money(limit, periods[0]))
