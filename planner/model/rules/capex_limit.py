"""Capital expenditure stays within the budget of its fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import LinearExpression, Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.outcome import INVESTMENTS
from planner.vocabulary.constraints.money import CAPEX_LIMIT


def capex_limit(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What is paid for systems, additions, expansions and contracts is at most the limit; by fiscal year; money units.

    ``sum_(t in year) capex[t] <= limit[year]``
    """
    for year, limit in coefficients.budget.capex_limits.items():
        paid = LinearExpression()
        for line in INVESTMENTS:
            for t in coefficients.fiscal_year_periods(year):
                paid.add_term(sums.lines[line][t], 1.0)
        yield Row(CAPEX_LIMIT, (year,), paid <= limit)
