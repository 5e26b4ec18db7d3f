"""Futures that plan by themselves: what ties them is replaced by prices on the first stage (Lagrangian decomposition).

Each decision of the first stage is paid a price in each future, and the prices of one decision add up to nothing over
all futures. Then no plan with one first stage is worth more than what the futures come to at these prices, each by
itself, whatever the prices are. Where the tail counts, each future has that weight which its prices give it: any
weights that the tail allows give a bound (Rockafellar, Uryasev and Zabarankin, "Generalized deviations in risk
analysis", 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.model.robust import RobustModel

LEAST_WEIGHT = 1e-6
"""A future of less weight is paid no price: it would have to be paid endlessly much for each unit of its value."""
MOST_ROUNDS = 100


@dataclass(frozen=True)
class Prices:
    """What each future weighs, and what each decision of its first stage is paid, in the unit of the objective."""

    weights: tuple[float, ...]
    first: tuple[tuple[float, ...], ...]
    """By future, then by decision, in the order of the columns of its first stage."""


def prices_of(model: RobustModel, duals: Sequence[float]) -> Prices:
    """The prices that the linear programme of all futures side by side proposes.

    Args:
        model: the futures side by side.
        duals: what one unit more on the right-hand side of each of its rows is worth.
    """
    names = list(model.futures)
    found = {name: dict.fromkeys(model.futures[name].stage.columns(model.futures[name].model), 0.0) for name in names}
    start = len(model.rows) - model.rows_of_tail - len(model.ties)
    for (name, named, leader), dual in zip(model.ties, duals[start : start + len(model.ties)], strict=True):
        found[name][named] -= dual
        found[leader][named] += dual
    weights = [branch.weight for branch in model.futures.values()]
    if model.tail:
        proposed = [max(0.0, -dual) for dual in duals[len(model.rows) - model.rows_of_tail :]]
        most = [
            model.risk.share * weight / (1.0 - model.risk.level) if model.has_shortfalls else 1.0 for weight in weights
        ]
        tail = _within(proposed, most, model.risk.share)
        weights = [(1.0 - model.risk.share) * weight + more for weight, more in zip(weights, tail, strict=True)]
    return adding_up(Prices(tuple(weights), tuple(tuple(found[name].values()) for name in names)), _named(model))


def _named(model: RobustModel) -> list[list[object]]:
    return [list(branch.stage.columns(branch.model)) for branch in model.futures.values()]


def adding_up(prices: Prices, named: Sequence[Sequence[object]]) -> Prices:
    """The nearest prices that add up to nothing for each decision; a future without weight is paid none.

    Args:
        prices: as they are proposed.
        named: by future, the decisions that the prices are for.
    """
    of: dict[object, list[float]] = {}
    for weight, paid, keys in zip(prices.weights, prices.first, named, strict=True):
        for key, price in zip(keys, paid, strict=True):
            if weight > LEAST_WEIGHT:
                of.setdefault(key, []).append(price)
    mean = {key: sum(paid) / len(paid) for key, paid in of.items()}
    return Prices(
        prices.weights,
        tuple(
            tuple(price - mean[key] if weight > LEAST_WEIGHT else 0.0 for key, price in zip(keys, paid, strict=True))
            for weight, paid, keys in zip(prices.weights, prices.first, named, strict=True)
        ),
    )


def _within(proposed: Sequence[float], most: Sequence[float], total: float) -> list[float]:
    """Amounts near those proposed, none above its most, that add up to a total.

    >>> _within([0.5, 0.125], [0.25, 0.5], 0.5)
    [0.25, 0.25]
    """
    found = [min(amount, limit) for amount, limit in zip(proposed, most, strict=True)]
    if sum(found) > total:
        return [amount * total / sum(found) for amount in found]
    for _ in range(MOST_ROUNDS):
        missing, room = total - sum(found), [limit - amount for amount, limit in zip(found, most, strict=True)]
        if missing <= 0.0 or sum(room) <= 0.0:
            break
        share = min(1.0, missing / sum(room))
        found = [amount + share * more for amount, more in zip(found, room, strict=True)]
    return found
