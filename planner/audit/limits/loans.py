"""Limits of loans."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.lending import (
    capitalised_of,
    costs_of,
    drawn,
    fallen_due,
    highest_of,
    outstanding,
    owed_of,
    repaid,
    repaid_of,
)
from planner.audit.limits.kinds import money_limit
from planner.outcome import INVESTMENTS, About, Accounts, Limit, Quantities
from planner.vocabulary.message import say


def loan_balance(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """No more is repaid than is owed, in any period and over the whole plan."""
    for name in facts.case.finance.loans:
        opening = outstanding(facts, name)
        most = max([opening, *highest_of(facts, name)])
        for t, owed in enumerate(owed_of(facts, name)):
            when = say(" at the end of {period}", period=facts.calendar.label(t))
            about = About((name, "owed"), say("{loan}: owed{when}", loan=name, when=when))
            yield money_limit(facts, "loan_balance", about, owed, ">=", 0.0, t, summed=most)
        borrowed = opening + _drawn_up_to(facts, name, facts.periods[-1]) + sum(capitalised_of(facts, name))
        returned = sum(repaid(facts, name, t) for t in facts.periods)
        about = About((name, "repaid"), say("{loan}: repaid over the whole plan", loan=name))
        yield money_limit(facts, "loan_balance", about, returned, "<=", borrowed)


def loan_limit(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Never more is borrowed than the lender gives, nor more drawn than its share of what was invested."""
    for name, loan in facts.case.finance.loans.items():
        most = facts.money(loan.limit, 0)
        if loan.revolving:
            added = capitalised_of(facts, name)
            for t, owed in enumerate(highest_of(facts, name)):
                when = say(" {month}", month=facts.calendar.label(t))
                about = About((name, "limit"), say("{loan}: owed within{when}", loan=name, when=when))
                yield money_limit(facts, "loan_limit", about, owed + added[t], "<=", most, t)
        else:
            borrowed = outstanding(facts, name) + _drawn_up_to(facts, name, facts.periods[-1])
            borrowed += sum(capitalised_of(facts, name))
            about = About((name, "limit"), say("{loan}: drawn in all", loan=name))
            yield money_limit(facts, "loan_limit", about, borrowed, "<=", most)
        if loan.share_of_investment is not None:
            for t in facts.periods:
                invested = sum(sum(accounts.lines[line][: t + 1]) for line in INVESTMENTS)
                words = say("{loan}: drawn up to{when}", loan=name, when=say(" {month}", month=facts.calendar.label(t)))
                about = About((name, "share_of_investment"), words)
                so_far, share = _drawn_up_to(facts, name, t), loan.share_of_investment * invested
                yield money_limit(facts, "loan_limit", about, so_far, "<=", share, t)


def _drawn_up_to(facts: Facts, name: str, t: int) -> float:
    return sum(drawn(facts, name, u) for u in facts.periods[: t + 1])


def loan_term(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """What has fallen due is repaid."""
    for name in facts.case.finance.loans:
        returned, repaid_then = 0.0, repaid_of(facts, name)
        for t, due in enumerate(fallen_due(facts, name)):
            returned += repaid_then[t]
            when = say(" up to {month}", month=facts.calendar.label(t))
            about = About((name,), say("{loan}: repaid{when}", loan=name, when=when))
            yield money_limit(facts, "loan_term", about, returned, ">=", due, t)


def loan_cost(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """A loan costs by how much its interest is more than what capital would cost on what is owed, month by month, and
    its fees."""
    for name in facts.case.finance.loans:
        owed, costs, dearer = highest_of(facts, name), costs_of(facts, name), 0.0
        for t in facts.periods:
            months = facts.calendar.months_of(t)
            dearer += costs["arrangement_fees"][t] * accounts.discount[months[0]]
            added = costs["interest_capitalised"][t]
            monthly = (costs["interest"][t] - added + costs["commitment_fees"][t]) / len(months)
            dearer += added * accounts.discount[months[-1] + 1]
            for month in months:
                start, end = accounts.discount[month : month + 2]
                dearer += monthly * end - owed[t] * (start - end)
        about = About((name, "cost"), say("{loan}: what it costs", loan=name))
        cost, most = accounts.loan_costs[name], max(owed)
        yield money_limit(facts, "loan_cost", about, cost, "=", max(0.0, dearer), summed=most)
