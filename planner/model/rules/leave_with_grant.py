"""Which of the systems that leave were paid for with a grant."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Comparison, Key, count
from planner.model.sets import Sets
from planner.model.variables import Variables


def leave_with_grant(
    sets: Sets, figures: Coefficients, decide: Variables, sums: Expressions
) -> Iterator[tuple[Key, Comparison]]:
    """Claimed systems leave with the others of their order, and those that stay stay claimed; by cohort s,d,k, set J of
    programmes that exclude each other, and period u; systems.

    ``sum_(j in J, v <= u) leave[j,k,v] <= sum_(v <= u) exit[s,d,k,v]`` and
    ``sum_(j in J) (claim[j,k] - sum_(v <= u) leave[j,k,v]) <= arrived[s,d,k] - sum_(v <= u) exit[s,d,k,v]``, and
    ``sum_u leave[j,k,u] <= claim[j,k]``

    Where grants lower book values, a claimed system is worth less in the books, and so it matters which one leaves.
    """
    for cohort, group, periods in sets.leaving_claims:
        claimed = sums.claimed(cohort, group)
        for u in periods:
            gone, left = sums.gone_until(cohort, u), sums.left_with_grant(cohort, group, u)
            yield (*cohort, "+".join(group), u), left <= gone
            yield (*cohort, "+".join(group), u, "staying"), claimed - left <= sums.arrived(cohort) - gone
    for (j, order), leaves in sums.leaves_by_claim.items():
        yield (j, *order), count(decide.leave[key] for key in leaves) <= decide.claim[j, order]
