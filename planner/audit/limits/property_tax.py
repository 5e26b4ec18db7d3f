"""Checks of property tax: what is paid and owed by asset is what is assessed by date."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.limits.kinds import money_limit
from planner.audit.property_tax import TaxedAsset, property_tax_owed, rate_at, tax_of, taxed_assets
from planner.case.quantities import Month
from planner.finance.property_tax import reduction_rate
from planner.outcome import About, Accounts, Limit, Quantities
from planner.vocabulary.message import say


def property_tax(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """What is paid in instalments and still owed at the end is the tax on what stands on each day of assessment."""
    if not any(place.property_tax for place in facts.case.sites.values()):
        return
    settled = sum(accounts.lines["property_tax"]) + property_tax_owed(facts)
    charged = sum(_charged(facts, asset) for asset in taxed_assets(facts))
    about = About((), say("property tax paid and still owed at the end"))
    yield money_limit(facts, "property_tax", about, settled, "=", charged)


def _charged(facts: Facts, asset: TaxedAsset) -> float:
    """The tax on an asset at all dates, as far as it is due from the start of the horizon on."""
    tax, found = tax_of(facts, asset.site), 0.0
    for month in map(Month, range(int(asset.came) + 1, int(facts.calendar.end))):
        if month.month != tax.assessed_in:
            continue
        due = sum(part.share for part in tax.instalments if month.plus(part.lag.months) >= facts.calendar.start)
        if due and month - asset.came <= 12 * asset.most_assessments:
            base = max(_share(facts, asset, month), tax.least_share) * asset.cost * asset.standing(month)
            spared = asset.is_bought and month - asset.came <= 12 * tax.relief_years
            found += due * rate_at(facts, tax, month) * base * (1 - tax.relief if spared else 1.0)
    return found


def _share(facts: Facts, asset: TaxedAsset, month: Month) -> float:
    """The share of its cost at which an asset is assessed, from its age alone."""
    tax, age = tax_of(facts, asset.site), month - asset.came
    years = (age - 1) // 12
    if tax.valuation == "japan":
        falls = reduction_rate(asset.life_months)
        return float((1 - falls / 2) * (1 - falls) ** years)
    if tax.valuation == "straight_line":
        return 1 - age / asset.life_months if age < asset.life_months else 0.0
    return tax.assessed_shares[min(years, len(tax.assessed_shares) - 1)].share
