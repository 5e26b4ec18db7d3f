"""The near-optimal set, as in modelling to generate alternatives (MGA): plans nearly as good as the best.

What else they can have least of, and what all of them have in common.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np

from planner.errors import NoProofError
from planner.model.build import Model
from planner.model.linear import Column, LinearExpression, Row, count
from planner.outcome import WarmStart
from planner.solving.branch_and_bound import branch_and_bound
from planner.solving.forced import Forced, best_with
from planner.solving.highs import Solver
from planner.solving.matrix import matrix_of
from planner.solving.search_state import HEAVY, LARGE
from planner.solving.two_ways import in_two_ways
from planner.vocabulary.constraints.pool import FURTHER

ROUNDING = 1e-6
"""How far a bound may miss a whole number and still be it."""
GAP = 0.01
"""How far from the least a search for a second objective may stop, as a share."""
GAP_OF_AMOUNTS = 0.02
"""How far from the least amount its bound may stay while only blocks are whole, as a share."""
NODES = 100
"""Branches after which the search for a bound on an amount ends: a count, so that it ends alike on every machine."""
MOST_SETS = 120
"""Sets of groups that are ruled out one by one to prove that no fewer are enough."""


class NearOptimalPlans:
    """All plans whose objective is at least a floor (at most, where less is better)."""

    def __init__(
        self, model: Model, floor: float, start: WarmStart | None = None, told: Callable[[], None] = lambda: None
    ) -> None:
        """Takes the floor in the unit of the model, where to begin, and whom to tell of searches."""
        self.model, self.floor, self.told = model, floor, told
        self.start = start or WarmStart(())
        good = model.objective >= floor if model.more_is_better else model.objective <= floor
        self.row = Row(FURTHER, (), good)
        self.matrix = matrix_of(model.problem).with_rows([self.row])
        self.solver = Solver(self.matrix)

    def least(self, goal: LinearExpression, below: float, *, gap: float, seconds: float) -> list[float] | None:
        """A good plan with as little of something as can be, and the best of these; None where none is below a mark.

        Args:
            goal: what there should be little of.
            below: at most so much of it there must be; in the unit of the model.
            gap: how far from the best of these plans the search may stop, as a share.
            seconds: time for each of the searches.

        Raises:
            NoProofError: nothing was found and nothing was ruled out in time.
        """
        self.told()
        plan = WarmStart(self.start.plans)  # the branches are those of another objective
        found = best_with(self.model, [self.row], gap=GAP, seconds=seconds, objective=goal, start=plan)
        if found is None or found.bound > below:
            return None
        if found.objective > below:  # within its gap the search may stop at the plan that is known
            found = self._less(goal, found, below, seconds)
        if found is None:
            return None
        most = min(below, found.objective + ROUNDING * max(1.0, abs(found.objective)))
        return self._best([Row(FURTHER, (), goal <= most)], found.values, gap, seconds)

    def _less(self, goal: LinearExpression, known: Forced, below: float, seconds: float) -> Forced | None:
        """Searches on from a plan until one is below a mark, or none can be.

        A row that asks for less instead would leave nothing to begin at, and may keep the solver at its first look.
        """
        self.told()
        gap = (known.objective - below) / 2 / max(1.0, abs(known.objective))
        terms: dict[str, Any] = {"gap": gap, "seconds": seconds, "objective": goal, "known": known.values}
        found = best_with(self.model, [self.row], **terms)
        if found is None or found.bound > below:
            return None
        if found.objective > below:
            raise NoProofError(f"nothing less was found and nothing was ruled out within {seconds:g} s")
        return found

    def without(
        self, groups: Sequence[Sequence[Column]], off: Collection[int], *, gap: float, seconds: float
    ) -> list[float] | None:
        """A good plan that uses none of some groups of columns."""
        self.told()
        rows = [Row(FURTHER, (n,), count(groups[n]) <= 0.0) for n in sorted(off)]
        found = best_with(self.model, [self.row, *rows], gap=gap, seconds=seconds, start=self.start)
        return None if found is None else self._without_waste(rows, found, seconds)

    def could_do_without(self, groups: Sequence[Sequence[Column]], off: Collection[int]) -> float | None:
        """How good plans in fractions can be without some groups, more being better; None where none is good."""
        self.told()
        columns = np.array(sorted({c.index for n in off for c in groups[n]}), dtype=np.int32)
        self.solver.whole(self.matrix.whole, on=False)
        self.solver.bound(columns, np.zeros(len(columns)), np.zeros(len(columns)))
        run = self.solver.run()
        self.solver.bound(columns, self.matrix.lower[columns], self.matrix.upper[columns])
        if run.status != "optimal":
            return None
        return run.objective if self.matrix.maximise else -run.objective

    def needs_as_many(self, groups: Sequence[Sequence[Column]], used: int) -> bool:
        """Whether it is proven that no good plan uses fewer groups: every smaller set is ruled out in fractions."""
        if used <= 0:
            return True
        everything = range(len(groups))
        if math.comb(len(groups), used - 1) > MOST_SETS:
            return False
        return all(
            self.could_do_without(groups, set(everything) - set(kept)) is None
            for kept in itertools.combinations(everything, used - 1)
        )

    def between(self, amount: LinearExpression, known: Sequence[float], seconds: float) -> tuple[int, float]:
        """Bounds that hold for a whole amount in all good plans: at least, at most.

        Args:
            amount: of what.
            known: the amounts in good plans that are known; what they come to needs no tighter bound.
            seconds: time for each of the two.
        """
        least = self._bound(amount, min(known, default=math.inf), seconds)
        most = -self._bound(amount * -1.0, -max(known, default=-math.inf), seconds)
        return max(0, math.ceil(least - ROUNDING)), math.floor(most + ROUNDING) if math.isfinite(most) else math.inf

    def _bound(self, goal: LinearExpression, known: float, seconds: float) -> float:
        """No good plan has less of a whole amount: in fractions, then with blocks whole, then in whole numbers."""
        self.told()
        ends, solver = time.monotonic() + seconds, Solver(self.matrix.with_objective(goal, maximise=False))
        solver.begin_at(self.solver)
        run = solver.run(seconds=seconds)
        if run.status != "optimal":
            return -math.inf
        heavy = np.array([i for i in self.matrix.whole if self.model.columns[i].kind in HEAVY], dtype=np.int32)
        bound = run.objective
        if bound < known - 1.0 + ROUNDING and len(heavy):
            bound = max(bound, branch_and_bound(solver, heavy, run, gap=GAP_OF_AMOUNTS, seconds=seconds).bound)
        if bound < known - 1.0 + ROUNDING and self.matrix.shape[2] < LARGE:
            solver.whole(self.matrix.whole)
            whole = in_two_ways(solver, seconds=max(0.0, ends - time.monotonic()), nodes=NODES)
            bound = max(bound, whole.bound) if math.isfinite(whole.bound) else bound
        return bound

    def _best(self, rows: Sequence[Row], known: list[float], gap: float, seconds: float) -> list[float]:
        """The best good plan that keeps to further rows; the known one where none is found in time."""
        self.told()
        try:
            found = best_with(self.model, [self.row, *rows], gap=gap, seconds=seconds, start=self.start, known=known)
        except NoProofError:
            return known
        return known if found is None else self._without_waste(rows, found, seconds)

    def _without_waste(self, rows: Sequence[Row], found: Forced, seconds: float) -> list[float]:
        """Among plans as good, one that spends little. Where money is no part of the objective, waste costs nothing."""
        if self.model.goal.kind != "compute":
            return found.values
        self.told()
        least = found.objective - ROUNDING * max(1.0, abs(found.objective))
        held = [self.row, *rows, Row(FURTHER, (), self.model.objective >= least)]
        try:
            spent = self.model.tie_break
            thrifty = best_with(self.model, held, gap=GAP, seconds=seconds, objective=spent, known=found.values)
        except NoProofError:
            return found.values
        return found.values if thrifty is None else thrifty.values
