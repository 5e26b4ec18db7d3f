"""Finds a whole-number plan and a bound on how much better any plan could be.

Thousands of whole-number columns hardly move the objective, and left to themselves they keep the solver from closing
the gap on the few that do. So the decisions are made whole in the order of their weight: first blocks and programmes,
whose bound holds for the whole problem since everything else may still be fractional; then orders, with those fixed;
then early exits, with orders fixed. Only if the plan and the bound do not meet within the gap is the problem solved in
one piece, from that plan on.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np

from planner.model.build import Model
from planner.outcome import Progress
from planner.solving.highs import Run, Solver
from planner.solving.matrix import Floats, Integers, Matrix
from planner.solving.settle import TIE_TOLERANCE, relative_gap

STAGES = (("expand", "join"), ("order",), ("exit",))
"""Kinds of whole-number decisions, heaviest first."""
GAP_OF_STAGE = (0.4, 0.3, 0.2)
"""Share of the allowed gap that each stage may use up."""
TIME_OF_STAGE = (0.4, 0.4, 0.3)
"""Share of the time that is left which each stage may take."""
WHOLE_TOLERANCE = 1e-6
"""How far a value may be from a whole number and still be taken for it; HiGHS uses the same."""


def search(
    model: Model, solver: Solver, matrix: Matrix, *, gap: float, seconds: float, progress: Progress | None
) -> Run:
    """The best whole-number plan found, with a bound that holds for every plan."""
    deadline = time.monotonic() + seconds
    solver.whole(matrix.whole, on=False)
    relaxed = solver.run(seconds=seconds)
    if relaxed.status != "optimal" or _is_whole(relaxed.values, matrix.whole):
        return relaxed
    staged = _in_stages(model, solver, matrix, relaxed, gap, deadline, progress)
    if staged.status == "infeasible" or (staged.has_point and relative_gap(staged) <= max(gap, TIE_TOLERANCE)):
        return staged
    whole = _in_one_piece(solver, matrix, staged, gap, _left(deadline), progress)
    if staged.has_point and not whole.has_point:
        return replace(staged, status="limit")
    return replace(whole, bound=_tighter(matrix, whole.bound, staged.bound))


def _left(deadline: float, share: float = 1.0) -> float:
    return max(0.1, share * (deadline - time.monotonic()))


def _in_stages(
    model: Model, solver: Solver, matrix: Matrix, relaxed: Run, gap: float, deadline: float, progress: Progress | None
) -> Run:
    """Makes one kind of decision whole after the other; infeasible only if the first kind alone already is."""
    bound, run = relaxed.bound, relaxed
    for number, kinds in enumerate(STAGES):
        columns = np.array([i for i in matrix.whole if model.columns[i].kind in kinds], dtype=np.int32)
        if not _is_whole(run.values, columns):
            solver.whole(columns)
            seconds = _left(deadline, TIME_OF_STAGE[number])
            told = _only_the_bound(progress, bound, first=number == 0)
            run = solver.run(gap=gap * GAP_OF_STAGE[number], seconds=seconds, progress=told)
            bound = _tighter(matrix, bound, run.bound) if number == 0 else bound
            if not run.has_point:
                break
        fixed = np.round(run.values[columns])
        solver.bound(columns, fixed, fixed)
    solver.bound(matrix.whole, matrix.lower[matrix.whole], matrix.upper[matrix.whole])
    if number == 0 and run.status.startswith("infeasible"):
        return replace(run, status="infeasible")
    bound = max(bound, run.objective) if matrix.maximise else min(bound, run.objective)
    met = run.has_point and relative_gap(replace(run, bound=bound)) <= max(gap, TIE_TOLERANCE)
    return replace(run, bound=bound, status="optimal" if met else "limit")


def _in_one_piece(
    solver: Solver, matrix: Matrix, start: Run, gap: float, seconds: float, progress: Progress | None
) -> Run:
    solver.whole(matrix.whole)
    if start.has_point:
        solver.start_from(start.values)
    return solver.run(gap=gap, seconds=seconds, progress=progress)


def _only_the_bound(progress: Progress | None, bound: float, first: bool) -> Progress | None:
    """While some kinds may still be fractional there is no plan to tell of, only the bound of the first stage."""
    if progress is None:
        return None
    return lambda _best, latest: progress(-math.inf, latest if first else bound)


def _tighter(matrix: Matrix, one: float, other: float) -> float:
    return min(one, other) if matrix.maximise else max(one, other)


def _is_whole(values: Floats, columns: Integers) -> bool:
    return bool(np.all(np.abs(values[columns] - np.round(values[columns])) <= WHOLE_TOLERANCE))
