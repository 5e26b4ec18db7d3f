"""What is made of values that come with probabilities: their mean, and the mean over the worst of them."""

from __future__ import annotations

from collections.abc import Sequence

NOTHING = 1e-12
"""What of a probability is rounding."""


def expected(values: Sequence[float], weights: Sequence[float]) -> float:
    """The mean, each value weighed with its probability; the probabilities are 1 together.

    >>> expected([10.0, 30.0], [0.25, 0.75])
    25.0
    """
    return sum(weight * value for value, weight in zip(values, weights, strict=True))


def tail_mean(values: Sequence[float], weights: Sequence[float], level: float, *, more_is_better: bool = True) -> float:
    """The conditional value at risk: the mean over the worst values that make up ``1 - level`` of all probability.

    A value at the edge counts with that part of its probability that is still missing. At level 0 it is the mean over
    all, at level 1 the worst value.

    Source: Rockafellar and Uryasev, "Conditional value-at-risk for general loss distributions", 2002.

    >>> tail_mean([10.0, 20.0, 30.0, 40.0], [0.25] * 4, 0.5)
    15.0
    >>> round(tail_mean([10.0, 20.0, 30.0, 40.0], [0.25] * 4, 0.6), 9)  # (0.25 * 10 + 0.15 * 20) / 0.4
    13.75
    >>> tail_mean([10.0, 20.0], [0.5, 0.5], 1.0), tail_mean([10.0, 20.0], [0.5, 0.5], 0.5, more_is_better=False)
    (10.0, 20.0)
    """
    worst_first = sorted(zip(values, weights, strict=True), reverse=not more_is_better)
    likely = [(value, weight) for value, weight in worst_first if weight > NOTHING]
    whole = 1.0 - level
    if whole <= likely[0][1] + NOTHING:
        return likely[0][0]
    total, left = 0.0, whole
    for value, weight in likely:
        part = min(weight, left)
        total += part * value
        left -= part
    return (total + max(0.0, left) * likely[-1][0]) / whole  # probabilities that are 1 but for rounding


def mixed(
    values: Sequence[float], weights: Sequence[float], level: float, share: float, *, more_is_better: bool = True
) -> float:
    """The expected value, in part replaced by the mean over the tail.

    >>> mixed([10.0, 30.0], [0.5, 0.5], 0.5, 0.25)
    17.5
    """
    mean = expected(values, weights)
    if not share:
        return mean
    return (1.0 - share) * mean + share * tail_mean(values, weights, level, more_is_better=more_is_better)
