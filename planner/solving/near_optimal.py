"""The near-optimal set, as in modelling to generate alternatives (MGA): plans nearly as good as the best.

What else they can have least of, and what all of them have in common.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Sequence

import numpy as np

from planner.errors import NoProofError
from planner.model.build import Model
from planner.model.linear import Column, LinearExpression, Row, count
from planner.solving.forced import Forced, best_with
from planner.solving.highs import Solver
from planner.solving.matrix import matrix_of
from planner.solving.two_ways import in_two_ways
from planner.vocabulary.constraints.pool import FURTHER

ROUNDING = 1e-6
"""How far a bound may miss a whole number and still be it."""
GAP = 0.01
"""How far from the least a search for a second objective may stop, as a share."""
MOST_SETS = 120
"""Sets of groups that are ruled out one by one to prove that no fewer are enough."""


class NearOptimalPlans:
    """All plans whose objective is at least a floor (at most, where less is better)."""

    def __init__(self, model: Model, floor: float, told: Callable[[], None] = lambda: None) -> None:
        """Takes the floor in the unit of the model, and whom to tell that a search begins."""
        self.model, self.floor, self.told = model, floor, told
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
        found = best_with(self.model, [self.row], gap=GAP, seconds=seconds, objective=goal)
        if found is None or found.bound > below:
            return None
        if found.objective > below:  # within its gap the search may stop at the plan that is known
            self.told()
            enough = Row(FURTHER, (), goal <= below)
            found = best_with(self.model, [self.row, enough], gap=GAP, seconds=seconds, objective=goal)
        if found is None:
            return None
        most = min(below, found.objective + ROUNDING * max(1.0, abs(found.objective)))
        return self._best([Row(FURTHER, (), goal <= most)], found.values, gap, seconds)

    def without(
        self, groups: Sequence[Sequence[Column]], off: Collection[int], *, gap: float, seconds: float
    ) -> list[float] | None:
        """A good plan that uses none of some groups of columns."""
        self.told()
        rows = [Row(FURTHER, (n,), count(groups[n]) <= 0.0) for n in sorted(off)]
        found = best_with(self.model, [self.row, *rows], gap=gap, seconds=seconds)
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

    def between(self, amount: LinearExpression, seconds: float) -> tuple[int, float]:
        """Bounds that hold for a whole amount in all good plans: at least, at most."""
        least = self._bound(amount, seconds)
        most = -self._bound(amount * -1.0, seconds)
        return max(0, math.ceil(least - ROUNDING)), math.floor(most + ROUNDING) if math.isfinite(most) else math.inf

    def _bound(self, goal: LinearExpression, seconds: float) -> float:
        self.told()
        self.solver.costs(self.matrix.weights(goal), maximise=False)
        self.solver.whole(self.matrix.whole)
        run = in_two_ways(self.solver, seconds=seconds)
        self.solver.costs(self.matrix.cost, maximise=self.matrix.maximise, offset=self.matrix.offset)
        return run.bound + goal.constant if math.isfinite(run.bound) else -math.inf

    def _best(self, rows: Sequence[Row], known: list[float], gap: float, seconds: float) -> list[float]:
        """The best good plan that keeps to further rows; the known one where none is found in time."""
        self.told()
        try:
            found = best_with(self.model, [self.row, *rows], gap=gap, seconds=seconds)
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
            thrifty = best_with(self.model, held, gap=GAP, seconds=seconds, objective=self.model.tie_break)
        except NoProofError:
            return found.values
        return found.values if thrifty is None else thrifty.values
