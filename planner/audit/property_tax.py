"""Property tax, asset by asset: each is carried forward from one assessment to the next, as an assessor does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import inf

from planner.audit.dates import contract_month, period_in_use
from planner.audit.facts import Facts
from planner.audit.payments import dated
from planner.audit.prices import Prices
from planner.audit.register import fleets_by_vintage, life_in_books
from planner.case.programme import CostCategory
from planner.case.property_tax import PropertyTax
from planner.case.quantities import Month
from planner.case.site import Fleet
from planner.finance.property_tax import FIRST_YEAR_PART, reduction_rate
from planner.outcome import Entry
from planner.vocabulary.keys import Investment, Start, Vintage


@dataclass(frozen=True)
class TaxedAsset:
    """Equal units at a site under a property tax."""

    site: str
    came: Month
    units: float
    cost: float
    """What one unit cost, before any grant."""
    life_months: int
    is_bought: bool
    """Whether the plan buys it, so that relief is given."""
    leaving: Mapping[Month, float] = field(default_factory=dict)
    """Units that leave, by the month at whose start they do."""
    most_assessments: float = inf
    """At how many assessments it counts, from its first on; of what is spared of the tax on others."""

    def standing(self, month: Month) -> float:
        """Units that are there when a month begins, before anything comes or leaves in it."""
        return self.units - sum(units for left, units in self.leaving.items() if left < month)


def taxed_assets(facts: Facts) -> Iterator[TaxedAsset]:
    """Everything that stands at a site under a property tax at some time."""
    starts = facts.calendar.starts
    sites = {name for name, place in facts.case.sites.items() if place.property_tax is not None}

    def leaving(vintage: Vintage) -> dict[Month, float]:
        return {starts[t]: float(units) for t, units in facts.exits.get(vintage, {}).items()}

    bought = [*facts.decisions.order.items(), *((facts.block(start), n) for start, n in facts.decisions.expand.items())]
    for one, units in bought:
        if one.site in sites:
            if one.name in facts.case.offers:
                gone = leaving(facts.vintage_of(one))
            else:
                retiring = facts.retiring(Start(one.name, one.period))
                gone = {starts[t]: float(blocks) for t, blocks in retiring.items()}
            for asset in units_of(facts, one).values():
                yield replace(asset, units=units, leaving=gone)
    yield from _spared(facts)
    life = facts.case.finance.depreciation.systems.months
    for vintage, fleets in fleets_by_vintage(facts).items():
        units = sum(fleet.quantity for fleet in fleets)
        if vintage.site in sites and units:
            cost = sum(_bought_for(facts, fleet) for fleet in fleets) / units
            came = fleets[0].arrives
            yield TaxedAsset(vintage.site, came, units, cost, life, False, leaving(vintage))


def units_of(prices: Prices, one: Investment) -> dict[CostCategory, TaxedAsset]:
    """One unit of an investment, by what its cost is for."""
    case = prices.case
    came, own, found = case.calendar.starts[period_in_use(case, one)], case.finance.depreciation.additions, {}
    for category, cost in prices.unit_cost(one).items():
        life = own.months if category == "additions" and own is not None else life_in_books(prices, one.name)
        found[category] = TaxedAsset(one.site, came, 1.0, cost, life, True)
    return found


def _spared(facts: Facts) -> Iterator[TaxedAsset]:
    """What programmes spare of the tax on claimed units, as if so many units of their cost stood there less."""
    starts = facts.calendar.starts
    for claim, units in facts.decisions.claim.items():
        programme, one = facts.case.programmes[claim.programme], claim.investment
        if not programme.property_relief or facts.case.sites[one.site].property_tax is None:
            continue
        share = -programme.property_relief * programme.eligible_share
        if one.name in facts.case.offers:
            gone = {starts[key.period]: n for key, n in facts.decisions.claimed_exit.items() if key.claim == claim}
        else:
            gone = {starts[t]: units for t in facts.retiring(Start(one.name, one.period))}
        leaving = {month: share * n for month, n in gone.items()}
        for category, asset in units_of(facts, one).items():
            if category in programme.categories:
                yield replace(
                    asset, units=share * units, leaving=leaving, most_assessments=programme.relieved_assessments
                )


def relieved_until(prices: Prices, programme: str, one: Investment) -> Month | None:
    """The last month of assessment at whose start a claimed unit spares its owner some property tax; None without."""
    rules = prices.case.programmes[programme]
    if not rules.property_relief or prices.case.sites[one.site].property_tax is None:
        return None
    assets = [
        replace(asset, most_assessments=rules.relieved_assessments)
        for category, asset in units_of(prices, one).items()
        if category in rules.categories
    ]
    found = [
        month
        for asset in assets
        for month, value in assessments(prices, asset)
        if value > 0 and rate_at(prices, tax_of(prices, one.site), month) > 0
    ]
    return max(found, default=None)


def _bought_for(facts: Facts, fleet: Fleet) -> float:
    """What the systems of a fleet cost all together; of those that are to come what is paid and unpaid."""
    if fleet.acquisition_cost is not None:
        return facts.money(fleet.acquisition_cost, 0)
    due = facts.calendar.period_containing(contract_month(facts.case, fleet))
    return facts.money(fleet.book_value, 0) + facts.money(fleet.unpaid, due)


def tax_of(facts: Prices, site: str) -> PropertyTax:
    """The property tax of a site that is under one."""
    name = facts.case.sites[site].property_tax
    assert name is not None
    return facts.case.finance.property_taxes[name]


def rate_at(facts: Prices, tax: PropertyTax, month: Month) -> float:
    """The rate of an assessment: that of the period that holds it, of the first one before the horizon."""
    return facts.at(tax.rate, max(0, facts.calendar.period_containing(month))) or 0.0


def assessments(facts: Prices, asset: TaxedAsset) -> Iterator[tuple[Month, float]]:
    """Each month up to the end of the horizon in which one unit of an asset is assessed, and at which value."""
    tax = tax_of(facts, asset.site)
    after, number, value = asset.came.plus(1), 0, asset.cost
    month = after.plus((tax.assessed_in - after.month) % 12)
    while month < facts.calendar.end:
        number += 1
        if number > asset.most_assessments:
            return
        if tax.valuation == "japan":
            falls = reduction_rate(asset.life_months)
            value -= value * (falls * FIRST_YEAR_PART if number == 1 else falls)
        elif tax.valuation == "straight_line":
            left = asset.life_months - (month - asset.came)
            value = asset.cost * left / asset.life_months if left > 0 else 0.0
        else:
            value = asset.cost * ([one.share for one in tax.assessed_shares][:number][-1])
        spared = tax.relief if asset.is_bought and number <= tax.relief_years else 0.0
        yield month, max(value, tax.least_share * asset.cost) * (1 - spared)
        month = month.plus(12)


def _instalments(facts: Facts) -> Iterator[tuple[str, Month, float]]:
    """Site, month and amount of every part of every property tax, those before and after the horizon included."""
    for asset in taxed_assets(facts):
        tax = tax_of(facts, asset.site)
        for month, value in assessments(facts, asset):
            charged = rate_at(facts, tax, month) * value * asset.standing(month)
            for part in tax.instalments:
                yield asset.site, month.plus(part.lag.months), part.share * charged


def property_tax_entries(facts: Facts) -> Iterator[Entry]:
    """Every instalment that is paid within the horizon."""
    for site, month, amount in _instalments(facts):
        if facts.calendar.start <= month < facts.calendar.end:
            yield dated(facts.calendar, "property_tax", (site,), facts.calendar.number_of(month), amount)


def property_tax_owed(facts: Facts) -> float:
    """What is assessed by the end of the horizon and due after it."""
    return sum(amount for _, month, amount in _instalments(facts) if month >= facts.calendar.end)
