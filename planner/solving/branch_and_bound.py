"""A few whole-number decisions made whole, while thousands of others stay fractional: branch and bound.

Blocks and programmes are few, and each bounds thousands of amounts. Within other bounds of a block the optimum is some
hundred steps of the simplex method away from that of its parent, so a look at all branches that matter takes no longer
than a search of the solver needs to begin. The dual bound is that of linear programmes which together hold every plan:
nothing is presolved and nothing is cut off. The branches that are left are kept with the solver: a search of nearly the
same problem begins with them instead of parting everything anew.

The branch with the best bound comes first. Columns are chosen by what their two sides have cost so far (pseudocosts);
those of which little is known are looked at both ways before (strong branching).
"""

from __future__ import annotations

import heapq
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from planner.outcome import Progress
from planner.solving.branches import WHOLE
from planner.solving.highs import UNSETTLED, Run, Solver
from planner.solving.matrix import Floats, Integers

MOST_LOOKS = 600
"""Linear programmes after which the search ends with what it has; the solver searches on where more is needed."""
MOST_ITERATIONS = 150_000
"""Steps of the simplex method after which it ends, so that large problems are given up as soon as small ones."""
STRONG = 2
"""Columns that are looked at both ways in one branch, where their pseudocosts are not known yet."""
ROUNDED_AT = (0, 1, 4, 16, 64, 256)
"""Numbers of branches after which the best one is rounded in three ways, to find plans."""
LEAST = 1e-9
"""A side that costs nothing counts as this, as a share of the objective, so that the other side still counts."""


@dataclass(frozen=True, eq=False)
class _Node:
    """A branch: bounds of the columns, and the best that a plan in fractions comes to within them."""

    run: Run
    lower: Floats
    upper: Floats
    basis: Any

    def within(self, column: int, side: int, whole: float) -> tuple[Floats, Floats]:
        """The bounds of one side: at most, or at least, this."""
        lower, upper = self.lower.copy(), self.upper.copy()
        (upper, lower)[side][column] = whole
        return lower, upper


class _TimeIsOver(Exception):  # noqa: N818 - ends the search, and is no error
    """The time limit ended a linear programme."""


def branch_and_bound(
    solver: Solver,
    columns: Integers,
    root: Run,
    *,
    gap: float,
    seconds: float,
    progress: Progress | None = None,
    found: Callable[[Floats, float], None] | None = None,
) -> Run:
    """The best plan with these columns whole, and a bound on all such plans.

    The status is "optimal" where plan and bound meet within the gap, "infeasible" where no branch holds a plan, and
    "limit" where the limits ended it before.

    Args:
        solver: holds the problem as a linear programme, and stands at its optimum; its bounds are as before afterwards.
        columns: indexes of the columns.
        root: the optimum in fractions.
        gap: relative gap at which it may stop.
        seconds: time limit.
        progress: told of the best plan and the bound.
        found: told of every better plan with its objective.
    """
    bounds = solver.matrix.lower[columns], solver.matrix.upper[columns]
    search = _BranchAndBound(solver, columns, gap, time.monotonic() + seconds, progress, found)
    try:
        with solver.options(presolve="off", solver="simplex"):
            return search.best(_Node(root, *bounds, solver.highs.getBasis()))
    finally:
        solver.bound(columns, *bounds)


class _BranchAndBound:
    """One search; objectives are turned so that more is better."""

    def __init__(
        self,
        solver: Solver,
        columns: Integers,
        gap: float,
        ends: float,
        progress: Progress | None,
        found: Callable[[Floats, float], None] | None,
    ) -> None:
        self.solver, self.columns, self.gap, self.ends = solver, columns, gap, ends
        self.progress, self.found = progress, found
        self.sign = 1.0 if solver.matrix.maximise else -1.0
        self.incumbent: Run | None = None
        self.open: list[tuple[float, int, _Node]] = []
        self.closed: list[tuple[Floats, Floats]] = []
        """Bounds of the branches that are not parted further; with the open ones they hold every plan."""
        self.floor = -math.inf
        """The best bound of what the solver did not settle."""
        self.looks = self.iterations = self.nodes = self.put = 0
        self.cost = np.zeros((2, len(columns)))
        self.tried = np.zeros((2, len(columns)))

    def best(self, root: _Node) -> Run:
        try:
            self._begin(root)
            while self.open and not self._is_closed() and not self._is_spent():
                if self.nodes in ROUNDED_AT:
                    self._round(self.open[0][2])
                    if self._is_closed():
                        break
                node = heapq.heappop(self.open)[2]
                try:
                    self._part(node)
                except _TimeIsOver:
                    self._put(node)
                    break
                self.nodes += 1
                if self.progress is not None:
                    self.progress(self.sign * self._best, self.sign * self._bound)
        except _TimeIsOver:
            pass
        self.solver.branches = self._branches(root)
        return self._answer(root)

    def _begin(self, root: _Node) -> None:
        """Takes the branches that an earlier search left, as far as they hold a plan here; else everything as one."""
        at = {int(column): place for place, column in enumerate(self.columns)}
        before, self.solver.branches = self.solver.branches, ()
        for branch in before:
            lower, upper = root.lower.copy(), root.upper.copy()
            for column, (low, high) in branch.items():
                lower[at[column]], upper[at[column]] = max(low, lower[at[column]]), min(high, upper[at[column]])
            if np.all(lower <= upper):
                try:
                    self._take_or_close(self._solved(root, lower, upper), lower, upper)
                except _TimeIsOver:
                    self.open.clear()
                    self.closed.clear()
                    self._take(root)
                    raise
        if not before:
            self._take(root)

    def _branches(self, root: _Node) -> tuple[Mapping[int, tuple[float, float]], ...]:
        """The branches that are left, each as the columns that it bounds more narrowly than the problem does.

        A limit of the problem is none of a branch: another problem may have room for more.
        """
        left = [*self.closed, *((node.lower, node.upper) for _, _, node in self.open)]
        branches = []
        for lower, upper in left:
            low, high = np.where(lower > root.lower, lower, -np.inf), np.where(upper < root.upper, upper, np.inf)
            parted = np.flatnonzero(np.isfinite(low) | np.isfinite(high))
            branches.append({int(self.columns[one]): (float(low[one]), float(high[one])) for one in parted})
        return tuple(branches)

    @property
    def _best(self) -> float:
        return -math.inf if self.incumbent is None else self.sign * self.incumbent.objective

    @property
    def _bound(self) -> float:
        of_open = -self.open[0][0] if self.open else -math.inf
        return max(of_open, self.floor, self._best)

    def _is_closed(self) -> bool:
        within = self.gap * max(1.0, abs(self._best))
        return self.incumbent is not None and self._bound - self._best <= within

    def _is_spent(self) -> bool:
        return self.looks >= MOST_LOOKS or self.iterations >= MOST_ITERATIONS

    def _answer(self, root: _Node) -> Run:
        if self.incumbent is not None:
            status = "optimal" if self._is_closed() else "limit"
            return replace(self.incumbent, status=status, bound=self.sign * self._bound)
        if not self.open and self.floor == -math.inf:
            return replace(root.run, status="infeasible", has_point=False)
        return replace(root.run, status="limit", has_point=False, bound=self.sign * self._bound)

    def _part(self, node: _Node) -> None:
        """Looks at both sides of one column, and keeps what may hold a better plan."""
        column, looked_at = self._chosen(node)
        for side, whole in enumerate(_sides(node.run.values[self.columns[column]])):
            child = looked_at[side] if looked_at else self._look(node, column, side, whole)
            self._take_or_close(child, *node.within(column, side, whole))

    def _chosen(self, node: _Node) -> tuple[int, list[_Node | None] | None]:
        """The column whose sides cost most, and its two sides where they were looked at for it."""
        values = node.run.values[self.columns]
        below = values - np.floor(values)
        candidates = np.flatnonzero(np.minimum(below, 1.0 - below) > WHOLE)
        halfway = candidates[np.argsort(np.abs(below[candidates] - 0.5), kind="stable")]
        unknown = halfway[(self.tried[:, halfway] == 0).any(axis=0)][:STRONG]
        looked_at = {
            int(column): [self._look(node, column, side, whole) for side, whole in enumerate(_sides(values[column]))]
            for column in unknown
        }
        known = candidates[(self.tried[:, candidates] > 0).all(axis=0)]
        mean = self.cost[:, known] / self.tried[:, known]
        least = LEAST * max(1.0, abs(node.run.objective))
        scores = np.maximum(mean[0] * below[known], least) * np.maximum(mean[1] * (1.0 - below[known]), least)
        by_score = {int(column): float(score) for column, score in zip(known, scores, strict=True)}
        for column, sides in looked_at.items():
            low, high = (self._loss(node, side) for side in sides)
            by_score[column] = max(low, least) * max(high, least)
        best = max(by_score, key=lambda column: by_score[column])
        return best, looked_at.get(best)

    def _loss(self, node: _Node, child: _Node | None) -> float:
        """What one side costs; one without any plan costs all."""
        objective = abs(node.run.objective) + 1.0
        return objective if child is None else self.sign * (node.run.objective - child.run.objective)

    def _look(self, node: _Node, column: int, side: int, whole: float) -> _Node | None:
        """The optimum of one side; None where nothing is there. Keeps what the side cost."""
        child = self._solved(node, *node.within(column, side, whole))
        if child is not None:
            away = abs(whole - node.run.values[self.columns[column]])
            self.cost[side, column] += max(0.0, self._loss(node, child)) / away
        else:
            self.cost[side, column] += self._loss(node, None)
        self.tried[side, column] += 1
        return child

    def _solved(self, parent: _Node, lower: Floats, upper: Floats) -> _Node | None:
        """The optimum within these bounds, from the basis of the parent; None where no plan is there.

        Raises:
            _TimeIsOver: it was not found in time.
        """
        self.solver.bound(self.columns, lower, upper)
        self.solver.highs.setBasis(parent.basis)
        run = self.solver.run(seconds=max(0.0, self.ends - time.monotonic()))
        self.looks += 1
        self.iterations += self.solver.highs.getInfo().simplex_iteration_count
        if run.status == "limit":
            raise _TimeIsOver
        if run.status == UNSETTLED:  # whatever is there is no better than what it is part of
            self.floor = max(self.floor, self.sign * parent.run.objective)
            return None
        return _Node(run, lower, upper, self.solver.highs.getBasis()) if run.status == "optimal" else None

    def _take_or_close(self, node: _Node | None, lower: Floats, upper: Floats) -> None:
        """Takes what was found within bounds; they stay a branch that is closed where nothing was."""
        if node is None:
            self.closed.append((lower, upper))
        else:
            self._take(node)

    def _take(self, node: _Node) -> None:
        """Keeps a branch where it may hold a better plan, and the plan where it is one."""
        if self.sign * node.run.objective <= self._best:
            self.closed.append((node.lower, node.upper))
            return
        values = node.run.values[self.columns]
        if np.abs(values - np.round(values)).max(initial=0.0) > WHOLE:
            self._put(node)
        else:
            self.closed.append((node.lower, node.upper))
            self._keep(node.run)

    def _put(self, node: _Node) -> None:
        self.put += 1  # tells branches apart that are equally good
        heapq.heappush(self.open, (-self.sign * node.run.objective, self.put, node))

    def _keep(self, run: Run) -> None:
        self.incumbent = run
        if self.found is not None:
            self.found(run.values, run.objective)

    def _round(self, node: _Node) -> None:
        """Tries the columns rounded up, to the nearest and down."""
        values = node.run.values[self.columns]
        for way in (np.ceil(values - WHOLE), np.round(values), np.floor(values + WHOLE)):
            rounded = np.clip(way, node.lower, node.upper)
            fixed = self._solved(node, rounded, rounded)
            if fixed is not None and self.sign * fixed.run.objective > self._best:
                self._keep(fixed.run)
            if self._is_closed():
                break


def _sides(value: float) -> tuple[float, float]:
    """The whole numbers on both sides of a value."""
    return math.floor(value), math.ceil(value)
