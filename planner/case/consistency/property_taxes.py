"""Property taxes: every one that is named is described, its parts are a whole, and the cost it counts on is known."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.fleets import fleets
from planner.case.consistency.programmes import excluded
from planner.case.consistency.unknown import as_far_as_known
from planner.case.consistency.whole import parts_are_a_whole
from planner.case.consistency.written_off import share_units
from planner.case.finance import Finance
from planner.case.programme import Programme
from planner.case.property_tax import PropertyTax
from planner.case.site import Site
from planner.case.words import listed

LONGEST_LAG = 24
"""Months after an assessment before which all of its tax is due."""


def _of(name: str, *field: str) -> Path:
    return ("finance", "property_taxes", name, *field)


def property_taxes_are_named_and_described(draft: Draft) -> Iterator[Finding]:
    """A site names a property tax that is described, and one that is described is named by some site."""
    if draft.finance is None:
        return
    named = set()
    for site, place in draft.sites.items():
        with as_far_as_known():
            if place.property_tax is None:
                continue
            named.add(place.property_tax)
            if place.property_tax not in draft.finance.property_taxes:
                found = f"there is no property tax '{place.property_tax}'"
                allowed = listed(draft.finance.property_taxes) or "a name under finance.property_taxes"
                remedy = "describe it under `property_taxes:` of finance, or remove the line"
                yield Finding(("sites", site, "property_tax"), found, allowed, remedy)
    for name in draft.finance.property_taxes:
        if name not in named and named <= set(draft.finance.property_taxes) and draft.is_whole("sites"):
            remedy = f"write `property_tax: {name}` at the sites where it is due, or remove it"
            yield Finding(_of(name), "no site names it, so it would never be paid", "named by a site", remedy)


def property_taxes_are_whole(draft: Draft) -> Iterator[Finding]:
    """Instalments pay the whole tax in time, a table stands where it is asked for, relief says how much and when."""
    if draft.finance is None:
        return
    for name, tax in draft.finance.property_taxes.items():
        for check in (_instalments, _table, _relief):
            with as_far_as_known():
                yield from check(name, tax)


def _instalments(name: str, tax: PropertyTax) -> Iterator[Finding]:
    shares = [part.share for part in tax.instalments]
    yield from parts_are_a_whole(_of(name, "instalments"), shares, "an instalment")
    for number, part in enumerate(tax.instalments):
        if part.lag.months >= LONGEST_LAG:
            found = f"{part.lag} after the assessment, when the tax of two later ones is due already"
            yield Finding(_of(name, "instalments", str(number), "lag"), found, "less than 24 months")


def _table(name: str, tax: PropertyTax) -> Iterator[Finding]:
    if tax.valuation == "table" and not tax.assessed_shares:
        remedy = "write `assessed_shares: [{share: 85 %}, {share: 69 %}]`, from the first assessment on"
        yield Finding(
            _of(name, "assessed_shares"), "value missing; the valuation is a table", "a list of shares", remedy
        )
    if tax.valuation != "table" and tax.assessed_shares:
        found = f"a table stands beside the valuation {tax.valuation}, which would not read it"
        yield Finding(
            _of(name, "assessed_shares"), found, "valuation: table only", "remove it, or write valuation: table"
        )


def _relief(name: str, tax: PropertyTax) -> Iterator[Finding]:
    if tax.relief and not tax.relief_years:
        remedy = "state `relief_years: 3`, or remove relief"
        yield Finding(_of(name, "relief_years"), "value missing; relief is stated", "1 or more", remedy)
    if tax.relief_years and not tax.relief:
        remedy = "state `relief: 50 %`, or remove relief_years"
        yield Finding(_of(name, "relief"), "value missing; relief_years is stated", "more than 0 %", remedy)


def taxed_fleets_have_a_cost(draft: Draft) -> Iterator[Finding]:
    """Property tax counts on what systems cost when they were bought, which a book value does not say."""
    for path, site, fleet in fleets(draft):
        with as_far_as_known():
            is_there = draft.calendar is not None and fleet.arrives < draft.calendar.start
            if is_there and site.property_tax is not None and fleet.acquisition_cost is None and fleet.quantity:
                found = f"value missing; the site is under the property tax '{site.property_tax}'"
                allowed = "what all of them cost when they were bought, before any grant"
                yield Finding((*path, "acquisition_cost"), found, allowed, "add `acquisition_cost: 500 mn JPY`")


def relief_of_programmes_can_be_given(draft: Draft) -> Iterator[Finding]:
    """Relief of a programme says for how long, there is property tax to spare, and no tax is spared twice."""
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            relief: Path = ("programmes", name, "property_tax_relief")
            if bool(programme.property_relief) != bool(programme.relieved_assessments):
                remedy = "state `property_tax_relief: 50 %` and `relief_years: 3`, or neither"
                field = "relief_years" if programme.property_relief else "property_tax_relief"
                found = "value missing; a relief needs a share and a number of assessments"
                yield Finding(("programmes", name, field), found, "both or neither", remedy)
            if programme.property_relief:
                yield from _spared(draft, relief, name, programme)


def _spared(draft: Draft, path: Path, name: str, programme: Programme) -> Iterator[Finding]:
    sites = [site for site, place in draft.sites.items() if _counts_at(programme, site, place)]
    taxes = {draft.sites[site].property_tax for site in sites} - {None}
    if not taxes and draft.is_whole("sites"):
        remedy = "name a property tax at its sites, or remove it"
        yield Finding(path, "there is no property tax at any of its sites", "a site under a property tax", remedy)
    own = [tax for tax in sorted(filter(None, taxes)) if draft.finance and _relieves(draft.finance, tax)]
    if own:
        found = f"the property tax '{own[0]}' gives relief to all that is bought"
        yield Finding(path, found, "relief of the tax or of a programme", "remove one of them")
    for other, one in draft.programmes.items():
        if other >= name or not one.property_relief or excluded(draft, name, other):
            continue
        if not set(one.categories).isdisjoint(programme.categories) and share_units(programme, one):
            found = f"'{other}' spares property tax of the same cost"
            remedy = f"write `excludes: [{other}]`, or remove one of the reliefs"
            yield Finding(path, found, "programmes that exclude each other", remedy)


def _counts_at(programme: Programme, name: str, site: Site) -> bool:
    at_home = not programme.sites or name in programme.sites
    return at_home and (not programme.regions or site.region in programme.regions)


def _relieves(finance: Finance, name: str) -> bool:
    tax = finance.property_taxes.get(name)
    return tax is not None and tax.relief > 0
