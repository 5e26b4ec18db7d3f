"""A whole-number problem solved in two ways, since one of them may be wrong without a word.

HiGHS 1.15 cuts off the best plan of about one problem in several hundred and calls what is left optimal: by rules of
its presolve here, by cutting planes there, and with some random numbers and not with others. Two ways that differ in
all of that are wrong together far more rarely. A bound counts as the looser of the two says, and a plan as the better.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from planner.solving.highs import UNSETTLED, Run, Solver

_DOUBLETON_EQUATION, _AGGREGATOR, _SPARSIFY, _PROBING = 1 << 9, 1 << 12, 1 << 14, 1 << 15
"""Rules of presolve, as HiGHS numbers them, without which it was right where it had erred."""
WAYS: tuple[Mapping[str, int | str], ...] = (
    {},
    {"random_seed": 1, "presolve_rule_off": _DOUBLETON_EQUATION | _AGGREGATOR | _SPARSIFY | _PROBING},
    {"random_seed": 2, "presolve": "off"},
)
"""Options by which the ways differ; the last one, by far the slowest, only where the first two say different things."""
AS_EVER: Mapping[str, int | str] = {"random_seed": 0, "presolve_rule_off": 0, "presolve": "choose"}
ENOUGH = 2


def in_two_ways(solver: Solver, *, seconds: float, **terms: Any) -> Run:  # noqa: ANN401 - the terms of a run
    """Runs the solver, and again in another way where it says that it has settled the problem.

    Args:
        solver: holds the problem.
        seconds: time limit of all runs together; where none is left for a second one, the first counts alone.
        terms: other terms of ``Solver.run``.
    """
    ends, runs = time.monotonic() + seconds, list[Run]()
    for way in WAYS:
        left = ends - time.monotonic()
        if runs and left <= 0:
            break
        start = next((run for run in runs if run.has_point), None)
        with solver.options(**{**AS_EVER, **way}):
            if start is not None:
                solver.mip_start(start.values)
            runs.append(solver.run(seconds=max(0.0, left), presolve=True, **terms))
        if runs[-1].status in ("limit", UNSETTLED) or _agreed(runs):
            break
    return _together(solver.matrix.maximise, runs)


def _agreed(runs: list[Run]) -> bool:
    """Whether enough ways have found a plan, or all of them none."""
    with_plan = sum(run.has_point for run in runs)
    return with_plan >= ENOUGH or (with_plan == 0 and len(runs) >= ENOUGH)


def _together(maximise: bool, runs: list[Run]) -> Run:
    """The best plan with the loosest bound of the runs that were settled.

    Where a second way ran out of time the first counts alone; where only one of two finds any plan its bound bounds
    nothing.
    """
    with_plan = [run for run in runs if run.has_point]
    if not with_plan:
        return runs[-1]
    best = (max if maximise else min)(with_plan, key=lambda run: run.objective)
    if len(with_plan) == 1 and any(run.status.startswith("infeasible") for run in runs):
        return replace(best, bound=math.nan, status="limit")
    settled = [run for run in with_plan if run.status == "optimal"] or with_plan
    bound = (max if maximise else min)(run.bound for run in settled)
    return replace(best, bound=bound, status=settled[0].status)
