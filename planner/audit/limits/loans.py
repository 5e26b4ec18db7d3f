"""Limits of loans."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.lending import drawn, fallen_due, highest_of, outstanding, owed_of, repaid
from planner.audit.limits.kinds import money_limit
from planner.outcome import INVESTMENTS, Accounts, Limit, Quantities


def loan_balance(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """No more is repaid than is owed, in any period and over the whole plan."""
    for name in facts.case.finance.loans:
        opening = outstanding(facts, name)
        most = max([opening, *highest_of(facts, name)])
        for t, owed in enumerate(owed_of(facts, name)):
            subject = f"{name}: owed at the end of {facts.calendar.label(t)}"
            yield money_limit(facts, "loan_balance", subject, owed, ">=", 0.0, t, summed=most)
        borrowed = opening + sum(drawn(facts, name, t) for t in facts.periods)
        returned = sum(repaid(facts, name, t) for t in facts.periods)
        yield money_limit(facts, "loan_balance", f"{name}: repaid over the whole plan", returned, "<=", borrowed)


def loan_limit(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Never more is owed than the lender gives, nor more drawn than its share of what was invested."""
    invested = [sum(accounts.lines[line][t] for line in INVESTMENTS) for t in facts.periods]
    for name, loan in facts.case.finance.loans.items():
        most = facts.money(loan.limit, 0)
        for t, owed in enumerate(highest_of(facts, name)):
            subject = f"{name}: owed within {facts.calendar.label(t)}"
            yield money_limit(facts, "loan_limit", subject, owed, "<=", most, t)
        if loan.share_of_investment is not None:
            for t in facts.periods:
                so_far = sum(drawn(facts, name, u) for u in facts.periods[: t + 1])
                share = loan.share_of_investment * sum(invested[: t + 1])
                subject = f"{name}: drawn up to {facts.calendar.label(t)}"
                yield money_limit(facts, "loan_limit", subject, so_far, "<=", share, t)


def loan_term(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """What has fallen due is repaid."""
    for name in facts.case.finance.loans:
        returned = 0.0
        for t, due in enumerate(fallen_due(facts, name)):
            returned += repaid(facts, name, t)
            subject = f"{name}: repaid up to {facts.calendar.label(t)}"
            yield money_limit(facts, "loan_term", subject, returned, ">=", due, t)
