"""The linear programme that is left when every whole-number decision is made, solved as exactly as doubles allow.

What a search for whole numbers returns is a claim: a whole number may be off by a millionth, and where it switches a
row by a large number (big-M) that millionth is money. So each plan that is found is worked out again with its whole
numbers exactly whole (fixed-MIP LP). A row that the tax of a year switches is left out where it is off, and stands
without its large number where it is on: the largest coefficient that is left is a price, and amounts come out to a
millionth of a yen.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from planner.solving.highs import Run, Solver
from planner.solving.indicators import indicator_columns, read_indicators
from planner.solving.matrix import Floats, Integers, Matrix
from planner.solving.solvable import Solvable

HOLDS = 1e-6
"""How far a plan may break a limit, as a share of it, and still be a plan; HiGHS allows whole-number plans as much."""
MOST_LOOKS = 100
"""Linear programmes for the way that the tax of each year goes, where it cannot be read off the plan."""
TINY = float(np.finfo(float).tiny)


@dataclass(frozen=True)
class Fixed:
    """A plan with whole numbers exactly whole, and the linear programme that it is the best point of."""

    run: Run
    solver: Solver
    """Holds the problem without switched rows; its columns are those of the model."""


def fixed_at(
    model: Solvable, matrix: Matrix, values: Floats, seconds: float = math.inf, *, keeps_covenants: bool = True
) -> Fixed | None:
    """The best plan with the whole numbers of another one; None where there is none, or no time to find it.

    Args:
        model: says which whole numbers are signs of tax years; those are read off the amounts of the plan.
        matrix: the problem.
        values: a plan whose other whole numbers may be off by what the solver tolerates.
        seconds: time limit.
        keeps_covenants: whether a plan that breaks a covenant is none; otherwise the problem has columns that give way.
    """
    ends = time.monotonic() + seconds
    indicators = indicator_columns(model)
    whole, broken = read_indicators(model, values, keeps_covenants=keeps_covenants)
    whole[matrix.whole] = np.round(whole[matrix.whole])
    found = _solved(matrix, whole, indicators, ends) if broken is None else None
    if found is None and len(indicators):
        whole[indicators] = np.nan
        found = _with_indicators_anew(model, matrix, whole, indicators, ends, keeps_covenants)
    return found if found is None or matrix.violation(found.run.values) <= HOLDS else None


def _with_indicators_anew(
    model: Solvable, matrix: Matrix, values: Floats, indicators: Integers, ends: float, keeps_covenants: bool
) -> Fixed | None:
    """The best plan with these whole numbers, whichever way the tax of each year goes.

    Each way is a linear programme without any large number: years that the plan does not obey are tried both ways.
    """
    best: Fixed | None = None
    stack = [values]
    for _ in range(MOST_LOOKS):
        if not stack or time.monotonic() > ends:
            break
        branch = stack.pop()
        found = _solved(matrix, branch, indicators, ends)
        if found is None or (best is not None and not matrix.is_better(found.run.objective, best.run.objective)):
            continue
        signed, broken = read_indicators(model, found.run.values, keeps_covenants=keeps_covenants)
        if broken is not None:
            stack += [np.where(np.arange(len(branch)) == broken, way, branch) for way in (1.0, 0.0)]
            continue
        obeyed = _solved(matrix, signed, indicators, ends)
        if obeyed is not None and (best is None or matrix.is_better(obeyed.run.objective, best.run.objective)):
            best = obeyed
    return best


def _solved(matrix: Matrix, values: Floats, indicators: Integers, ends: float) -> Fixed | None:
    """The best plan with these whole numbers; a sign that is not a number is left open, without what it switches."""
    reduced = _reduced(matrix, values, indicators)
    solver = Solver(reduced)
    run = solver.run(seconds=max(0.0, ends - time.monotonic()))
    if run.status != "optimal":
        return None
    point = solver.refined(run.values)
    point[matrix.whole] = np.nan_to_num(values[matrix.whole])
    objective = matrix.objective_of(point)
    return Fixed(replace(run, objective=objective, bound=objective, values=point), solver)


def _reduced(matrix: Matrix, values: Floats, indicators: Integers) -> Matrix:
    """The problem with whole numbers fixed, and without the large numbers that switch rows."""
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    lower[matrix.whole] = upper[matrix.whole] = np.nan_to_num(values[matrix.whole])
    row_of, rows = matrix.row_of, len(matrix.row_lower)
    switches = np.isin(matrix.indexes, indicators)
    switch = np.bincount(row_of, weights=np.where(switches, matrix.values, 0.0), minlength=rows)
    taken = np.bincount(row_of[switches], weights=(matrix.values * values[matrix.indexes])[switches], minlength=rows)
    loosest = np.where(np.isinf(matrix.row_lower), np.minimum(switch, 0.0), np.maximum(switch, 0.0))
    off = (switch != 0) & ((taken == loosest) | np.isnan(taken))
    kept = ~off[row_of] & ~switches
    size = np.zeros(rows)
    np.maximum.at(size, row_of[kept], np.abs(matrix.values[kept]))
    scale = np.where((switch != 0) & (size > 0), 1.0 / np.maximum(size, TINY), 1.0)
    counts = np.bincount(row_of[kept], minlength=rows)[~off]
    return replace(
        matrix,
        lower=lower,
        upper=upper,
        whole=np.array([], dtype=np.int32),
        row_lower=((matrix.row_lower - taken) * scale)[~off],
        row_upper=((matrix.row_upper - taken) * scale)[~off],
        starts=np.array([0, *np.cumsum(counts)], dtype=np.int32),
        indexes=matrix.indexes[kept],
        values=(matrix.values * scale[row_of])[kept],
    )
