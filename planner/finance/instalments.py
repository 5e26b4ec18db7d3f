"""Instalments: a price that is paid in parts, each so long before or after an event."""

from __future__ import annotations


def due_month(ordered: int, event: int, lag: int, advance: int) -> int:
    """The month in which an instalment is due, by number: ``max(ordered, event + lag - advance)``.

    The event is the order or the delivery. Contracts for plant name each part of the price by such events, as schedules
    of payments under the FIDIC conditions for plant and for turnkey projects do (Silver Book 2017, sub-clause 14.4).
    Nothing is paid before it is ordered: an advance that is longer than the lead time is due with the order.

    A third two months before a delivery in month 9 of what was ordered in month 3, or three months after it; and what
    is due ten months before that delivery, with the order:

    >>> due_month(3, 9, 0, 2), due_month(3, 9, 3, 0), due_month(3, 9, 0, 10)
    (7, 12, 3)
    """
    return max(ordered, event + lag - advance)
