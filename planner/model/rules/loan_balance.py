"""What is owed carries over."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import LOAN_BALANCE


def loan_balance(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What is owed at the end of a period is what was owed, plus what is drawn, plus interest that is added, less what
    is repaid; by loan f and period t; money units.

    ``owed[f,t] = (owed[f,t-1] + draw[f,t]) * (1 + capitalised[f,t]) - repay[f,t]``, and ``owed[f,t] >= 0``
    """
    for key in sets.owing:
        owed = sums.lending.owed_during(*key) * (1 + coefficients.loans[key.loan].capitalised[key.period])
        owed = owed - decide.repay[key]
        yield Row(LOAN_BALANCE, key, decide.owed[key].equals(owed))
