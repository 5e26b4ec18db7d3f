"""The best plan in fractions: a bound on every plan, found in a moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.errors import NoProofError
from planner.solving.highs import Solver
from planner.solving.matrix import Floats, Integers, Matrix
from planner.solving.search_state import lp_method


@dataclass(frozen=True)
class InFractions:
    """The linear programme of a problem."""

    bound: float
    """No plan is better, in the unit of the model's objective."""
    values: Floats
    prices: Floats
    """Of the rows."""


def in_fractions(matrix: Matrix, seconds: float) -> InFractions | None:
    """Solves a problem whose whole numbers may be fractions; None where there is not even such a plan.

    Raises:
        NoProofError: it was not solved in time.
    """
    solver = Solver(matrix)
    solver.whole(matrix.whole, on=False)
    with solver.options(solver=lp_method(solver)):
        run = solver.run(seconds=seconds)
    if run.status not in ("optimal", "limit"):  # only the simplex method is believed that there is no plan
        run = solver.run(seconds=seconds)
    if run.status.startswith("infeasible"):
        return None
    if run.status != "optimal":
        raise NoProofError(f"the linear programme was not solved within {seconds:g} s")
    return InFractions(run.objective, run.values, np.array(solver.highs.getSolution().row_dual))


class Screen:
    """One problem in fractions with some columns held to one set of numbers after another."""

    def __init__(self, matrix: Matrix, columns: Integers) -> None:
        self.upper, self.columns = matrix.upper[columns], columns
        self.solver = Solver(matrix)
        self.solver.whole(matrix.whole, on=False)

    def bound(self, numbers: Floats, seconds: float) -> float | None:
        """No plan with these numbers is better; None where there is none. Infinite where that was not found in time."""
        if (numbers > self.upper).any():
            return None
        self.solver.bound(self.columns, numbers, numbers)
        run = self.solver.run(seconds=seconds)
        if run.status.startswith("infeasible"):
            return None
        if run.status == "optimal":
            return run.objective
        return np.inf if self.solver.matrix.maximise else -np.inf
