"""Which of the systems that leave were paid for with a grant."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Comparison, Key, Sum, count
from planner.model.sets import Sets
from planner.model.variables import Variables


def leave_with_grant(
    sets: Sets, figures: Coefficients, decide: Variables, sums: Expressions
) -> Iterator[tuple[Key, Comparison]]:
    """Claimed systems leave among the others of their order; by cohort s,d,k, set J of programmes that exclude each
    other, and period u; systems.

    ``sum_(j in J) leave[j,k,u] <= exit[s,d,k,u]``, ``sum_u leave[j,k,u] <= claim[j,k]`` and
    ``unclaimed[s,d,k,J,u] = unclaimed[s,d,k,J,u-1] - exit[s,d,k,u] + sum_(j in J) leave[j,k,u]``

    At first ``unclaimed`` is what arrived less all claims, and it never falls below zero: when no other systems are
    left, claimed ones go. Where grants lower book values, a claimed system is worth less in the books, and so it
    matters which one leaves.
    """
    for cohort, group, periods in sets.leaving_claims:
        before = sums.arrived(cohort) - sums.claimed(cohort, group) - sums.gone_before(cohort, periods[0])
        for u in periods:
            key = (*cohort, "+".join(group), u)
            leaving, claimed = decide.exit[*cohort, u], sums.leaving_with_grant(cohort, group, u)
            yield key, claimed <= leaving
            yield (*key, "unclaimed"), decide.unclaimed[key].equals(before - leaving + claimed)
            before = Sum() + decide.unclaimed[key]
    for (j, order), leaves in sums.leaves_by_claim.items():
        yield (j, *order), count(decide.leave[key] for key in leaves) <= decide.claim[j, order]
