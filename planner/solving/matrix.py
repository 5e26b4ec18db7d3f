"""The matrix that the solver sees, read out of the PuLP problem and checked before anything is solved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pulp
from numpy.typing import NDArray

from planner.errors import ScalingError

SMALLEST, LARGEST = 1e-7, 1e7
"""Coefficients outside this range are refused: the solver drops those of 1e-9 or less without a word, and takes
differences below its tolerance of 1e-7 for zero."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]


@dataclass
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


def matrix_of(problem: pulp.LpProblem) -> Matrix:
    """Reads the arrays out of a PuLP problem, all rows in one pass."""
    core = problem.toRustModel()
    variables = core.list_variables()
    position = {variable.id(): index for index, variable in enumerate(variables)}
    objective = core.get_objective()
    if objective is None:
        raise ValueError("the problem has no objective")
    cost = np.zeros(len(variables))
    for variable, weight in objective.items():
        cost[position[variable.id()]] = weight
    integer = pulp._rustcore.Category.Integer
    indexes: list[int] = []
    values: list[float] = []
    starts, row_lower, row_upper = [0], [], []
    senses = pulp._rustcore.Sense
    for row in core.list_constraints():
        for variable, weight in row.items():
            indexes.append(position[variable.id()])
            values.append(weight)
        starts.append(len(indexes))
        row_lower.append(-np.inf if row.sense == senses.LessEqual else row.rhs)
        row_upper.append(np.inf if row.sense == senses.GreaterEqual else row.rhs)
    return Matrix(
        cost=cost,
        offset=objective.constant,
        maximise=problem.sense == pulp.LpMaximize,
        lower=np.array([variable.lb for variable in variables]),
        upper=np.array([variable.ub for variable in variables]),
        whole=np.array([i for i, v in enumerate(variables) if v.category == integer], dtype=np.int32),
        row_lower=np.array(row_lower, dtype=np.float64),
        row_upper=np.array(row_upper, dtype=np.float64),
        starts=np.array(starts, dtype=np.int32),
        indexes=np.array(indexes, dtype=np.int32),
        values=np.array(values, dtype=np.float64),
    )


def require_solvable_range(matrix: Matrix, row_names: list[str]) -> None:
    """Refuses a matrix whose coefficients span more than the solver can hold.

    Raises:
        ScalingError: names the row and the size of the coefficient.
    """
    sizes = np.abs(matrix.values)
    for position in np.flatnonzero((sizes < SMALLEST) | (sizes > LARGEST)):
        row = int(np.searchsorted(matrix.starts, position, side="right")) - 1
        words = "small" if sizes[position] < SMALLEST else "large"
        raise ScalingError(
            f"{row_names[row]}: the coefficient {matrix.values[position]:.3g} is too {words} for the solver beside the "
            f"others of this case (allowed: {SMALLEST:g} to {LARGEST:g}). Check the units of the figures in this row."
        )
