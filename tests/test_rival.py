"""The planner's best plan is as good as that of an independent witness, which tries every plan of a tiny case."""

from __future__ import annotations

import pytest
from rival.generator import tiny_case
from rival.rival import best_plan, judge, money_scale

from planner.audit import audit
from planner.case.case import Case
from planner.errors import NoPlanError
from planner.outcome import Outcome
from planner.plan import plan_case

CASES = 300
CHUNK = 10


def planned(case: Case) -> Outcome | None:
    """The planner's plan; None where it proves that there is none."""
    try:
        return plan_case(case, gap=0.0, time_limit=60.0)
    except NoPlanError:
        return None


def tolerance(case: Case, objective: float) -> float:
    """One millionth of the objective, or of a typical purchase where the objective is next to nothing."""
    return 1e-6 * max(abs(objective), 1.0 if case.objective.kind == "compute" else 1e-3 * money_scale(case))


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree(first: int) -> None:
    for number in range(first, first + CHUNK):
        agree(tiny_case(number))


def agree(case: Case) -> None:
    """Asserts that both find a plan or neither, that both are equally good, and that each accepts the other's."""
    witness, outcome = best_plan(case), planned(case)
    if witness is None:
        assert outcome is None, f"{case.name}: the witness finds no plan, the planner {outcome.decisions}"
        return
    assert outcome is not None, f"{case.name}: the planner finds no plan, the witness {witness}"
    near = tolerance(case, witness.objective)
    assert outcome.proof.label == "verified optimal"
    assert outcome.proof.objective == pytest.approx(witness.objective, abs=near), f"{case.name}: {witness}"

    checked = audit(case, witness.decisions)
    assert checked.broken == (), f"{case.name}: the audit refuses the plan of the witness"
    assert checked.objective == pytest.approx(witness.objective, abs=near), case.name

    faults, objective = judge(case, outcome.decisions)
    assert faults == [], f"{case.name}: the witness refuses the plan of the planner"
    assert objective == pytest.approx(outcome.audit.objective, abs=near), case.name


def test_the_cases_are_worth_solving() -> None:
    """Guards the draw itself: of the first cases many can be planned, and plans use every kind of decision."""
    answers = [best_plan(tiny_case(number)) for number in range(60)]
    plans = [answer.decisions for answer in answers if answer is not None]
    assert 30 <= len(plans) < 60
    for kind, least in {"order": 20, "expand": 2, "exit": 10, "serve": 30, "claim": 10, "join": 2}.items():
        assert sum(bool(getattr(plan, kind)) for plan in plans) >= least, kind
