"""How cost is spread over the years in which it is used."""

from __future__ import annotations


def depreciated(months: float, life_months: float) -> float:
    """The share of a cost that is written off after so many months: ``min(1, months / life)``, 0 before its first.

    Without a life all of it is written off as soon as time has passed. Unit: share. Source: straight-line method.

    >>> depreciated(0, 60), depreciated(15, 60), depreciated(75, 60), depreciated(0, 0), depreciated(3, 0)
    (0.0, 0.25, 1.0, 0.0, 1.0)
    """
    if months <= 0:
        return 0.0
    return 1.0 if life_months <= 0 else min(1.0, months / life_months)
