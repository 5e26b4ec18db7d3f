"""Aid intensity: public money stays below its ceiling on every investment."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.terms import AID_INTENSITY


def aid_intensity(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """All grants and tax credits on an investment are at most a share of its cost; by investment i; money units.

    ``sum_j amount[j,i] * claim[j,i] - sum_(j,j') rate[j] * deducted[j,j',i] * overlap[j,j',i]
    <= ceiling * cost[i] * bought[i]``

    Where a programme j comes after another one j', it pays less for units that both pay for. Cost that may be written
    off earlier is no public money.
    """
    for i in sets.richly_funded:
        yield Row(
            AID_INTENSITY,
            i,
            sums.pieces.public_money(i)
            <= coefficients.aid.public_money_ceiling * coefficients.units.cost[i] * decide.bought(i),
        )
