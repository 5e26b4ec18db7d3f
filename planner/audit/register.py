"""The asset register: every vintage, block, and grant or special depreciation taken off them, period by period.

What is left of the value of one unit is spread anew over what is left of its life in every period. That is a straight
line without any formula for the share written off so far, which is what the model's own figures use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from planner.audit.facts import Facts
from planner.audit.payments import taken_off_shares
from planner.case.site import Fleet
from planner.outcome import CHARGES
from planner.vocabulary.keys import Arrival, Vintage


@dataclass(frozen=True)
class Asset:
    """Equal units that came into the books at the same time."""

    since: int
    """Period from whose start they are written down."""
    units: float
    value: float
    """Book value of one unit at that time."""
    months_left: int
    """Life that is left then."""
    leaving: dict[int, int] | dict[int, float] = field(default_factory=dict)
    """Units that leave, by period."""


@dataclass(frozen=True)
class Movement:
    """What happens to an asset in one period."""

    period: int
    depreciation: float
    written_off: float
    left: float
    """Book value at the end of the period."""


Register = dict[str, list[float]]
"""What lowers profit without a payment, all assets together, by line of ``CHARGES`` and period."""


def register_of(facts: Facts) -> Register:
    """Writes everything down that the plan buys or has, less what programmes let take off book values."""
    register: Register = {charge: [0.0] * len(facts.periods) for charge in CHARGES}
    for asset in _assets(facts):
        _enter(register, asset, facts, sign=1.0)
    for line, period, award in _taken_off(facts):
        register[line][period] += award.units * award.value
        _enter(register, award, facts, sign=-1.0)
    return register


def movements(asset: Asset, periods: range, months_per_period: int) -> Iterator[Movement]:
    """Rolls an asset forward: what leaves goes at the start of a period, those that stay are written down in it."""
    units, value, months_left = asset.units, asset.value, asset.months_left
    for t in periods[asset.since :]:
        leaving = asset.leaving.get(t, 0)
        units -= leaving
        depreciation = value if months_left <= months_per_period else value * months_per_period / months_left
        written_off = leaving * value
        value -= depreciation
        months_left -= months_per_period
        yield Movement(t, units * depreciation, written_off, units * value)


def _enter(register: Register, asset: Asset, facts: Facts, sign: float) -> None:
    for move in movements(asset, facts.periods, facts.calendar.months_per_period):
        register["depreciation"][move.period] += sign * move.depreciation
        register["written_off"][move.period] += sign * move.written_off


def _assets(facts: Facts) -> Iterator[Asset]:
    terms = facts.case.finance.depreciation
    for order, count in facts.decisions.order.items():
        cost, vintage = sum(facts.unit_cost(order).values()), facts.vintage_of(order)
        yield Asset(facts.ready(order), count, cost, terms.systems.months, facts.exits.get(vintage, {}))
    for start, count in facts.decisions.expand.items():
        block = facts.block(start)
        yield Asset(facts.ready(block), count, sum(facts.unit_cost(block).values()), life_in_books(facts, block.name))
    for vintage, fleets in fleets_by_vintage(facts).items():
        quantity = sum(fleet.quantity for fleet in fleets)
        since, value = facts.arrival(fleets[0]), sum(opening_value(facts, fleet) for fleet in fleets)
        unpaid = sum(facts.unpaid(fleet) for fleet in fleets)
        age = max(0, facts.calendar.start - fleets[0].arrives)
        if quantity:
            yield Asset(
                since,
                quantity,
                (value + unpaid) / quantity,
                terms.systems.months - age,
                facts.exits.get(vintage, {}),
            )


def _taken_off(facts: Facts) -> Iterator[tuple[str, int, Asset]]:
    """Each part of an award as an asset of its own, to be taken off: what was not yet written down when it came.

    Its units are units of currency, each of them at what is left of one by then. What comes before the thing itself is
    in use is taken off when it comes, and lowers no depreciation before there is any.
    """
    months = facts.calendar.months_per_period
    for award in facts.awards:
        name, since = award.investment.name, facts.ready(award.investment)
        life = life_in_books(facts, name)
        line, shares = taken_off_shares(facts.case, award)
        one = [1.0, *(move.left for move in movements(Asset(since, 1, 1.0, life), facts.periods, months))]
        for period, share in shares.items():
            staying = award.amount - sum(amount for u, amount in award.leaving.items() if u <= period)
            later = {u: share * amount for u, amount in award.leaving.items() if u > period}
            passed = max(0, period - since)
            from_then = max(period, since)
            yield line, period, Asset(from_then, share * staying, one[passed], life - months * passed, later)


def life_in_books(facts: Facts, name: str) -> int:
    """Months over which what an offer or an expansion brings is written down."""
    terms = facts.case.finance.depreciation
    if name in facts.case.offers:
        return terms.systems.months
    return (facts.case.expansions[name].depreciation_life or terms.facility).months


def fleets_by_vintage(facts: Facts) -> dict[Vintage, list[Fleet]]:
    """Fleets that are installed within the horizon; those of equal system, site and month are one vintage."""
    found: dict[Vintage, list[Fleet]] = {}
    for site, place in facts.case.sites.items():
        for fleet in place.fleet:
            if facts.arrival(fleet) < len(facts.periods):
                found.setdefault(Vintage(fleet.system, site, Arrival(fleet.arrives)), []).append(fleet)
    return found


def opening_value(facts: Facts, fleet: Fleet) -> float:
    """Book value of a fleet at the start of the horizon, at the exchange rate of the first period."""
    return facts.money(fleet.book_value, 0)
