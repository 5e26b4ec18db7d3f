"""Claimed exits: which of the systems that leave were paid for with a grant."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.terms import LEAVE_AT_ONCE, LEAVE_IN_ALL, STAY
from planner.vocabulary.keys import Exit


def leave_with_grant(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Claimed systems leave and stay among the others of their order; by vintage s,d,k, set J of programmes that
    exclude each other, and period u in which what they pay for may leave; systems.

    ``sum_(j in J) leave[j,k,u] <= exit[s,d,k,u]``, ``sum_u leave[j,k,u] <= claim[j,k]`` and, up to the last u,
    ``sum_(j in J) (claim[j,k] - sum_u leave[j,k,u]) <= arrived[s,d,k] - sum_u exit[s,d,k,u]``

    When no other systems are left, claimed ones go. Once for all periods is enough: systems that nobody claimed only
    become fewer, so those that are left after the last period stood there all along. Where grants lower book values,
    a claimed system is worth less in the books, and so it matters which one leaves.
    """
    for vintage, group, periods in sets.leaving_claims:
        for u in periods:
            leaving = sums.leaving_with_grant(vintage, group, [u])
            yield Row(LEAVE_AT_ONCE, (vintage, group, u), leaving <= decide.exit[Exit(vintage, u)])
        staying = sums.claimed(vintage, group) - sums.leaving_with_grant(vintage, group, periods)
        yield Row(STAY, (vintage, group), staying <= sums.arrived(vintage) - sums.gone_until(vintage, periods[-1]))
    for claim, leaves in sums.leaves_by_claim.items():
        yield Row(LEAVE_IN_ALL, claim, count(decide.leave[key] for key in leaves) <= decide.claim[claim])
