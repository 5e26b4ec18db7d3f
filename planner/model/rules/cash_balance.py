"""Cash carries over, and never falls below its floor."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import CASH_BALANCE, MINIMUM_CASH


def cash_balance(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Cash at the end of a period is what was there, plus what comes in, less what goes out; by period t; money units.

    ``cash[t] = cash[t-1] + funding[t] + revenue[t] + grants[t] + resale[t] + drawn[t] - opex[t] - capex[t]
    - given back[t] - tax[t] - interest[t] - repaid[t]`` and
    ``cash[t] >= minimum[t]``

    Grants come a payment lag after delivery, or in parts from the order on, and go back where systems leave too early:
    a plan may be rich and still run out of cash.
    """
    for t in sets.periods:
        before = decide.cash[t - 1,] if t else coefficients.budget.opening_cash
        change = sums.net(t) + coefficients.budget.funding.get(t, 0.0)
        yield Row(CASH_BALANCE, (t,), decide.cash[t,].equals(change + before))
    for t in sets.periods:
        yield Row(MINIMUM_CASH, (t,), decide.cash[t,] >= coefficients.budget.minimum_cash[t])
