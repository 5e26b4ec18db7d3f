"""Finds a whole-number plan and a bound on how much better any plan could be.

Thousands of whole-number columns hardly move the objective, and left to themselves they keep the solver from closing
the gap on the few that do. So the decisions are made whole in the order of their weight: first blocks and programmes,
whose bound holds for the whole problem since everything else may still be fractional; then orders, with those fixed;
then early exits, with orders fixed. Orders are looked for within one system of the answer in fractions, which is a
small problem; where that finds none or misses the gap by little, among all orders. The whole numbers of the tax years
are read off the plan that is found. Only if plan and bound still do not meet within the gap, is the problem solved in
one piece, from the best plan on.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.errors import NoProofError
from planner.outcome import Progress, Recorder
from planner.solving.branches import in_branches
from planner.solving.highs import Run, Solver
from planner.solving.matrix import Floats, Integers, Matrix
from planner.solving.settle import TIE_TOLERANCE, relative_gap
from planner.solving.signs import SIGNS, with_signs
from planner.solving.solvable import Solvable

HEAVY, LIGHT = ("built", "join"), ("order", "exit")
"""Kinds of whole-number decisions that move the objective most."""
GAP_OF_HEAVY, GAP_OF_ORDERS, GAP_OF_EXITS = 0.4, 0.3, 0.2
"""Share of the allowed gap that each stage may use up."""
TIME_OF_HEAVY, TIME_OF_ORDERS, TIME_OF_EXITS = 0.4, 0.2, 0.2
"""Share of the time that is left which each stage may take."""
MOST_BRANCHES, TIME_OF_BRANCHES = 40, 0.1
"""Linear programmes, and share of the time, for a proof that there is no plan where a programme is joined in part."""
NEAR_MISS = 3.0
"""Up to this multiple of the allowed gap it is worth another look at all orders before the problem as a whole."""
WHOLE_TOLERANCE = 1e-6
"""How far a value may be from a whole number and still be taken for it; HiGHS uses the same."""
LARGE = 50_000
"""Non-zeros from which the interior-point method beats the simplex method on the first linear programme, threefold."""


def search(
    model: Solvable,
    solver: Solver,
    matrix: Matrix,
    *,
    gap: float,
    seconds: float,
    progress: Progress | None,
    recorder: Recorder | None = None,
) -> Run:
    """The best whole-number plan found, with a bound that holds for every plan."""
    return _Search(model, solver, matrix, gap, time.monotonic() + seconds, progress, recorder).best_plan()


def search_on(
    model: Solvable, solver: Solver, matrix: Matrix, values: Floats, *, gap: float, seconds: float, near: bool = True
) -> Run:
    """A whole-number plan with the blocks and programmes of these columns, and orders near theirs, or any orders."""
    start = Run("limit", True, math.nan, math.nan, values)
    return _Search(model, solver, matrix, gap, time.monotonic() + seconds, None)._orders_then_exits(start, near=near)


@dataclass
class _Search:
    """One search; every step but the last, in one piece, leaves all columns fractional and all bounds as they were."""

    model: Solvable
    solver: Solver
    matrix: Matrix
    gap: float
    deadline: float
    progress: Progress | None
    recorder: Recorder | None = None
    bound: float = math.nan
    recorded: tuple[int, float] = (0, -math.inf)
    """How much of the plan that was recorded last is whole, and how good it is; larger is better."""

    def best_plan(self) -> Run:
        relaxed = self._relaxed()
        if relaxed.status != "optimal":
            return relaxed
        if _is_whole(relaxed.values, self._columns(*HEAVY, *LIGHT)):
            signed = with_signs(self.model, relaxed.values)
            if signed is not None:
                return replace(relaxed, values=signed)
        if not _is_whole(relaxed.values, self._columns("join")) and self._is_ruled_out():
            return replace(relaxed, status="infeasible", has_point=False)
        self.bound = relaxed.bound
        self.solver.set("mip_allow_restart", False)  # restarts cost a third of the time or more
        heavy = self._heavy(relaxed)
        if heavy.status.startswith("infeasible"):
            return replace(heavy, status="infeasible")
        run = self._orders_then_exits(heavy, near=True) if heavy.has_point else heavy
        if heavy.has_point and (not run.has_point or self.gap < self._gap(run) <= NEAR_MISS * self.gap):
            run = self._better(run, self._orders_then_exits(heavy, near=False))
        if not (run.has_point and self._is_good_enough(run)):
            run = self._in_one_piece(run)
        if not run.has_point:
            return run
        return replace(run, bound=self._held(run), status="optimal" if self._is_good_enough(run) else "limit")

    def _is_ruled_out(self) -> bool:
        """Whether it is soon proven that there is no plan: a programme is neither joined nor left out in any.

        The solver does not branch on that first, and may look for minutes.
        """
        ends = time.monotonic() + self._left(TIME_OF_BRANCHES)
        try:
            return in_branches(self.solver, self.matrix, self.model.columns, ends, MOST_BRANCHES) is None
        except NoProofError:
            return False

    def _relaxed(self) -> Run:
        """The best plan in fractions."""
        self.solver.whole(self.matrix.whole, on=False)
        self.solver.set("solver", self._method())
        run = self.solver.run(seconds=self._left())
        self.solver.set("solver", "choose")
        if run.status not in ("optimal", "limit"):  # only the simplex method is believed that there is no plan
            run = self.solver.run(seconds=self._left())
        return run

    def _method(self) -> str:
        return "ipx" if self.matrix.shape[2] >= LARGE else "choose"

    def _heavy(self, relaxed: Run) -> Run:
        """Blocks and programmes whole, all else in fractions: its bound holds for every plan."""
        columns = self._columns(*HEAVY)
        if _is_whole(relaxed.values, columns):
            return relaxed
        self.solver.whole(columns)
        self.solver.set("mip_lp_solver", self._method())
        told = self._only_the_bound(first=True)
        seconds, found = self._left(TIME_OF_HEAVY), self._recording()
        run = self.solver.run(gap=self.gap * GAP_OF_HEAVY, seconds=seconds, progress=told, found=found)
        self.solver.whole(columns, on=False)
        self.solver.set("mip_lp_solver", "choose")
        self.bound = self._tighter(self.bound, run.bound)
        return run

    def _orders_then_exits(self, heavy: Run, *, near: bool) -> Run:
        """Orders whole, with blocks and programmes as found; then early exits, with the orders as found."""
        self._fix(self._columns(*HEAVY), heavy.values)
        orders = self._columns("order")
        if near:
            self._stay_near(orders, heavy.values)
        run = self._made_whole(heavy, orders, GAP_OF_ORDERS, TIME_OF_ORDERS)
        if run.has_point:
            self._fix(orders, run.values)
            run = self._made_whole(run, self._columns("exit"), GAP_OF_EXITS, TIME_OF_EXITS)
        if run.has_point:
            run = self._signed(run)
        if run.has_point:
            self._record(run.values, run.objective)
        whole = self.matrix.whole
        self.solver.bound(whole, self.matrix.lower[whole], self.matrix.upper[whole])
        return run

    def _signed(self, run: Run) -> Run:
        """The way that the tax of each year goes, read off the plan; searched for where the plan leaves it open."""
        signed = with_signs(self.model, run.values)
        if signed is not None:
            return replace(run, values=signed)
        self._fix(self._columns("exit"), run.values)
        return self._made_whole(run, self._columns(*SIGNS), GAP_OF_EXITS, TIME_OF_EXITS)

    def _made_whole(self, run: Run, columns: Integers, share_of_gap: float, share_of_time: float) -> Run:
        """Solves on with these columns whole, unless they are whole already."""
        if _is_whole(run.values, columns):
            return run
        self.solver.whole(columns)
        told, seconds = self._only_the_bound(first=False), self._left(share_of_time)
        found = self.solver.run(gap=self.gap * share_of_gap, seconds=seconds, progress=told, found=self._recording())
        self.solver.whole(columns, on=False)
        return found

    def _in_one_piece(self, start: Run) -> Run:
        """All decisions at once; the better of what this finds and the plan that it starts from."""
        self.solver.set("mip_lp_solver", self._method())
        self.solver.whole(self.matrix.whole)
        if start.has_point:
            self.solver.start_from(start.values)
        told, found = self._all_told(), self._recording()
        run = self.solver.run(gap=self.gap, seconds=self._left(), progress=told, found=found)
        self.solver.set("mip_lp_solver", "choose")
        if run.status.startswith("infeasible"):  # not believed beside a plan, and its bound bounds nothing
            return start if start.has_point else run
        self.bound = self._tighter(self.bound, run.bound)
        return self._better(start, run)

    def _recording(self) -> Callable[[Floats, float], None] | None:
        return None if self.recorder is None else self._record

    def _record(self, values: Floats, objective: float) -> None:
        """Tells of a better plan on the way, for whoever goes on from here if this process is ended.

        A plan with whole orders is better than one that has only its blocks whole, whatever their objectives.
        """
        if self.recorder is None:
            return
        signed = with_signs(self.model, values)
        stages = [self._columns("order"), self._columns("exit")]
        whole = next((n for n, columns in enumerate(stages) if not _is_whole(values, columns)), len(stages))
        worth = (whole + (whole == len(stages) and signed is not None), objective * (1 if self.matrix.maximise else -1))
        if worth > self.recorded:
            self.recorded = worth
            self.recorder.plan_so_far(values if signed is None else signed, self.bound)

    def _all_told(self) -> Progress | None:
        """Whoever looks on, and the recorder, told while the problem is solved in one piece."""
        progress, recorder = self.progress, self.recorder
        if recorder is None:
            return progress

        def told(best: float, bound: float) -> None:
            recorder.bound(self._tighter(self.bound, bound))
            if progress is not None:
                progress(best, bound)

        return told

    def _better(self, one: Run, other: Run) -> Run:
        sign = 1.0 if self.matrix.maximise else -1.0
        keep = one.has_point and not (other.has_point and sign * other.objective > sign * one.objective)
        return one if keep else other

    def _stay_near(self, orders: Integers, values: Floats) -> None:
        """Bounds orders to one system more or less than the answer in fractions; what it does not order stays out."""
        down, up = np.floor(values[orders] + WHOLE_TOLERANCE), np.ceil(values[orders] - WHOLE_TOLERANCE)
        lower = np.maximum(down - 1, self.matrix.lower[orders])
        upper = np.minimum(np.where(up > 0, up + 1, 0), self.matrix.upper[orders])
        self.solver.bound(orders, lower, upper)

    def _fix(self, columns: Integers, values: Floats) -> None:
        fixed = np.round(values[columns])
        self.solver.bound(columns, fixed, fixed)

    def _columns(self, *kinds: str) -> Integers:
        return np.array([i for i in self.matrix.whole if self.model.columns[i].kind in kinds], dtype=np.int32)

    def _held(self, run: Run) -> float:
        """The bound, no tighter than the plan itself: the solver may pass it by its tolerance."""
        return max(self.bound, run.objective) if self.matrix.maximise else min(self.bound, run.objective)

    def _gap(self, run: Run) -> float:
        return relative_gap(replace(run, bound=self._held(run)))

    def _is_good_enough(self, run: Run) -> bool:
        return self._gap(run) <= max(self.gap, TIE_TOLERANCE)

    def _tighter(self, one: float, other: float) -> float:
        if not math.isfinite(other):
            return one
        return min(one, other) if self.matrix.maximise else max(one, other)

    def _only_the_bound(self, first: bool) -> Progress | None:
        """While some kinds may still be fractional there is no plan to tell of, only the bound of the first stage."""
        progress, recorder, bound = self.progress, self.recorder, self.bound
        if progress is None and (recorder is None or not first):
            return None

        def told(_best: float, latest: float) -> None:
            if progress is not None:
                progress(-math.inf, latest if first else bound)
            if recorder is not None and first:
                recorder.bound(self._tighter(bound, latest))

        return told

    def _left(self, share: float = 1.0) -> float:
        return max(0.0, share * (self.deadline - time.monotonic()))


def _is_whole(values: Floats, columns: Integers) -> bool:
    return bool(np.all(np.abs(values[columns] - np.round(values[columns])) <= WHOLE_TOLERANCE))
