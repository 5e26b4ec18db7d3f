"""From a solution to one plan: whole numbers exactly whole, and ties broken so that one case has one plan.

A lexicographic re-solve: among plans that are equally good by the objective, the one that is worth most comes first,
then the one that spends least, then the one that names the earliest. No step may give up what an earlier one reached.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from planner.model.linear import LinearExpression, Row
from planner.solving.fixed import HOLDS, Fixed, fixed_at
from planner.solving.highs import Run, Solver
from planner.solving.incumbent import LEAST_SECONDS, TIE_TOLERANCE, relative_gap
from planner.solving.indicators import indicator_columns
from planner.solving.matrix import Floats, Matrix
from planner.solving.search import search
from planner.solving.solvable import Solvable
from planner.vocabulary.constraints.pool import FURTHER

FLAT = 1e-9
"""A reduced cost below this is zero: moving the column leaves the objective where it is."""
WORTH_NODES = 4_000
"""Branches after which the search for the plan worth most among equally good ones ends with what it has."""
TIE_NODES = 2000
"""Branches after which the search for a simpler plan stops; a count, not a time, so that it ends alike everywhere."""
CANCELLED = 1e-9
"""A weight up to this share of the largest is what rounding left of one that cancels, or as little beside a large
price; the solver drops weights up to this size, and would hold another row than was handed over."""
NAME_WEIGHT = 0.01
"""What the last name costs more than the first in the tie-break, in money units: far below one system."""


def lexicographic_resolve(model: Solvable, matrix: Matrix, found: Run, gap: float, seconds: float) -> Run:
    """Among equally good plans the one that is worth most, spends least and names the earliest; never a worse one.

    Args:
        model: what is planned.
        matrix: its problem.
        found: the plan that the search found.
        gap: relative gap at which a search for a better objective may stop.
        seconds: time limit.
    """
    ends = time.monotonic() + seconds
    best = fixed_at(model, matrix, found.values, _left(ends))
    if best is None or _is_worse(matrix, best.run, found):  # no time was left to work it out anew
        return found
    if model.second_objective is not None:
        best = _worth_most(model, matrix, best, gap, ends)
    if found.status == "optimal" and relative_gap(found) <= TIE_TOLERANCE:
        best = _simplest_whole_numbers(model, matrix, best, ends)
    settled = settled_amounts(model, matrix, best, ends)
    kept = best.run if settled is None or _is_worse(matrix, settled, best.run) else settled
    return replace(kept, status=found.status, bound=found.bound)


def _is_worse(matrix: Matrix, one: Run, other: Run) -> bool:
    """Whether the objective of a plan is worse than that of another by more than a tie."""
    allowed = TIE_TOLERANCE * max(1.0, abs(other.objective))
    return matrix.is_better(other.objective, one.objective + (allowed if matrix.maximise else -allowed))


def _worth_most(model: Solvable, matrix: Matrix, best: Fixed, gap: float, ends: float) -> Fixed:
    """Searches among the plans that are as good by the objective for the one with the highest net present value.

    An objective that counts no money leaves money lying: a grant that asks for nothing is not claimed. Every plan that
    reaches what was found is at least as good, so this needs no proof that it is the best.
    """
    assert model.second_objective is not None
    among = _as_good(matrix, best.run.objective, model.second_objective)
    start = replace(best.run, objective=among.objective_of(best.run.values))
    richer = search(model, Solver(among), gap=gap, seconds=_left(ends), start=start, nodes=WORTH_NODES)
    if not richer.has_point:
        return best
    found = fixed_at(model, matrix, richer.values, _left(ends))
    return best if found is None or _is_worse(matrix, found.run, best.run) else found


def _as_good(matrix: Matrix, objective: float, goal: LinearExpression) -> Matrix:
    """The same problem with another objective, for plans as good as this by the first one."""
    slack, floor = TIE_TOLERANCE * max(1.0, abs(objective)), objective - matrix.offset
    size = max(1.0, float(np.abs(matrix.cost).max(initial=0.0)))
    used = np.flatnonzero(np.abs(matrix.cost) > CANCELLED * size).tolist()
    left = LinearExpression({index: float(matrix.cost[index]) / size for index in used})
    good = left >= (floor - slack) / size if matrix.maximise else left <= (floor + slack) / size
    return matrix.with_rows([Row(FURTHER, (), good)]).with_objective(goal, maximise=True)


def _simplest_whole_numbers(model: Solvable, matrix: Matrix, best: Fixed, ends: float) -> Fixed:
    """Searches among the plans that are as good for the one with the smallest tie-break.

    Which way the tax of each year goes stays as it is: it is no decision, and open it would hide a loss in a tolerance.
    """
    cost = _tie_break_costs(model, matrix)
    among = replace(_as_good(matrix, best.run.objective, LinearExpression()), cost=cost, offset=0.0, maximise=False)
    solver, indicators = Solver(among), indicator_columns(model)
    solver.bound(indicators, best.run.values[indicators], best.run.values[indicators])
    solver.whole(matrix.whole)
    solver.mip_start(best.run.values)
    simpler = solver.run(gap=0.0, seconds=_left(ends), nodes=TIE_NODES)
    if not simpler.has_point:
        return best
    found = fixed_at(model, matrix, simpler.values, _left(ends))
    return best if found is None or _is_worse(matrix, found.run, best.run) else found


def settled_amounts(model: Solvable, matrix: Matrix, best: Fixed, ends: float) -> Run | None:
    """The same whole numbers, with the amounts that are left free chosen by one further objective after another."""
    solver, run = best.solver, None
    for cost, maximise in _further_objectives(model, matrix):
        solver.keep_optimal(FLAT)
        solver.costs(cost, maximise=maximise)
        found = solver.run(seconds=_left(ends))
        if found.status != "optimal":
            break
        run = found
    if run is None:
        return None
    values = solver.refined(run.values)
    values[matrix.whole] = best.run.values[matrix.whole]
    return (
        replace(run, values=values, objective=matrix.objective_of(values))
        if matrix.violation(values) <= HOLDS
        else None
    )


def _further_objectives(model: Solvable, matrix: Matrix) -> Iterator[tuple[Floats, bool]]:
    if model.second_objective is not None:
        yield matrix.weights(model.second_objective), True
    yield _tie_break_costs(model, matrix), False


def _left(ends: float) -> float:
    """Seconds until then; some at least, since what was set up for a run must be run."""
    return max(LEAST_SECONDS, ends - time.monotonic())


def _tie_break_costs(model: Solvable, matrix: Matrix) -> Floats:
    """What the tie-break makes small: what is spent, and then amounts and names; but what owners get has no name to
    pay for."""
    cost = matrix.weights(model.tie_break)
    to_owners = [column.index for column in model.columns if column.kind == "dividend"]
    paid = cost[to_owners]
    rank = np.arange(1, len(cost) + 1) / len(cost)
    cost += NAME_WEIGHT / 10 * rank
    if len(matrix.whole):
        cost[matrix.whole] += NAME_WEIGHT * np.arange(1, len(matrix.whole) + 1) / len(matrix.whole)
    free = np.isinf(matrix.lower)
    cost[free] = 0.0
    cost[to_owners] = paid
    return cost
