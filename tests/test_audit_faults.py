"""The audit passes every good plan and catches spoilt ones; what counts as spoilt, an independent witness decides."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from random import Random

import pytest
from rival.generator import larger_case, tiny_case
from rival.mutations import MUTATIONS
from rival.rival import judge, money_scale

from planner.audit import audit
from planner.case.case import Case
from planner.decisions import Decisions
from planner.errors import AuditError, NoPlanError
from planner.outcome import Outcome
from planner.plan import plan_case

TINY, LARGER = 35, 15


def plans_of(cases: Iterator[Case], count: int) -> list[Outcome]:
    """The first plans of some cases that order something."""
    found: list[Outcome] = []
    while len(found) < count:
        try:
            outcome = plan_case(next(cases), gap=1e-3, time_limit=20.0)
        except NoPlanError:
            continue
        if outcome.decisions.order:
            found.append(outcome)
    return found


@pytest.fixture(scope="module")
def good_plans() -> list[Outcome]:
    tiny = plans_of((tiny_case(number) for number in itertools.count(2000)), TINY)
    return tiny + plans_of((larger_case(number) for number in itertools.count(3000)), LARGER)


def differs(case: Case, objective: float, claimed: float) -> bool:
    """Whether an objective is not the one that was claimed; what is not a number differs from everything."""
    scale = 1.0 if case.objective.kind == "compute" else 1e-3 * money_scale(case)
    return not math.isclose(objective, claimed, rel_tol=1e-7, abs_tol=1e-7 * scale)


def is_spoilt(case: Case, decisions: Decisions, claimed: float) -> bool:
    """Whether a plan breaks a limit or is not worth what is claimed, by the arithmetic of the witness."""
    faults, objective = judge(case, decisions)
    return bool(faults) or differs(case, objective, claimed)


def is_caught(case: Case, decisions: Decisions, claimed: float) -> bool:
    """Whether the audit refuses the plan, finds a broken limit, or another objective than is claimed."""
    try:
        audited = audit(case, decisions)
    except AuditError:
        return True
    return bool(audited.broken) or differs(case, audited.objective, claimed)


def test_no_false_alarm_on_good_plans(good_plans: list[Outcome]) -> None:
    assert len(good_plans) == TINY + LARGER
    for outcome in good_plans:
        assert audit(outcome.case, outcome.decisions).broken == (), outcome.case.name
        faults, objective = judge(outcome.case, outcome.decisions)
        assert faults == [], outcome.case.name
        assert not differs(outcome.case, objective, outcome.proof.objective), outcome.case.name


def test_spoilt_plans_are_caught(good_plans: list[Outcome]) -> None:
    spoilt, missed, chance = 0, [], Random(7)
    tried = dict.fromkeys(MUTATIONS, 0)
    for outcome in good_plans:
        case, claimed = outcome.case, outcome.audit.objective
        for name, mutate in MUTATIONS.items():
            changed = mutate(case, outcome.decisions, chance)
            if changed is None or not is_spoilt(case, changed, claimed):
                continue
            spoilt += 1
            tried[name] += 1
            if not is_caught(case, changed, claimed):
                missed.append(f"{case.name}: {name}")
    assert spoilt >= 200
    assert all(tried.values()), f"never spoilt a plan: {[name for name, count in tried.items() if not count]}"
    assert len(missed) <= spoilt / 100, f"{len(missed)} of {spoilt} missed: {missed}"
