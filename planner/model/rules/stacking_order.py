"""Stacking order: units that two programmes both pay for, where the later one pays for what the earlier one leaves."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.terms import (
    OVERLAP,
    OVERLAP_EXITS,
    OVERLAP_EXITS_IN_ALL,
    OVERLAP_OF_CLAIM,
    OVERLAP_OF_EXITS,
)


def stacking_order(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Claims of a programme and of one that comes before it overlap as far as they do not fit side by side; by
    investment i, set J of programmes that exclude each other, set J' of such programmes before all of J, and period u
    in which claimed systems leave; systems or blocks.

    ``sum_(j in J, j' in J') overlap[j,j',i] >= sum_(j in J) claim[j,i] + sum_(j' in J') claim[j',i] - bought[i]``,
    ``sum_(j' in J') overlap[j,j',i] <= claim[j,i]`` and ``sum_(j in J) overlap[j,j',i] <= claim[j',i]``

    The same holds of those that leave in u, with ``overlap_exit``, ``claimed_exit`` and ``exit``, and of those that
    stay after the last such period: then it holds of those that stay in between as well, and each system can be named.
    Where nothing depends on who leaves, all that leave before any of the programmes lets systems go were claimed by
    none.
    """
    for i, later, earlier in sets.overlap_groups:
        group = sums.overlaps.of(i, later, earlier)
        name = (i, later, earlier)
        yield Row(OVERLAP, name, group.staying() >= group.least_staying())
        for j in group.members:
            yield Row(OVERLAP_OF_CLAIM, (*name, j), group.staying(j) <= group.claims_staying(j))
        for u in group.periods:
            yield Row(OVERLAP_EXITS, (*name, u), group.leaving(u) >= group.least_leaving(u))
            for j in group.members:
                yield Row(OVERLAP_OF_EXITS, (*name, u, j), group.leaving(u, j) <= group.claims_leaving(u, j))
    for key in sets.overlaps:
        if sets.overlap_exit_periods[key]:
            own = (key.investment, key.programme, key.earlier)
            yield Row(OVERLAP_EXITS_IN_ALL, own, sums.overlaps.left(key) <= decide.overlap[key])
