"""The asset register: every vintage, block, and grant or special depreciation taken off them, period by period.

What is left of the value of one unit is spread anew over what is left of its life in every period. That is a straight
line without any formula for the share written off so far, which is what the model's own figures use. What goes by
fiscal years is rolled forward in ``wear``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from planner.audit.facts import Facts
from planner.audit.parts import Part, claimed_parts, wearing_parts
from planner.audit.payments import basis_reduction, taken_off_shares
from planner.audit.prices import Prices
from planner.audit.wear import falls_of
from planner.case.depreciation import Depreciation
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
    falls: tuple[float, ...] | None = None
    """Share of its value that is left at the start of its first period and at the end of each; none: a straight line
    over the months that are left."""


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


def register_of(facts: Facts, said: Depreciation, *, for_tax: bool = False) -> Register:
    """Writes everything down that the plan buys or has, less what programmes let take off book values; in the books, or
    in those of tax, by what is said of them."""
    register: Register = {charge: [0.0] * len(facts.periods) for charge in CHARGES}
    for asset in _assets(facts, said):
        _enter(register, asset, facts, sign=1.0)
    for line, period, award in _taken_off(facts, said):
        register[line][period] += award.units * award.value
        _enter(register, award, facts, sign=-1.0)
    for basis in _basis_taken_off(facts, said) if for_tax else ():
        _enter(register, basis, facts, sign=-1.0)
    return register


def movements(asset: Asset, periods: range, months_per_period: int) -> Iterator[Movement]:
    """Rolls an asset forward: what leaves goes at the start of a period, those that stay are written down in it."""
    units, value, months_left = asset.units, asset.value, asset.months_left
    for t in periods[asset.since :]:
        leaving = asset.leaving.get(t, 0)
        units -= leaving
        depreciation = value if months_left <= months_per_period else value * months_per_period / months_left
        if asset.falls is not None:
            depreciation = value - asset.value * asset.falls[t - asset.since + 1]
        written_off = leaving * value
        value -= depreciation
        months_left -= months_per_period
        yield Movement(t, units * depreciation, written_off, units * value)


def _enter(register: Register, asset: Asset, facts: Facts, sign: float) -> None:
    for move in movements(asset, facts.periods, facts.calendar.months_per_period):
        register["depreciation"][move.period] += sign * move.depreciation
        register["written_off"][move.period] += sign * move.written_off


def _assets(facts: Facts, said: Depreciation) -> Iterator[Asset]:
    terms = said.of("systems")
    for order, count in facts.decisions.order.items():
        vintage = facts.vintage_of(order)
        for part in wearing_parts(facts, said, order):
            yield _new(facts, facts.ready(order), count, part, facts.exits.get(vintage, {}))
    for start, count in facts.decisions.expand.items():
        block = facts.block(start)
        for part in wearing_parts(facts, said, block):
            yield _new(facts, facts.ready(block), count, part, facts.retiring(start))
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
                terms.life_months - age,
                facts.exits.get(vintage, {}),
                falls_of(facts, terms, since, age),
            )


def _new(facts: Facts, since: int, units: int, part: Part, leaving: dict[int, int]) -> Asset:
    return Asset(since, units, part.cost, part.terms.life_months, leaving, falls_of(facts, part.terms, since))


def _taken_off(facts: Facts, said: Depreciation) -> Iterator[tuple[str, int, Asset]]:
    """Each part of an award as an asset of its own, to be taken off: what was not yet written down when it came.

    Its units are units of currency, each of them at what is left of one by then. What comes before the thing itself is
    in use is taken off when it comes, and lowers no depreciation before there is any.
    """
    for award in facts.awards:
        since = facts.ready(award.investment)
        line, shares = taken_off_shares(facts.case, award)
        parts = claimed_parts(facts, said, award)
        for period, share in shares.items():
            staying = award.amount - sum(amount for u, amount in award.leaving.items() if u <= period)
            later = {u: share * amount for u, amount in award.leaving.items() if u > period}
            for part in parts:
                host = _new(facts, since, 1, part, {})
                units = {u: amount * part.cost for u, amount in later.items()}
                yield line, period, _from(facts, host, max(0, period - since), share * staying * part.cost, units)


def _basis_taken_off(facts: Facts, said: Depreciation) -> Iterator[Asset]:
    """What tax credits take off the cost that may be written off for tax, from the start, and without a charge."""
    for award in facts.awards:
        lower = basis_reduction(facts.case, award)
        for part in claimed_parts(facts, said, award) if lower else ():
            leaving = {u: lower * part.cost * amount for u, amount in award.leaving.items()}
            host = _new(facts, facts.ready(award.investment), 1, part, {})
            yield _from(facts, host, 0, lower * part.cost * award.amount, leaving)


def _from(facts: Facts, host: Asset, passed: int, units: float, leaving: dict[int, float]) -> Asset:
    """What wears off as one unit of a host does, from so many periods after its first."""
    months = facts.calendar.months_per_period
    one = [1.0, *(move.left for move in movements(replace(host, value=1.0), facts.periods, months))]
    falls = host.falls
    if falls is not None:
        falls = tuple(left / one[passed] if one[passed] else 0.0 for left in falls[passed:])
    return Asset(host.since + passed, units, one[passed], host.months_left - months * passed, leaving, falls)


def life_in_books(facts: Prices, name: str) -> int:
    """Life in months of what an offer or an expansion brings."""
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
