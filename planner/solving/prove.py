"""Proves a bound anew, from a known plan on: in exact arithmetic, by branching on what is heavy, then at once."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from planner.outcome import EXACT, Progress
from planner.solving.dual_bound import dual_bound
from planner.solving.highs import Run, Solver
from planner.solving.implied_bounds import outwards
from planner.solving.incumbent import Incumbent, relative_gap
from planner.solving.matrix import Matrix, matrix_of
from planner.solving.search import TIME_OF_BRANCHES
from planner.solving.search_state import GAP_OF_HEAVY, HEAVY, LARGE, TIME_OF_HEAVY
from planner.solving.solvable import Solvable
from planner.solving.tightened import tightened


@dataclass(frozen=True)
class Proven:
    """What a search from a known plan on came to, in the unit of the proof."""

    bound: float
    """No plan is better; infinite where nothing was proven."""
    exact: float | None
    """The bound that exact arithmetic proves, rounded outwards."""
    better: list[float] | None
    """The columns of a plan that is better than the bound in question."""
    shape: tuple[int, int, int]
    """Rows, columns and non-zeros of the model."""


def prove(
    model: Solvable, known: dict[int, float], bound: float, *, seconds: float, progress: Progress | None = None
) -> Proven:
    """Looks for a plan that is better than a bound, until there is one, or it is proven that there is none.

    Args:
        model: what was solved.
        known: the whole numbers of a plan, by index of the column; what is left out is zero.
        bound: in the unit of the proof.
        seconds: time limit.
        progress: told of the best plan and the bound, in the unit of the proof.
    """
    return _Search(model, matrix_of(model.problem), known, bound / model.goal.size, seconds, progress).proven()


class _Search:
    """One search; plan and bounds in the unit of the model."""

    def __init__(
        self,
        model: Solvable,
        matrix: Matrix,
        known: dict[int, float],
        asked: float,
        seconds: float,
        progress: Progress | None,
    ) -> None:
        self.model, self.matrix, self.asked, self.progress = model, matrix, asked, progress
        self.deadline = time.monotonic() + seconds
        self.exact: Fraction | None = None
        values = np.zeros(len(matrix.cost))
        values[list(known)] = list(known.values())
        self.incumbent = Incumbent(model, matrix)
        self.incumbent.offer(Run("limit", True, math.nan, math.nan, values), seconds)
        self.solver = Solver(matrix)

    def proven(self) -> Proven:
        """Goes on until the question is answered or the time is over."""
        for step in (self._in_fractions, self._heavy, self._at_once):
            if not self._is_answered() and self._left() > 0:
                step()
        size = self.model.goal.size
        exact = None if self.exact is None else outwards(self.exact * Fraction(size), up=self.matrix.maximise)
        better = [float(value) for value in self.incumbent.plan.values] if self._is_refuted() else None
        return Proven(self.incumbent.bound * size, exact, better, self.matrix.shape)

    def _in_fractions(self) -> None:
        solver, model = self.solver, self.model
        solver.whole(self.matrix.whole, on=False)
        with solver.options(solver=self._method()):
            run = solver.run(seconds=self._left())
        if run.status == "optimal":
            solver.keep_prices()
            assert solver.prices is not None
            self.exact = dual_bound(
                model.columns, model.rows, model.objective, solver.prices.tolist(), more_is_better=model.more_is_better
            )
            self.incumbent.limit(run.bound if self.exact is None else float(self.exact))

    def _heavy(self) -> None:
        columns = np.array([i for i in self.matrix.whole if self.model.columns[i].kind in HEAVY], dtype=np.int32)
        if not len(columns):
            return
        self.solver.whole(columns)
        self.solver.set("mip_lp_solver", self._method())
        run = self.solver.run(gap=GAP_OF_HEAVY * self._gap(), seconds=TIME_OF_HEAVY * self._left())
        self.solver.whole(columns, on=False)
        if not run.status.startswith("infeasible"):
            self.incumbent.limit(run.bound)

    def _at_once(self) -> None:
        """Where a search finds a plan that is better, but not better than the bound, the next one goes on from it."""
        solver = Solver(tightened(self.model, self.matrix, time.monotonic() + TIME_OF_BRANCHES * self._left()))
        solver.set("mip_lp_solver", self._method())
        solver.whole(self.matrix.whole)
        gap = math.inf
        while not self._is_answered() and self._gap() < gap and self._left() > 0:
            gap = self._gap()
            if self.incumbent.has_plan:
                solver.mip_start(self.incumbent.plan.values)
            run = solver.run(gap=gap, seconds=self._left(), progress=self._told())
            if not run.status.startswith("infeasible"):  # not believed beside a plan
                self.incumbent.offer(run, self._left())
                self.incumbent.limit(run.bound)

    def _gap(self) -> float:
        """How far a bound may be from the best plan to be no wider than the one in question."""
        away = relative_gap(replace(self.incumbent.plan, bound=self.asked)) if self.incumbent.has_plan else 0.0
        return max(EXACT, away)

    def _method(self) -> str:
        return "ipx" if self.matrix.shape[2] >= LARGE else "choose"

    def _passes(self, value: float) -> bool:
        """Whether a value is better than the bound in question by more than rounding."""
        allowed = EXACT * max(1.0, abs(self.asked))
        return self.matrix.is_better(value, self.asked + (allowed if self.matrix.maximise else -allowed))

    def _is_refuted(self) -> bool:
        return self.incumbent.has_plan and self._passes(self.incumbent.plan.objective)

    def _is_answered(self) -> bool:
        return self._is_refuted() or not self._passes(self.incumbent.bound)

    def _told(self) -> Progress | None:
        progress, size = self.progress, self.model.goal.size
        return None if progress is None else lambda best, bound: progress(best * size, bound * size)

    def _left(self) -> float:
        return max(0.0, self.deadline - time.monotonic())
