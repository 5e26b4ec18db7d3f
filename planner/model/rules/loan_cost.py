"""A loan counts what it costs, and never adds value."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import LOAN_COST


def loan_cost(_sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What a loan costs is at least what its present value lacks to nothing; by loan f; money units.

    ``loan_cost[f] >= -(outstanding[f] + sum_t discount * (draw[f,t] - interest[f,t] - fees[f,t] - repay[f,t])
    - discount[end] * owed[f,end])`` and ``loan_cost[f] >= 0``

    Present values at the weighted average cost of capital, which holds the cheapness of debt already: a loan at less
    than that is a bridge and no source of value.
    """
    for loan in coefficients.loans:
        yield Row(LOAN_COST, (loan,), decide.loan_cost[loan,] + sums.cash_flow.present_of_loan(loan) >= 0.0)
