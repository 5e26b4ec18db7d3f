"""Balances at the end of every fiscal year are those that lenders ask for."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.scale import row_scale
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import (
    DEBT_TO_EQUITY,
    EQUITY_KEPT,
    LEAST_LIQUIDITY,
    LOAN_TO_VALUE,
    NO_DEBT,
    VALUE_KEPT,
)


def year_end_covenants(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Covenants on cash and debt at the end of a fiscal year, which a year without debt keeps; by fiscal year y; money
    units.

    ``cash[y] + sum_f (limit[f] - owed[f,y]) >= least_liquidity * owes[y]``, over revolving loans f that may be drawn in
    the month after, ``debt[y] + value_room[y] <= share * book_value[y]``, ``debt[y] + equity_room[y] <= multiple *
    equity[y]``, both rooms ``>= -large * (1 - owes[y])``, and ``debt[y] <= largest_debt * owes[y]``

    Book value is that of what is in use, net of what programmes let take off. Equity is what was there at the start and
    what owners brought, and the profit since, less the tax on it. Whether anything is owed is a whole number, since a
    year may end without debt and without equity; the large number is how far below nothing the books can be.
    """
    for year in coefficients.year_ends:
        y, owes = (year.name,), decide.owes.get((year.name,))
        debt, book_value, equity = sums.lenders.debt(year.last), sums.lenders.book_value, sums.lenders.equity
        if year.least_liquidity is not None and owes is not None:
            yield Row(LEAST_LIQUIDITY, y, sums.lenders.liquidity(year) >= year.least_liquidity * owes)
        for family, kept, most, left, lowest, room in (
            (LOAN_TO_VALUE, VALUE_KEPT, year.loan_to_value, book_value, year.lowest_value, decide.value_room.get(y)),
            (DEBT_TO_EQUITY, EQUITY_KEPT, year.debt_to_equity, equity, year.lowest_equity, decide.equity_room.get(y)),
        ):
            if most is None:
                continue
            allowed = left(year) * most
            if owes is None or room is None or not lowest:
                yield Row(family, y, debt <= allowed)
                continue
            yield Row(family, y, debt + room <= allowed)
            scale = row_scale(most * lowest)
            yield Row(kept, y, scale * room - owes * (scale * most * lowest) >= -scale * most * lowest)
        if owes is not None:
            scale = row_scale(year.largest_debt)
            yield Row(NO_DEBT, y, scale * debt <= scale * year.largest_debt * owes)
