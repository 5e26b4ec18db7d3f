"""HiGHS by itself on our matrix, from arrays: the linear programme, and the whole problem in one piece.

This is the least that handing over and solving can take; nothing of the planner is loaded.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import highspy
import numpy as np

from tests.benchmarks.measures import Clock, bound_of_none, facts_of, finite

SLACK = 9
"""How many times as long a run may take by the clock as its CPU may: the machine is shared."""


def measure(name: str, folder: Path, gap: str, seconds: str) -> dict[str, Any]:
    clock = Clock()
    arrays = dict(np.load(folder / "matrix.npz"))
    with clock.time("hand_over"):
        highs = loaded(arrays)
    if name == "linear":
        highs.setOptionValue("solver", facts_of(folder)["method"])
    else:
        make_whole(highs, arrays["whole"])
    return {"build": 0.0, **run_in_one_piece(highs, clock, float(gap), float(seconds))}


def loaded(arrays: dict[str, Any]) -> Any:
    """HiGHS with the arrays of a matrix, all columns in fractions."""
    problem = highspy.HighsLp()
    problem.num_col_, problem.num_row_ = columns, rows = len(arrays["lower"]), len(arrays["row_lower"])
    problem.col_cost_, problem.offset_ = arrays["cost"], arrays["offset"].item()
    problem.col_lower_, problem.col_upper_ = arrays["lower"], arrays["upper"]
    problem.row_lower_, problem.row_upper_ = arrays["row_lower"], arrays["row_upper"]
    problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    problem.a_matrix_.num_col_, problem.a_matrix_.num_row_ = columns, rows
    problem.a_matrix_.start_, problem.a_matrix_.index_ = arrays["starts"], arrays["indexes"]
    problem.a_matrix_.value_ = arrays["values"]
    problem.sense_ = highspy.ObjSense.kMaximize if arrays["maximise"] else highspy.ObjSense.kMinimize
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    assert highs.passModel(problem) == highspy.HighsStatus.kOk
    return highs


def make_whole(highs: Any, columns: Any) -> None:
    """Makes columns whole."""
    highs.changeColsIntegrality(len(columns), columns, np.full(len(columns), highspy.HighsVarType.kInteger))


def run_in_one_piece(highs: Any, clock: Clock, gap: float, seconds: float) -> dict[str, Any]:
    """Runs HiGHS as it comes, on one thread, to a gap or until so much CPU is spent."""
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("mip_rel_gap", gap)
    highs.setOptionValue("time_limit", SLACK * seconds)
    ends = time.process_time() + seconds
    highs.cbMipInterrupt.subscribe(lambda event: event.interrupt(time.process_time() > ends))
    with clock.time("solve"):
        highs.run()
    info, solved = highs.getInfo(), highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    has_whole = bool(len(highs.getLp().integrality_))
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    value = finite(highs.getObjectiveValue()) if feasible and (solved or has_whole) else None
    bound = finite(info.mip_dual_bound) if has_whole else value
    if highs.getModelStatus() in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ):
        bound = bound_of_none(maximise=highs.getObjectiveSense()[1] == highspy.ObjSense.kMaximize)
    return {**clock.seconds, "value": value, "bound": bound}
