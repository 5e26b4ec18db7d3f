"""A search begun at another plan: its whole numbers, and the branches that its own search had left.

A case that differs by a figure mostly has its best plan, and its bound, near those of the case that it came from. A
plan counts as the incumbent only after its whole numbers were worked out anew with the figures at hand, and a branch
gives a bound only by its own linear programme: so neither can make an answer wrong, only soon found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from planner.decisions import Decisions
from planner.model.build import Model
from planner.outcome.warm_start import Branch, Named, WarmStart
from planner.solving.fixed import fixed_at
from planner.solving.highs import Run, Solver
from planner.solving.incumbent import LEAST_SECONDS
from planner.solving.matrix import Floats
from planner.solving.solvable import Solvable


def begun(model: Solvable, solver: Solver, start: WarmStart, seconds: float) -> Run | None:
    """The best of the plans to start from that is a plan here; None where none is. The solver takes the branches.

    Args:
        model: what is planned.
        solver: holds its problem, perhaps with further rows or another objective.
        start: where to begin.
        seconds: time limit.
    """
    index: dict[Named, int] = {(column.kind, column.key): column.index for column in model.columns}
    solver.branches = tuple(_here(index, start.branches))
    best: Run | None = None
    alike = [(plan,) * len(model.parts) for plan in start.plans]
    for plans in (*alike, *start.side_by_side):
        values = np.zeros(len(model.columns))
        for (first, part), plan in zip(model.parts, plans, strict=True):
            values[first : first + len(part.columns)] = whole_numbers(part, plan)
        found = fixed_at(model, solver.matrix, values, max(LEAST_SECONDS, seconds))
        if found is not None and (best is None or solver.matrix.is_better(found.run.objective, best.objective)):
            best = found.run
    return best


def whole_numbers(model: Model, plan: Decisions) -> Floats:
    """The columns with the whole-number decisions of a plan; which way a tax year goes is left to be worked out."""
    decide, values = model.decide, np.zeros(len(model.columns))
    named = [(decide.order.get(order), number) for order, number in plan.order.items()]
    named += [(decide.exit.get(leaving), number) for leaving, number in plan.exit.items()]
    for column, number in named:
        if column is not None:
            values[column.index] = number
    for (name, t), built in decide.built.items():
        values[built.index] = sum(number for (one, u), number in plan.expand.items() if one == name and u <= t)
    for (name,), join in decide.join.items():
        values[join.index] = bool(plan.join.get(name, False))
    for year in model.coefficients.tax.years[:1]:  # a year with profit and loss obeys nothing: all are worked out anew
        both = 1.0 + model.coefficients.tax.opening_loss
        values[decide.gain[year.name,].index] = values[decide.loss[year.name,].index] = both
    return values


def branches_left(model: Solvable, solver: Solver) -> tuple[Branch, ...]:
    """The branches that a search left, by the names of their columns."""
    columns = model.columns
    return tuple(
        {(columns[index].kind, columns[index].key): bounds for index, bounds in branch.items()}
        for branch in solver.branches
    )


def _here(index: dict[Named, int], branches: Sequence[Branch]) -> Iterator[dict[int, tuple[float, float]]]:
    """The branches that a model has: what it does not know is nothing in it, which a branch may rule out."""
    for branch in branches:
        if all(low <= 0.0 for name, (low, _) in branch.items() if name not in index):
            yield {index[name]: bounds for name, bounds in branch.items() if name in index}
