"""When no plan exists: a small set of rows that contradict each other."""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np

from planner.coefficients import Coefficients
from planner.model.build import build
from planner.model.linear import Row
from planner.solving.highs import Solver, SolverError
from planner.solving.matrix import matrix_of

SMALLEST_SETS = 6
"""HiGHS's strategy that shrinks the set by elastic filtering; its default returns an empty one with status OK."""


def conflict(figures: Coefficients) -> list[Row]:
    """Rows that cannot all be kept, from the problem without whole numbers.

    The bounds on orders and blocks are taken off first: they follow from the limits of suppliers and sites, and a
    conflict should name those limits, not a bound that was worked out from them.

    Returns:
        No rows where that problem has a plan: then only whole numbers are in the way, and no set of rows alone.
    """
    model = build(replace(figures, order_limit=dict.fromkeys(figures.delivery, 1)))
    matrix = matrix_of(model.problem)
    bought = [column.index for column in model.columns if column.kind in {"order", "expand", "built"}]
    matrix.upper[bought] = np.inf
    solver = Solver(matrix)
    if solver.run().status == "optimal":
        return []
    solver.set("iis_strategy", SMALLEST_SETS)
    status, found = solver.highs.getIis()
    if status == highspy.HighsStatus.kError or not len(found.row_index_):
        raise SolverError("no set of contradicting rows was found in an infeasible problem")
    return [model.rows[index] for index in sorted(found.row_index_)]
