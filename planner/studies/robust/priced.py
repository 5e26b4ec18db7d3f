"""Prices of the first stage, moved against what orders more than the mean; and first stages between others."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planner.decisions import Decisions
from planner.model.decomposition import Prices, adding_up

LENGTH = 0.7
"""Share of the gap that a step of prices is to close, as far as the bound is linear (Polyak's length)."""


def stepped(prices: Prices, named: Sequence[Sequence[str]], numbers: Sequence[Sequence[int]], gap: float) -> Prices:
    """The prices after one step: a decision that a future takes more of than the others do is paid less there.

    Args:
        prices: as they are.
        named: the decisions by future, in the order of the prices.
        numbers: how much of each was taken at these prices.
        gap: by how much the bound is above the best that was found; negative where less is better.
    """
    taken: dict[str, list[int]] = {}
    for keys, amounts in zip(named, numbers, strict=True):
        for key, amount in zip(keys, amounts, strict=True):
            taken.setdefault(key, []).append(amount)
    mean = {key: sum(amounts) / len(amounts) for key, amounts in taken.items()}
    beyond = [
        [amount - mean[key] for key, amount in zip(keys, amounts, strict=True)]
        for keys, amounts in zip(named, numbers, strict=True)
    ]
    square = math.fsum(one * one for amounts in beyond for one in amounts)
    if not square:
        return prices
    step = LENGTH * gap / square
    moved = tuple(
        tuple(price - step * one for price, one in zip(paid, amounts, strict=True))
        for paid, amounts in zip(prices.first, beyond, strict=True)
    )
    return adding_up(Prices(prices.weights, moved), named)


def first_stage_of_mean(firsts: Sequence[Decisions], weights: Sequence[float]) -> Decisions:
    """The mean of some first stages by weight, rounded; the odd half is not ordered."""
    total = sum(weights)

    def mean[K](tables: Sequence[dict[K, int]]) -> dict[K, int]:
        keys = dict.fromkeys(key for table in tables for key in table)
        sums = {
            key: sum(weight * table.get(key, 0) for table, weight in zip(tables, weights, strict=True)) / total
            for key in keys
        }
        return {key: number for key in sums if (number := math.ceil(sums[key] - 0.5))}

    joined = mean([{name: int(yes) for name, yes in first.join.items()} for first in firsts])
    return Decisions(
        order=mean([first.order for first in firsts]),
        expand=mean([first.expand for first in firsts]),
        join=dict.fromkeys(joined, True),
    )


def first_stage_in_common(firsts: Sequence[Decisions]) -> Decisions:
    """What all of some first stages decide alike, the least of it where they differ."""

    def least[K](tables: Sequence[dict[K, int]]) -> dict[K, int]:
        return {key: min(table.get(key, 0) for table in tables) for key in tables[0] if all(key in t for t in tables)}

    return Decisions(
        order=least([first.order for first in firsts]),
        expand=least([first.expand for first in firsts]),
        join=dict.fromkeys(least([dict.fromkeys(first.join, 1) for first in firsts]), True),
    )
