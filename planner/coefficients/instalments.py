"""In which parts a price is paid: month by month, and what of it falls after the horizon."""

from __future__ import annotations

from planner.case.offer import Payment
from planner.case.quantities import Money
from planner.coefficients.money import Exchange
from planner.coefficients.records import Due
from planner.finance.instalments import due_month


def payments_of(
    payment: Payment, price: Money | None, exchange: Exchange, ordered: int, delivered: int
) -> tuple[Due, ...]:
    """Each part of a price with its month, at the exchange rate of the period that holds it.

    What falls after the horizon is exchanged at the rate of the last period.
    """
    calendar = exchange.case.calendar
    parts = [(ordered, payment.at_order), (delivered, 1 - payment.at_order)]
    if payment.instalments:
        parts = [
            (
                due_month(ordered, ordered if one.event == "order" else delivered, one.lag.months, one.advance.months),
                one.share,
            )
            for one in payment.instalments
        ]
    last = len(calendar.months) - 1
    return tuple(
        Due(month, share * exchange.money(price, calendar.period_of(min(month, last)))) for month, share in parts
    )
