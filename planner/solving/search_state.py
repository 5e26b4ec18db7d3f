"""What all stages of a search share: the problem, what is known of it so far, and the time that is left."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from planner.outcome import Progress, Recorder
from planner.solving.highs import Run, Solver
from planner.solving.incumbent import TIE_TOLERANCE, Incumbent
from planner.solving.indicators import with_indicators
from planner.solving.matrix import Floats, Integers
from planner.solving.solvable import Solvable

HEAVY, LIGHT = ("built", "join", "serves_debt", "owes", "pays_owners"), ("order", "exit")
"""Kinds of whole-number decisions that move the objective most."""
GAP_OF_HEAVY, GAP_OF_ORDERS, GAP_OF_EXITS = 0.4, 0.3, 0.2
"""Share of the allowed gap that each stage may use up."""
TIME_OF_HEAVY, TIME_OF_ORDERS, TIME_OF_EXITS = 0.5, 0.4, 0.4
"""Share of the time that is left which each stage may take, where the limit is so short that time ends it."""
WHOLE_TOLERANCE = 1e-6
"""How far a value may be from a whole number and still be taken for it; HiGHS uses the same."""
SUB_PROBLEMS = {f"mip_heuristic_run_{name}": False for name in ("rins", "rens", "root_reduced_cost")}
"""Heuristics that solve whole-number problems inside, off: nine tenths of the time of blocks and programmes."""
LARGE = 20_000
"""Non-zeros from which the interior-point method beats the simplex method on the first linear programme."""
VERY_LARGE = 1_000_000
"""Non-zeros from which HiPO beats IPX, where it is installed."""


@dataclass
class SearchState:
    """One search; every stage but the last leaves all columns fractional and all bounds as they were."""

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

    def answer(self) -> Run:
        """The best plan that is known, with what is known of its bound."""
        return replace(self.incumbent.plan, status="optimal" if self.is_good_enough() else "limit")

    def columns(self, *kinds: str) -> Integers:
        """Whole-number columns of some kinds."""
        return np.array([i for i in self.matrix.whole if self.model.columns[i].kind in kinds], dtype=np.int32)

    def is_whole(self, values: Floats, *kinds: str) -> bool:
        """Whether columns of some kinds have whole values."""
        return are_whole(values, self.columns(*kinds))

    def is_good_enough(self) -> bool:
        """Whether the best plan is within the allowed gap of the bound."""
        return self.incumbent.gap <= max(self.gap, TIE_TOLERANCE)

    def left(self, share: float = 1.0) -> float:
        """Seconds that are left, or a share of them."""
        return max(0.0, share * (self.deadline - time.monotonic()))

    def record(self, values: Floats, objective: float) -> None:
        """Tells of a better plan on the way, for whoever goes on from here if this process is ended.

        A plan with whole orders is better than one that has only its blocks whole, whatever their objectives.
        """
        if self.recorder is None:
            return
        signed = with_indicators(self.model, values)
        stages = [self.columns("order"), self.columns("exit")]
        whole = next((n for n, columns in enumerate(stages) if not are_whole(values, columns)), len(stages))
        rank = (whole + (whole == len(stages) and signed is not None), objective * (1 if self.matrix.maximise else -1))
        if rank > self.recorded:
            self.recorded = rank
            self.recorder.incumbent_found(values if signed is None else signed, self.incumbent.told)

    def all_told(self, *, whole: bool, bounds_all: bool = True) -> Progress | None:
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

    def fix(self, columns: Integers, values: Floats) -> None:
        """Holds columns at their values, rounded."""
        fixed = np.round(values[columns])
        self.solver.bound(columns, fixed, fixed)


def are_whole(values: Floats, columns: Integers) -> bool:
    """Whether some columns have whole values, within the tolerance of the solver."""
    return bool(np.all(np.abs(values[columns] - np.round(values[columns])) <= WHOLE_TOLERANCE))


def lp_method(solver: Solver) -> str:
    """How the linear programme of a solver is solved fastest, by its size."""
    non_zeros = solver.matrix.shape[2]
    if non_zeros >= VERY_LARGE and solver.has("solver", "hipo"):
        return "hipo"
    return "ipx" if non_zeros >= LARGE else "choose"
