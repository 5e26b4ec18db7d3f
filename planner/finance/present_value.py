"""Discounting: the present value of later money."""

from __future__ import annotations

DAYS_PER_YEAR = 365
"""Day count of the discount factor: actual days over 365, as XNPV counts from the day before the horizon."""


def discount_factor(rate_per_year: float, days: int) -> float:
    """The present value of one unit of currency in ``days`` days: ``(1 + rate) ** (-days / 365)``.

    Unit: share. Source: actual/365 compounding, the convention of the spreadsheet function XNPV.

    >>> round(discount_factor(0.10, 365), 6), discount_factor(0.10, 0)
    (0.909091, 1.0)
    """
    return float((1.0 + rate_per_year) ** (-days / DAYS_PER_YEAR))
