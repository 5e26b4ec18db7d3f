"""The prices of an offer at a share of what they are: all of its steps, or one alone."""

from __future__ import annotations

import math
from bisect import bisect_right

from planner.audit.allowed import order_allowed
from planner.case.case import Case
from planner.case.quantities import Money, Month
from planner.explain.figure import changed


def with_price(case: Case, offer: str, share: float, step: Month | None = None) -> Case:
    """The case with the prices of an offer at a share of what they are; with a month, only of the step from then on."""
    steps = _steps(case, offer)
    if len(steps) == 1 and steps[0][0] is None:
        return changed(case, {("offers", offer, "price"): _text(steps[0][1], share)})
    chosen = {str(month): money for month, money in steps if step in (None, month)}
    return changed(case, {("offers", offer, "price", month): _text(money, share) for month, money in chosen.items()})


def steps_in_force(case: Case, offer: str, site: str) -> tuple[Month, ...]:
    """The months from which the steps of a price hold that counts for some order for a site; none where it is one price
    for ever."""
    months = [month for month, _ in _steps(case, offer) if month is not None]
    calendar = case.calendar
    starts = [calendar.starts[t] for t in range(calendar.periods) if order_allowed(case, offer, site, t)]
    held = {bisect_right(months, start) - 1 for start in starts}
    return tuple(month for number, month in enumerate(months) if number in held)


def price_words(case: Case, offer: str, share: float, step: Month | None = None) -> str:
    """The price of a step, or the first price, at a share, rounded down to five digits: at that price it enters."""
    money = next(money for month, money in _steps(case, offer) if step in (None, month))
    amount = money.amount * share
    if amount <= 0:
        return f"0 {money.currency}"
    size = 10.0 ** (math.floor(math.log10(amount)) - 4)
    return f"{math.floor(amount / size) * size:,.10g} {money.currency}"


def _steps(case: Case, offer: str) -> list[tuple[Month | None, Money]]:
    """The prices of an offer with the months from which they hold; without a month where one holds for ever."""
    terms = case.offers[offer]
    price = terms.effective_price(case.systems[terms.system])
    assert price is not None
    return [(None, price.values()[0])] if price.is_constant else [*price.steps]


def _text(money: Money, share: float) -> str:
    return f"{money.amount * share!r} {money.currency}"
