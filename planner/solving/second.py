"""Plans that are nearly as good as the best: what else they can have least of, and what all of them have in common."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Sequence

import numpy as np

from planner.model.build import Model
from planner.model.linear import Column, Row, Sum, count
from planner.solving.elastic import matrix_with
from planner.solving.forced import best_with
from planner.solving.highs import Solver
from planner.solving.matrix import Floats

ROUNDING = 1e-6
"""How far a bound may miss a whole number and still be it."""
GAP = 0.01
"""How far from the least a search for a second objective may stop, as a share."""
MOST_SETS = 120
"""Sets of groups that are ruled out one by one to prove that no fewer are enough."""


class GoodPlans:
    """All plans whose objective is at least a floor (at most, where less is better)."""

    def __init__(self, model: Model, floor: float, told: Callable[[], None] = lambda: None) -> None:
        """Takes the floor in the unit of the model, and whom to tell that a search begins."""
        self.model, self.floor, self.told = model, floor, told
        good = model.objective >= floor if model.more_is_better else model.objective <= floor
        self.row = Row("good_enough", (), good)
        self.matrix = matrix_with(
            model.columns, [*model.rows, self.row], (), model.objective, maximise=model.more_is_better
        )
        self.solver = Solver(self.matrix)

    def least(self, goal: Sum, *, seconds: float) -> list[float] | None:
        """A good plan with as little of something as can be, then as good as its whole numbers allow."""
        self.told()
        found = best_with(self.model, [self.row], gap=GAP, seconds=seconds, objective=goal)
        return None if found is None else self._polished(found.values)

    def without(
        self, groups: Sequence[Sequence[Column]], off: Collection[int], *, gap: float, seconds: float
    ) -> list[float] | None:
        """A good plan that uses none of some groups of columns."""
        self.told()
        rows = [Row("unused", (n,), count(groups[n]) <= 0.0) for n in sorted(off)]
        found = best_with(self.model, [self.row, *rows], gap=gap, seconds=seconds)
        return None if found is None else found.values

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

    def between(self, amount: Sum, seconds: float) -> tuple[int, float]:
        """Bounds that hold for a whole amount in all good plans: at least, at most."""
        least = self._bound(amount, seconds)
        most = -self._bound(amount * -1.0, seconds)
        return max(0, math.ceil(least - ROUNDING)), math.floor(most + ROUNDING) if math.isfinite(most) else math.inf

    def _bound(self, goal: Sum, seconds: float) -> float:
        self.told()
        self.solver.costs(self._cost(goal), maximise=False)
        self.solver.whole(self.matrix.whole)
        run = self.solver.run(seconds=seconds)
        self.solver.costs(self.matrix.cost, maximise=self.matrix.maximise)
        return run.bound - self.matrix.offset + goal.constant if math.isfinite(run.bound) else -math.inf

    def _polished(self, values: list[float]) -> list[float]:
        """The same whole numbers with the best amounts."""
        whole = self.matrix.whole
        fixed = np.round(np.array(values)[whole])
        self.solver.whole(whole, on=False)
        self.solver.bound(whole, fixed, fixed)
        run = self.solver.run()
        self.solver.bound(whole, self.matrix.lower[whole], self.matrix.upper[whole])
        if not run.has_point:
            return values
        run.values[whole] = fixed
        return [float(value) for value in run.values]

    def _cost(self, goal: Sum) -> Floats:
        cost = np.zeros(len(self.matrix.cost))
        for index, weight in goal.terms.items():
            cost[index] = weight
        return cost
