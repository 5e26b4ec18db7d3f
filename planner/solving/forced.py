"""Plans that must hold to one further row: the best with at least one system of a kind, or with none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.errors import NoProofError
from planner.model.build import Model
from planner.model.linear import LinearExpression, Row
from planner.outcome import WarmStart
from planner.solving.highs import Run, Solver
from planner.solving.matrix import matrix_of
from planner.solving.search import search
from planner.solving.starting import begun


@dataclass(frozen=True)
class Forced:
    """The best plan that was found under further rows."""

    values: list[float]
    objective: float
    """In the unit of the model."""
    bound: float


def best_with(
    model: Model,
    rows: Sequence[Row],
    *,
    gap: float,
    seconds: float,
    objective: LinearExpression | None = None,
    start: WarmStart | None = None,
    known: Sequence[float] | None = None,
) -> Forced | None:
    """The best plan that keeps further rows; None where there is none.

    Args:
        objective: what to make small instead of the model's own objective.
        start: where the search begins, if not at nothing.
        known: the columns of a plan that keeps the rows, to begin at instead of those of ``start``.

    Raises:
        NoProofError: nothing was found and nothing was ruled out in time.
    """
    goal, more = (model.objective, model.more_is_better) if objective is None else (objective, False)
    solver = Solver(matrix_of(model.problem).with_rows(rows).with_objective(goal, maximise=more))
    matrix, first = solver.matrix, None if start is None else begun(model, solver, start, seconds)
    if known is not None:
        values = np.array(known)
        first = Run("limit", True, matrix.objective_of(values), math.nan, values)
    found = search(model, solver, gap=gap, seconds=seconds, start=first)
    if found.status.startswith("infeasible"):
        return None
    if not found.has_point:
        raise NoProofError(f"no plan was found and none was ruled out within {seconds:g} s; try a longer --time-limit")
    values = found.values
    if len(matrix.whole):
        values[matrix.whole] = np.round(values[matrix.whole])
    return Forced([float(value) for value in values], found.objective, found.bound)
