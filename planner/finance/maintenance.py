"""Maintenance by age: free under warranty, dearer as systems wear."""

from __future__ import annotations

from collections.abc import Sequence


def factor_at(steps: Sequence[tuple[int, float]], age: int) -> float:
    """The factor on maintenance at an age in months: that of the last step reached, and 1 before the first.

    Failures of equipment follow a bathtub: few in the middle of its life, more as it wears out (NIST e-Handbook
    of Statistical Methods, 8.1.2.4). Contracts say it in steps, such as three years under warranty and then so much.

    >>> [factor_at([(0, 0.0), (36, 1.0), (60, 1.5)], age) for age in (0, 35, 36, 72)]
    [0.0, 0.0, 1.0, 1.5]
    """
    reached = [factor for since, factor in steps if since <= age]
    return reached[-1] if reached else 1.0


def mean_beyond_last(steps: Sequence[tuple[int, float]], ages: Sequence[int]) -> float:
    """How much more than past the last step the factor is on average, by the age at the start of each month.

    ``mean(factor(age) - last factor)``. Less is negative, and nothing is exactly nothing. A year of which nine months
    are under a free warranty costs a quarter of one past it:

    >>> mean_beyond_last([(0, 0.0), (36, 1.0)], range(27, 39))
    -0.75
    """
    last = steps[-1][1]
    return sum(factor_at(steps, age) - last for age in ages) / len(ages)
