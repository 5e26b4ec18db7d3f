"""What a price comes to with the duty on it."""

from __future__ import annotations


def landed_cost(price: float, duty: float) -> float:
    """A price with import duty, or with sales tax that is not recovered: ``price * (1 + duty)``.

    Unit: that of ``price``. Source: import duties and purchase taxes that cannot be recovered are part of the cost of
    an asset (IAS 16, paragraph 16).

    >>> landed_cost(200.0, 0.05)
    210.0
    """
    return price * (1 + duty)
