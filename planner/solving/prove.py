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
from planner.solving.matrix import Integers, Matrix, matrix_of
from planner.solving.search import GAP_OF_HEAVY, HEAVY, LARGE, TIME_OF_HEAVY
from planner.solving.settle import relative_gap, with_whole_numbers_fixed
from planner.solving.solvable import Solvable


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
        self.model, self.matrix, self.asked = model, matrix, asked
        self.deadline = time.monotonic() + seconds
        self.progress = progress
        self.sign = 1.0 if matrix.maximise else -1.0
        self.bound = self.sign * math.inf
        self.exact: Fraction | None = None
        values = np.zeros(len(matrix.cost))
        for index, value in known.items():
            values[index] = value
        self.start = with_whole_numbers_fixed(Solver(matrix), matrix, values, seconds)
        self.solver = Solver(matrix)
        self.solver.set("mip_allow_restart", False)

    def proven(self) -> Proven:
        """Goes on until the question is answered or the time is over."""
        found = self.start
        for step in (self._in_fractions, self._heavy, self._at_once):
            if self._is_answered(found) or self._left() <= 0:
                break
            found = step(found)
        size = self.model.goal.size
        exact = None if self.exact is None else outwards(self.exact * Fraction(size), up=self.matrix.maximise)
        better = [float(value) for value in found.values] if self._is_better(found) else None
        return Proven(self.bound * size, exact, better, self.matrix.shape)

    def _in_fractions(self, found: Run) -> Run:
        solver = self.solver
        solver.whole(self.matrix.whole, on=False)
        solver.set("solver", self._method())
        run = solver.run(seconds=self._left())
        solver.set("solver", "choose")
        if run.status == "optimal":
            solver.keep_prices()
            assert solver.prices is not None
            prices, model = solver.prices.tolist(), self.model
            self.exact = dual_bound(
                model.columns, model.rows, model.objective, prices, more_is_better=model.more_is_better
            )
            self._tighten(run.bound if self.exact is None else float(self.exact))
        return found

    def _heavy(self, found: Run) -> Run:
        columns = self._columns(*HEAVY)
        if len(columns):
            self.solver.whole(columns)
            self.solver.set("mip_lp_solver", self._method())
            run = self.solver.run(gap=GAP_OF_HEAVY * self._gap(found), seconds=TIME_OF_HEAVY * self._left())
            self.solver.whole(columns, on=False)
            if not run.status.startswith("infeasible"):
                self._tighten(run.bound)
        return found

    def _at_once(self, found: Run) -> Run:
        """Where a search finds a plan that is better, but not better than the bound, the next one goes on from it."""
        self.solver.whole(self.matrix.whole)
        while not self._is_answered(found) and self._left() > 0:
            if found.has_point:
                self.solver.start_from(found.values)
            run = self.solver.run(gap=self._gap(found), seconds=self._left(), progress=self._told())
            if run.status.startswith("infeasible"):  # not believed beside a plan
                break
            self._tighten(run.bound)
            if not run.has_point or (found.has_point and self.sign * (run.objective - found.objective) <= 0):
                break
            found = run
        return found

    def _gap(self, found: Run) -> float:
        """How far a bound may be from this plan to be no wider than the one in question."""
        return max(EXACT, relative_gap(replace(found, bound=self.asked)) if found.has_point else 0.0)

    def _columns(self, *kinds: str) -> Integers:
        return np.array([i for i in self.matrix.whole if self.model.columns[i].kind in kinds], dtype=np.int32)

    def _method(self) -> str:
        return "ipx" if self.matrix.shape[2] >= LARGE else "choose"

    def _tighten(self, bound: float) -> None:
        if math.isfinite(bound):
            self.bound = self.sign * min(self.sign * self.bound, self.sign * bound)

    def _passes(self, value: float) -> bool:
        """Whether a value is better than the bound in question by more than rounding."""
        return self.sign * (value - self.asked) > EXACT * max(1.0, abs(self.asked))

    def _is_better(self, found: Run) -> bool:
        return found.has_point and self._passes(found.objective)

    def _is_answered(self, found: Run) -> bool:
        return not self._passes(self.bound) or self._is_better(found)

    def _told(self) -> Progress | None:
        progress, size = self.progress, self.model.goal.size
        return None if progress is None else lambda best, bound: progress(best * size, bound * size)

    def _left(self) -> float:
        return max(0.0, self.deadline - time.monotonic())
