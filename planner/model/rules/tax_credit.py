"""Tax credits are used within the tax of a year, and before they lapse."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.terms import CREDIT_EARNED, CREDIT_KEPT, CREDIT_LIMIT, CREDITS
from planner.vocabulary.keys import Credit


def tax_credit(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """A credit is earned by what is delivered in a year, and used in that year or in the years for which it is kept; by
    programme j, fiscal years y and y'; money units.

    ``earned[j,y] = sum_(i delivered in y) amount[j,i] * claim[j,i]``, less what is deducted for earlier programmes,
    ``credit[j,y] <= limit[j] * tax[y]``, ``sum_j credit[j,y] <= tax[y]`` and, for all y <= y',
    ``sum_(v = y..y') credit[j,v] <= sum_(v = y - kept[j]..y') earned[j,v]``

    ``tax`` is that before credits. What is used in some years in a row was earned in them or not too long before: that
    this holds for all spans of years is what it takes to say of each credit when it was earned. Spans that begin so
    early that all earlier years count are part of the one that begins with the first year.
    """
    years = {year.name: year for year in coefficients.tax.years}
    for j, terms in coefficients.tax.credits.items():
        for y in terms.years:
            own = Credit(j, y)
            yield Row(CREDIT_EARNED, own, decide.earned[own].equals(sums.grants(j, years[y].periods)))
            if terms.limit < 1:
                yield Row(CREDIT_LIMIT, own, decide.credit[own] <= terms.limit * sums.tax_before_credits(years[y]))
        for first, last in _spans(len(terms.years), terms.kept_years):
            used, usable = terms.years[first : last + 1], terms.years[max(0, first - terms.kept_years) : last + 1]
            earned = count(decide.earned[Credit(j, y)] for y in usable)
            yield Row(
                CREDIT_KEPT,
                (j, terms.years[first], terms.years[last]),
                count(decide.credit[Credit(j, y)] for y in used) <= earned,
            )
    for y in dict.fromkeys(y for terms in coefficients.tax.credits.values() for y in terms.years):
        yield Row(CREDITS, (y,), sums.credits(years[y]) <= sums.tax_before_credits(years[y]))


def _spans(years: int, kept: int) -> Iterator[tuple[int, int]]:
    """First and last year of each span of years that says something of its own."""
    for first in range(years):
        if 0 < first <= kept:
            continue
        for last in range(first, years if kept else first + 1):
            yield first, last
