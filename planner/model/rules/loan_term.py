"""What is drawn is repaid in its term."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import LOAN_TERM


def loan_term(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Repayments keep up with what falls due; by loan f and period t; money units.

    ``sum_(u <= t) growth[f,u+1] * repay[f,u] >= sum_(u <= t) due[f,u,t] * draw[f,u]``

    ``due`` is the share of a draw that must be back: all of it once its term is over, or parts on the way, grown
    by interest that is added to it; what is repaid before that ends grows alike. What
    is owed at the start of the horizon counts as drawn in the first period. Earlier repayment is free, so the oldest
    draw counts as repaid first.
    """
    for f, t in sets.owing:
        yield Row(LOAN_TERM, (f, t), sums.lending.repaid_until(f, t) >= sums.lending.due_until(f, t))
