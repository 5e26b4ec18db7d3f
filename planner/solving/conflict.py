"""When no plan exists: a small set of rows that contradict each other."""

from __future__ import annotations

import highspy

from planner.model.build import Model
from planner.model.linear import Row
from planner.solving.highs import Solver, SolverError
from planner.solving.matrix import Matrix

SMALLEST_SETS = 6
"""HiGHS's strategy that shrinks the set by elastic filtering; its default returns an empty one with status OK."""


def conflict(model: Model, matrix: Matrix) -> list[Row]:
    """Rows that cannot all be kept, from the problem without whole numbers.

    Returns:
        No rows where that problem has a plan: then only whole numbers are in the way, and no set of rows alone.
    """
    solver = Solver(matrix)
    if solver.run().status == "optimal":
        return []
    solver.set("iis_strategy", SMALLEST_SETS)
    status, found = solver.highs.getIis()
    if status == highspy.HighsStatus.kError or not len(found.row_index_):
        raise SolverError("no set of contradicting rows was found in an infeasible problem")
    return [model.rows[index] for index in sorted(found.row_index_)]
