"""Finds a whole-number plan and a bound on how much better any plan could be.

Thousands of whole-number columns hardly move the objective, and left to themselves they keep the solver from closing
the gap on the few that do. So the decisions are made whole in the order of their weight: first blocks and programmes,
in branches whose bound holds for the whole problem since everything else may still be fractional; then orders, with
those fixed; then early exits, with orders fixed (relax-and-fix). Orders are looked for within one system of the answer
in fractions (an integer neighbourhood), which is a small problem; where that finds none, among all orders. Where plan
and bound do not meet yet, orders and exits are looked for together, among those that the answers so far make use of.
The whole numbers of the tax years are read off the plan that is found. Only then is the problem solved in one piece,
from the best plan on, unless it is too large for that.

What a stage returns is a claim. The incumbent is what was worked out anew and held against every row; a stage can only
make it better. Stages end after a number of branches, so that a busy machine comes to the same plan; time is what ends
them where the limit itself does.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import Any

from planner.errors import NoProofError
from planner.outcome import Progress, Recorder
from planner.solving.branch_and_bound import branch_and_bound
from planner.solving.branches import in_branches
from planner.solving.highs import NO_LIMIT, Run, Solver
from planner.solving.matrix import Floats
from planner.solving.orders_and_exits import OrdersAndExits
from planner.solving.search_state import (
    GAP_OF_HEAVY,
    HEAVY,
    LIGHT,
    SUB_PROBLEMS,
    TIME_OF_HEAVY,
    lp_method,
)
from planner.solving.solvable import Solvable
from planner.solving.tightened import tightened
from planner.solving.two_ways import in_two_ways

WIDEST_GAP_OF_HEAVY = 0.03
"""A wider gap saves nothing there: blocks that are merely rounded leave orders and exits without a plan."""
NODES_OF_HEAVY = 4_000
"""Branches after which the solver's own search for blocks ends with what it has."""
MOST_BRANCHES, TIME_OF_BRANCHES = 40, 0.1
"""Linear programmes, and share of the time, for a proof that there is no plan where a programme is joined in part."""
FALSE_CLAIM = 1e-6
"""A plan worse than it was claimed to be by more, as a share, hid its loss in the solver's tolerance."""
STRICT = 1e-9
"""Tolerance of whole numbers in a second look, where the first claimed a plan that is none."""
TOO_LARGE_IN_ONE_PIECE = 100_000
"""Non-zeros from which a search of the solver in one piece does not come to a first branch within minutes."""


def search(
    model: Solvable,
    solver: Solver,
    *,
    gap: float,
    seconds: float,
    progress: Progress | None = None,
    recorder: Recorder | None = None,
    start: Run | None = None,
    nodes: int = NO_LIMIT,
) -> Run:
    """The best whole-number plan found, with a bound that holds for every plan; no worse than one to start from.

    Args:
        model: what is planned.
        solver: holds its problem.
        gap: relative gap at which the search may stop.
        seconds: time limit.
        progress: told of the best plan and the bound.
        recorder: given every plan that is found.
        start: a plan to begin with.
        nodes: branches after which the search in one piece ends too, where nobody asks how good the plan is.
    """
    found = _Search(model, solver, gap, time.monotonic() + seconds, progress, recorder, nodes_in_one_piece=nodes)
    if start is not None:
        found.incumbent.offer(start, seconds)
    return found.best_plan()


def search_on(model: Solvable, solver: Solver, values: Floats, *, gap: float, seconds: float, near: bool = True) -> Run:
    """A whole-number plan with the blocks and programmes of these columns, and orders near theirs, or any orders."""
    start = Run("limit", True, math.nan, math.nan, values)
    return OrdersAndExits(model, solver, gap, time.monotonic() + seconds).made_whole_in_turn(start, near=near)


@dataclass
class _Search(OrdersAndExits):
    """The stages of one search, in their order."""

    nodes_in_one_piece: int = NO_LIMIT

    def best_plan(self) -> Run:
        relaxed = self._relaxed()
        if relaxed.status != "optimal":
            return relaxed if not self.incumbent.has_plan else self.answer()
        self.incumbent.limit(relaxed.bound)
        if self.is_whole(relaxed.values, *HEAVY, *LIGHT):
            self.incumbent.offer(relaxed, self.left())
        if self.is_good_enough():
            return self.answer()
        heavy = self._heavy(relaxed)
        if self.is_good_enough():  # with a plan to start from
            return self.answer()
        if heavy.status.startswith("infeasible") and not self.incumbent.has_plan:
            return replace(heavy, status="infeasible", has_point=False)
        if heavy.has_point:
            self.shut_what_costs_most(heavy)
            self.made_whole_in_turn(heavy, near=True)
            if not self.incumbent.has_plan or (self.no_exits_behind and not self.is_good_enough()):
                self.made_whole_in_turn(heavy, near=False)
            if self.incumbent.has_plan and not self.is_good_enough():
                self.together(heavy)
        if self.is_good_enough() or (self.incumbent.has_plan and self.matrix.shape[2] >= TOO_LARGE_IN_ONE_PIECE):
            return self.answer()
        last = self._in_one_piece()
        return self.answer() if self.incumbent.has_plan else last

    def _is_ruled_out(self) -> bool:
        """Whether it is soon proven that there is no plan: a programme is neither joined nor left out in any.

        The solver does not branch on that first, and may look for minutes.
        """
        ends = time.monotonic() + self.left(TIME_OF_BRANCHES)
        try:
            return in_branches(self.solver, self.model.columns, ends, MOST_BRANCHES) is None
        except NoProofError:
            return False

    def _relaxed(self) -> Run:
        """The best plan in fractions."""
        self.solver.whole(self.matrix.whole, on=False)
        with self.solver.options(solver=lp_method(self.solver)):
            run = self.solver.run(seconds=self.left())
        if run.status not in ("optimal", "limit"):  # only the simplex method is believed that there is no plan
            run = self.solver.run(seconds=self.left())
        if run.status == "optimal":
            self.solver.keep_prices()  # they prove the bound in exact arithmetic
        return run

    def _heavy(self, relaxed: Run) -> Run:
        """Blocks and programmes whole, all else in fractions: its bound holds for every plan.

        What branches do not settle soon is left to the solver's own search, which has cuts; where they found no plan
        either, it is first asked whether there is any.
        """
        columns = self.columns(*HEAVY)
        if self.is_whole(relaxed.values, *HEAVY):
            return relaxed
        terms: dict[str, Any] = {
            "gap": min(self.gap, WIDEST_GAP_OF_HEAVY) * GAP_OF_HEAVY,
            "progress": self.all_told(whole=False),
            "found": self.record if self.recorder else None,
        }
        branched = branch_and_bound(self.solver, columns, relaxed, seconds=self.left(TIME_OF_HEAVY), **terms)
        self.incumbent.limit(branched.bound)
        if branched.status != "limit":
            return branched
        if not branched.has_point and not self.incumbent.has_plan and self._is_ruled_out():
            return replace(branched, status="infeasible")
        self.solver.whole(columns)
        if branched.has_point:
            self.solver.mip_start(branched.values)
        with self.solver.options(mip_lp_solver=lp_method(self.solver), **SUB_PROBLEMS):
            run = in_two_ways(self.solver, seconds=self.left(TIME_OF_HEAVY), nodes=NODES_OF_HEAVY, **terms)
        self.solver.whole(columns, on=False)
        self.incumbent.limit(run.bound)
        return run

    def _in_one_piece(self) -> Run:
        """All decisions at once, from the best plan on.

        Rows that a tax year switches get as small a number as can be. Where the plan that is found turns out worse than
        it was claimed to be all the same, whole numbers are asked for to a thousandth of the usual tolerance.
        """
        solver = Solver(tightened(self.model, self.matrix, time.monotonic() + self.left(TIME_OF_BRANCHES)))
        solver.whole(self.matrix.whole)
        run = self._in_one_run(solver)
        if self.incumbent.offer(run, self.left()) > FALSE_CLAIM and not self.is_good_enough():
            solver.set("mip_feasibility_tolerance", STRICT)
            run = self._in_one_run(solver)
            self.incumbent.offer(run, self.left())
        return run

    def _in_one_run(self, solver: Solver) -> Run:
        if self.incumbent.has_plan:
            solver.mip_start(self.incumbent.plan.values)
        told, found = self.all_told(whole=True), self.record if self.recorder else None
        # Without a plan the interior-point method may not see that there is none, and stays at the root.
        method = "ipx" if self.incumbent.has_plan else lp_method(self.solver)
        with solver.options(mip_lp_solver=method, **SUB_PROBLEMS):
            terms: dict[str, Any] = {"gap": self.gap, "progress": told, "found": found}
            run = in_two_ways(solver, seconds=self.left(), nodes=self.nodes_in_one_piece, **terms)
        if not run.status.startswith("infeasible"):  # not believed beside a plan, and its bound bounds nothing
            self.incumbent.limit(run.bound)
        return run
