"""A whole-number problem solved in two ways, since one of them may be wrong without a word.

HiGHS 1.15 cuts off the best plan of about one problem in several hundred and calls what is left optimal: in presolve
here, in its cutting planes there, and elsewhere with other random numbers. Two ways that differ in both are wrong
together far more rarely. A bound counts as the looser of the two says, and a plan as the better.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import Any

from planner.solving.highs import UNSETTLED, Run, Solver

OTHER_WAYS = ((1, True), (2, False))
"""Random numbers, and whether presolve reduces the problem first; the next where the one before did not settle it."""


def in_two_ways(solver: Solver, *, seconds: float, **terms: Any) -> Run:  # noqa: ANN401 - the terms of a run
    """Runs the solver, and again in another way where it says that it has settled the problem.

    Args:
        solver: holds the problem.
        seconds: time limit of all runs together; where none is left for a second one, the first counts alone.
        terms: other terms of ``Solver.run``.
    """
    ends = time.monotonic() + seconds
    first = solver.run(seconds=seconds, **terms)
    if first.status in ("limit", UNSETTLED):
        return first
    for seed, presolve in OTHER_WAYS:
        if time.monotonic() >= ends:
            return first
        solver.set("random_seed", seed)
        if first.has_point:
            solver.start_from(first.values)
        second = solver.run(seconds=max(0.0, ends - time.monotonic()), presolve=presolve, **terms)
        solver.set("random_seed", 0)
        if second.has_point:
            return _both(solver.matrix.maximise, first, second)
        if not first.has_point and second.status == first.status:
            return first
    return replace(first, status="limit" if first.has_point else UNSETTLED, bound=math.nan)


def _both(maximise: bool, first: Run, second: Run) -> Run:
    """The better plan with the looser bound."""
    if not first.has_point:
        return second
    best = (max if maximise else min)((first, second), key=lambda run: run.objective)
    bound = (max if maximise else min)(first.bound, second.bound)
    return replace(best, bound=bound, status=second.status)
