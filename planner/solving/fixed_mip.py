"""The fixed-MIP linear programme of a plan, its shadow prices, and how far each holds (right-hand-side ranging).

The plan's blocks, programmes and tax years are fixed and systems may be fractions: a linear programme, whose prices are
read off its basis. A basis stays the best while no basic column passes a bound, so the range is worked out from it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.model.build import Model
from planner.model.linear import LinearExpression, Row
from planner.solving.elastic import ElasticVariable, with_slacks
from planner.solving.highs import Solver
from planner.solving.matrix import Floats, Matrix, matrix_of
from planner.vocabulary.constraints.awards import JOIN_CLAIM

FIXED = frozenset(
    {"expand", "built", "join", "serves_debt", "owes", "pays_owners", "profitable", "exhausted", "lapses"}
)
"""Kinds of decisions that are as in the plan; orders, exits and all amounts may move."""
MANY = 1e6
"""A bound on claims that never binds."""
FLAT = 1e-9


@dataclass(frozen=True)
class Price:
    """Worth of a slack in one direction."""

    slope: float
    """What the objective gains by one unit of the slack; a loss is negative."""
    reach: float
    """Units of the slack up to which the slope holds; zero where it cannot be moved that way at all."""


class FixedMip:
    """The linear programme beside a plan, with slacks that are shut."""

    def __init__(
        self,
        model: Model,
        values: Mapping[int, float],
        slacks: Sequence[ElasticVariable],
        near: FixedMip | None = None,
    ) -> None:
        """Fixes the columns of some kinds at the values of a plan.

        Args:
            model: the model, perhaps with rows behind its own.
            values: value by index of the column, of all kinds in ``FIXED``; what is left out is zero.
            slacks: what may be moved.
            near: one without slacks that differs by some figures, and by rows that this one has behind the others: its
                basis is where the solver begins.
        """
        self.model = model
        self.slacks = slacks
        loosened = replace(model, rows=[_loosened(row) for row in model.rows])
        self.matrix = _with_fixed(with_slacks(matrix_of(loosened.problem), slacks), model, values)
        self.first = len(model.columns)
        self.sign = 1.0 if model.more_is_better else -1.0
        self.solver = Solver(self.matrix)
        self.solver.set("solver", "simplex")
        if near is not None and near.found and not near.slacks:
            self.solver.begin_at(near.solver)
        run = self.solver.run()
        self.found: bool = run.status == "optimal"
        self.objective = run.objective
        self.values = run.values
        self.solver.set("presolve", "off")

    def signed_objective(self) -> float:
        """The objective in the direction in which more is better."""
        return self.sign * self.objective

    def between(self, row: int, lower: float, upper: float) -> float | None:
        """The objective, more being better, where the sum in a row is kept between two limits; None: no plan there."""
        self.solver.limit(row, lower, upper)
        run = self.solver.run()
        return self.sign * run.objective if run.status == "optimal" else None

    def at_limit(self, slack: ElasticVariable) -> bool:
        """Whether any row that a slack loosens has no room left."""
        activity = np.array(self.solver.highs.getSolution().row_value)
        lower, upper = self.matrix.row_lower, self.matrix.row_upper
        room = np.minimum(np.abs(activity - lower), np.abs(activity - upper))
        scale = np.maximum(1.0, np.abs(activity))
        return any(room[row] <= 1e-6 * scale[row] for row in slack.entries)

    def price(self, number: int, direction: float, unit: float) -> Price:
        """The price of moving a slack a little one way, and how far it holds.

        The slack is first moved by a thousandth of a unit: at a corner of the plan the slopes differ by direction, and
        the basis before the corner may be the wrong one.
        """
        start = direction * unit / 1000
        run = self._moved(number, start)
        if run is None:
            self._moved(number, 0.0)
            return Price(0.0, 0.0)
        duals = np.array(self.solver.highs.getSolution().row_dual)
        slope = -direction * self.sign * sum(w * duals[row] for row, w in self.slacks[number].entries.items())
        reach = abs(start) + self._reach(number, direction)
        self._moved(number, 0.0)
        return Price(float(slope), reach)

    def gain(self, number: int, amount: float) -> float | None:
        """What the objective gains when a slack is moved by an amount; None where there is no plan then."""
        found = self._moved(number, amount)
        self._moved(number, 0.0)
        return None if found is None else self.sign * (found - self.objective)

    def _moved(self, number: int, amount: float) -> float | None:
        at = np.array([amount])
        self.solver.bound(np.array([self.first + number], dtype=np.int32), at, at)
        run = self.solver.run()
        return run.objective if run.status == "optimal" else None

    def _reach(self, number: int, direction: float) -> float:
        """How much further the slack can go before a basic column or row passes a bound."""
        highs, matrix = self.solver.highs, self.matrix
        column = np.zeros(matrix.shape[0])
        for row, weight in self.slacks[number].entries.items():
            column[row] = weight
        _, basic = highs.getBasicVariables()
        _, step = highs.getBasisSolve(column)
        solution = highs.getSolution()
        values, activity = np.array(solution.col_value), np.array(solution.row_value)
        basic, step = np.array(basic), -direction * np.array(step)
        is_column = basic >= 0
        columns, rows = basic[is_column], -basic[~is_column] - 1
        far = _furthest(values[columns], step[is_column], matrix.lower[columns], matrix.upper[columns])
        return min(far, _furthest(activity[rows], -step[~is_column], matrix.row_lower[rows], matrix.row_upper[rows]))


def _with_fixed(matrix: Matrix, model: Model, values: Mapping[int, float]) -> Matrix:
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    for column in model.columns:
        if column.kind in FIXED:
            lower[column.index] = upper[column.index] = values.get(column.index, 0.0)
        elif column.kind == "order":  # its bound follows from supply and room, and those are to have the price
            upper[column.index] = math.inf
    return replace(matrix, lower=lower, upper=upper)


def _furthest(at: Floats, step: Floats, lower: Floats, upper: Floats) -> float:
    """The multiple of a step at which the first value passes a bound."""
    moves = np.abs(step) > FLAT
    if not moves.any():
        return math.inf
    at, step = at[moves], step[moves]
    room = np.where(step > 0, upper[moves] - at, at - lower[moves])
    return float(max(0.0, (np.maximum(room, 0.0) / np.abs(step)).min()))


def _loosened(row: Row) -> Row:
    """Rows on claims whose bound follows from supply and room."""
    if row.family != JOIN_CLAIM:
        return row
    terms = {index: weight if weight > 0 else -MANY for index, weight in row.comparison.left.terms.items()}
    return Row(row.family, row.key, LinearExpression(terms) <= 0.0)
