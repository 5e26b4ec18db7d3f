"""What is owed to lenders, what falls due, and what it costs, loan by loan and draw by draw."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.case.finance import Loan
from planner.finance.lending import level_payments_worth, scheduled_repayments
from planner.vocabulary.keys import Balance, Draw


def owed_of(facts: Facts, name: str) -> list[float]:
    """What is owed on a loan at the end of each period."""
    balance, owed = outstanding(facts, name), []
    for t in facts.periods:
        balance += drawn(facts, name, t)
        balance += balance * _rate_added(facts, name, t) - repaid(facts, name, t)
        owed.append(balance)
    return owed


def _rate_added(facts: Facts, name: str, t: int) -> float:
    """Interest for the months of a period whose interest is added to what is owed, on one unit of money."""
    loan, months = facts.case.finance.loans[name], facts.calendar.months_of(t)
    last = loan.interest_capitalised_until
    if last is None:
        return 0.0
    added = sum(1 for month in months if not last < facts.calendar.months[month])
    return (facts.at(loan.rate, t) or 0.0) * added / 12


def capitalised_of(facts: Facts, name: str) -> list[float]:
    """Interest that is added to what is owed at the end of each period."""
    return [owed * _rate_added(facts, name, t) for t, owed in enumerate(highest_of(facts, name))]


def in_the_end(facts: Facts, name: str, amount: float, first: int) -> float:
    """What is owed from the start of a period on, with all interest that is added to it."""
    for t in facts.periods[first:]:
        amount += amount * _rate_added(facts, name, t)
    return amount


def repaid_of(facts: Facts, name: str) -> list[float]:
    """What is repaid at the end of each period, with the interest that would have been added to it."""
    return [in_the_end(facts, name, repaid(facts, name, t), t + 1) for t in facts.periods]


def highest_of(facts: Facts, name: str) -> list[float]:
    """What is owed on a loan within each period: after the draw at its start, before the repayment at its end."""
    before = [outstanding(facts, name), *owed_of(facts, name)]
    return [before[t] + drawn(facts, name, t) for t in facts.periods]


def interest_of(facts: Facts, name: str) -> list[float]:
    """Interest on what is owed within each period, for its share of a year."""
    loan, years = facts.case.finance.loans[name], facts.calendar.months_per_period / 12
    return [(facts.at(loan.rate, t) or 0.0) * years * owed for t, owed in enumerate(highest_of(facts, name))]


def arrangement_fees_of(facts: Facts, name: str) -> list[float]:
    """What is paid for what is drawn in each period."""
    return [(facts.case.finance.loans[name].arrangement_fee or 0.0) * drawn(facts, name, t) for t in facts.periods]


def commitment_fees_of(facts: Facts, name: str) -> list[float]:
    """What is paid in each period for money that was not drawn and could have been, month by month of the window."""
    loan, calendar = facts.case.finance.loans[name], facts.calendar
    limit, taken, found = facts.money(loan.limit, 0), outstanding(facts, name), []
    for t, owed in enumerate(highest_of(facts, name)):
        taken += drawn(facts, name, t)
        ready = limit - (owed if loan.revolving else taken)
        taken += owed * _rate_added(facts, name, t)
        months = [m for m in calendar.months_of(t) if loan.draw_window.holds(calendar.months[m])]
        found.append(sum(ready * (loan.commitment_fee or 0.0) / 12 for _ in months))
    return found


def costs_of(facts: Facts, name: str) -> dict[str, list[float]]:
    """What a loan costs in each period, by line of the cash flow, and what of that is not paid."""
    return {
        "interest": interest_of(facts, name),
        "interest_capitalised": capitalised_of(facts, name),
        "arrangement_fees": arrangement_fees_of(facts, name),
        "commitment_fees": commitment_fees_of(facts, name),
    }


def fallen_due(facts: Facts, name: str) -> list[float]:
    """What of all draws, and of what was owed before the horizon, has fallen due by the end of each period, with the
    interest that is added to them."""
    due = [0.0] * len(facts.periods)
    for t in facts.periods:
        amount = drawn(facts, name, t) + (outstanding(facts, name) if t == 0 else 0.0)
        amount = in_the_end(facts, name, amount, t)
        for period, instalment in _instalments(facts, facts.case.finance.loans[name], t, amount):
            due[period] += instalment
    return [sum(due[: t + 1]) for t in facts.periods]


def scheduled_of(facts: Facts, name: str) -> tuple[float, ...]:
    """What the terms of a loan oblige to repay in each period."""
    so_far = itertools.accumulate(repaid_of(facts, name))
    return tuple(scheduled_repayments(fallen_due(facts, name), [*so_far], facts.calendar.fiscal_years.values()))


def _instalments(facts: Facts, loan: Loan, drawn_in: int, amount: float) -> Iterator[tuple[int, float]]:
    """When which part of a draw falls due; what falls due after the horizon is left out."""
    months, term = facts.calendar.months_per_period, loan.term.months
    if loan.repayment == "at_end":
        last = facts.calendar.period_containing(facts.calendar.starts[drawn_in].plus(term - 1))
        if max(last, drawn_in) < len(facts.periods):
            yield max(last, drawn_in), amount
        return
    rate = (facts.at(loan.rate, drawn_in) or 0.0) * months / 12
    at_last = amount * (loan.balloon or 0.0)
    free, months_left = 0 if loan.grace is None else loan.grace.months, term
    left = amount - at_last
    for t in facts.periods[drawn_in:]:
        if months_left <= months:
            yield t, left + at_last
            return
        paying = max(0, months - free)
        # Of what is left to repay, these months repay what the remaining ones do not.
        repaying = months_left - free
        instalment = left * paying / repaying if paying else 0.0
        if loan.repayment == "level_payment" and paying:
            after = level_payments_worth(rate, (repaying - paying) / months)
            instalment = left * (1 - after / level_payments_worth(rate, repaying / months))
        left -= instalment
        months_left -= months
        free = max(0, free - months)
        yield t, instalment


def drawn(facts: Facts, name: str, t: int) -> float:
    """What is drawn on a loan at the start of a period."""
    return facts.decisions.draw.get(Draw(name, t), 0.0)


def repaid(facts: Facts, name: str, t: int) -> float:
    """What is repaid of a loan at the end of a period."""
    return facts.decisions.repay.get(Balance(name, t), 0.0)


def outstanding(facts: Facts, name: str) -> float:
    """What is owed on a loan at the start of the horizon."""
    return facts.money(facts.case.finance.loans[name].outstanding, 0)
