"""The matrix that the solver sees: read out of the PuLP problem, and extended from there.

This is the one road: no matrix comes from rows in any other way. The solver gets it in one piece.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pulp
from numpy.typing import NDArray

from planner.errors import ScalingError
from planner.model.linear import LinearExpression, Row
from planner.model.problem import Problem

SMALLEST, LARGEST = 1e-7, 1e7
"""Coefficients outside this range are refused: the solver drops those of 1e-9 or less without a word, and takes
differences below its tolerance of 1e-7 for zero."""

SURELY = 1e-5
"""Share of the largest amount in a row by which it is broken, whatever the solver tolerates."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]


@dataclass(frozen=True)
class Matrix:
    """A linear programme in arrays, rows compressed."""

    cost: Floats
    offset: float
    maximise: bool
    lower: Floats
    upper: Floats
    whole: Integers
    """Indexes of the columns that must be whole."""
    row_lower: Floats
    row_upper: Floats
    starts: Integers
    indexes: Integers
    values: Floats

    @property
    def shape(self) -> tuple[int, int, int]:
        """Rows, columns, non-zeros."""
        return len(self.row_lower), len(self.lower), len(self.values)

    @property
    def row_of(self) -> Integers:
        """Row by non-zero."""
        return np.repeat(np.arange(len(self.row_lower), dtype=np.int32), np.diff(self.starts))

    def objective_of(self, values: Floats) -> float:
        """What the objective comes to at a point, worked out here and not read off the solver."""
        return float(self.cost @ values) + self.offset

    def is_better(self, one: float, other: float) -> bool:
        """Whether one value of the objective is better than another."""
        return one > other if self.maximise else one < other

    def activity(self, values: Floats) -> Floats:
        """What the left side of each row comes to at a point."""
        products = self.values * values[self.indexes]
        return np.bincount(self.row_of, weights=products, minlength=len(self.row_lower))

    def violation(self, values: Floats) -> float:
        """By how much a point breaks the row or the bound that it breaks most, as a share of the size of that limit.

        A row counts by the largest amount that is added up in it, since that is what rounding is a share of; amounts
        below one count as one, as the solver's own tolerance does.
        """
        if not np.all(np.isfinite(values)):
            return np.inf
        size = np.ones(len(self.row_lower))
        np.maximum.at(size, self.row_of, np.abs(self.values * values[self.indexes]))
        activity = self.activity(values)
        rows = np.maximum(self.row_lower - activity, activity - self.row_upper) / size
        columns = np.maximum(self.lower - values, values - self.upper) / np.maximum(1.0, np.abs(values))
        return float(max(0.0, rows.max(initial=0.0), columns.max(initial=0.0)))

    def is_ruled_out(self) -> bool:
        """Whether some row cannot hold, wherever its columns are within their bounds: by far more than rounding."""
        one, other = self.values * self.lower[self.indexes], self.values * self.upper[self.indexes]
        least, most, size = np.zeros((3, len(self.row_lower)))
        np.add.at(least, self.row_of, np.minimum(one, other))
        np.add.at(most, self.row_of, np.maximum(one, other))
        np.maximum.at(size, self.row_of, np.maximum(*(np.where(np.isinf(x), 0.0, np.abs(x)) for x in (one, other))))
        beyond = np.maximum(least - self.row_upper, self.row_lower - most)
        return bool((beyond > SURELY * np.maximum(1.0, size)).any())

    def weights(self, goal: LinearExpression) -> Floats:
        """The terms of a sum as one number for each column."""
        found = np.zeros(len(self.cost))
        found[list(goal.terms)] = list(goal.terms.values())
        return found

    def with_objective(self, goal: LinearExpression, *, maximise: bool) -> Matrix:
        """The same rows with another objective."""
        return replace(self, cost=self.weights(goal), offset=goal.constant, maximise=maximise)

    def with_rows(self, rows: Sequence[Row]) -> Matrix:
        """The same with further rows behind the others."""
        terms = [row.terms for row in rows]
        right = np.array([row.comparison.right for row in rows])
        sense = np.array([row.comparison.sense for row in rows])
        return replace(
            self,
            row_lower=np.append(self.row_lower, np.where(sense == "<=", -np.inf, right)),
            row_upper=np.append(self.row_upper, np.where(sense == ">=", np.inf, right)),
            starts=np.append(self.starts, self.starts[-1] + np.cumsum([len(one) for one in terms], dtype=np.int32)),
            indexes=np.append(self.indexes, np.array([index for one in terms for index in one], dtype=np.int32)),
            values=np.append(self.values, [weight for one in terms for weight in one.values()]),
        )

    def with_columns(self, columns: Sequence[Mapping[int, float]]) -> Matrix:
        """The same with further columns behind the others, each given by its weights by row; they are shut, at zero."""
        entries = [
            (row, number, weight)
            for number, column in enumerate(columns, len(self.cost))
            for row, weight in column.items()
            if weight
        ]
        shut = np.zeros(len(columns))
        row_of = np.append(self.row_of, np.array([row for row, _, _ in entries], dtype=np.int32))
        order = np.argsort(row_of, kind="stable")  # what is new comes last in its row
        return replace(
            self,
            cost=np.append(self.cost, shut),
            lower=np.append(self.lower, shut),
            upper=np.append(self.upper, shut),
            starts=np.append(0, np.cumsum(np.bincount(row_of, minlength=len(self.row_lower)))).astype(np.int32),
            indexes=np.append(self.indexes, np.array([number for _, number, _ in entries], dtype=np.int32))[order],
            values=np.append(self.values, [weight for _, _, weight in entries])[order],
        )


def matrix_of(problem: Problem) -> Matrix:
    """Reads the arrays out of a PuLP problem, all rows in one pass."""
    variables, constraints, objective = problem.variables(), problem.constraints(), problem.objective
    if objective is None:
        raise ValueError("the problem has no objective")
    cost = np.zeros(len(variables))
    for variable, weight in objective.items():
        cost[variable.id] = weight
    indexes, values, starts = array("i"), array("d"), array("i", [0])
    for constraint in constraints:
        for variable, weight in constraint.items():
            indexes.append(variable.id)
            values.append(weight)
        starts.append(len(indexes))
    right = np.array([0.0 - constraint.constant for constraint in constraints])
    sense = np.array([constraint.sense for constraint in constraints])
    return Matrix(
        cost=cost,
        offset=objective.constant,
        maximise=problem.sense == pulp.LpMaximize,
        lower=np.array([-np.inf if one.lowBound is None else one.lowBound for one in variables]),
        upper=np.array([np.inf if one.upBound is None else one.upBound for one in variables]),
        whole=np.array([one.id for one in variables if one.cat == pulp.LpInteger], dtype=np.int32),
        row_lower=np.where(sense == pulp.LpConstraintLE, -np.inf, right),
        row_upper=np.where(sense == pulp.LpConstraintGE, np.inf, right),
        starts=np.array(starts, dtype=np.int32),
        indexes=np.array(indexes, dtype=np.int32),
        values=np.array(values, dtype=np.float64),
    )


def require_solvable_range(matrix: Matrix, rows: Sequence[Row], labels: tuple[str, ...]) -> None:
    """Refuses a matrix whose coefficients span more than the solver can hold.

    Raises:
        ScalingError: names the row and the size of the coefficient.
    """
    sizes = np.abs(matrix.values)
    for position in np.flatnonzero((sizes < SMALLEST) | (sizes > LARGEST)):
        row = rows[matrix.row_of[position]]
        words = "small" if sizes[position] < SMALLEST else "large"
        raise ScalingError(
            f"{row.name(labels)}: the coefficient {matrix.values[position]:.3g} is too {words} for "
            f"the solver beside the others of this case (allowed: {SMALLEST:g} to {LARGEST:g}). Check the units of the "
            "figures in this row."
        )
