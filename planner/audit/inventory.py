"""Balances counted at the end of each period: what stands in the books, and what is paid for and not yet in use.

Nothing is rolled forward here: each balance is what is there by then, at what is left of its cost. The register rolls
the same assets forward, and the balance sheet holds both against each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from planner.audit.dates import contract_month
from planner.audit.facts import Facts
from planner.audit.parts import claimed_parts, wearing_parts
from planner.audit.payments import basis_reduction, taken_off_shares
from planner.audit.register import fleets_by_vintage, opening_value
from planner.case.depreciation import Depreciation, DepreciationTerms
from planner.finance.depreciation import months_to_year_end, of_what_is_left
from planner.finance.resale import straight_line_remainder


def fixed_assets_of(facts: Facts, said: Depreciation, *, for_tax: bool = False) -> list[float]:
    """Book value of systems and blocks at the end of each period, less what programmes let take off; in the books, or
    in those of tax, by what is said of them."""
    taken_off = _taken_off(facts, said)
    if for_tax:
        taken_off = [a + b for a, b in zip(taken_off, _basis_taken_off(facts, said), strict=True)]
    return [sum(_systems(facts, said, t)) + sum(_blocks(facts, said, t)) - taken_off[t] for t in facts.periods]


def _left(facts: Facts, since: int, terms: DepreciationTerms, t: int, used: int = 0) -> float:
    """The share of a cost that is left at the end of a period; all of it before it is in use.

    Of what had been used for some months before the horizon, the share of what was left then.
    """
    age, life = max(0, facts.calendar.months_per_period * (t + 1 - since)), terms.life_months - used
    if terms.method == "straight_line":
        return straight_line_remainder(1.0, age, life) if life > 0 else float(age == 0)
    begun = facts.calendar.start.plus(facts.calendar.months_per_period * since - used)
    first_year = months_to_year_end(begun.month, facts.calendar.fiscal_year_start_month)
    return 1 - of_what_is_left(terms, used, age, first_year)


def _systems(facts: Facts, said: Depreciation, t: int) -> Iterator[float]:
    for order, count in facts.decisions.order.items():
        since = facts.ready(order)
        if since <= t:
            standing = count - facts.gone(facts.vintage_of(order), before=t + 1)
            for part in wearing_parts(facts, said, order):
                yield standing * part.cost * _left(facts, since, part.terms, t)
    terms = said.of("systems")
    for vintage, fleets in fleets_by_vintage(facts).items():
        since, quantity = facts.arrival(fleets[0]), sum(fleet.quantity for fleet in fleets)
        if since <= t and quantity:
            cost = sum(opening_value(facts, fleet) + facts.unpaid(fleet) for fleet in fleets)
            left = _left(facts, since, terms, t, max(0, facts.calendar.start - fleets[0].arrives))
            yield cost * (1 - facts.gone(vintage, before=t + 1) / quantity) * left


def _blocks(facts: Facts, said: Depreciation, t: int) -> Iterator[float]:
    for start, count in facts.decisions.expand.items():
        block = facts.block(start)
        since, standing = facts.ready(block), count - sum(n for u, n in facts.retiring(start).items() if u <= t)
        for part in wearing_parts(facts, said, block) if since <= t else ():
            yield standing * part.cost * _left(facts, since, part.terms, t)


def _taken_off(facts: Facts, said: Depreciation) -> list[float]:
    """What of the grants paid so far, and of what was written off at once, still lowers book values."""
    lowered = [0.0] * len(facts.periods)
    for award in facts.awards:
        shares, parts = taken_off_shares(facts.case, award)[1], claimed_parts(facts, said, award)
        since = facts.ready(award.investment)
        for t in facts.periods[min(shares, default=len(facts.periods)) :]:
            so_far = sum(share for period, share in shares.items() if period <= t)
            standing = award.amount - sum(amount for u, amount in award.leaving.items() if u <= t)
            left = math.fsum(part.cost * _left(facts, since, part.terms, t) for part in parts)
            lowered[t] += so_far * standing * left
    return lowered


def _basis_taken_off(facts: Facts, said: Depreciation) -> list[float]:
    """What of the cost that tax credits took off for tax is not written off yet."""
    lowered = [0.0] * len(facts.periods)
    for award in facts.awards:
        lower, since = basis_reduction(facts.case, award), facts.ready(award.investment)
        parts = claimed_parts(facts, said, award) if lower else []
        for t in facts.periods[since:] if lower else ():
            standing = award.amount - sum(amount for u, amount in award.leaving.items() if u <= t)
            left = math.fsum(part.cost * _left(facts, since, part.terms, t) for part in parts)
            lowered[t] += lower * standing * left
    return lowered


def advances_of(facts: Facts) -> list[float]:
    """Paid by the end of each period for what is not yet in use then."""
    held = [0.0] * len(facts.periods)
    for paid_in, in_use, amount in _payments(facts):
        for t in facts.periods[paid_in:in_use]:
            held[t] += amount
    return held


def unpaid_of(facts: Facts) -> list[float]:
    """Still to be paid at the end of each period for what is in use then."""
    owed = [0.0] * len(facts.periods)
    for paid_in, in_use, amount in _payments(facts):
        for t in facts.periods[in_use:paid_in]:
            owed[t] += amount
    return owed


def _payments(facts: Facts) -> Iterator[tuple[int, int, float]]:
    """The period in which something is paid, the one from which it is in use, and the amount.

    What was paid before the horizon for what comes within or after it counts as paid in the first period.
    """
    calendar = facts.calendar
    for order, count in facts.decisions.order.items():
        units = count * (1 + facts.additions_share(order.name))
        for month, amount in facts.order_payments(order.name, order.period).items():
            yield calendar.period_of(month), facts.ready(order), units * amount
    for start, count in facts.decisions.expand.items():
        for month, amount in facts.block_payments(*start).items():
            yield calendar.period_of(month), facts.ready(facts.block(start)), count * amount
    for fleet in (fleet for place in facts.case.sites.values() for fleet in place.fleet):
        if fleet.arrives >= calendar.start:
            due = calendar.period_containing(contract_month(facts.case, fleet))
            yield 0, facts.arrival(fleet), opening_value(facts, fleet)
            yield due, facts.arrival(fleet), facts.unpaid(fleet)
