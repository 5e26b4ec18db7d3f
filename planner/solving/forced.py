"""Plans that must hold to one further row: the best with at least one system of a kind, or with none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.errors import NoProofError
from planner.model.build import Model
from planner.model.linear import LinearExpression, Row
from planner.solving.highs import Solver
from planner.solving.matrix import matrix_of
from planner.solving.search import search


@dataclass(frozen=True)
class Forced:
    """The best plan that was found under further rows."""

    values: list[float]
    objective: float
    """In the unit of the model."""
    bound: float


def best_with(
    model: Model, rows: Sequence[Row], *, gap: float, seconds: float, objective: LinearExpression | None = None
) -> Forced | None:
    """The best plan that keeps further rows; None where there is none.

    Args:
        objective: what to make small instead of the model's own objective.

    Raises:
        NoProofError: nothing was found and nothing was ruled out in time.
    """
    goal, more = (model.objective, model.more_is_better) if objective is None else (objective, False)
    matrix = matrix_of(model.problem).with_rows(rows).with_objective(goal, maximise=more)
    found = search(model, Solver(matrix), gap=gap, seconds=seconds)
    if found.status.startswith("infeasible"):
        return None
    if not found.has_point:
        raise NoProofError(f"no plan was found and none was ruled out within {seconds:g} s; try a longer --time-limit")
    values = found.values
    if len(matrix.whole):
        values[matrix.whole] = np.round(values[matrix.whole])
    return Forced([float(value) for value in values], found.objective, found.bound)
