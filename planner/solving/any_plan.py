"""Whether there is any plan at all, however good: asked many times over, so it is answered with as little as will do.

What a plan is worth does not matter here, and a search that has to close a gap in money takes ten times as long. So
blocks and programmes are made whole branch by branch, which also proves soonest that there is no plan; then orders and
exits are made whole with those fixed, where the first answer will do.
"""

from __future__ import annotations

import time
from dataclasses import replace

from planner.errors import NoProofError
from planner.model.build import Model
from planner.model.linear import LinearExpression
from planner.solving.branches import in_branches
from planner.solving.forced import best_with
from planner.solving.highs import Solver
from planner.solving.matrix import Floats, Matrix, matrix_of
from planner.solving.search import search_on
from planner.solving.search_state import TIME_OF_ORDERS

ANY_GAP = 1.0
"""Gap of a search that only asks whether there is a plan."""


SHARE_OF_A_TRY = 0.25
"""Share of the time that is left for making orders whole in one way."""


def has_any_plan(model: Model, seconds: float) -> bool:
    """Whether there is a plan in whole numbers.

    Raises:
        NoProofError: it could not be found out in time.
    """
    ends = time.monotonic() + seconds
    blocks = LinearExpression({column.index: 1.0 for column in model.columns if column.kind == "built"})
    matrix = matrix_of(model.problem).with_objective(blocks, maximise=False)
    try:
        solver = Solver(matrix)
        values = in_branches(solver, model.columns, ends)
        if values is None:
            return False
        without = Solver(_without_exits(model, matrix))
        if _is_found(model, without, in_branches(without, model.columns, ends), ends):
            return True
        if _is_found(model, solver, values, ends):
            return True
    except NoProofError:
        if time.monotonic() > ends:
            raise
    return best_with(model, (), gap=ANY_GAP, seconds=max(0.0, ends - time.monotonic())) is not None


def _without_exits(model: Model, matrix: Matrix) -> Matrix:
    """Nothing is sold early: most plans need that least, and it leaves only orders to be made whole."""
    upper = matrix.upper.copy()
    upper[[index for index in matrix.whole if model.columns[index].kind == "exit"]] = 0.0
    return replace(matrix, upper=upper)


def _is_found(model: Model, solver: Solver, values: Floats | None, ends: float) -> bool:
    """Whether blocks as in a plan in fractions go with whole orders, near those of that plan or others."""
    if values is None:
        return False
    for near in (True, False):
        seconds = SHARE_OF_A_TRY * (ends - time.monotonic()) / TIME_OF_ORDERS
        if search_on(model, solver, values, gap=ANY_GAP, seconds=seconds, near=near).has_point:
            return True
    return False
