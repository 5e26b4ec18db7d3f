"""Offers: what can be ordered for which site, when it comes, and what is due for it when."""

from __future__ import annotations

from planner.case.case import Case
from planner.case.hosting import hosts
from planner.case.quantities import Duration
from planner.coefficients.groups import Offers
from planner.coefficients.instalments import payments_of
from planner.coefficients.money import Exchange
from planner.coefficients.records import Payments
from planner.finance.import_duty import landed_cost
from planner.vocabulary.keys import Arrival, Investment, Vintage


def offers_of(case: Case, exchange: Exchange) -> Offers:
    """The orders that can be, their deliveries and their prices."""
    calendar, offers = case.calendar, case.offers
    arrivals = _arrivals(case)
    payments = dict[tuple[str, int], Payments]()
    for name, t in arrivals:
        offer, ordered = offers[name], calendar.months_of(t)[0]
        price = offer.price_at(case.systems[offer.system], calendar.starts[t])
        delivered = ordered + _lead_time(case, name).months
        due = payments_of(offer.payment, price, exchange, ordered, delivered)
        duty = offer.duty_at(calendar.starts[t])
        payments[name, t] = tuple(one._replace(amount=landed_cost(one.amount, duty)) for one in due)
    delivery = {
        Investment(name, site, t): arrival
        for (name, t), arrival in arrivals.items()
        for site, place in case.sites.items()
        if hosts(case.systems[offers[name].system], place) and calendar.starts[arrival] >= place.opens
    }
    return Offers(
        system_of={name: offer.system for name, offer in offers.items()},
        delivery=delivery,
        vintage={
            order: Vintage(offers[order.name].system, order.site, Arrival(calendar.starts[arrival], order.name))
            for order, arrival in delivery.items()
        },
        payments=payments,
        additions_share={name: offer.effective_additions(case.systems[offer.system]) for name, offer in offers.items()},
        available={
            (name, t): limit.at(calendar.starts[t]) or 0
            for name, t in arrivals
            if (limit := offers[name].available) is not None
        },
        allocation={
            (name, t): limit.at(calendar.starts[t]) or 0
            for name, t in arrivals
            if (limit := offers[name].allocation) is not None
        },
        tagged={
            tag: tuple(name for name, offer in offers.items() if tag in offer.tags) for tag in case.supply_chain_limits
        },
        tag_limit=dict(case.supply_chain_limits),
    )


def _arrivals(case: Case) -> dict[tuple[str, int], int]:
    """Period in which an order arrives, by o,t; the offers that stand open then and deliver within the horizon."""
    calendar, found = case.calendar, dict[tuple[str, int], int]()
    for name, offer in case.offers.items():
        lead = _lead_time(case, name)
        for t, start in enumerate(calendar.starts):
            arrival = calendar.first_period_from(start.plus(lead.months))
            if offer.order_window.holds(start) and arrival < calendar.periods:
                found[name, t] = arrival
    return found


def _lead_time(case: Case, name: str) -> Duration:
    offer = case.offers[name]
    lead = offer.effective_lead_time(case.systems[offer.system])
    if lead is None:
        raise ValueError(f"offer {name} has no lead time")
    return lead
