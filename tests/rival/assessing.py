"""Property tax as a tax collector works it out: year by year, lot by lot, from the statutory table of rates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.case.property_tax import PropertyTax
from planner.case.quantities import Month
from tests.rival.arrivals import arrival_month

if TYPE_CHECKING:
    from planner.case.programme import Programme
    from tests.rival.subsidies import Subsidies
    from tests.rival.whole import WholePlan

TABLE = {
    24: 0.684, 36: 0.536, 48: 0.438, 60: 0.369, 72: 0.319, 84: 0.280, 96: 0.250, 108: 0.226, 120: 0.206, 132: 0.189,
    144: 0.175, 156: 0.162, 168: 0.152, 180: 0.142,
}  # fmt: skip
"""Reduction rates by life in months, as printed."""
FIRST_PART = 0.5
"""Part of a year's reduction of which the first assessment takes account."""
Lot = tuple[str, Month, float, int, bool, dict[Month, float]]
"""Site, month of arrival, cost of all of it, life in months, whether the plan buys it, and the share that leaves by
month."""


def property_tax(plan: WholePlan) -> Iterator[tuple[int, float]]:
    """Number of the month and amount of all that is paid of the tax on each lot, before and after the horizon too."""
    figures = plan.figures
    for lot in lots(plan):
        site, came = lot[:2]
        name = figures.case.sites[site].property_tax
        if name is None:
            continue
        tax = figures.case.finance.property_taxes[name]
        value, first = 1.0, True
        for year in range(came.year, figures.calendar.end.year + 1):
            day = Month.of(year, tax.assessed_in)
            if not is_liable(came, day) or day >= figures.calendar.end:
                continue
            count = sum(1 for y in range(came.year, year + 1) if is_liable(came, Month.of(y, tax.assessed_in)))
            value *= 1 - rate_of_reduction(lot[3]) * (FIRST_PART if first else 1.0)
            first = False
            share = max(floor(tax), assessed(tax, value, count, day - came, lot[3]))
            if lot[4] and count <= tax.relief_years:
                share *= 1 - tax.relief
            t = max(0, figures.calendar.period_containing(day))
            there = 1.0 - sum(part for month, part in lot[5].items() if has_gone(month, day))
            charged = (tax.rate.at(figures.starts[t]) or 0.0) * share * lot[2] * there
            for part in tax.instalments:
                yield figures.moments.number(Month(day + part.lag.months)), part.share * charged


Key = tuple[str, str, int]


def spared(figures: Subsidies, programme: str, key: Key) -> list[tuple[Month, int, float]]:
    """What a programme spares of the tax on one claimed unit: day of assessment, month of payment, and amount."""
    rules, found = figures.case.programmes[programme], []
    name = figures.case.sites[key[1]].property_tax
    if name is None or not rules.property_tax_relief:
        return []
    tax = figures.case.finance.property_taxes[name]
    bought = figures.orders[key] if key in figures.orders else figures.blocks[key[0], key[2]]
    said, came = figures.case.finance.depreciation, figures.starts[bought.arrival]
    days = [Month.of(y, tax.assessed_in) for y in range(came.year, figures.calendar.end.year + 1)]
    days = [day for day in days if is_liable(came, day) and day < figures.calendar.end][: years_of_relief(rules)]
    for kind in bought.paid:
        if kind not in rules.categories:
            continue
        life = (said.additions or said.systems).months if kind == "additions" else said.systems.months
        if kind == "facility":
            life = (figures.case.expansions[key[0]].depreciation_life or said.facility).months
        value = 1.0
        for count, day in enumerate(days, 1):
            value *= 1 - rate_of_reduction(life) * (FIRST_PART if count == 1 else 1.0)
            share = max(floor(tax), assessed(tax, value, count, day - came, life))
            rate = tax.rate.at(figures.starts[max(0, figures.calendar.period_containing(day))]) or 0.0
            amount = rate * share * bought.cost_of(kind) * rules.eligible_share * rules.property_tax_relief
            for part in tax.instalments if amount else ():
                found.append((day, figures.moments.number(Month(day + part.lag.months)), part.share * amount))
    return found


def years_of_relief(rules: Programme) -> int:
    """At how many assessments a programme spares tax."""
    return rules.relief_years or 0


def lots(plan: WholePlan) -> Iterator[Lot]:
    """Everything that comes to a site: each order, each entry of a fleet, and blocks by their start."""
    figures, finance = plan.figures, plan.figures.case.finance
    life = finance.depreciation.systems.months
    for key, units in plan.decisions.order.items():
        bought, vintage = figures.orders[key], figures.vintage(key)
        came, longer = figures.starts[bought.arrival], finance.depreciation.additions
        for kind in bought.paid:
            part = cost_of(plan, key) * bought.cost_of(kind) / bought.cost if bought.cost else 0.0
            own = longer.months if kind == "additions" and longer is not None else life
            yield bought.site, came, units * part, own, True, _leaving(plan, vintage, units)
    for (name, t), units in plan.decisions.expand.items():
        block = figures.blocks[name, t]
        own = figures.case.expansions[name].depreciation_life or finance.depreciation.facility
        cost = units * cost_of(plan, (name, block.site, t))
        ended = figures.retires(block)
        gone = {figures.starts[ended]: 1.0} if ended <= figures.last else {}
        yield block.site, figures.starts[block.arrival], cost, own.months, True, gone
    for vintage, units in figures.fleet.items():
        month = arrival_month(vintage[2])
        cost = 0.0
        for one in figures.case.sites[vintage[1]].fleet:
            if (one.system, one.arrives) == (vintage[0], month):
                t = figures.moments.period_of(figures.due_on_arrival(month))
                known = figures.money(one.book_value, 0) + figures.money(one.unpaid, t)
                cost += known if one.acquisition_cost is None else figures.money(one.acquisition_cost, 0)
        yield vintage[1], month, cost, life, False, _leaving(plan, vintage, units)


def cost_of(plan: WholePlan, key: tuple[str, str, int]) -> float:
    """What one unit cost, whoever paid for it."""
    figures = plan.figures
    return figures.orders[key].cost if key in figures.orders else figures.blocks[key[0], key[2]].cost


def _leaving(plan: WholePlan, vintage: tuple[str, str, str], units: float) -> dict[Month, float]:
    found: dict[Month, float] = {}
    for (*leaving, t), left in plan.decisions.exit.items():
        if tuple(leaving) == vintage and units:
            found[plan.figures.starts[t]] = left / units
    return found


def is_liable(came: Month, day: Month) -> bool:
    """Whether what came in a month stands there on a first day: not what comes on that day itself."""
    return came < day


def has_gone(left: Month, day: Month) -> bool:
    """Whether what leaves in a month has left before a first day: what leaves on it has not."""
    return left < day


def floor(tax: PropertyTax) -> float:
    """Least share of a cost that is assessed."""
    return tax.least_share


def rate_of_reduction(life: int) -> float:
    """From the table; for a life that it does not have by the formula behind it."""
    return TABLE.get(life) or (round(1 - 0.1 ** (12 / life), 3) if life > 0 else 1.0)


def assessed(tax: PropertyTax, value: float, count: int, age: int, life: int) -> float:
    """The share of a cost that is assessed, before its floor."""
    if tax.valuation == "table":
        shares = [one.share for one in tax.assessed_shares]
        return shares[count - 1] if count <= len(shares) else shares[-1]
    if tax.valuation == "straight_line":
        return max(0.0, 1 - age / life) if life else 0.0
    return value
