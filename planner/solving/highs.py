"""HiGHS behind four verbs: load, change, run, read. Every return code is looked at, every option is read back."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from planner.outcome import Progress
from planner.solving.matrix import Floats, Integers, Matrix
from planner.solving.other_ways import LEAST_SECONDS_OF_A_WAY, OTHER_WAYS, is_settled


class SolverError(RuntimeError):
    """The solver refused what it was told: a defect of the program."""


@dataclass(frozen=True)
class Run:
    """What one run of the solver came to."""

    status: str
    """optimal, infeasible, unbounded, limit, or unsettled: the solver itself does not know."""
    has_point: bool
    """Whether there is a point that satisfies all rows within tolerance."""
    objective: float
    bound: float
    values: Floats


_STATUS = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kModelEmpty: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible or unbounded",
    highspy.HighsModelStatus.kTimeLimit: "limit",
    highspy.HighsModelStatus.kSolutionLimit: "limit",
    highspy.HighsModelStatus.kIterationLimit: "limit",
    highspy.HighsModelStatus.kInterrupt: "limit",
    highspy.HighsModelStatus.kMemoryLimit: "limit",
}
UNSETTLED = "unsettled"
NO_LIMIT: int = highspy.kHighsIInf
"""As many branches as it takes."""


class Solver:
    """One loaded problem, to be run and changed and run again."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self._is_whole = self._has_start = False
        self.prices: Floats | None = None
        """Prices of the rows that were kept last; see ``keep_prices``."""
        self.branches: Sequence[Mapping[int, tuple[float, float]]] = ()
        """Branches that together hold every plan, each by the bounds of some columns: what ``branch_and_bound`` begins
        with, and what it leaves."""
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.set("output_flag", True)  # without it HiGHS reports no progress either
        self.set("log_to_console", False)
        self.set("threads", 1)
        self.set("random_seed", 0)
        self.set("mip_allow_restart", False)  # a restart goes through presolve again, and costs a third of the time
        self._load(matrix)

    def set(self, option: str, value: bool | int | float | str) -> None:
        """Sets an option and reads it back; an unknown option is an error here, not a silence."""
        self._check(self.highs.setOptionValue(option, value), f"option {option}")
        _, held = self.highs.getOptionValue(option)
        if held != value:
            raise SolverError(f"option {option} is {held} after it was set to {value}")

    def has(self, option: str, value: str) -> bool:
        """Whether the installed solver knows this value of an option; some come with packages of their own."""
        _, before = self.highs.getOptionValue(option)
        known = self.highs.setOptionValue(option, value) != highspy.HighsStatus.kError
        self.set(option, before)
        return bool(known)

    @contextmanager
    def options(self, **values: bool | float | str) -> Iterator[None]:
        """Sets options for as long as the block lasts."""
        before = {option: self.highs.getOptionValue(option)[1] for option in values}
        for option, value in values.items():
            self.set(option, value)
        try:
            yield
        finally:
            for option, value in before.items():
                self.set(option, value)

    def _check(self, status: highspy.HighsStatus, action: str) -> None:
        if status == highspy.HighsStatus.kError:
            raise SolverError(f"the solver refused: {action}")

    def _load(self, matrix: Matrix) -> None:
        rows, columns, non_zeros = matrix.shape
        problem = highspy.HighsLp()
        problem.num_col_, problem.num_row_ = columns, rows
        problem.col_cost_, problem.offset_ = matrix.cost, matrix.offset
        problem.col_lower_, problem.col_upper_ = matrix.lower, matrix.upper
        problem.row_lower_, problem.row_upper_ = matrix.row_lower, matrix.row_upper
        problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        problem.a_matrix_.num_col_, problem.a_matrix_.num_row_ = columns, rows
        problem.a_matrix_.start_, problem.a_matrix_.index_ = matrix.starts, matrix.indexes
        problem.a_matrix_.value_ = matrix.values
        problem.sense_ = highspy.ObjSense.kMaximize if matrix.maximise else highspy.ObjSense.kMinimize
        self._check(self.highs.passModel(problem), "the model")
        loaded = (self.highs.getNumRow(), self.highs.getNumCol(), self.highs.getNumNz())
        if loaded != (rows, columns, non_zeros):
            raise SolverError(
                f"the solver holds {loaded} rows, columns, non-zeros instead of {(rows, columns, non_zeros)}"
            )

    def whole(self, columns: Integers, on: bool = True) -> None:
        """Makes columns whole, or lets them be fractional again."""
        if len(columns):
            kind = highspy.HighsVarType.kInteger if on else highspy.HighsVarType.kContinuous
            kinds = np.full(len(columns), kind)
            self._check(self.highs.changeColsIntegrality(len(columns), columns, kinds), "whole numbers")
            self._is_whole = on

    def bound(self, columns: Integers, lower: Floats, upper: Floats) -> None:
        """Changes the bounds of columns."""
        if len(columns):
            self._check(self.highs.changeColsBounds(len(columns), columns, lower, upper), "bounds")

    def limit(self, row: int, lower: float, upper: float) -> None:
        """Changes the limits of a row."""
        self._check(self.highs.changeRowBounds(row, lower, upper), "bounds of a row")

    def begin_at(self, other: Solver) -> None:
        """Has the next linear programme begin at the basis of another one, unless that has more columns or rows.

        What is further here, behind the others, leaves that basis one: the columns stay at their limit.
        """
        basis, (rows, columns, _) = other.highs.getBasis(), self.matrix.shape
        status, row_status = list(basis.col_status), list(basis.row_status)
        if basis.valid and len(status) <= columns and len(row_status) <= rows:
            basis.col_status = status + [highspy.HighsBasisStatus.kLower] * (columns - len(status))
            basis.row_status = row_status + [highspy.HighsBasisStatus.kBasic] * (rows - len(row_status))
            self._check(self.highs.setBasis(basis), "a basis to start from")

    def costs(self, cost: Floats, *, maximise: bool, offset: float = 0.0) -> None:
        """Replaces the objective, its constant as well."""
        columns = np.arange(len(cost), dtype=np.int32)
        self._check(self.highs.changeColsCost(len(cost), columns, cost), "objective")
        self._check(self.highs.changeObjectiveOffset(offset), "constant of the objective")
        sense = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        self._check(self.highs.changeObjectiveSense(sense), "sense of the objective")

    def keep_optimal(self, flat: float) -> None:
        """After a linear programme: fixes every column and row that the optimum rests on.

        What is left free can move without changing the objective, so a second objective chooses among the optimal
        plans exactly, without a tolerance that it would use up.
        """
        solution, problem = self.highs.getSolution(), self.highs.getLp()
        values, duals = np.array(solution.col_value), np.abs(np.array(solution.col_dual))
        held = np.flatnonzero(duals > flat).astype(np.int32)
        self.bound(held, values[held], values[held])
        activity, prices = np.array(solution.row_value), np.array(solution.row_dual)
        lower, upper = np.array(problem.row_lower_), np.array(problem.row_upper_)
        for row in np.flatnonzero(np.abs(prices) > flat):
            near_lower = abs(activity[row] - lower[row]) <= abs(activity[row] - upper[row])
            limit = lower[row] if near_lower else upper[row]
            self.limit(int(row), limit, limit)

    def refined(self, values: Floats) -> Floats:
        """The corner that a linear programme ended at, with what rounding left in its rows taken out.

        The solver works on scaled rows and stops when they hold to its tolerance; a sum of money may then be off by a
        yen. One step of iterative refinement solves for the rest with the same basis. Returns the values as they were
        where there is no basis, or where the step makes nothing better.
        """
        problem, basis = self.matrix, self.highs.getBasis()
        if not basis.valid:
            return values
        basic = highspy.HighsBasisStatus.kBasic
        at_limit = np.array([status != basic for status in basis.row_status], dtype=bool)
        activity = problem.activity(values)
        nearest = np.where(
            np.abs(activity - problem.row_lower) <= np.abs(activity - problem.row_upper),
            problem.row_lower,
            problem.row_upper,
        )
        status, step = self.highs.getBasisSolve(np.where(at_limit, nearest - activity, 0.0))
        if status == highspy.HighsStatus.kError:
            return values
        _, members = self.highs.getBasicVariables()
        members, step = np.array(members), np.array(step)
        better = values.copy()
        better[members[members >= 0]] += step[members >= 0]
        return better if problem.violation(better) < problem.violation(values) else values

    def keep_prices(self) -> None:
        """After a linear programme: keeps the duals: the price of one unit more on the right-hand side of each row."""
        self.prices = np.array(self.highs.getSolution().row_dual)

    def reduced_costs(self) -> Floats:
        """After a linear programme: what one unit more of each column changes the objective by."""
        return np.array(self.highs.getSolution().col_dual)

    def mip_start(self, values: Floats) -> None:
        """Hands over a plan to start from; the solver may find it unusable, which is no fault."""
        columns, problem = np.arange(len(values), dtype=np.int32), self.highs.getLp()
        within = np.clip(values, problem.col_lower_, problem.col_upper_)  # by a rounding beyond, and it is refused
        self._check(self.highs.clearSolver(), "to start anew")
        self._check(self.highs.setSolution(len(values), columns, within), "a plan to start from")
        self._has_start = True

    def _limit(self, seconds: float) -> float:
        """The limit of one run as the solver takes it: for linear programmes on the time of all runs since loading."""
        return float(seconds) if self._is_whole else float(seconds) + float(self.highs.getRunTime())

    def run(
        self,
        *,
        gap: float = 0.0,
        seconds: float = math.inf,
        nodes: int = NO_LIMIT,
        presolve: bool = False,
        progress: Progress | None = None,
        found: Callable[[Floats, float], None] | None = None,
    ) -> Run:
        """Solves what is loaded.

        Args:
            gap: relative gap at which a whole-number problem may stop.
            seconds: time limit.
            nodes: branches after which a whole-number problem ends.
            presolve: whether a whole-number problem is reduced before it is solved, which may lose plans; whoever asks
                for it sees to that, as ``two_ways`` does.
            progress: told of the best plan and the bound while a whole-number problem runs.
            found: told of every better plan with its objective while a whole-number problem runs.
        """
        self.set("mip_rel_gap", gap)
        self.set("mip_abs_gap", 1e-7)
        self.set("time_limit", self._limit(seconds))
        self.set("mip_max_nodes", nodes)
        if progress is not None:
            self.highs.cbMipLogging.subscribe(
                lambda event: progress(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)
            )
        if found is not None:
            self.highs.cbMipImprovingSolution.subscribe(
                lambda event: found(np.array(event.data_out.mip_solution), event.data_out.objective_function_value)
            )
        if self._is_whole and not self._has_start:
            # a point in fractions from an earlier run counts as a plan to complete, which takes longer than all else
            self._check(self.highs.clearSolver(), "to start anew")
        self._has_start = False
        began = time.monotonic()
        # with whole numbers HiGHS 1.15 calls plans optimal after presolve that are not
        with self.options(**({"presolve": "off"} if self._is_whole and not presolve else {})):
            self._check(self.highs.run(), "to run")
            settled = self.highs.getModelStatus() in _STATUS or self._settled_otherwise(began + seconds)
        if progress is not None:
            self.highs.cbMipLogging.clear()
        if found is not None:
            self.highs.cbMipImprovingSolution.clear()
        run = self._read()
        return run if settled else replace(run, status=UNSETTLED)

    def _settled_otherwise(self, ends: float) -> bool:
        """Whether one of the other ways settles what the last run did not; the solver stands as that one left it."""
        for way in OTHER_WAYS:
            left = ends - time.monotonic()
            if left <= 0:
                break
            with self.options(**way):
                word = self._anew(max(LEAST_SECONDS_OF_A_WAY, left / 2))
            if is_settled(word, way):
                return True
        return False

    def _anew(self, seconds: float) -> str:
        """Solves what is loaded from nothing, with the options as they are now; what it came to."""
        self._check(self.highs.clearSolver(), "to start anew")
        self.set("time_limit", self._limit(seconds))
        if self.highs.run() == highspy.HighsStatus.kError:  # a way that ends in an error settles nothing
            return UNSETTLED
        return _STATUS.get(self.highs.getModelStatus(), UNSETTLED)

    def _read(self) -> Run:
        status = self.highs.getModelStatus()
        word = _STATUS.get(status, self.highs.modelStatusToString(status))
        info = self.highs.getInfo()
        solution = self.highs.getSolution()
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        objective = float(self.highs.getObjectiveValue())
        bound = objective
        if len(self.highs.getLp().integrality_):
            bound = float(info.mip_dual_bound)
        # A linear programme that was stopped early may call any point feasible; only an optimum is trusted there.
        trusted = word == "optimal" or (feasible and bool(len(self.highs.getLp().integrality_)))
        return Run(word, trusted and math.isfinite(objective), objective, bound, np.array(solution.col_value))
