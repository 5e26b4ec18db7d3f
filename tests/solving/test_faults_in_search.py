"""Faults inside the search: a run of the solver that returns a worse point, a wrong bound, a plan off by one system.

Each is caught before anything is written: the plan is refused, or what comes out is a plan that the audit confirms,
with a bound that the true optimum does not pass. 200 of them: PLANNER_SEARCH_FAULTS=14, so many for each case.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest

from planner.case.case import Case
from planner.errors import AuditError, NoPlanError, NoProofError
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.solving.highs import Run, Solver, SolverError
from tests.rival.generator import tiny_fields
from tests.solving.roomy import fields_of

EACH = int(os.environ.get("PLANNER_SEARCH_FAULTS", "5"))
CASES = [
    *(("tiny", number) for number in (1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 13, 14)),
    *(("roomy", number) for number in range(4)),
]
RUN = Solver.run
Fault = Callable[[Solver, Run, Random], Run]


def worse_point(solver: Solver, run: Run, _chance: Random) -> Run:
    """Nothing of anything, told with the objective of the plan that was found."""
    return replace(run, values=np.clip(0.0, solver.matrix.lower, solver.matrix.upper))


def off_by_one(solver: Solver, run: Run, chance: Random) -> Run:
    values = run.values.copy()
    columns = solver.matrix.whole if len(solver.matrix.whole) else np.arange(len(values))
    values[chance.choice(list(columns))] += chance.choice([1.0, -1.0])
    return replace(run, values=values)


def too_good(solver: Solver, run: Run, chance: Random) -> Run:
    return replace(run, objective=run.objective * chance.choice([0.5, 1.5]) + chance.choice([-10.0, 10.0]))


def wrong_bound(solver: Solver, run: Run, chance: Random) -> Run:
    sign = 1.0 if solver.matrix.maximise else -1.0
    return replace(run, bound=run.bound - sign * chance.choice([0.01, 0.1, 1.0]) * max(1.0, abs(run.bound)))


def no_number(_solver: Solver, run: Run, _chance: Random) -> Run:
    return replace(run, values=np.full(len(run.values), np.nan), bound=float("nan"))


FAULTS: tuple[Fault, ...] = (worse_point, off_by_one, too_good, wrong_bound, no_number)


def planned(fields: dict[str, Any], gap: float) -> Outcome | None:
    try:
        return plan_case(Case.model_validate(fields), gap=gap, time_limit=60.0)
    except NoPlanError:
        return None


@pytest.mark.parametrize(("kind", "number"), CASES)
def test_a_fault_in_the_search_is_caught(kind: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = tiny_fields(number) if kind == "tiny" else fields_of(number)
    best = planned(fields, 0.0)
    assert best is not None and best.proof.relative_gap < 1e-6
    runs = 0

    def counted(solver: Solver, **terms: Any) -> Run:
        nonlocal runs
        runs += 1
        return RUN(solver, **terms)

    monkeypatch.setattr(Solver, "run", counted)
    planned(fields, 1e-3)
    for turn in range(EACH):
        chance = Random(f"{kind} {number} {turn}")
        at, fault = chance.randrange(runs), FAULTS[turn % len(FAULTS)]
        monkeypatch.setattr(Solver, "run", faulty_once(fault, at, chance))
        try:
            outcome = planned(fields, 1e-3)
        except (AuditError, NoProofError, SolverError):
            continue
        assert outcome is not None, (fault.__name__, at)
        proof, sign = outcome.proof, -1.0 if outcome.proof.kind == "cost" else 1.0
        tolerance = 1e-6 * max(1.0, abs(best.proof.objective))
        assert not outcome.audit.broken
        assert sign * proof.objective <= sign * best.proof.objective + tolerance, (fault.__name__, at)
        assert sign * proof.bound >= sign * best.proof.objective - tolerance, (fault.__name__, at)


def faulty_once(fault: Fault, at: int, chance: Random) -> Callable[..., Run]:
    """The solver with one fault, in one of its runs."""
    done = 0

    def run(solver: Solver, **terms: Any) -> Run:
        nonlocal done
        found, done = RUN(solver, **terms), done + 1
        return fault(solver, found, chance) if done == at + 1 and found.has_point else found

    return run
