"""When no plan exists: a small set of rows that contradict each other."""

from __future__ import annotations

import highspy

from planner.model.build import Model
from planner.model.linear import row_text
from planner.solving.highs import Solver
from planner.solving.matrix import Matrix

SMALLEST_SETS = 6
"""HiGHS's strategy that shrinks the set by elastic filtering; its default returns an empty one with status OK."""


def conflict(model: Model, matrix: Matrix) -> str:
    """Names the rules that contradict each other, from the problem without whole numbers."""
    solver = Solver(matrix)
    solver.whole(matrix.whole, on=False)
    if solver.run().status == "optimal":
        return (
            "No plan exists: with fractions of systems and blocks the limits can all be kept, with whole ones they "
            "cannot. Loosen a limit by the size of one system or one block."
        )
    solver.set("iis_strategy", SMALLEST_SETS)
    status, found = solver.highs.getIis()
    if status == highspy.HighsStatus.kError or not len(found.row_index_):
        return "No plan exists; the solver did not find a smaller set of limits that contradict each other."
    rows = [model.rows[index] for index in sorted(found.row_index_)]
    rules = sorted({row.rule for row in rows})
    lines = [f"    {row_text(row, model.columns, model.labels)}" for row in rows]
    return "\n".join([f"No plan exists: these limits contradict each other ({', '.join(rules)}).", *lines])
