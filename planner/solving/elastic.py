"""A problem with elastic variables that can be let go one by one: is there a plan, what is in its way, what helps?

A proof that there is none is a dual ray; the variables whose rows it weighs are its Farkas support.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from planner.errors import NoProofError
from planner.model.linear import LinearExpression, Row
from planner.model.problem import Problem
from planner.solving.branches import Branches
from planner.solving.highs import Run, Solver
from planner.solving.matrix import Floats, Matrix, matrix_of
from planner.solving.two_ways import in_two_ways
from planner.vocabulary.constraints.pool import FURTHER

FLAT = 1e-9
"""A weight of a proof below this share of its largest is none."""
FEW = 1e-5
"""What a block counts beside the slacks that are to be small: it only says which of several plans is looked at."""


@dataclass(frozen=True)
class ElasticVariable:
    """A column that loosens rows: what one unit adds to the left side of each, all terms brought there."""

    entries: Mapping[int, float]
    most: float = math.inf
    within: tuple[Mapping[int, float], float] | None = None
    """Terms and constant of a sum that it may not exceed."""


class ElasticSolver:
    """A problem with slacks behind the columns; a slack is zero unless it is let go."""

    def __init__(self, problem: Problem, slacks: Sequence[ElasticVariable], deadline: float) -> None:
        matrix = matrix_of(problem)
        self.slacks, self.deadline = slacks, deadline
        self.first, self.rows = len(matrix.cost), len(matrix.row_lower)
        self.matrix = with_slacks(matrix, slacks)
        self.solver = Solver(self.matrix)
        self.solver.set("presolve", "off")  # a proof that there is no plan comes from the simplex method alone
        self.solver.set("solver", "simplex")
        self._positions = np.arange(self.first, self.first + len(slacks), dtype=np.int32)
        self._most = np.array([slack.most for slack in slacks])
        bounded = [number for number, slack in enumerate(slacks) if slack.within is not None]
        self._within = {number: self.rows + position for position, number in enumerate(bounded)}
        self.branch_on(())

    @property
    def has_whole(self) -> bool:
        """Whether any column must be whole."""
        return bool(len(self.matrix.whole))

    def branch_on(self, joins: Sequence[int], blocks: Sequence[int] = ()) -> None:
        """From now on plans in fractions have these columns whole: programmes joined or not, blocks, or none at all."""
        columns = [*joins, *blocks]
        self._goal = np.zeros(len(self.matrix.cost))
        self._goal[list(blocks)] = 1.0  # as few as will do, see `branches`
        self._branches = Branches(self.solver, columns, len(joins), self._run, self._dual_ray)

    @property
    def branches(self) -> int:
        """How many branches the last proof of impossibility has."""
        return len(self._branches.closed)

    def possible(self, loose: Collection[int], *, anew: bool = False) -> bool:
        """Whether there is a plan in fractions with some slacks let go.

        Args:
            loose: the slacks.
            anew: whether the proof of an earlier look is not enough, where there is no plan.

        Raises:
            NoProofError: no time was left, or the solver could not settle it.
        """
        self._prepare(loose, self._goal, whole=False)
        return self._branches.point(loose, anew=anew) is not None

    def possible_in_whole(self, loose: Collection[int]) -> bool:
        """Whether there is a plan in whole numbers with some slacks let go."""
        if not self.possible(loose):
            return False
        self._prepare(loose, np.zeros(len(self.matrix.cost)), whole=True)
        return self._run(in_two_ways).has_point

    def least(self, costs: Mapping[int, float], *, whole: bool) -> dict[int, float] | None:
        """How far slacks must be let go at least, weighed by a cost each; None where that does not help."""
        cost = np.zeros(len(self.matrix.cost))
        for slack, weight in costs.items():
            cost[self.first + slack] = weight
        self._prepare(costs, cost + FEW * self._goal, whole=whole)
        run: Run | None = self._run() if whole else self._branches.least()
        if run is None or not run.has_point:
            return None
        return {slack: max(0.0, float(run.values[self.first + slack])) for slack in costs}

    def farkas_support(self) -> set[int]:
        """Slacks that the last proof of impossibility in fractions rests on."""
        return self._branches.farkas_support()

    def _dual_ray(self) -> tuple[frozenset[int], Floats | None]:
        """Slacks that the proof of the last run rests on, and its weights; all slacks where it has none."""
        _, found, ray = self.solver.highs.getDualRay()
        if not found:
            return frozenset(range(len(self.slacks))), None
        weights = np.abs(np.array(ray))
        held = weights > FLAT * weights.max()
        farkas_support = frozenset(
            number
            for number, slack in enumerate(self.slacks)
            if any(held[row] for row in slack.entries) and abs(self._price(slack, ray)) > FLAT * weights.max()
        )
        return farkas_support, np.array(ray)[: self.rows]

    def _price(self, slack: ElasticVariable, ray: Floats) -> float:
        return float(sum(weight * ray[row] for row, weight in slack.entries.items()))

    def ray(self) -> Floats | None:
        """Weights of the rows in the last proof of impossibility in fractions, where it has no branches."""
        return self._branches.closed[0].ray if self.branches == 1 else None

    def _prepare(self, loose: Collection[int], cost: Floats, *, whole: bool) -> None:
        upper = np.zeros(len(self.slacks))
        chosen = np.array(sorted(loose), dtype=np.int64)
        upper[chosen] = self._most[chosen]
        self.solver.bound(self._positions, np.zeros(len(upper)), upper)
        for number, row in self._within.items():  # the bound of a slack that is shut would only be a needless row
            limit = float(self.matrix.row_upper[row]) if number in loose else highspy.kHighsInf
            self.solver.highs.changeRowBounds(row, -highspy.kHighsInf, limit)
        self.solver.costs(cost, maximise=False)
        self.solver.whole(self.matrix.whole, on=whole)
        self.solver.set("presolve", "choose" if whole else "off")

    def _run(self, way: Callable[..., Run] = Solver.run) -> Run:
        run = way(self.solver, seconds=max(0.0, self.deadline - time.monotonic()))
        if run.status == "limit":
            raise NoProofError("no time was left to find out why no plan exists")
        if run.status not in ("optimal", "infeasible"):
            raise NoProofError("the solver could not settle whether there is a plan")
        return run


def with_slacks(matrix: Matrix, slacks: Sequence[ElasticVariable]) -> Matrix:
    """The same with the slacks behind its columns, all shut, and behind its rows one for each that a sum bounds."""
    first = len(matrix.cost)
    limits = []
    for number, slack in enumerate(slacks, first):
        if slack.within is not None:
            terms, constant = slack.within
            below = LinearExpression({**{index: -weight for index, weight in terms.items()}, number: 1.0}) <= constant
            limits.append(Row(FURTHER, (number,), below))
    return matrix.with_columns([slack.entries for slack in slacks]).with_rows(limits)
