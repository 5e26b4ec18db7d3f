"""The best plan that a search had found before it was ended: completed where it was not yet whole, and worked out."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from planner.errors import NoProofError
from planner.model.build import Model
from planner.solving.fixed import fixed_at
from planner.solving.highs import Solver
from planner.solving.incumbent import Incumbent
from planner.solving.matrix import Floats, matrix_of
from planner.solving.search import search_on
from planner.solving.search_state import TIME_OF_ORDERS, WHOLE_TOLERANCE
from planner.solving.solve import Solution, proof_of

SHARE_OF_ORDERS, SHARE_OF_OTHERS = 0.5, 0.25
"""Shares of the time for orders that are not whole yet, and for each of the two steps behind them."""


def complete(model: Model, values: Floats, bound: float, *, gap: float, seconds: float) -> Solution:
    """Keeps every whole number of a plan that was found, finds the others, and works out the rest.

    Args:
        model: the model that the plan was found for.
        values: its columns as they were recorded; blocks and programmes are whole, the others perhaps not.
        bound: no plan is better.
        gap: relative gap that was asked for.
        seconds: time that is left; who is ended from outside has little.

    Raises:
        NoProofError: it could not be completed in time.
    """
    began = time.monotonic()
    matrix = matrix_of(model.problem)
    solver = Solver(matrix)
    orders = [index for index in matrix.whole if model.columns[index].kind == "order"]
    if not _are_whole(values[orders]).all():
        allowed = SHARE_OF_ORDERS * seconds / TIME_OF_ORDERS
        values = search_on(model, solver, values, gap=gap, seconds=allowed).values
    near = _are_whole(values[matrix.whole])
    kept, open_ = matrix.whole[near], matrix.whole[~near]
    if len(open_):
        solver.bound(kept, np.round(values[kept]), np.round(values[kept]))
        solver.whole(open_)
        values = solver.run(gap=gap, seconds=SHARE_OF_OTHERS * seconds).values
    fixed = fixed_at(model, matrix, values, SHARE_OF_OTHERS * seconds)
    if fixed is None:
        raise NoProofError(
            "the plan that was found before the end is not whole yet and could not be completed; nothing was written"
        )
    held = Incumbent(model, matrix)
    held.limit(bound)
    held.offer(fixed.run, SHARE_OF_OTHERS * seconds)
    proof = proof_of(model, matrix, held.plan, gap, time.monotonic() - began)
    return Solution([float(value) for value in held.plan.values], proof)


def _are_whole(values: Floats) -> NDArray[np.bool_]:
    return np.abs(values - np.round(values)) <= WHOLE_TOLERANCE
