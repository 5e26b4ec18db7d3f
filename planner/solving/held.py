"""A plan held where things come otherwise: it buys, builds and joins as planned; work, exits, loans and claims adapt.

What was planned may break promises there, such as cash that must be left: those give way at a price. Cash that is
missing is bridged at a rate far above that of any loan, so that nobody sells systems cheaply for the sake of a month;
missing another promise whole costs as much as all that was bought. What cannot be bought as planned, since a supplier
or a site has not enough, is bought as much and as soon after as can be. Exits are the only whole numbers that are left
to decide: those of the best plan in fractions are rounded, and its value says how much that can have cost at most.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.decisions import Decisions
from planner.defaults import BRIDGE_RATE
from planner.errors import NoProofError
from planner.model.build import Model
from planner.model.linear import LinearExpression, Row
from planner.outcome import Proof
from planner.solving.elastic import ElasticVariable, with_slacks
from planner.solving.fixed import Fixed, fixed_at
from planner.solving.highs import Run, Solver
from planner.solving.lexicographic import settled_amounts
from planner.solving.matrix import Floats, Integers, Matrix, matrix_of, require_solvable_range
from planner.solving.solve import proof_of
from planner.solving.starting import whole_numbers
from planner.vocabulary.constraints.family import MONEY
from planner.vocabulary.constraints.money import MINIMUM_CASH
from planner.vocabulary.constraints.pool import FURTHER

CHEAP = 0.01
"""Promises are kept, though bridging would cost less, where that loses less than this share of all that was bought."""
NODES = 200
"""Branches of a search for whole exits, where no way to round them is a plan."""
NEAR = 1e-4
"""A rounded plan that is worse than the best in fractions by less, as a share, is not looked for any further."""
MONTHS_A_YEAR, POINTS_OF_A_MONTH = 12, 2
"""Cash is held to its floor after the payments at the start of a month, and at its end."""
SMALLEST_ASKED = 1e-3
"""What a promise asks at least, where a share of it is meant."""
TINY = 1e-7
"""The solver's own tolerance."""


@dataclass(frozen=True)
class Held:
    """A held plan: the columns of the model, and how good any other could be."""

    values: list[float]
    proof: Proof
    """Without the price of broken promises, in objective and bound alike: no plan that breaks them as far is better."""
    price: float
    """What broken promises cost, in the unit of the proof: it decides what adapts, and counts nowhere else."""


def hold(model: Model, planned: Decisions, *, bridge_rate: float = BRIDGE_RATE, seconds: float = math.inf) -> Held:
    """The best that can be made of what was planned.

    Args:
        model: the model of the case as it came.
        planned: orders, blocks and programmes of the plan; its other decisions count only as one way to leave.
        bridge_rate: what cash that is missing costs, as a share a year.
        seconds: time limit.

    Raises:
        NoProofError: nothing was found in time, or what was planned cannot be carried out in any way.
        ScalingError: the figures of the case cannot be solved reliably.
    """
    matrix = matrix_of(model.nameless_problem())
    require_solvable_range(matrix, model.rows, model.labels)
    return _Holding(model, matrix, planned, bridge_rate, time.monotonic() + seconds).best()


class _Holding:
    """One plan held in one case."""

    def __init__(self, model: Model, matrix: Matrix, planned: Decisions, bridge_rate: float, ends: float) -> None:
        self.model, self.planned, self.bridge_rate, self.ends = model, planned, bridge_rate, ends
        self.numbers = whole_numbers(model, planned)
        self.held = _columns(model, "order", "built", "join")
        self.exits = _columns(model, "exit")
        self.outlay = self._outlay()
        self.strict, self.matrix = matrix, self._elastic(matrix)
        self.columns = len(matrix.cost)

    def best(self) -> Held:
        held, numbers = self.held, self.numbers[self.held]
        is_cut = self._is_cut() or (numbers > self.matrix.upper[held] + TINY).any()
        firm, run = self.matrix, None
        if not is_cut:
            firm = _with_bounds(self.matrix, held, numbers)
            run = self._relaxed(firm)
        if run is None or not run.has_point:
            firm = _with_bounds(self.matrix, held, self._as_much_as_can_be())
            run = self._relaxed(firm)
        if not run.has_point:
            raise NoProofError("what was planned cannot be carried out here in any way that was found in time")
        found = self._rounded(firm, run)
        if found is None:
            raise NoProofError("what was planned cannot be carried out here in whole numbers that were found in time")
        return self._kept(firm, found) or self._answer(found, run)

    def _kept(self, firm: Matrix, found: Fixed) -> Held | None:
        """The best plan that keeps every promise, where the other breaks some and that costs next to nothing."""
        price = self._price_at(found.run.values)
        if price <= TINY:
            return None
        upper = firm.upper.copy()
        upper[self.columns :] = 0.0
        strict = replace(firm, upper=upper)
        run = self._relaxed(strict)
        kept = self._rounded(strict, run) if run.has_point else None
        if kept is None:
            return None
        lost = abs(found.run.objective + (price if firm.maximise else -price) - kept.run.objective)
        return self._answer(kept, run) if lost <= CHEAP * self._worth(self.strict) * self.outlay else None

    def _is_cut(self) -> bool:
        """Whether anything was planned that this model has no column for."""
        decide = self.model.decide
        return any(key not in decide.order for key in self.planned.order) or any(
            start not in decide.expand for start in self.planned.expand
        )

    def _rounded(self, firm: Matrix, run: Run) -> Fixed | None:
        """The best of the ways to make exits whole; one that breaks no more than the plan in fractions comes first."""
        best: Fixed | None = None
        fewest = math.inf
        most = self._price_at(run.values) * (1 + NEAR) + TINY
        for values in self._exits(run):
            found = self._fixed(firm, values)
            if found is None:
                continue
            further = max(0.0, self._price_at(found.run.values) - most)
            if best is None or (further, 0) < (fewest, firm.is_better(found.run.objective, best.run.objective)):
                best, fewest = found, further
            if further == 0.0 and abs(run.objective - found.run.objective) <= NEAR * max(1.0, abs(run.objective)):
                break
        return best or self._searched(firm)

    def _searched(self, firm: Matrix) -> Fixed | None:
        """The best plan with whole exits that a short search finds, where no way to round them is one."""
        solver = Solver(firm)
        solver.whole(self.exits)
        run = solver.run(gap=NEAR, seconds=self._left(), nodes=NODES, presolve=True)
        if not run.has_point:
            return None
        return self._fixed(firm, run.values)

    def _fixed(self, firm: Matrix, values: Floats) -> Fixed | None:
        """The best plan with the exits of another one, each the nearest whole number."""
        whole = _with_bounds(firm, self.exits, np.round(values[self.exits]))
        if whole.is_ruled_out():  # rounded each by itself, more may leave than came
            return None
        return fixed_at(self.model, whole, values, self._left(), keeps_covenants=False)

    def _price_at(self, values: Floats) -> float:
        """What broken promises cost at a point, as the objective counts."""
        return abs(float(self.matrix.cost[self.columns :] @ values[self.columns :]))

    def _exits(self, run: Run) -> Iterator[Floats]:
        """Ways to make exits whole: the nearest, the next below and above, those of the plan, none."""
        exits, found = self.exits, run.values[self.exits]
        nearest, below, above = np.round(found), np.floor(found + TINY), np.ceil(found - TINY)
        seen: list[Floats] = []
        for numbers in (nearest, below, above, self.numbers[exits], np.zeros(len(exits))):
            if not any(np.array_equal(numbers, other) for other in seen):
                seen.append(numbers)
                values = run.values.copy()
                values[exits] = numbers
                yield values

    def _answer(self, found: Fixed, run: Run) -> Held:
        values = found.run.values
        price = self._price_at(values)
        if self.model.second_objective is not None:  # an objective that counts no money leaves money lying
            settled = settled_amounts(self.model, found.solver.matrix, found, time.monotonic() + self._left())
            values = values if settled is None else settled.values
        bound = run.objective + (price if self.strict.maximise else -price)
        plan = Run("limit", True, math.nan, bound, values[: self.columns])
        proof = proof_of(self.model, self.strict, plan, NEAR, 0.0)
        return Held(values[: self.columns].tolist(), proof, price * self.model.goal.size)

    def _elastic(self, matrix: Matrix) -> Matrix:
        """The problem with a slack behind its columns for each promise, at its price."""
        rows = [number for number, row in enumerate(self.model.rows) if row.family.is_promise]
        signs = [1.0 if np.isinf(matrix.row_upper[number]) else -1.0 for number in rows]
        slacks = [ElasticVariable({row: sign}) for row, sign in zip(rows, signs, strict=True)]
        elastic = with_slacks(matrix, slacks)
        price = self._worth(matrix) * np.array([self._price(number) for number in rows])
        upper = elastic.upper.copy()
        upper[len(matrix.cost) :] = np.inf
        return replace(elastic, upper=upper, cost=np.append(matrix.cost, -price if matrix.maximise else price))

    def _outlay(self) -> float:
        """All that is bought as planned, in money units; one of them at least."""
        bought = (self.model.coefficients.units.cost.get(order, 0.0) * n for order, n in self.planned.order.items())
        return max(1.0, sum(bought))

    def _worth(self, matrix: Matrix) -> float:
        """What a money unit counts in the objective: one, or what it buys where compute counts."""
        if self.model.goal.kind != "compute":
            return 1.0
        return max(1.0, float(np.abs(matrix.cost).max(initial=0.0))) / self.outlay

    def _price(self, number: int) -> float:
        """What a unit costs that is missing of a promise, in money units."""
        row = self.model.rows[number]
        if row.family == MINIMUM_CASH:
            period = self.model.coefficients.calendar.months_per_period / MONTHS_A_YEAR
            return self.bridge_rate * period / POINTS_OF_A_MONTH
        if row.family.unit == MONEY:
            return 1.0
        asked = [abs(weight) for index, weight in row.terms.items() if self.model.columns[index].kind == "join"]
        return self.outlay / max([abs(row.comparison.right), *asked, SMALLEST_ASKED])

    def _as_much_as_can_be(self) -> Floats:
        """What of the plan can be bought, as much and as soon as can be, and nothing before it was planned."""
        goal, rows = LinearExpression(), list[Row]()
        decide, periods = self.model.decide, len(self.model.coefficients.periods)
        for offer, site in dict.fromkeys((offer, site) for offer, site, _ in decide.order):
            so_far = LinearExpression()
            for t in range(periods):
                order = decide.order.get((offer, site, t))  # type: ignore[call-overload]  # the key is a named tuple
                if order is not None:
                    so_far = so_far + order
                    goal = goal + order * float(periods - t)
                    until = sum(n for (o, d, u), n in self.planned.order.items() if (o, d) == (offer, site) and u <= t)
                    rows.append(Row(FURTHER, (offer, site, t), so_far <= float(until)))
        for built in decide.built.values():
            goal = goal + built * 1.0
        cut = self.matrix.with_rows(rows).with_objective(goal, maximise=True)
        lower, upper = cut.lower.copy(), np.array(cut.upper)
        capped = np.concatenate([_columns(self.model, "built", "join"), self.exits])  # nothing leaves to make room
        upper[capped] = np.minimum(upper[capped], self.numbers[capped])
        joins = _columns(self.model, "join")
        lower[joins] = upper[joins]
        solver = Solver(replace(cut, lower=lower, upper=upper))
        solver.whole(self.held)
        run = solver.run(seconds=self._left())
        if not run.has_point:
            raise NoProofError("what was planned cannot be carried out here, not even in part, that was found in time")
        return np.round(run.values[self.held])

    def _relaxed(self, matrix: Matrix) -> Run:
        solver = Solver(matrix)
        return solver.run(seconds=self._left())

    def _left(self) -> float:
        return max(0.0, self.ends - time.monotonic())


def _columns(model: Model, *kinds: str) -> Integers:
    """Whole-number columns of some kinds."""
    return np.array([one.index for one in model.columns if one.whole and one.kind in kinds], dtype=np.int32)


def _with_bounds(matrix: Matrix, columns: Integers, numbers: Floats) -> Matrix:
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    lower[columns] = upper[columns] = numbers
    return replace(matrix, lower=lower, upper=upper)
