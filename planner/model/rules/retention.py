"""What was paid for with public money stays until its retention ends."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.terms import RETENTION
from planner.vocabulary.keys import Claim


def retention(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Claimed systems do not leave before their retention ends; by vintage s,d,k, set J of programmes that exclude each
    other, and programme j of it; systems.

    ``sum_(t < end of retention[j]) exit[s,d,k,t] <= arrived[s,d,k] - sum_(j' in J, retention[j'] >= retention[j])
    claim[j',k]``

    Within a vintage it is free which system leaves: the unclaimed ones go first. Claims of programmes that exclude
    each other lie on different systems and so hold them together. Programmes that let systems leave at a price hold
    none.
    """
    for vintage, group, j in sets.retentions:
        order = sets.vintage_order[vintage]
        months = coefficients.aid.retention_months
        held_as_long = [Claim(p, order) for p in group if months[p] >= months[j]]
        claimed = count(decide.claim[claim] for claim in held_as_long if claim in decide.claim)
        ends = coefficients.aid.retained_until[j, sets.arrival_period(vintage)]
        early = count(decide.exit[key] for key in sets.vintage_exits[vintage] if key.period < ends)
        yield Row(RETENTION, (vintage, group, j), early + claimed <= sums.arrived(vintage))
