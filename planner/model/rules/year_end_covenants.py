"""Balances at the end of every fiscal year are those that lenders ask for."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Column, LinearExpression, Row
from planner.model.scale import row_scale
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.family import Family
from planner.vocabulary.constraints.money import DEBT_TO_EQUITY, LEAST_LIQUIDITY, LOAN_TO_VALUE, NO_DEBT


def year_end_covenants(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Covenants on cash and debt at the end of a fiscal year, which a year without debt keeps; by fiscal year y; money
    units.

    ``cash[y] + sum_f (limit[f] - owed[f,y]) >= least_liquidity * owes[y]``, over revolving loans f that may be drawn in
    the month after, ``debt[y] - share * book_value[y] <= large * (1 - owes[y])``, ``debt[y] - multiple * equity[y] <=
    large * (1 - owes[y])`` and ``debt[y] <= largest_debt * owes[y]``

    Book value is that of what is in use, net of what programmes let take off. Equity is what was there at the start and
    what owners brought, and the profit since, less the tax on it. Whether anything is owed is a whole number, since a
    year may end without debt and without equity; the large number is how far below nothing the books can be.
    """
    for year in coefficients.year_ends:
        y, owes = (year.name,), decide.owes.get((year.name,))
        debt, book_value, equity = sums.lenders.debt(year.last), sums.lenders.book_value, sums.lenders.equity
        if year.least_liquidity is not None and owes is not None:
            yield Row(LEAST_LIQUIDITY, y, sums.lenders.liquidity(year) >= year.least_liquidity * owes)
        if year.loan_to_value is not None:
            most = year.loan_to_value
            yield _covered(LOAN_TO_VALUE, y, debt - book_value(year) * most, most * year.lowest_value, owes)
        if year.debt_to_equity is not None:
            most = year.debt_to_equity
            yield _covered(DEBT_TO_EQUITY, y, debt - equity(year) * most, most * year.lowest_equity, owes)
        if owes is not None:
            scale = row_scale(year.largest_debt)
            yield Row(NO_DEBT, y, scale * debt <= scale * year.largest_debt * owes)


def _covered(family: Family, key: tuple[object], over: LinearExpression, large: float, owes: Column | None) -> Row:
    """What is owed beyond a limit is nothing, where anything is owed."""
    if owes is None or not large:
        return Row(family, key, over <= 0.0)
    scale = row_scale(large)
    return Row(family, key, over * scale + owes * (scale * large) <= scale * large)
