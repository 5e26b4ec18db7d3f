"""Claimed exits: which of the systems that leave were paid for with a grant."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.terms import CLAIMED_EXITS, CLAIMED_EXITS_IN_ALL, CLAIMED_STAYS
from planner.vocabulary.keys import Exit


def claimed_exits(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Claimed systems leave and stay among the others of their order; by vintage s,d,k, set J of programmes that
    exclude each other, and period u in which what they pay for may leave; systems.

    ``sum_(j in J) claimed_exit[j,k,u] <= exit[s,d,k,u]``, ``sum_u claimed_exit[j,k,u] <= claim[j,k]`` and, up to the
    last u, ``sum_(j in J) (claim[j,k] - sum_u claimed_exit[j,k,u]) <= arrived[s,d,k] - sum_u exit[s,d,k,u]``

    When no other systems are left, claimed ones go. Once for all periods is enough: systems that nobody claimed only
    become fewer, so those that are left after the last period stood there all along. Where grants lower book values,
    a claimed system is worth less in the books, and so it matters which one leaves.
    """
    for vintage, group, periods in sets.exits_by_group:
        for u in periods:
            leaving = sums.claimed_exits(vintage, group, [u])
            yield Row(CLAIMED_EXITS, (vintage, group, u), leaving <= decide.exit[Exit(vintage, u)])
        staying = sums.claimed(vintage, group) - sums.claimed_exits(vintage, group, periods)
        yield Row(
            CLAIMED_STAYS, (vintage, group), staying <= sums.arrived(vintage) - sums.gone_until(vintage, periods[-1])
        )
    for claim, leaves in sums.exits_by_claim.items():
        yield Row(CLAIMED_EXITS_IN_ALL, claim, count(decide.claimed_exit[key] for key in leaves) <= decide.claim[claim])
