"""A programme pays no more than its caps, and nothing to those who do not join."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Comparison, Key
from planner.model.sets import Sets
from planner.model.variables import Variables


def programme_cap(
    sets: Sets, figures: Coefficients, decide: Variables, sums: Expressions
) -> Iterator[tuple[Key, Comparison]]:
    """Grants of a programme stay within its caps; by programme j and cap: total, operator, fiscal year; money units.

    ``sum_i grant[j,i] * claim[j,i] <= cap[j]`` and, where j has to be joined,
    ``sum_i grant[j,i] * claim[j,i] <= cap[j] * join[j]``, or without a cap ``claim[j,i] <= limit[i] * join[j]``

    A grant counts in the fiscal year in which it is paid. ``limit`` is the most units of an investment.
    """
    for j, cap in figures.caps:
        periods = figures.fiscal_year_periods(cap) if cap.startswith("FY") else sets.periods
        yield (j, cap), sums.grants(j, periods) <= figures.caps[j, cap]
    for j, limit in figures.grant_limit.items():
        yield (j, "join"), sums.grants(j, sets.periods) <= limit * decide.join[j,]
    for j, i in sets.claims_to_join:
        yield (j, "join", *i), decide.claim[j, i] <= figures.claim_limit[j, i] * decide.join[j,]
