"""Limits of what is claimed under two programmes, of which one counts only what the other leaves."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.allowed import claim_allowed
from planner.audit.facts import Facts
from planner.audit.leaving import leave_matters
from planner.audit.limits.kinds import count_limit, words_of
from planner.audit.limits.leavers import claimed, left
from planner.decisions import Investment
from planner.outcome import Accounts, Limit, Quantities


def remainder(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Units of both claims are those that there must be at least, and no more than either claim has."""
    for programme, earlier, investment in _pairs(facts):
        name, site, t = investment
        one, other = claimed(facts, programme, investment), claimed(facts, earlier, investment)
        both = facts.decisions.both.get((programme, earlier, *investment), 0.0)
        subject = f"{name} at {site}, {facts.calendar.label(t)}: claimed under {programme} and {earlier}"
        yield from _between(subject, both, one, other, facts.bought(investment), "units", t)
        if name in facts.case.offers:
            yield from _of_leavers(facts, programme, earlier, investment)


def _of_leavers(facts: Facts, programme: str, earlier: str, order: Investment) -> Iterator[Limit]:
    """The same among those that leave, and among those that stay, in every period in which it matters who leaves."""
    lot, exits = facts.lot_of(order), facts.exits.get(facts.lot_of(order), {})
    matters = leave_matters(facts.case, programme, order) | leave_matters(facts.case, earlier, order)
    one, other = claimed(facts, programme, order), claimed(facts, earlier, order)
    both, stand = facts.decisions.both.get((programme, earlier, *order), 0.0), facts.bought(order)
    for t in facts.periods:
        gone, first, second = exits.get(t, 0), left(facts, programme, order, t), left(facts, earlier, order, t)
        of_both = facts.decisions.leave_both.get((programme, earlier, *order, t), 0.0)
        stand, one, other, both = stand - gone, one - first, other - second, both - of_both
        if t in matters or first or second or of_both:
            subject = f"{words_of(lot)}, {facts.calendar.label(t)}: claimed under {programme} and {earlier}"
            yield from _between(f"{subject} and gone", of_both, first, second, gone, "systems", t)
            yield from _between(f"{subject} and still there", both, one, other, stand, "systems", t)


def _between(subject: str, both: float, one: float, other: float, units: int, unit: str, t: int) -> Iterator[Limit]:
    """Of so many units, some belong to one claim and some to another: how many can belong to both."""
    yield count_limit("remainder", f"{subject}, at least", both, ">=", max(0.0, one + other - units), unit, t)
    yield count_limit("remainder", f"{subject}, at most", both, "<=", min(one, other), unit, t)


def _pairs(facts: Facts) -> list[tuple[str, str, Investment]]:
    """Programmes that take something off the eligible cost of another, by what is claimed under either."""
    claims = {(name, site, t) for _, name, site, t in facts.decisions.claim}
    named = {(name, site, t) for _, _, name, site, t in facts.decisions.both}
    named |= {(name, site, t) for _, _, name, site, t, _ in facts.decisions.leave_both}
    return [
        (programme, earlier, investment)
        for investment in sorted(claims | named)
        for programme, rules in facts.case.programmes.items()
        if rules.after and claim_allowed(facts.case, programme, investment)
        for earlier, money in facts.taken_off_before(programme, investment).items()
        if money > 0
    ]
