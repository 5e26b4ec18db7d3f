"""Plausibility: figures so far from what exists that they are more likely a mistake of unit or of quantity."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.case.consistency.currencies import in_currency_of_results
from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.finance import Finance
from planner.case.quantities import Money, Month
from planner.case.system import System
from planner.case.timeline import ALWAYS

MOST_KW_PER_ACCELERATOR = 5.0
"""Twice what the most power-hungry accelerator that is announced takes, its share of the server included."""
Converter = Callable[[Money], float | None]
"""An amount in the currency of the results; None where no rate is known."""

HIGHEST_DISCOUNT_RATE = 0.30
LONGEST_LEAD_TIME_MONTHS = 60
LONGEST_PAYMENT_LAG_MONTHS = 60
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
    for name, programme in draft.programmes.items():
        yield ("programmes", name, "payment_lag"), programme.payment_lag.months, LONGEST_PAYMENT_LAG_MONTHS
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
    for path, price, month, name, remedy in _prices(draft):
        system, at = draft.systems[name], max(month, draft.calendar.start)
        yield from _too_low(path, price, system, remedy, _converter(draft.finance, at))
        yield from _too_high(path, price, system, remedy, _converter(draft.finance, at))


def _prices(draft: Draft) -> Iterator[tuple[Path, Money, Month, str, str]]:
    """Prices of one system: where each stands, its month, whose price it is, and what makes it right all the same."""
    question = "is this the price of one system, all its accelerators together, in the right currency? If it is right, "
    for name, system in draft.systems.items():
        if system.price.typical is not None:
            path: Path = ("systems", name, "price", "typical")
            yield path, system.price.typical, ALWAYS, name, question + "correct floor_per_accelerator and high as well"
    for name, offer in draft.offers.items():
        if offer.price is None or offer.system not in draft.systems or offer.unusual_price.strip():
            continue
        path = ("offers", name, "price")
        for month, price in offer.price.steps:
            where = path if offer.price.is_constant else (*path, str(month))
            yield where, price, month, offer.system, question + "say why in the offer's `unusual_price`"


def _converter(finance: Finance, month: Month) -> Converter:
    return lambda money: in_currency_of_results(money, finance, month)


def _too_low(path: Path, price: Money, system: System, remedy: str, cost_of: Converter) -> Iterator[Finding]:
    floor, count = system.price.floor_per_accelerator, system.accelerators
    if floor is None or not count:
        return
    cost, least = cost_of(price), cost_of(floor)
    if cost is not None and least is not None and cost / count < least:
        each = f"{price.amount / count:,.0f} {price.currency} per accelerator"
        found = f"{each} ({price} for {count}) is below the plausible floor of {floor.amount:,.0f} {floor.currency}"
        yield Finding(path, found, f"at least {floor.amount * count:,.0f} {floor.currency} for one system", remedy)


def _too_high(path: Path, price: Money, system: System, remedy: str, cost_of: Converter) -> Iterator[Finding]:
    highest = system.price.high or system.price.typical
    cost, most = cost_of(price), cost_of(highest) if highest is not None else None
    if cost is not None and most is not None and cost > MOST_TIMES_THE_HIGHEST_PRICE * most > 0:
        found = f"{price} is more than {MOST_TIMES_THE_HIGHEST_PRICE} times the highest known price of {highest}"
        yield Finding(path, found, "the price of one system", remedy)
