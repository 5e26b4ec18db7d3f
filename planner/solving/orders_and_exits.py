"""Orders and early exits made whole, with blocks and programmes as found: one after the other, then together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.solving.highs import Run
from planner.solving.matrix import Floats, Integers
from planner.solving.search_state import (
    GAP_OF_EXITS,
    GAP_OF_HEAVY,
    GAP_OF_ORDERS,
    HEAVY,
    LIGHT,
    SUB_PROBLEMS,
    TIME_OF_EXITS,
    TIME_OF_ORDERS,
    WHOLE_TOLERANCE,
    SearchState,
    are_whole,
    lp_method,
)

NODES_OF_LIGHT, NODES_OF_TOGETHER = 2_000, 150
"""Branches after which a stage ends with what it has: a count, not a time, so that it ends alike on every machine."""
MOST_ROUNDS = 12
"""How often orders and exits are made whole together, each time from the best plan on; two rounds in vain end it."""
REACH = 2
"""How many more of a system than any answer so far uses orders and exits may be where they are made whole together."""
COSTLY_SUB_PROBLEMS = {name: on for name, on in SUB_PROBLEMS.items() if not name.endswith("rins")}
"""Those that do not start from the best plan."""
MANY = ("order", "exit", "claim", "claimed_exit", "serve")
"""Kinds of decisions of which there are many, one for each vintage and later period, nearly all zero."""
MOST_COLUMNS = 60_000
"""Columns with which orders and exits can be made whole in minutes."""


class OrdersAndExits(SearchState):
    """The stages of a search that make its light decisions whole."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.upper = self.matrix.upper.copy()
        """Upper bounds while orders and exits are made whole; of a large problem most columns are shut then."""
        self.answers: list[Floats] = []
        """Answers with orders whole and exits in fractions."""
        self.no_exits_behind = False
        """Whether some of these left no exits in whole numbers."""

    def shut_what_costs_most(self, heavy: Run) -> None:
        """Leaves a large problem no more columns than can be solved, those of the least reduced cost with these blocks.

        What is shut stays out of plans that are looked for here; bounds on all plans do not come from here.
        """
        if len(self.upper) <= MOST_COLUMNS:
            return
        self.fix(self.columns(*HEAVY), heavy.values)
        run = self.solver.run(seconds=self.left())
        if run.status == "optimal":
            many = np.array([column.index for column in self.model.columns if column.kind in MANY], dtype=np.int32)
            idle = many[run.values[many] <= self.matrix.lower[many] + WHOLE_TOLERANCE]
            cost = np.abs(self.solver.reduced_costs()[idle])
            kept = max(0, MOST_COLUMNS - (len(self.upper) - len(idle)))
            shut = idle[np.argsort(cost, kind="stable")[kept:]]
            self.upper[shut] = self.matrix.lower[shut]
            self.solver.bound(shut, self.upper[shut], self.upper[shut])
        self._let_go()

    def made_whole_in_turn(self, heavy: Run, *, near: bool) -> Run:
        """Orders whole, with blocks and programmes as found; then early exits, with the orders as found.

        Orders that use every yen down to the floor of cash may leave no exits in whole numbers; then both in one.
        """
        self.fix(self.columns(*HEAVY), heavy.values)
        orders = self.columns("order")
        if near:
            self._in_neighbourhood(orders, heavy.values)
        run = self._made_whole(heavy, orders, GAP_OF_ORDERS, TIME_OF_ORDERS)
        if run.has_point:
            self.answers.append(run.values)
            self.fix(orders, run.values)
            run = self._made_whole(run, self.columns("exit"), GAP_OF_EXITS, TIME_OF_EXITS)
            if not run.has_point:
                self.no_exits_behind = True
                run = self._made_whole_at_once(heavy)
        self.incumbent.offer(run, self.left())
        if self.incumbent.has_plan:
            self.record(self.incumbent.plan.values, self.incumbent.plan.objective)
        self._let_go()
        return self.answer() if self.incumbent.has_plan else replace(run, has_point=False)

    def _made_whole_at_once(self, heavy: Run) -> Run:
        """Orders and exits whole in one, among those that any answer so far makes use of."""
        light = self.columns(*LIGHT)
        self._use_only(light, np.max([answer[light] for answer in (heavy.values, *self.answers)], axis=0))
        return self._made_whole(heavy, light, GAP_OF_ORDERS, TIME_OF_ORDERS)

    def _made_whole(self, run: Run, columns: Integers, share_of_gap: float, share_of_time: float) -> Run:
        """Solves on with these columns whole, unless they are whole already."""
        if are_whole(run.values, columns):
            return run
        self.solver.whole(columns)
        told, found = self.all_told(whole=False, bounds_all=False), self.record if self.recorder else None
        result = self.solver.run(
            gap=self.gap * share_of_gap,
            seconds=self.left(share_of_time),
            nodes=NODES_OF_LIGHT,
            presolve=True,  # a plan that is lost here is found later, or missed in the gap
            progress=told,
            found=found,
        )
        self.solver.whole(columns, on=False)
        return result

    def together(self, heavy: Run) -> None:
        """Orders and exits whole together, those that any answer so far makes use of, with blocks as in the best plan.

        Exits that are made whole behind orders cost small fleets more than all else: other orders may leave better.
        Each better plan gives further answers: its orders with exits in fractions, and the other way round.
        """
        light = self.columns(*LIGHT)
        answers, in_vain = [heavy.values, *self.answers], 0
        for number in range(MOST_ROUNDS):
            before = self.incumbent.plan
            answers.append(before.values)
            self.fix(self.columns(*HEAVY), before.values)
            self._use_only(light, np.max([answer[light] for answer in answers], axis=0))
            self.solver.whole(light)
            self.solver.mip_start(before.values)
            with self.solver.options(random_seed=number, mip_lp_solver=lp_method(self.solver), **COSTLY_SUB_PROBLEMS):
                run = self.solver.run(
                    gap=self.gap * GAP_OF_HEAVY,
                    seconds=self.left(TIME_OF_ORDERS),
                    nodes=NODES_OF_TOGETHER,
                    presolve=True,
                    progress=self.all_told(whole=True, bounds_all=False),
                    found=self.record if self.recorder else None,
                )
            self.solver.whole(light, on=False)
            self.incumbent.offer(run, self.left())
            in_vain = 0 if self.matrix.is_better(self.incumbent.plan.objective, before.objective) else in_vain + 1
            if run.status == "optimal" or in_vain > 1 or self.is_good_enough() or not self.left():
                break
            answers += self._half_fixed(light)
        self._let_go()

    def _half_fixed(self, light: Integers) -> list[Floats]:
        """Answers with the orders of the best plan, exits in fractions, and the other way round."""
        plan, found = self.incumbent.plan.values, []
        for kind in LIGHT:
            self.solver.bound(light, self.matrix.lower[light], self.upper[light])
            self.fix(self.columns(kind), plan)
            run = self.solver.run(seconds=self.left())
            if run.status == "optimal":
                found.append(run.values)
        return found

    def _use_only(self, columns: Integers, most: NDArray[Any]) -> None:
        """Bounds columns to a little more than they were used at most; what was never used stays out."""
        upper = np.where(most > WHOLE_TOLERANCE, np.ceil(most - WHOLE_TOLERANCE) + REACH, 0.0)
        lower = self.matrix.lower[columns]
        self.solver.bound(columns, lower, np.clip(upper, lower, self.upper[columns]))

    def _in_neighbourhood(self, orders: Integers, values: Floats) -> None:
        """Bounds orders to one system more or less than the answer in fractions; what it does not order stays out."""
        down, up = np.floor(values[orders] + WHOLE_TOLERANCE), np.ceil(values[orders] - WHOLE_TOLERANCE)
        lower = np.maximum(down - 1, self.matrix.lower[orders])
        upper = np.minimum(np.where(up > 0, up + 1, 0), self.upper[orders])
        self.solver.bound(orders, lower, upper)

    def _let_go(self) -> None:
        """All bounds of whole numbers as they are in the problem, or shut."""
        whole = self.matrix.whole
        self.solver.bound(whole, self.matrix.lower[whole], self.upper[whole])
