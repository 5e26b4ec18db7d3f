"""Figures over futures of unequal weight: percentiles, means, chances, and what their spread goes with."""

from __future__ import annotations

from collections.abc import Sequence

ROUNDING = 1e-12
"""By how much a sum of weights may miss a share, by rounding."""


def percentile(values: Sequence[float], weights: Sequence[float], share: float) -> float:
    """The smallest value that is not exceeded with a probability of ``share`` at least: a value of one of the futures.

    >>> percentile([3.0, 1.0, 2.0, 4.0], [0.25] * 4, 0.5), percentile([1.0, 10.0], [0.9, 0.1], 0.95)
    (2.0, 10.0)
    """
    total, reached = sum(weights), 0.0
    ranked = sorted(zip(values, weights, strict=True))
    for value, weight in ranked:
        reached += weight
        if reached >= share * total - ROUNDING:
            return value
    return ranked[-1][0]


def mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """The mean by weight.

    >>> mean([1.0, 3.0], [3.0, 1.0])
    1.5
    """
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / sum(weights)


def rank_correlation(one: Sequence[float], other: Sequence[float], weights: Sequence[float]) -> float | None:
    """Spearman's rank correlation, by weight; None where one of the two never changes.

    >>> rank_correlation([1.0, 2.0, 3.0], [10.0, 20.0, 90.0], [1.0] * 3)
    1.0
    """
    first, second = _ranks(one, weights), _ranks(other, weights)
    mean_first, mean_second = mean(first, weights), mean(second, weights)
    together = sum(
        weight * (a - mean_first) * (b - mean_second) for a, b, weight in zip(first, second, weights, strict=True)
    )
    spread_first = sum(weight * (a - mean_first) ** 2 for a, weight in zip(first, weights, strict=True))
    spread_second = sum(weight * (b - mean_second) ** 2 for b, weight in zip(second, weights, strict=True))
    if spread_first <= ROUNDING or spread_second <= ROUNDING:
        return None
    return float(round(together / (spread_first * spread_second) ** 0.5, 12))


def _ranks(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The weight below each value, and half of that of its equals."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks, below, place = [0.0] * len(values), 0.0, 0
    while place < len(order):
        equals = [order[place]]
        while place + len(equals) < len(order) and values[order[place + len(equals)]] == values[order[place]]:
            equals.append(order[place + len(equals)])
        weight = sum(weights[number] for number in equals)
        for number in equals:
            ranks[number] = below + weight / 2
        below, place = below + weight, place + len(equals)
    return ranks
