"""One case, one plan: the optimum, polished to whole numbers, with ties broken and a proof of how good it is."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from planner.errors import NoProofError
from planner.outcome import EXACT, Progress, Proof, Recorder, label_of
from planner.outcome.warm_start import Branch, WarmStart
from planner.solving.checked_bound import with_checked_bound
from planner.solving.highs import UNSETTLED, Run, Solver, SolverError
from planner.solving.incumbent import LEAST_SECONDS
from planner.solving.lexicographic import lexicographic_resolve
from planner.solving.matrix import Matrix, matrix_of, require_solvable_range
from planner.solving.search import search
from planner.solving.solvable import Solvable
from planner.solving.starting import begun, branches_left

NOT_SETTLED = (
    "the solver could not settle whether there is a plan, by any of its methods: the case is at the very edge of what "
    "is possible, where rounding decides; change a figure a little, such as cash or a share that must be served"
)
"""Said in place of the time limit, which was not reached."""


@dataclass(frozen=True)
class Solution:
    """Values of all columns, and their proof."""

    values: list[float]
    proof: Proof
    branches: tuple[Branch, ...] = ()
    """Branches that together hold every plan, for a search of nearly the same problem to begin with."""


class Infeasible(Exception):  # noqa: N818 - an answer, not an error
    """No plan exists; why, the room of explanations finds out."""


def solve(
    model: Solvable,
    *,
    gap: float,
    time_limit: float,
    progress: Progress | None = None,
    recorder: Recorder | None = None,
    start: WarmStart | None = None,
) -> Solution:
    """Solves a model.

    Args:
        gap: relative gap at which the search for a better whole-number plan may stop.
        time_limit: seconds after which the search stops with what it has.
        progress: told of the best plan and the bound, in currency or PFLOPS-hours.
        recorder: told of every plan on the way, in the columns of the model.
        start: where the search begins, if not at nothing.

    Raises:
        Infeasible: it is proven that no plan exists.
        NoProofError: nothing was found within the time limit.
        ScalingError: the figures of the case cannot be solved reliably.
    """
    began = time.monotonic()
    matrix = matrix_of(model.problem)
    require_solvable_range(matrix, model.rows, model.labels)
    solver = Solver(matrix)
    scaled = _scaled(progress, model.goal.size)
    known = None if start is None else begun(model, solver, start, time_limit)
    found = search(model, solver, gap=gap, seconds=time_limit, progress=scaled, recorder=recorder, start=known)
    if found.status.startswith("infeasible"):
        raise Infeasible("no plan exists")
    if not found.has_point and found.status == UNSETTLED:
        raise NoProofError(NOT_SETTLED)
    if not found.has_point:
        raise NoProofError(
            f"no plan was found and none was ruled out within {time_limit:g} s; try a longer --time-limit"
        )
    if recorder is not None:
        recorder.incumbent_found(found.values, found.bound)
    left = max(LEAST_SECONDS, time_limit - (time.monotonic() - began))
    settled = lexicographic_resolve(model, matrix, found, gap, left)
    if recorder is not None:
        recorder.incumbent_found(settled.values, settled.bound)
    values = [float(value) for value in settled.values]
    proof = proof_of(model, matrix, settled, gap, time.monotonic() - began)
    return Solution(values, with_checked_bound(model, proof, solver.prices), branches_left(model, solver))


def with_the_same_whole_numbers(model: Solvable, values: list[float], *, seconds: float) -> list[float]:
    """The best plan that makes every whole-number decision as another one does; ties are broken as ever."""
    matrix = matrix_of(model.problem)
    held = Run("limit", True, math.nan, math.nan, np.array(values))
    return [float(value) for value in lexicographic_resolve(model, matrix, held, 0.0, seconds).values]


def _scaled(progress: Progress | None, unit: float) -> Progress | None:
    if progress is None:
        return None
    return lambda best, bound: progress(best * unit, bound * unit)


def proof_of(model: Solvable, matrix: Matrix, found: Run, gap: float, seconds: float) -> Proof:
    """How good a plan is known to be, by the bound that was found.

    Raises:
        SolverError: the plan is better than its bound allows, by more than the solver tolerates: one of them is wrong.
    """
    unit, objective = model.goal.size, matrix.objective_of(found.values)
    bound = max(found.bound, objective) if matrix.maximise else min(found.bound, objective)
    if abs(bound - found.bound) > EXACT * max(1.0, abs(objective)):
        raise SolverError(f"a plan of {objective:.9g} passes the bound of {found.bound:.9g} on all plans")
    rows, columns, non_zeros = matrix.shape
    return Proof(
        label=label_of(objective=objective, bound=bound, size=1.0),
        kind=model.goal.kind,
        objective=objective * unit,
        bound=(bound if math.isfinite(bound) else math.inf) * unit,
        unit=model.goal.unit,
        gap_requested=gap,
        solver=f"HiGHS {version('highspy')}",
        seconds=seconds,
        rows=rows,
        columns=columns,
        non_zeros=non_zeros,
    )
