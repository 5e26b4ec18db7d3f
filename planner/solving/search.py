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

import numpy as np
from numpy.typing import NDArray

from planner.errors import NoProofError
from planner.outcome import Progress, Recorder
from planner.solving.branch_and_bound import branch_and_bound
from planner.solving.branches import in_branches
from planner.solving.highs import Run, Solver
from planner.solving.incumbent import TIE_TOLERANCE, Incumbent
from planner.solving.indicators import with_indicators
from planner.solving.matrix import Floats, Integers
from planner.solving.solvable import Solvable
from planner.solving.tightened import tightened
from planner.solving.two_ways import in_two_ways

HEAVY, LIGHT = ("built", "join"), ("order", "exit")
"""Kinds of whole-number decisions that move the objective most."""
GAP_OF_HEAVY, GAP_OF_ORDERS, GAP_OF_EXITS = 0.4, 0.3, 0.2
"""Share of the allowed gap that each stage may use up."""
WIDEST_GAP_OF_HEAVY = 0.03
"""A wider gap saves nothing there: blocks that are merely rounded leave orders and exits without a plan."""
NODES_OF_HEAVY, NODES_OF_LIGHT, NODES_OF_TOGETHER = 4_000, 2_000, 150
"""Branches after which a stage ends with what it has: a count, not a time, so that it ends alike on every machine."""
TIME_OF_HEAVY, TIME_OF_ORDERS, TIME_OF_EXITS = 0.5, 0.4, 0.4
"""Share of the time that is left which each stage may take, where the limit is so short that time ends it."""
MOST_BRANCHES, TIME_OF_BRANCHES = 40, 0.1
"""Linear programmes, and share of the time, for a proof that there is no plan where a programme is joined in part."""
MOST_ROUNDS = 12
"""How often orders and exits are made whole together, each time from the best plan on; two rounds in vain end it."""
REACH = 2
"""How many more of a system than any answer so far uses orders and exits may be where they are made whole together."""
FALSE_CLAIM = 1e-6
"""A plan worse than it was claimed to be by more, as a share, hid its loss in the solver's tolerance."""
STRICT = 1e-9
"""Tolerance of whole numbers in a second look, where the first claimed a plan that is none."""
WHOLE_TOLERANCE = 1e-6
"""How far a value may be from a whole number and still be taken for it; HiGHS uses the same."""
SUB_PROBLEMS = {f"mip_heuristic_run_{name}": False for name in ("rins", "rens", "root_reduced_cost")}
"""Heuristics that solve whole-number problems inside, off: nine tenths of the time of blocks and programmes."""
COSTLY_SUB_PROBLEMS = {name: on for name, on in SUB_PROBLEMS.items() if not name.endswith("rins")}
"""Those that do not start from the best plan."""
TOO_LARGE_IN_ONE_PIECE = 100_000
"""Non-zeros from which a search of the solver in one piece does not come to a first branch within minutes."""
LARGE = 20_000
"""Non-zeros from which the interior-point method beats the simplex method on the first linear programme."""
VERY_LARGE = 1_000_000
"""Non-zeros from which HiPO beats IPX, where it is installed."""
MANY = ("order", "exit", "claim", "claimed_exit", "serve")
"""Kinds of decisions of which there are many, one for each vintage and later period, nearly all zero."""
MOST_COLUMNS = 60_000
"""Columns with which orders and exits can be made whole in minutes."""


def search(
    model: Solvable,
    solver: Solver,
    *,
    gap: float,
    seconds: float,
    progress: Progress | None = None,
    recorder: Recorder | None = None,
    start: Run | None = None,
) -> Run:
    """The best whole-number plan found, with a bound that holds for every plan; no worse than one to start from."""
    found = _Search(model, solver, gap, time.monotonic() + seconds, progress, recorder)
    if start is not None:
        found.incumbent.offer(start, seconds)
    return found.best_plan()


def search_on(model: Solvable, solver: Solver, values: Floats, *, gap: float, seconds: float, near: bool = True) -> Run:
    """A whole-number plan with the blocks and programmes of these columns, and orders near theirs, or any orders."""
    start = Run("limit", True, math.nan, math.nan, values)
    return _Search(model, solver, gap, time.monotonic() + seconds)._orders_then_exits(start, near=near)


@dataclass
class _Search:
    """One search; every step but the last leaves all columns fractional and all bounds as they were."""

    model: Solvable
    solver: Solver
    gap: float
    deadline: float
    progress: Progress | None = None
    recorder: Recorder | None = None
    recorded: tuple[int, float] = (0, -math.inf)
    """How much of the plan that was recorded last is whole, and how good it is; larger is better."""

    def __post_init__(self) -> None:
        self.matrix = self.solver.matrix
        self.incumbent = Incumbent(self.model, self.matrix, self.recorder)
        self.upper = self.matrix.upper.copy()
        """Upper bounds while orders and exits are made whole; of a large problem most columns are shut then."""
        self.answers: list[Floats] = []
        """Answers with orders whole and exits in fractions."""

    def best_plan(self) -> Run:
        relaxed = self._relaxed()
        if relaxed.status != "optimal":
            return relaxed if not self.incumbent.has_plan else self._answer()
        self.incumbent.limit(relaxed.bound)
        if self._is_whole(relaxed.values, *HEAVY, *LIGHT):
            self.incumbent.offer(relaxed, self._left())
        if self._is_good_enough():
            return self._answer()
        heavy = self._heavy(relaxed)
        if self._is_good_enough():  # with a plan to start from
            return self._answer()
        if heavy.status.startswith("infeasible") and not self.incumbent.has_plan:
            return replace(heavy, status="infeasible", has_point=False)
        if heavy.has_point:
            self._shut_what_costs_most(heavy)
            self._orders_then_exits(heavy, near=True)
            if not self.incumbent.has_plan:
                self._orders_then_exits(heavy, near=False)
            if self.incumbent.has_plan and not self._is_good_enough():
                self._together(heavy)
        if self._is_good_enough() or (self.incumbent.has_plan and self.matrix.shape[2] >= TOO_LARGE_IN_ONE_PIECE):
            return self._answer()
        last = self._in_one_piece()
        return self._answer() if self.incumbent.has_plan else last

    def _answer(self) -> Run:
        return replace(self.incumbent.plan, status="optimal" if self._is_good_enough() else "limit")

    def _is_ruled_out(self) -> bool:
        """Whether it is soon proven that there is no plan: a programme is neither joined nor left out in any.

        The solver does not branch on that first, and may look for minutes.
        """
        ends = time.monotonic() + self._left(TIME_OF_BRANCHES)
        try:
            return in_branches(self.solver, self.model.columns, ends, MOST_BRANCHES) is None
        except NoProofError:
            return False

    def _relaxed(self) -> Run:
        """The best plan in fractions."""
        self.solver.whole(self.matrix.whole, on=False)
        with self.solver.options(solver=self._method()):
            run = self.solver.run(seconds=self._left())
        if run.status not in ("optimal", "limit"):  # only the simplex method is believed that there is no plan
            run = self.solver.run(seconds=self._left())
        if run.status == "optimal":
            self.solver.keep_prices()  # they prove the bound in exact arithmetic
        return run

    def _method(self) -> str:
        if self.matrix.shape[2] >= VERY_LARGE and self.solver.has("solver", "hipo"):
            return "hipo"
        return "ipx" if self.matrix.shape[2] >= LARGE else "choose"

    def _heavy(self, relaxed: Run) -> Run:
        """Blocks and programmes whole, all else in fractions: its bound holds for every plan.

        What branches do not settle soon is left to the solver's own search, which has cuts; where they found no plan
        either, it is first asked whether there is any.
        """
        columns = self._columns(*HEAVY)
        if self._is_whole(relaxed.values, *HEAVY):
            return relaxed
        terms: dict[str, Any] = {
            "gap": min(self.gap, WIDEST_GAP_OF_HEAVY) * GAP_OF_HEAVY,
            "progress": self._all_told(whole=False),
            "found": self._record if self.recorder else None,
        }
        branched = branch_and_bound(self.solver, columns, relaxed, seconds=self._left(TIME_OF_HEAVY), **terms)
        self.incumbent.limit(branched.bound)
        if branched.status != "limit":
            return branched
        if not branched.has_point and not self.incumbent.has_plan and self._is_ruled_out():
            return replace(branched, status="infeasible")
        self.solver.whole(columns)
        if branched.has_point:
            self.solver.mip_start(branched.values)
        with self.solver.options(mip_lp_solver=self._method(), **SUB_PROBLEMS):
            run = in_two_ways(self.solver, seconds=self._left(TIME_OF_HEAVY), nodes=NODES_OF_HEAVY, **terms)
        self.solver.whole(columns, on=False)
        self.incumbent.limit(run.bound)
        return run

    def _shut_what_costs_most(self, heavy: Run) -> None:
        """Leaves a large problem no more columns than can be solved, those of the least reduced cost with these blocks.

        What is shut stays out of plans that are looked for here; bounds on all plans do not come from here.
        """
        if len(self.upper) <= MOST_COLUMNS:
            return
        self._fix(self._columns(*HEAVY), heavy.values)
        run = self.solver.run(seconds=self._left())
        if run.status == "optimal":
            many = np.array([column.index for column in self.model.columns if column.kind in MANY], dtype=np.int32)
            idle = many[run.values[many] <= self.matrix.lower[many] + WHOLE_TOLERANCE]
            cost = np.abs(self.solver.reduced_costs()[idle])
            kept = max(0, MOST_COLUMNS - (len(self.upper) - len(idle)))
            shut = idle[np.argsort(cost, kind="stable")[kept:]]
            self.upper[shut] = self.matrix.lower[shut]
            self.solver.bound(shut, self.upper[shut], self.upper[shut])
        self._let_go()

    def _orders_then_exits(self, heavy: Run, *, near: bool) -> Run:
        """Orders whole, with blocks and programmes as found; then early exits, with the orders as found."""
        self._fix(self._columns(*HEAVY), heavy.values)
        orders = self._columns("order")
        if near:
            self._in_neighbourhood(orders, heavy.values)
        run = self._made_whole(heavy, orders, GAP_OF_ORDERS, TIME_OF_ORDERS)
        if run.has_point:
            self.answers.append(run.values)
            self._fix(orders, run.values)
            run = self._made_whole(run, self._columns("exit"), GAP_OF_EXITS, TIME_OF_EXITS)
        self.incumbent.offer(run, self._left())
        if self.incumbent.has_plan:
            self._record(self.incumbent.plan.values, self.incumbent.plan.objective)
        self._let_go()
        return self._answer() if self.incumbent.has_plan else replace(run, has_point=False)

    def _made_whole(self, run: Run, columns: Integers, share_of_gap: float, share_of_time: float) -> Run:
        """Solves on with these columns whole, unless they are whole already."""
        if _are_whole(run.values, columns):
            return run
        self.solver.whole(columns)
        told, found = self._all_told(whole=False, bounds_all=False), self._record if self.recorder else None
        result = self.solver.run(
            gap=self.gap * share_of_gap,
            seconds=self._left(share_of_time),
            nodes=NODES_OF_LIGHT,
            presolve=True,  # a plan that is lost here is found later, or missed in the gap
            progress=told,
            found=found,
        )
        self.solver.whole(columns, on=False)
        return result

    def _together(self, heavy: Run) -> None:
        """Orders and exits whole together, those that any answer so far makes use of, with blocks as in the best plan.

        Exits that are made whole behind orders cost small fleets more than all else: other orders may leave better.
        Each better plan gives further answers: its orders with exits in fractions, and the other way round.
        """
        light = self._columns(*LIGHT)
        answers, in_vain = [heavy.values, *self.answers], 0
        for number in range(MOST_ROUNDS):
            before = self.incumbent.plan
            answers.append(before.values)
            self._fix(self._columns(*HEAVY), before.values)
            self._use_only(light, np.max([answer[light] for answer in answers], axis=0))
            self.solver.whole(light)
            self.solver.mip_start(before.values)
            with self.solver.options(random_seed=number, mip_lp_solver=self._method(), **COSTLY_SUB_PROBLEMS):
                run = self.solver.run(
                    gap=self.gap * GAP_OF_HEAVY,
                    seconds=self._left(TIME_OF_ORDERS),
                    nodes=NODES_OF_TOGETHER,
                    presolve=True,
                    progress=self._all_told(whole=True, bounds_all=False),
                    found=self._record if self.recorder else None,
                )
            self.solver.whole(light, on=False)
            self.incumbent.offer(run, self._left())
            in_vain = 0 if self.matrix.is_better(self.incumbent.plan.objective, before.objective) else in_vain + 1
            if run.status == "optimal" or in_vain > 1 or self._is_good_enough() or not self._left():
                break
            answers += self._half_fixed(light)
        self._let_go()

    def _half_fixed(self, light: Integers) -> list[Floats]:
        """Answers with the orders of the best plan, exits in fractions, and the other way round."""
        plan, found = self.incumbent.plan.values, []
        for kind in LIGHT:
            self.solver.bound(light, self.matrix.lower[light], self.upper[light])
            self._fix(self._columns(kind), plan)
            run = self.solver.run(seconds=self._left())
            if run.status == "optimal":
                found.append(run.values)
        return found

    def _use_only(self, columns: Integers, most: NDArray[Any]) -> None:
        """Bounds columns to a little more than they were used at most; what was never used stays out."""
        upper = np.where(most > WHOLE_TOLERANCE, np.ceil(most - WHOLE_TOLERANCE) + REACH, 0.0)
        lower = self.matrix.lower[columns]
        self.solver.bound(columns, lower, np.clip(upper, lower, self.upper[columns]))

    def _let_go(self) -> None:
        """All bounds of whole numbers as they are in the problem, or shut."""
        whole = self.matrix.whole
        self.solver.bound(whole, self.matrix.lower[whole], self.upper[whole])

    def _in_one_piece(self) -> Run:
        """All decisions at once, from the best plan on.

        Rows that a tax year switches get as small a number as can be. Where the plan that is found turns out worse than
        it was claimed to be all the same, whole numbers are asked for to a thousandth of the usual tolerance.
        """
        solver = Solver(tightened(self.model, self.matrix, time.monotonic() + self._left(TIME_OF_BRANCHES)))
        solver.whole(self.matrix.whole)
        run = self._in_one_run(solver)
        if self.incumbent.offer(run, self._left()) > FALSE_CLAIM and not self._is_good_enough():
            solver.set("mip_feasibility_tolerance", STRICT)
            run = self._in_one_run(solver)
            self.incumbent.offer(run, self._left())
        return run

    def _in_one_run(self, solver: Solver) -> Run:
        if self.incumbent.has_plan:
            solver.mip_start(self.incumbent.plan.values)
        told, found = self._all_told(whole=True), self._record if self.recorder else None
        with solver.options(mip_lp_solver="ipx", **SUB_PROBLEMS):
            run = in_two_ways(solver, gap=self.gap, seconds=self._left(), progress=told, found=found)
        if not run.status.startswith("infeasible"):  # not believed beside a plan, and its bound bounds nothing
            self.incumbent.limit(run.bound)
        return run

    def _record(self, values: Floats, objective: float) -> None:
        """Tells of a better plan on the way, for whoever goes on from here if this process is ended.

        A plan with whole orders is better than one that has only its blocks whole, whatever their objectives.
        """
        if self.recorder is None:
            return
        signed = with_indicators(self.model, values)
        stages = [self._columns("order"), self._columns("exit")]
        whole = next((n for n, columns in enumerate(stages) if not _are_whole(values, columns)), len(stages))
        rank = (whole + (whole == len(stages) and signed is not None), objective * (1 if self.matrix.maximise else -1))
        if rank > self.recorded:
            self.recorded = rank
            self.recorder.incumbent_found(values if signed is None else signed, self.incumbent.told)

    def _all_told(self, *, whole: bool, bounds_all: bool = True) -> Progress | None:
        """Whoever looks on, and the incumbent, told while a whole-number problem runs.

        Args:
            whole: whether what it finds is a plan; while some kinds may still be fractional there is none to tell of.
            bounds_all: whether its bound holds for every plan; not with orders near an answer, or blocks as found.
        """
        progress, incumbent = self.progress, self.incumbent
        if progress is None and (self.recorder is None or not bounds_all):
            return None

        def told(best: float, bound: float) -> None:
            if bounds_all:
                incumbent.tell(bound)
            if progress is not None:
                none = -math.inf if self.matrix.maximise else math.inf
                progress(best if whole else none, incumbent.told)

        return told

    def _in_neighbourhood(self, orders: Integers, values: Floats) -> None:
        """Bounds orders to one system more or less than the answer in fractions; what it does not order stays out."""
        down, up = np.floor(values[orders] + WHOLE_TOLERANCE), np.ceil(values[orders] - WHOLE_TOLERANCE)
        lower = np.maximum(down - 1, self.matrix.lower[orders])
        upper = np.minimum(np.where(up > 0, up + 1, 0), self.upper[orders])
        self.solver.bound(orders, lower, upper)

    def _fix(self, columns: Integers, values: Floats) -> None:
        fixed = np.round(values[columns])
        self.solver.bound(columns, fixed, fixed)

    def _columns(self, *kinds: str) -> Integers:
        return np.array([i for i in self.matrix.whole if self.model.columns[i].kind in kinds], dtype=np.int32)

    def _is_whole(self, values: Floats, *kinds: str) -> bool:
        return _are_whole(values, self._columns(*kinds))

    def _is_good_enough(self) -> bool:
        return self.incumbent.gap <= max(self.gap, TIE_TOLERANCE)

    def _left(self, share: float = 1.0) -> float:
        return max(0.0, share * (self.deadline - time.monotonic()))


def _are_whole(values: Floats, columns: Integers) -> bool:
    return bool(np.all(np.abs(values[columns] - np.round(values[columns])) <= WHOLE_TOLERANCE))
