"""Orders, deliveries, lives and resale: what can be bought, when it comes, and what it is worth later."""

from __future__ import annotations

from planner.case.case import Case
from planner.case.hosting import hosts
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.money import Exchange
from planner.finance.resale import resale_share
from planner.vocabulary.keys import Arrival, Investment, Vintage


def fleet_figures(case: Case, exchange: Exchange, figures: Coefficients) -> None:
    """Fills in offers, deliveries, vintages, lives and resale values."""
    _offers(case, exchange, figures)
    _contracts(case, exchange, figures)
    vintages = {*map(figures.vintage, figures.delivery), *figures.fleet}
    for system, arrival in sorted({(s, k) for s, _, k in vintages}):
        _vintage(case, exchange, figures, system, arrival)


def _offers(case: Case, exchange: Exchange, figures: Coefficients) -> None:
    calendar = case.calendar
    for name, offer in case.offers.items():
        system = case.systems[offer.system]
        lead = offer.effective_lead_time(system)
        if lead is None:
            raise ValueError(f"offer {name} has no lead time")
        figures.system_of[name] = offer.system
        figures.additions_share[name] = offer.effective_additions(system)
        for t, start in enumerate(calendar.starts):
            arrival = calendar.first_period_from(start.plus(lead.months))
            if not offer.order_window.holds(start) or arrival >= calendar.periods:
                continue
            price = offer.price_at(system, start)
            figures.price_now[name, t] = offer.payment.at_order * exchange.money(price, t)
            figures.price_then[name, t] = (1 - offer.payment.at_order) * exchange.money(price, arrival)
            if offer.available is not None:
                figures.available[name, t] = offer.available.at(start) or 0
            if offer.allocation is not None:
                figures.allocation[name, t] = offer.allocation.at(start) or 0
            for site, place in case.sites.items():
                if hosts(system, place) and calendar.starts[arrival] >= place.opens:
                    figures.delivery[Investment(name, site, t)] = arrival
    for tag, limit in case.supply_chain_limits.items():
        figures.tag_limit[tag] = limit
        figures.tagged[tag] = tuple(name for name, offer in case.offers.items() if tag in offer.tags)


def _contracts(case: Case, exchange: Exchange, figures: Coefficients) -> None:
    for site, place in case.sites.items():
        for entry in place.fleet:
            period = max(0, case.calendar.first_period_from(entry.arrives))
            if period >= case.calendar.periods:
                continue
            key = Vintage(entry.system, site, Arrival(entry.arrives))
            figures.fleet[key] = (period, figures.fleet.get(key, (0, 0))[1] + entry.quantity)
            if entry.retained_until is not None:
                held = case.calendar.first_period_from(entry.retained_until)
                figures.held_until[key] = max(held, figures.held_until.get(key, 0))
            figures.contracted[period] = figures.contracted.get(period, 0.0) + exchange.money(entry.unpaid, period)


def _vintage(case: Case, exchange: Exchange, figures: Coefficients, name: str, arrival: Arrival) -> None:
    """Life and resale values of the systems of one kind that come with one order."""
    calendar, system, finance = case.calendar, case.systems[name], case.finance
    month = arrival.month
    curve = [(point.age.months, point.share) for point in finance.resale]
    life_end = calendar.first_period_from(month.plus(system.useful_life.months))
    figures.life_end[name, arrival] = life_end
    first = 0 if month < calendar.start else calendar.first_period_from(month) + 1
    for t in range(first, min(life_end, calendar.periods - 1) + 1):
        worth = resale_share(curve, calendar.starts[t] - month)
        figures.resale[name, arrival, t] = worth * exchange.money(system.price.typical, t)
    if finance.terminal_value and life_end >= calendar.periods:
        worth = resale_share(curve, calendar.end - month)
        figures.terminal[name, arrival] = worth * exchange.money(system.price.typical, calendar.periods - 1)
