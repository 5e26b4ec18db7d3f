"""A problem with slacks that can be let go one by one: is there a plan, what is in its way, how little helps?"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from planner.errors import NoProofError
from planner.model.linear import Column, Row, Sum
from planner.solving.highs import Run, Solver
from planner.solving.matrix import Floats, Matrix

FLAT = 1e-9
"""A weight of a proof below this share of its largest is none."""


@dataclass(frozen=True)
class Slack:
    """A column that loosens rows: what one unit adds to the left side of each, all terms brought there."""

    entries: Mapping[int, float]
    most: float = math.inf
    within: tuple[Mapping[int, float], float] | None = None
    """Terms and constant of a sum that it may not exceed."""


class Elastic:
    """Rows with slacks behind the columns; a slack is zero unless it is let go."""

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Row], slacks: Sequence[Slack], deadline: float
    ) -> None:
        self.columns, self.rows, self.slacks = columns, rows, slacks
        self.deadline = deadline
        self.first = len(columns)
        self.matrix = matrix_with(columns, rows, slacks)
        self.solver = Solver(self.matrix)
        self.solver.set("presolve", "off")  # a proof that there is no plan comes from the simplex method alone
        self.solver.set("solver", "simplex")
        self._positions = np.arange(self.first, self.first + len(slacks), dtype=np.int32)
        self._most = np.array([slack.most for slack in slacks])
        bounded = [number for number, slack in enumerate(slacks) if slack.within is not None]
        self._within = {number: len(rows) + position for position, number in enumerate(bounded)}
        self._split: tuple[int, ...] = ()
        self._blamed: set[int] = set()

    @property
    def has_whole(self) -> bool:
        """Whether any column must be whole."""
        return bool(len(self.matrix.whole))

    def split(self, columns: Sequence[int]) -> None:
        """From now on plans in fractions have each of these columns, which are 0 or 1, at one or the other."""
        self._split = tuple(columns)

    @property
    def is_split(self) -> bool:
        """Whether any column is looked at both ways."""
        return bool(self._split)

    def possible(self, loose: Collection[int]) -> bool:
        """Whether there is a plan in fractions with some slacks let go."""
        self._prepare(loose, np.zeros(len(self.matrix.cost)), whole=False)
        blamed: set[int] = set()
        for run in self._both_ways():
            if run.status == "optimal":
                return True
            blamed |= self._in_ray()
        self._blamed = blamed
        return False

    def _both_ways(self) -> Iterator[Run]:
        """Runs with the split columns at each combination of 0 and 1, left as they were afterwards."""
        at = np.array(self._split, dtype=np.int32)
        try:
            for values in itertools.product((1.0, 0.0), repeat=len(at)):
                self.solver.bound(at, np.array(values), np.array(values))
                yield self._run()
        finally:
            self.solver.bound(at, self.matrix.lower[at], self.matrix.upper[at])

    def possible_in_whole(self, loose: Collection[int]) -> bool:
        """Whether there is a plan in whole numbers with some slacks let go."""
        if not self.possible(loose):
            return False
        self._prepare(loose, np.zeros(len(self.matrix.cost)), whole=True)
        return self._run().has_point

    def least(self, costs: Mapping[int, float], *, whole: bool) -> dict[int, float] | None:
        """How far slacks must be let go at least, weighed by a cost each; None where that does not help."""
        cost = np.zeros(len(self.matrix.cost))
        for slack, weight in costs.items():
            cost[self.first + slack] = weight
        self._prepare(costs, cost, whole=whole)
        runs = [run for run in ([self._run()] if whole else self._both_ways()) if run.has_point]
        if not runs:
            return None
        run = min(runs, key=lambda one: one.objective)
        return {slack: max(0.0, float(run.values[self.first + slack])) for slack in costs}

    def blamed(self) -> set[int]:
        """Slacks that the last proof of impossibility in fractions rests on."""
        return set(self._blamed)

    def _in_ray(self) -> set[int]:
        _, found, ray = self.solver.highs.getDualRay()
        if not found:
            return set(range(len(self.slacks)))
        weights = np.abs(np.array(ray))
        held = weights > FLAT * weights.max()
        return {
            number
            for number, slack in enumerate(self.slacks)
            if any(held[row] for row in slack.entries) and abs(self._price(slack, ray)) > FLAT * weights.max()
        }

    def _price(self, slack: Slack, ray: Floats) -> float:
        return float(sum(weight * ray[row] for row, weight in slack.entries.items()))

    def ray(self) -> Floats | None:
        """Weights of the rows in the last proof of impossibility in fractions."""
        _, found, ray = self.solver.highs.getDualRay()
        return np.array(ray)[: len(self.rows)] if found else None

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

    def _run(self) -> Run:
        run = self.solver.run(seconds=max(0.0, self.deadline - time.monotonic()))
        if run.status not in ("optimal", "infeasible"):
            if run.status == "limit":
                raise NoProofError("no time was left to find out why no plan exists")
            self.solver.highs.clearSolver()
            run = self.solver.run(seconds=max(0.0, self.deadline - time.monotonic()))
        return run


def matrix_with(
    columns: Sequence[Column],
    rows: Sequence[Row],
    slacks: Sequence[Slack],
    objective: Sum | None = None,
    *,
    maximise: bool = False,
) -> Matrix:
    """All rows, then one for each slack that another sum bounds; the slacks are shut and stand behind the columns."""
    lines: list[dict[int, float]] = [dict(row.terms) for row in rows]
    lower = [-math.inf if row.comparison.sense == "<=" else row.comparison.right for row in rows]
    upper = [math.inf if row.comparison.sense == ">=" else row.comparison.right for row in rows]
    for number, slack in enumerate(slacks):
        for row, weight in slack.entries.items():
            if weight:
                lines[row][len(columns) + number] = weight
        if slack.within is not None:
            terms, constant = slack.within
            lines.append({**{index: -weight for index, weight in terms.items() if weight}, len(columns) + number: 1.0})
            lower.append(-math.inf)
            upper.append(constant)
    count = len(columns) + len(slacks)
    cost = np.zeros(count)
    for index, weight in (objective.terms if objective else {}).items():
        cost[index] = weight
    return Matrix(
        cost=cost,
        offset=objective.constant if objective else 0.0,
        maximise=maximise,
        lower=np.array([*(column.lower for column in columns), *(0.0 for _ in slacks)]),
        upper=np.array([*(column.upper for column in columns), *(0.0 for _ in slacks)]),
        whole=np.array([column.index for column in columns if column.whole], dtype=np.int32),
        row_lower=np.array(lower, dtype=np.float64),
        row_upper=np.array(upper, dtype=np.float64),
        starts=np.array([0, *np.cumsum([len(line) for line in lines])], dtype=np.int32),
        indexes=np.array([index for line in lines for index in line], dtype=np.int32),
        values=np.array([weight for line in lines for weight in line.values()], dtype=np.float64),
    )
