"""Plausibility: figures so far from what exists that they are more likely a mistake of unit or of quantity."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.calendar import Calendar
from planner.case.consistency.currencies import in_currency_of_results
from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.finance import Finance
from planner.case.quantities import Money, Month
from planner.case.system import System
from planner.case.timeline import Timeline

MOST_KW_PER_ACCELERATOR = 5.0
"""Twice what the most power-hungry accelerator that is announced takes, its share of the server included."""
HIGHEST_DISCOUNT_RATE = 0.30
LONGEST_LEAD_TIME_MONTHS = 60
HIGHEST_PUE = 2.5
LONGEST_USEFUL_LIFE_MONTHS = 180
MOST_TIMES_THE_HIGHEST_PRICE = 10
"""An offer so far above the highest price of the catalogue is in the wrong currency or scale."""


def figures_are_plausible(draft: Draft) -> Iterator[Finding]:
    """Powers, rates and durations are of a size that exists."""
    if draft.finance is not None and draft.finance.discount_rate > HIGHEST_DISCOUNT_RATE:
        found = f"{draft.finance.discount_rate:.4g} per year is implausibly high"
        yield Finding(
            ("finance", "discount_rate"), found, f"at most {HIGHEST_DISCOUNT_RATE:.0%} per year", "is it in %?"
        )
    for name, site in draft.sites.items():
        if site.pue > HIGHEST_PUE:
            found = f"{site.pue:g} is implausibly high"
            yield Finding(("sites", name, "pue"), found, f"at most {HIGHEST_PUE:g}", "1 means no power but for IT")
    for path, months, limit in _durations(draft):
        if months > limit:
            found, allowed = f"{months} months is implausibly long", f"at most {limit} months"
            yield Finding(path, found, allowed, "check the unit of time")
    for name, system in draft.systems.items():
        yield from _implausible_power(("systems", name, "installation", "power"), system)


def _durations(draft: Draft) -> Iterator[tuple[Path, int, int]]:
    """Durations in months, with the longest that is plausible."""
    for name, offer in draft.offers.items():
        if offer.lead_time is not None:
            yield ("offers", name, "lead_time"), offer.lead_time.months, LONGEST_LEAD_TIME_MONTHS
    for name, expansion in draft.expansions.items():
        yield ("expansions", name, "lead_time"), expansion.lead_time.months, LONGEST_LEAD_TIME_MONTHS
    for name, system in draft.systems.items():
        yield ("systems", name, "useful_life"), system.useful_life.months, LONGEST_USEFUL_LIFE_MONTHS
        if system.lead_time.typical is not None:
            path = ("systems", name, "lead_time", "typical")
            yield path, system.lead_time.typical.months, LONGEST_LEAD_TIME_MONTHS


def _implausible_power(path: Path, system: System) -> Iterator[Finding]:
    power, count = system.installation.power_kw, system.accelerators
    if power is not None and count and power / count > MOST_KW_PER_ACCELERATOR:
        found = f"{power:,g} kW for {count} accelerators is implausible"
        allowed = f"at most {MOST_KW_PER_ACCELERATOR:g} kW per accelerator"
        yield Finding(path, found, allowed, f"is it {power:,g} W?")


def prices_are_plausible(draft: Draft) -> Iterator[Finding]:
    """No price lies below the floor of the catalogue, or far above its highest price, without a stated reason."""
    if draft.finance is None or draft.calendar is None:
        return
    for name, offer in draft.offers.items():
        system = draft.systems.get(offer.system)
        if system is None or offer.unusual_price.strip():
            continue
        own = offer.price is not None
        path = ("offers", name, "price") if own else ("systems", offer.system, "price", "typical")
        typical = system.price.typical
        prices = offer.price or (Timeline.constant(typical) if typical is not None else None)
        for month, price in prices.steps if prices is not None else ():
            where = path if prices is None or prices.is_constant else (*path, str(month))
            yield from _implausible_price(where, price, system, draft.finance, _within(draft.calendar, month))


def _within(calendar: Calendar, month: Month) -> Month:
    """The month whose exchange rate a price is compared at."""
    return max(month, calendar.start)


def _implausible_price(path: Path, price: Money, system: System, finance: Finance, month: Month) -> Iterator[Finding]:
    cost = in_currency_of_results(price, finance, month)
    floor, highest = system.price.floor_per_accelerator, system.price.high or system.price.typical
    count = system.accelerators
    if cost is None or not count:
        return
    remedy = "is this the price of one system, all its accelerators together, in the right currency? "
    remedy += "If it is right, say why in the offer's `unusual_price`"
    lowest_cost = in_currency_of_results(floor, finance, month) if floor is not None else None
    if floor is not None and lowest_cost is not None and cost / count < lowest_cost:
        each = f"{price.amount / count:,.0f} {price.currency} per accelerator"
        found = f"{each} ({price} for {count}) is below the plausible floor of {floor.amount:,.0f} {floor.currency}"
        yield Finding(path, found, f"at least {floor.amount * count:,.0f} {floor.currency} for one system", remedy)
    highest_cost = in_currency_of_results(highest, finance, month) if highest is not None else None
    if highest is not None and highest_cost is not None and cost > MOST_TIMES_THE_HIGHEST_PRICE * highest_cost > 0:
        found = f"{price} is more than {MOST_TIMES_THE_HIGHEST_PRICE} times the highest known price of {highest}"
        yield Finding(path, found, "the price of one system", remedy)
