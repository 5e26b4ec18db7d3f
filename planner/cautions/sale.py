"""Prices at which a plan would trade with systems in place of planning them."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.quantities import Money
from planner.cautions.subject import Doubt, Subject
from planner.vocabulary.keys import Investment


def systems_are_not_bought_to_be_sold(subject: Subject) -> Iterator[Doubt]:
    """No system fetches more when it is sold than it costs: the plan would buy it for the sale, work or none."""
    coefficients, told = subject.coefficients, set[str]()
    once = {(order.name, order.period): order for order in coefficients.offers.delivery}  # the site makes no difference
    for (offer, t), order in once.items():
        present, proceeds, when = max(_sales(subject, order)) if offer not in told else (0.0, 0.0, "")
        if not present > coefficients.present_cost(order) > 0:
            continue
        told.add(offer)
        paid = _words(subject, coefficients.units.cost[order])
        what = f"what costs {paid} in {coefficients.calendar.label(t)} fetches "
        what += f"{_words(subject, proceeds)} {when}"
        why = "resale is a share of the catalogue's typical price; a plan gains by buying to sell, without any work"
        path = ("offers", offer, "price" if subject.case.offers[offer].price else "system")
        remedy = "check the price and its currency, the typical price, and the shares of finance.resale"
        yield Doubt(path, what, why, remedy)


def _sales(subject: Subject, order: Investment) -> Iterator[tuple[float, float, str]]:
    """What one system of an order fetches: present value, amount, and when."""
    coefficients, calendar = subject.coefficients, subject.case.calendar
    system, _, arrival = coefficients.offers.vintage[order]
    for t in coefficients.periods:
        proceeds = coefficients.vintages.resale.get((system, arrival, t), 0.0)
        sold = coefficients.budget.discount.dated("end", calendar.months_of(t)[0])
        yield proceeds * sold, proceeds, f"in {calendar.label(t)}"
    at_end = coefficients.vintages.terminal.get((system, arrival), 0.0)
    yield at_end * coefficients.budget.discount.at_end, at_end, "at the end of the plan"


def _words(subject: Subject, amount: float) -> str:
    coefficients = subject.coefficients
    return Money(amount=float(f"{amount * coefficients.money_unit:.6g}"), currency=coefficients.currency).words
