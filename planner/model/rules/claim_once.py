"""Programmes that exclude each other never pay for the same unit."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.terms import CLAIM_ONCE


def claim_once(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Claims of programmes that exclude each other add up to no more than what is bought; by investment i and maximal
    set J of programmes that exclude each other pairwise; systems or blocks.

    ``sum_(j in J) claim[j,i] <= bought[i]``

    A programme that excludes no other is a set of its own, so this also keeps every claim within its investment.
    """
    for i, group, claims in sets.rival_claims:
        yield Row(CLAIM_ONCE, (i, group), count(decide.claim[claim] for claim in claims) <= decide.bought(i))
