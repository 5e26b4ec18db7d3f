"""A programme pays no more than its caps, and nothing to those who do not join."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.awards import JOIN, JOIN_CLAIM, OPERATOR_CAP, TOTAL_CAP, YEAR_CAP
from planner.vocabulary.keys import FiscalYear

_OF_ALL = {"total": TOTAL_CAP, "operator": OPERATOR_CAP}


def programme_cap(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What a programme gives stays within its caps; by programme j and cap: total, operator, fiscal year; money units.

    ``awarded[j] <= cap[j]``, in a fiscal year ``sum_(t in year) paid[j,t] <= cap[j,year]`` and, where j has to be
    joined, ``awarded[j] <= cap[j] * join[j]``, or without a cap ``claim[j,i] <= limit[i] * join[j]``

    ``awarded[j] = sum_i amount[j,i] * claim[j,i] - sum_(j',i) rate[j] * deducted[j,j',i] * overlap[j,j',i]`` is all
    that j gives, less what is deducted for earlier programmes j': within the horizon or later, and given back or not.
    ``paid`` is each part of it in its period; a tax credit, or cost that is written off at once, counts on delivery.
    ``limit`` is the most units of an investment.
    """
    for (j, cap), most in coefficients.aid.caps.items():
        if isinstance(cap, FiscalYear):
            yield Row(YEAR_CAP, (j, cap), sums.grants(j, coefficients.fiscal_year_periods(cap)) <= most)
        else:
            yield Row(_OF_ALL[cap], (j,), sums.awarded(j) <= most)
    for j, limit in coefficients.aid.grant_limit.items():
        yield Row(JOIN, (j,), sums.awarded(j) <= limit * decide.join[j,])
    for claim in sets.claims_to_join:
        within = coefficients.aid.claim_limit[claim] * decide.join[claim.programme,]
        yield Row(JOIN_CLAIM, claim, decide.claim[claim] <= within)
