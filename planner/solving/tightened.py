"""Large numbers that switch rows (big-M), made as small as what a plan can come to.

A whole number may be off by a millionth for the solver. Beside a number of a hundred million that is a hundred: as much
profit could stay untaxed, and a search would take such a plan for the best. How large profit, loss and losses carried
can become is limited by everything else in the case; a linear programme for each year says how much (optimality-based
bound tightening). The case's own figure for it counts what would fill every site, however little of that can be paid.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from planner.model.build import Model
from planner.model.scale import row_scale
from planner.solving.highs import Solver
from planner.solving.indicators import indicator_columns
from planner.solving.matrix import Floats, Integers, Matrix
from planner.solving.solvable import Solvable

SMALL = 1e4
"""A number up to this needs no smaller one: a millionth of it is a thousandth of the price of a system."""
MARGIN = 1.01
"""By how much a limit is taken larger than it was worked out, since the solver has tolerances."""


def tightened(model: Solvable, matrix: Matrix, ends: float) -> Matrix:
    """The same problem with smaller numbers in the rows that a year switches; every plan satisfies both.

    Args:
        model: says which columns are profit and loss.
        matrix: the problem.
        ends: when the time for it is over; what was not worked out by then stays as large as it is.
    """
    if not any(largest > SMALL for _, part in model.parts for largest in _large_numbers(part)):
        return matrix
    upper = matrix.upper.copy()
    solver = Solver(matrix)
    for first, part in model.parts:
        _limit_years(part, first, upper, solver, ends)
    return _switched_by(matrix, indicator_columns(model), upper)


def _large_numbers(part: Model) -> Iterator[float]:
    """The large numbers in rows that a year switches."""
    yield from (year.largest for year in part.coefficients.tax.years)
    yield from (max(year.largest_service, year.largest_deficit) for year in part.coefficients.covers)
    yield from (max(year.most, year.lowest_retained) for year in part.coefficients.dividends.years)
    yield from (max(year.largest_debt, year.lowest_equity) for year in part.coefficients.year_ends)


def _limit_years(part: Model, first: int, upper: Floats, solver: Solver, ends: float) -> None:
    """Upper bounds of profit, loss and losses carried of each year, in place, from linear programmes."""
    decide, carried = part.decide, part.coefficients.tax.opening_loss
    for year in part.coefficients.tax.years:
        gain, loss = (first + columns[year.name,].index for columns in (decide.gain, decide.loss))
        for one, other in ((gain, loss), (loss, gain)):
            cost = np.zeros(len(upper))
            cost[one], cost[other] = 1.0, -1.0  # a year makes a profit or a loss: the larger is what it comes to
            solver.costs(cost, maximise=True)
            run = solver.run(seconds=max(0.0, ends - time.monotonic()))
            if run.status == "optimal":
                upper[one] = min(upper[one], max(1.0, MARGIN * run.objective))
        carried += upper[loss]
        upper[first + decide.loss_carried[year.name,].index] = carried


def _switched_by(matrix: Matrix, switches: Integers, upper: Floats) -> Matrix:
    """Rows with a switch, their large number no larger than what their other terms can come to."""
    values, row_lower, row_upper = matrix.values.copy(), matrix.row_lower.copy(), matrix.row_upper.copy()
    for position in np.flatnonzero(np.isin(matrix.indexes, switches)):
        row = int(matrix.row_of[position])
        entries = np.arange(matrix.starts[row], matrix.starts[row + 1])
        others = entries[entries != position]
        sign = 1.0 if np.isinf(row_lower[row]) else -1.0  # from here on the row is one that limits from above
        weights, right = sign * values[others], sign * (row_upper if sign > 0 else row_lower)[row]
        switch = sign * values[position]
        limits = np.where(weights > 0, upper[matrix.indexes[others]], matrix.lower[matrix.indexes[others]])
        most, tight = float(weights @ limits), right - max(0.0, switch)
        if not tight < most < right - min(0.0, switch):
            continue
        scale = row_scale((most - tight) / np.abs(weights).max()) / np.abs(weights).max()
        values[others] *= scale
        values[position] = sign * math.copysign(scale * (most - tight), switch)
        bound = sign * scale * (most if switch > 0 else right)
        if sign > 0:
            row_upper[row] = bound
        else:
            row_lower[row] = bound
    return replace(matrix, values=values, row_lower=row_lower, row_upper=row_upper)
