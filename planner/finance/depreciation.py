"""Straight-line depreciation."""

from __future__ import annotations


def depreciated(months: float, life_months: float) -> float:
    """Share of a cost that is written off after some months in use: ``months / life``, from 0 to 1.

    Args:
        months: months in use; none before delivery.
        life_months: months over which the cost is written off; 0 writes it off at once.

    A server in use for a year and a half, written off over five years:

    >>> depreciated(18, 60)
    0.3
    """
    if months <= 0:
        return 0.0
    return 1.0 if life_months <= 0 else min(1.0, months / life_months)
