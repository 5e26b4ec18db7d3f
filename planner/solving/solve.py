"""One case, one plan: the optimum, polished to whole numbers, with ties broken and a proof of how good it is."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from planner.errors import NoPlanError, NoProofError
from planner.model.build import Model
from planner.model.linear import key_text
from planner.outcome import Proof, ProofLabel
from planner.solving.conflict import conflict
from planner.solving.highs import Progress, Run, Solver
from planner.solving.matrix import Floats, Matrix, matrix_of, require_solvable_range

TIE_TOLERANCE = 1e-9
"""Plans whose objectives differ by less, as a share, count as equally good."""
NAME_WEIGHT = 0.01
"""What the last name costs more than the first in the tie-break, in money units: far below one system."""


@dataclass(frozen=True)
class Solution:
    """Values of all columns, and their proof."""

    values: list[float]
    proof: Proof


def solve(model: Model, *, gap: float, time_limit: float, progress: Progress | None = None) -> Solution:
    """Solves a model.

    Args:
        gap: relative gap at which the search for a better whole-number plan may stop.
        time_limit: seconds after which the search stops with what it has.
        progress: told of the best plan and the bound, in currency or PFLOPS-hours.

    Raises:
        NoPlanError: it is proven that no plan exists.
        NoProofError: nothing was found within the time limit.
        ScalingError: the figures of the case cannot be solved reliably.
    """
    began = time.monotonic()
    matrix = matrix_of(model.problem)
    require_solvable_range(matrix, [key_text(row.rule, row.key, model.labels) for row in model.rows])
    solver = Solver(matrix)
    scaled = _scaled(progress, _unit_value(model))
    found = solver.run(gap=gap, seconds=time_limit, progress=scaled)
    if found.status.startswith("infeasible"):
        raise NoPlanError(conflict(model, matrix))
    if not found.has_point:
        raise NoProofError(
            f"no plan was found and none was ruled out within {time_limit:g} s; try a longer --time-limit"
        )
    left = max(1.0, time_limit - (time.monotonic() - began))
    values, objective = _settle(model, solver, matrix, found, left)
    return Solution(values, _proof(model, matrix, found, objective, gap, time.monotonic() - began))


def _settle(model: Model, solver: Solver, matrix: Matrix, found: Run, seconds: float) -> tuple[list[float], float]:
    """Fixes whole numbers, then takes among equally good plans the one that spends least and names the earliest."""
    values = found.values
    best = _with_whole_numbers_fixed(solver, matrix, values)
    slack = TIE_TOLERANCE * max(1.0, abs(best.objective))
    goal = matrix.cost
    bounds = (best.objective - slack - matrix.offset, np.inf) if matrix.maximise else (
        -np.inf, best.objective + slack - matrix.offset
    )  # fmt: skip
    solver.add_row(*bounds, goal)
    solver.costs(_tie_break_costs(model, matrix), maximise=False)
    if len(matrix.whole) and found.status == "optimal" and _gap(found) <= TIE_TOLERANCE:
        solver.bound(matrix.whole, matrix.lower[matrix.whole], matrix.upper[matrix.whole])
        solver.whole(matrix.whole)
        solver.start_from(best.values)
        simpler = solver.run(gap=0.0, seconds=seconds)
        if simpler.has_point:
            values = simpler.values
    settled = _with_whole_numbers_fixed(solver, matrix, values)
    chosen = settled if settled.has_point else best
    point = [float(value) for value in chosen.values[: len(matrix.cost)]]
    return point, float(goal @ np.array(point)) + matrix.offset


def _with_whole_numbers_fixed(solver: Solver, matrix: Matrix, values: Floats) -> Run:
    """Solves the linear programme that is left when every whole-number decision is made."""
    fixed = np.round(values[matrix.whole])
    solver.whole(matrix.whole, on=False)
    solver.bound(matrix.whole, fixed, fixed)
    run = solver.run()
    if len(matrix.whole):
        run.values[matrix.whole] = fixed
    return run


def _tie_break_costs(model: Model, matrix: Matrix) -> Floats:
    cost = np.zeros(len(matrix.cost))
    for index, weight in model.tie_break.terms.items():
        cost[index] = weight
    rank = np.arange(1, len(cost) + 1) / len(cost)
    cost += NAME_WEIGHT / 10 * rank
    if len(matrix.whole):
        cost[matrix.whole] += NAME_WEIGHT * np.arange(1, len(matrix.whole) + 1) / len(matrix.whole)
    free = np.isinf(matrix.lower)
    cost[free] = 0.0
    return cost


def _gap(run: Run) -> float:
    return abs(run.bound - run.objective) / max(1.0, abs(run.objective))


def _unit_value(model: Model) -> float:
    """What one unit of the model's objective is, in the unit of the report."""
    return 1.0 if model.figures.objective.kind == "compute" else model.figures.money_unit


def _scaled(progress: Progress | None, unit: float) -> Progress | None:
    if progress is None:
        return None
    return lambda best, bound: progress(best * unit, bound * unit)


def _proof(model: Model, matrix: Matrix, found: Run, objective: float, gap: float, seconds: float) -> Proof:
    figures, unit = model.figures, _unit_value(model)
    kind = figures.objective.kind
    words = "PFLOPS" if figures.objective.installed_by else "PFLOPS-hours"
    bound = max(found.bound, objective) if matrix.maximise else min(found.bound, objective)
    rows, columns, non_zeros = matrix.shape
    within = found.status == "optimal" or abs(bound - objective) <= gap * max(1.0, abs(objective))
    label: ProofLabel = "verified optimal" if within else "feasible with a gap"
    return Proof(
        label=label,
        kind=kind,
        objective=objective * unit,
        bound=(bound if math.isfinite(bound) else math.inf) * unit,
        unit=words if kind == "compute" else figures.currency,
        gap_requested=gap,
        solver=f"HiGHS {version('highspy')}",
        seconds=seconds,
        rows=rows,
        columns=columns,
        non_zeros=non_zeros,
    )
