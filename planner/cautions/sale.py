"""Prices at which a plan would trade with systems in place of planning them."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.quantities import Money
from planner.cautions.subject import Doubt, Subject
from planner.coefficients import Coefficients
from planner.vocabulary.keys import Investment


def systems_are_not_bought_to_be_sold(subject: Subject) -> Iterator[Doubt]:
    """No system fetches more when it is sold than it costs: the plan would buy it for the sale, work or none."""
    figures, offers, told = subject.figures, subject.figures.offers, set[str]()
    once = {(order.name, order.period): order for order in offers.delivery}  # the site makes no difference
    for (offer, t), order in once.items():
        present, worth, when = max(_sales(subject, order)) if offer not in told else (0.0, 0.0, "")
        if not present > present_cost(figures, order) > 0:
            continue
        told.add(offer)
        paid = (1 + offers.additions_share[offer]) * (offers.price_now[offer, t] + offers.price_then[offer, t])
        what = f"what costs {_words(subject, paid)} in {figures.calendar.label(t)} fetches "
        what += f"{_words(subject, worth)} {when}"
        why = "resale is a share of the catalogue's typical price; a plan gains by buying to sell, without any work"
        path = ("offers", offer, "price" if subject.case.offers[offer].price else "system")
        remedy = "check the price and its currency, the typical price, and the shares of finance.resale"
        yield Doubt(path, what, why, remedy)


def present_cost(figures: Coefficients, order: Investment) -> float:
    """The present cost of one system of an order, with its additions."""
    offers, discount, (offer, _, t) = figures.offers, figures.budget.discount, order
    now = offers.price_now[offer, t] * discount[t]
    then = offers.price_then[offer, t] * discount[offers.delivery[order]]
    return (1 + offers.additions_share[offer]) * (now + then)


def _sales(subject: Subject, order: Investment) -> Iterator[tuple[float, float, str]]:
    """What one system of an order fetches: present worth, amount, and when."""
    figures, calendar = subject.figures, subject.case.calendar
    system, _, arrival = figures.offers.vintage[order]
    for t in figures.periods:
        worth = figures.vintages.resale.get((system, arrival, t), 0.0)
        yield worth * figures.budget.discount[t], worth, f"in {calendar.label(t)}"
    at_end = figures.vintages.terminal.get((system, arrival), 0.0)
    yield at_end * figures.budget.discount[-1], at_end, "at the end of the plan"


def _words(subject: Subject, amount: float) -> str:
    figures = subject.figures
    return Money(amount=float(f"{amount * figures.money_unit:.6g}"), currency=figures.currency).words
