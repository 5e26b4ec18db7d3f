"""Capital expenditure stays within the budget of its fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Comparison, Key, Sum
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.outcome import INVESTMENTS


def capex_limit(
    sets: Sets, figures: Coefficients, decide: Variables, sums: Expressions
) -> Iterator[tuple[Key, Comparison]]:
    """What is paid for systems, additions, expansions and contracts is at most the limit; by fiscal year; money units.

    ``sum_(t in year) capex[t] <= limit[year]``
    """
    for year, limit in figures.capex_limits.items():
        paid = Sum()
        for line in INVESTMENTS:
            for t in figures.fiscal_year_periods(year):
                paid.plus(sums.lines[line][t], 1.0)
        yield (year,), paid <= limit
