"""Property tax: when what stands at a site is assessed, when the tax is due, and how much it is on each vintage."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.programme import CostCategory
from planner.case.property_tax import PropertyTax
from planner.case.quantities import Month
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.groups import PropertyTaxes
from planner.coefficients.money import Exchange
from planner.coefficients.records import AssessmentTerms
from planner.finance.property_tax import assessments_since, declining_share, share_of_table, straight_line_share
from planner.vocabulary.keys import Assessment, Claim, Day, Start, Vintage


def property_taxes_of(case: Case, exchange: Exchange, known: Coefficients) -> PropertyTaxes:
    """The property tax on everything that can stand at a site that names one."""
    assessments = dict[Assessment, AssessmentTerms]()
    on_system = dict[tuple[Vintage, Assessment], float]()
    on_block = dict[tuple[Start, Assessment], float]()
    for site, place in case.sites.items():
        if place.property_tax is None:
            continue
        tax = case.finance.property_taxes[place.property_tax]
        there = dict(_assessments(case.calendar, site, tax))
        assessments |= there
        systems = [*_systems(case, exchange, known, site)]
        for one in there:
            month = one.day.month
            rate = _rate_at(case.calendar, tax, month)
            for vintage, costs, is_bought in systems:
                months = month - vintage.arrival.month
                assessed = sum(cost * _taxed_share(tax, months, life, is_bought=is_bought) for cost, life in costs)
                if assessed:
                    on_system[vintage, one] = rate * assessed
            for start, ready in known.blocks.ready.items():
                expansion, retired = case.expansions[start.expansion], known.blocks.retired.get(start)
                if expansion.site == site and (retired is None or month <= case.calendar.starts[retired]):
                    life = _life_of(case, start.expansion, "facility")
                    share = _taxed_share(tax, month - case.calendar.starts[ready], life, is_bought=True)
                    cost = known.units.cost[known.blocks.investment(start)]
                    if share:
                        on_block[start, one] = rate * share * cost
    taxed = {one for _, one in (*on_system, *on_block)}
    assessments = {one: terms for one, terms in assessments.items() if one in taxed}
    return PropertyTaxes(assessments, on_system, on_block, dict(_spared(case, known, assessments)))


def _spared(
    case: Case, known: Coefficients, assessments: Collection[Assessment]
) -> Iterator[tuple[tuple[Claim, Assessment], float]]:
    """What programmes spare of the tax on one unit that is claimed."""
    for claim in known.claims.terms:
        programme, investment = case.programmes[claim.programme], claim.investment
        name, ready = case.sites[investment.site].property_tax, known.units.ready[investment]
        if name is None or not programme.property_relief:
            continue
        tax = case.finance.property_taxes[name]
        for one in assessments:
            months = one.day.month - case.calendar.starts[ready]
            if one.site != investment.site or assessments_since(months) > programme.relieved_assessments:
                continue
            assessed = sum(
                cost * _taxed_share(tax, months, _life_of(case, investment.name, kind), is_bought=True)
                for kind, cost in known.units.costs[investment].items()
                if kind in programme.categories
            )
            rate = _rate_at(case.calendar, tax, one.day.month)
            if spared := rate * programme.property_relief * programme.eligible_share * assessed:
                yield (claim, one), spared


def _rate_at(calendar: Calendar, tax: PropertyTax, month: Month) -> float:
    """The rate of an assessment: that of its period, or of the first one where it lies before the horizon."""
    return tax.rate.at(calendar.starts[max(0, calendar.period_containing(month))]) or 0.0


def _life_of(case: Case, name: str, kind: CostCategory) -> int:
    """The life by which a cost falls in value, in months."""
    said = case.finance.depreciation
    if name in case.expansions:
        return (case.expansions[name].depreciation_life or said.facility).months
    return ((said.additions or said.systems) if kind == "additions" else said.systems).months


def _assessments(calendar: Calendar, site: str, tax: PropertyTax) -> Iterator[tuple[Assessment, AssessmentTerms]]:
    """Those of which something is still to be paid at the start of the horizon, up to its end."""
    longest = max((part.lag.months for part in tax.instalments), default=0)
    for month in map(Month, range(int(calendar.start) - longest, int(calendar.end))):
        if month.month != tax.assessed_in:
            continue
        due = [(calendar.number_of(month.plus(part.lag.months)), part.share) for part in tax.instalments]
        within = tuple((number, share) for number, share in due if 0 <= number < len(calendar.months))
        owed = sum(share for number, share in due if number >= len(calendar.months))
        yield Assessment(site, Day(month)), AssessmentTerms(calendar.period_containing(month.plus(-1)), within, owed)


def _systems(
    case: Case, exchange: Exchange, known: Coefficients, site: str
) -> Iterator[tuple[Vintage, tuple[tuple[float, int], ...], bool]]:
    """Each vintage that can stand at a site, what one system of it cost by life, and whether the plan buys it."""
    said = case.finance.depreciation
    systems, additions = said.systems.months, (said.additions or said.systems).months
    for order, vintage in known.offers.vintage.items():
        if order.site == site:
            costs = known.units.costs[order].items()
            yield vintage, tuple((cost, additions if kind == "additions" else systems) for kind, cost in costs), True
    for vintage, (_, count) in known.vintages.fleet.items():
        if vintage.site == site and count:
            yield vintage, ((_fleet_cost(case, exchange, vintage) / count, systems),), False


def _fleet_cost(case: Case, exchange: Exchange, vintage: Vintage) -> float:
    """What all systems of a vintage without an order cost when they were bought."""
    system, site, arrival = vintage
    due = max(0, case.calendar.period_containing(arrival.month))
    return sum(
        exchange.money(one.book_value, 0) + exchange.money(one.unpaid, due)
        if one.acquisition_cost is None
        else exchange.money(one.acquisition_cost, 0)
        for one in case.sites[site].fleet
        if (one.system, one.arrives) == (system, arrival.month)
    )


def _taxed_share(tax: PropertyTax, months: int, life: int, *, is_bought: bool) -> float:
    """The share of a cost that is taxed so many months after it came; nothing of what comes on the day or later."""
    if months <= 0:
        return 0.0
    number = assessments_since(months)
    share = {
        "japan": lambda: declining_share(number, life),
        "straight_line": lambda: straight_line_share(months, life),
        "table": lambda: share_of_table(number, [one.share for one in tax.assessed_shares]),
    }[tax.valuation]()
    relieved = tax.relief if is_bought and number <= tax.relief_years else 0.0
    return max(tax.least_share, share) * (1 - relieved)
