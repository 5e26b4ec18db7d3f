"""Vintages: what comes without an order, how long the systems of a vintage last, and their resale values."""

from __future__ import annotations

from functools import cache

from planner.case.case import Case
from planner.coefficients.groups import Offers, Vintages
from planner.coefficients.maintenance import by_age
from planner.coefficients.money import Exchange
from planner.finance.resale import share_then
from planner.vocabulary.keys import Arrival, Vintage


def vintages_of(case: Case, exchange: Exchange, offers: Offers) -> Vintages:
    """The fleet, and lives and resale values of all that comes with an order or without."""
    calendar, terminal_value = case.calendar, case.finance.terminal_value
    fleet, held_until, contracted = _contracts(case, exchange)
    life_end = dict[tuple[str, Arrival], int]()
    resale = dict[tuple[str, Arrival, int], float]()
    terminal = dict[tuple[str, Arrival], float]()
    maintenance = dict[tuple[str, Arrival, int], float]()

    @cache
    def price_when_new(system: str, t: int) -> float:  # of all arrivals the same
        return _price_when_new(case, exchange, system, t)

    for name, arrival in sorted({(system, arrival) for system, _, arrival in {*offers.vintage.values(), *fleet}}):
        system, month = case.systems[name], arrival.month
        points, by_month = system.resale or case.finance.resale, system.resale_factor or case.finance.resale_factor
        curve = [(point.age.months, point.share) for point in points]
        factors = [1.0 if by_month is None else by_month.at(start) or 0.0 for start in calendar.starts]
        end = calendar.first_period_from(month.plus(system.useful_life.months))
        life_end[name, arrival] = end
        maintenance |= {(name, arrival, t): more for t, more in by_age(case, exchange, name, arrival).items()}
        first = 0 if month < calendar.start else calendar.first_period_from(month) + 1
        for t in range(first, min(end, calendar.periods - 1) + 1):
            share = share_then(curve, calendar.starts[t] - month, factors[t])
            resale[name, arrival, t] = share * price_when_new(name, t)
        if terminal_value and end >= calendar.periods:
            share = share_then(curve, calendar.end - month, factors[-1])
            terminal[name, arrival] = share * price_when_new(name, calendar.periods - 1)
    return Vintages(fleet, held_until, contracted, life_end, resale, terminal, maintenance)


def _price_when_new(case: Case, exchange: Exchange, system: str, t: int) -> float:
    """What one buys a new system for in a period: the typical price, or the cheapest offer that is open then."""
    start = case.calendar.starts[t]
    typical = exchange.money(case.systems[system].price.typical, t)
    offered = [
        exchange.money(offer.price_at(case.systems[system], start), t)
        for offer in case.offers.values()
        if offer.system == system and offer.order_window.holds(start)
    ]
    return min([typical, *offered])


def _contracts(
    case: Case, exchange: Exchange
) -> tuple[dict[Vintage, tuple[int, int]], dict[Vintage, int], dict[int, float]]:
    """What comes without an order, until when it is held, and what is still unpaid of it."""
    calendar = case.calendar
    fleet, held_until, contracted = dict[Vintage, tuple[int, int]](), dict[Vintage, int](), dict[int, float]()
    for site, place in case.sites.items():
        for entry in place.fleet:
            month = max(0, calendar.number_of(entry.arrives))
            if month < len(calendar.months):
                # Also of what comes after the last period has begun, and is never in use.
                due = exchange.money(entry.unpaid, calendar.period_of(month))
                contracted[month] = contracted.get(month, 0.0) + due
            period = max(0, calendar.first_period_from(entry.arrives))
            if period >= calendar.periods:
                continue
            key = Vintage(entry.system, site, Arrival(entry.arrives))
            fleet[key] = (period, fleet.get(key, (0, 0))[1] + entry.quantity)
            if entry.retained_until is not None:
                held = calendar.first_period_from(entry.retained_until)
                held_until[key] = max(held, held_until.get(key, 0))
    return fleet, held_until, contracted
