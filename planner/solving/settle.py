"""From a solution to one plan: whole numbers exactly whole, and ties broken so that one case has one plan."""

from __future__ import annotations

import math
import time

import highspy
import numpy as np

from planner.solving.highs import Run, Solver
from planner.solving.matrix import Floats, Matrix
from planner.solving.signs import SIGNS, with_signs
from planner.solving.solvable import Solvable

TIE_TOLERANCE = 1e-9
"""Plans whose objectives differ by less, as a share, count as equally good."""
FLAT = 1e-9
"""A reduced cost below this is zero: moving the column leaves the objective where it is."""
TIE_NODES = 2000
"""Branches after which the search for a simpler plan stops; a count, not a time, so that it ends alike everywhere."""
NAME_WEIGHT = 0.01
"""What the last name costs more than the first in the tie-break, in money units: far below one system."""


def settle(model: Solvable, solver: Solver, matrix: Matrix, found: Run, seconds: float) -> tuple[list[float], float]:
    """Fixes whole numbers, then takes among equally good plans the one that spends least and names the earliest."""
    costs = _tie_break_costs(model, matrix)
    ends = time.monotonic() + seconds
    best = with_whole_numbers_fixed(solver, matrix, found.values, seconds)
    if not best.has_point:
        best = _with_signs_anew(model, solver, matrix, best, _left(ends))
    if not best.has_point:  # the rounding itself is in the way: the plan goes to the audit as it was found
        values = found.values
        return [float(value) for value in values], float(matrix.cost @ values) + matrix.offset
    if len(matrix.whole) and found.status == "optimal" and relative_gap(found) <= TIE_TOLERANCE:
        best = _simplest_whole_numbers(solver, matrix, best, costs, ends)
    solver.keep_optimal(FLAT)
    solver.costs(costs, maximise=False)
    settled = solver.run(seconds=_left(ends))
    values = settled.values if settled.has_point else best.values
    if len(matrix.whole):
        values[matrix.whole] = np.round(values[matrix.whole])
    return [float(value) for value in values], float(matrix.cost @ values) + matrix.offset


def _simplest_whole_numbers(solver: Solver, matrix: Matrix, best: Run, costs: Floats, ends: float) -> Run:
    """Searches among the plans that are as good for the one with the smallest tie-break; returns it re-optimised."""
    slack = TIE_TOLERANCE * max(1.0, abs(best.objective))
    goal = best.objective - matrix.offset
    row = solver.add_row(*((goal - slack, np.inf) if matrix.maximise else (-np.inf, goal + slack)), matrix.cost)
    solver.costs(costs, maximise=False)
    solver.bound(matrix.whole, matrix.lower[matrix.whole], matrix.upper[matrix.whole])
    solver.whole(matrix.whole)
    solver.start_from(best.values)
    solver.set("mip_max_nodes", TIE_NODES)
    simpler = solver.run(gap=0.0, seconds=_left(ends))
    solver.set("mip_max_nodes", highspy.kHighsIInf)
    solver.free_row(row)
    solver.costs(matrix.cost, maximise=matrix.maximise)
    settled = with_whole_numbers_fixed(solver, matrix, simpler.values, _left(ends)) if simpler.has_point else best
    return settled if settled.has_point else with_whole_numbers_fixed(solver, matrix, best.values, _left(ends))


def _left(ends: float) -> float:
    """Seconds until then; one at least, since what was set up for a run must be run."""
    return max(1.0, ends - time.monotonic())


def with_whole_numbers_fixed(solver: Solver, matrix: Matrix, values: Floats, seconds: float = math.inf) -> Run:
    """Solves the linear programme that is left when every whole-number decision is made."""
    fixed = np.round(values[matrix.whole])
    solver.whole(matrix.whole, on=False)
    solver.bound(matrix.whole, fixed, fixed)
    run = solver.run(seconds=seconds)
    if len(matrix.whole):
        run.values[matrix.whole] = fixed
    return run


def _with_signs_anew(model: Solvable, solver: Solver, matrix: Matrix, run: Run, seconds: float) -> Run:
    """Reads off anew which way the tax of each year goes, now that all other whole numbers are exactly whole.

    Rounding a millionth of a system away can turn a profit of nothing into a loss of nothing.
    """
    signs = np.array([i for i in matrix.whole if model.columns[i].kind in SIGNS], dtype=np.int32)
    if not len(signs):
        return run
    solver.bound(signs, matrix.lower[signs], matrix.upper[signs])
    freed = solver.run(seconds=seconds)
    signed = with_signs(model, freed.values) if freed.has_point else None
    return run if signed is None else with_whole_numbers_fixed(solver, matrix, signed, seconds)


def _tie_break_costs(model: Solvable, matrix: Matrix) -> Floats:
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


def relative_gap(run: Run) -> float:
    """How much better a plan could at most be, as a share of the objective."""
    return abs(run.bound - run.objective) / max(1.0, abs(run.objective))
