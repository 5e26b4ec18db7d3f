"""What was paid for with public money stays until its retention ends."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.terms import RETENTION


def retention(sets: Sets, figures: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Claimed systems do not leave before their retention ends; by cohort s,d,k, set J of programmes that exclude each
    other, and programme j of it; systems.

    ``sum_(t < end of retention[j]) exit[s,d,k,t] <= arrived[s,d,k] - sum_(j' in J, retention[j'] >= retention[j])
    claim[j',k]``

    Within a cohort it is free which system leaves: the unclaimed ones go first. Claims of programmes that exclude
    each other lie on different systems and so hold them together. Programmes that let systems leave at a price hold
    none.
    """
    for cohort, group, j in sets.retentions:
        order = sets.cohort_order[cohort]
        held_as_long = [p for p in group if figures.retention_months[p] >= figures.retention_months[j]]
        claims = [(p, order) for p in held_as_long if (p, order) in decide.claim]
        ends = figures.retained_until[j, sets.arrival_period(cohort)]
        early = count(decide.exit[key] for key in sets.cohort_exits[cohort] if key[3] < ends)
        yield Row(
            RETENTION,
            (*cohort, "+".join(group), j),
            early + count(decide.claim[c] for c in claims) <= sums.arrived(cohort),
        )
