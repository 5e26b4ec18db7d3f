"""Public money stays below its ceiling on every investment."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Comparison, Key, total
from planner.model.sets import Sets
from planner.model.variables import Variables


def public_share(
    sets: Sets, figures: Coefficients, decide: Variables, sums: Expressions
) -> Iterator[tuple[Key, Comparison]]:
    """All grants on an investment are at most a share of its cost; by investment i; money units.

    ``sum_j grant[j,i] * claim[j,i] <= ceiling * cost[i] * bought[i]``
    """
    for i in sets.richly_funded:
        grants = total((figures.grant[j, i], decide.claim[j, i]) for j in sets.claimants[i])
        yield i, grants <= figures.public_money_ceiling * figures.unit_cost[i] * sums.bought(i)
