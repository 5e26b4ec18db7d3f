"""Blocks of an expansion are started one after the other, and no more than there are."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.sites import BLOCKS, BLOCKS_SO_FAR


def block_balance(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Blocks started so far are those started before, plus those started now; by expansion x, period t; blocks.

    ``built[x,t] = built[x,t-1] + expand[x,t]`` and, over the whole horizon, ``sum_t expand[x,t] <= blocks[x]``
    """
    for key, before in sets.block_before.items():
        earlier = sums.built_until(before)
        yield Row(BLOCKS_SO_FAR, key, decide.built[key].equals(earlier + decide.expand[key]))
    for x, limit in coefficients.blocks.limit.items():
        yield Row(BLOCKS, (x,), count(decide.expand[key] for key in sets.blocks if key.expansion == x) <= limit)
