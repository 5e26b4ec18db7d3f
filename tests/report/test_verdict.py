"""What a plan is said to be, in plain words, before its technical state."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from planner.language import Speaker
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.report.page.plan_page import plan_page
from planner.report.terminal import show
from planner.report.verdict import verdict
from tests.cases.toy import toy


@pytest.fixture(scope="module")
def plan() -> Outcome:
    return plan_case(toy(), gap=0.0)


def with_proof(plan: Outcome, **changes: Any) -> Outcome:
    return replace(plan, proof=replace(plan.proof, **changes))


def with_gap(plan: Outcome, share: float, asked: float) -> Outcome:
    value = plan.proof.objective
    return with_proof(plan, label="feasible with a gap", bound=value + share * abs(value), gap_requested=asked)


def test_a_plan_within_its_gap_is_checked_and_near_the_best(plan: Outcome) -> None:
    assert str(verdict(plan)) == "Checked plan, the best possible"
    near = with_gap(plan, 0.000983, 0.001)
    assert str(verdict(near)) == "Checked plan, within 0.0983 % of the best possible"
    assert Speaker("ja").say(verdict(near)) == "検証済みの計画（最善との差は0.0983%以内）"


def test_a_plan_beyond_its_gap_says_that_another_may_be_better(plan: Outcome) -> None:
    assert str(verdict(with_gap(plan, 0.05, 0.001))) == "Checked plan; another one may be better by up to 5 %"
    unknown = "Checked plan; how near it is to the best is not known"
    assert str(verdict(with_gap(plan, 3.0, 5.0))) == unknown
    assert str(verdict(with_proof(plan, label="feasible with a gap", bound=float("inf")))) == unknown


def test_the_part_of_a_pool_and_a_plan_with_broken_limits_say_so(plan: Outcome) -> None:
    assert str(verdict(replace(plan, options={"pool": "two"}))).endswith("its part of the plan of the pool two")
    (first, *_) = plan.audit.limits
    broken = replace(plan, audit=replace(plan.audit, limits=(replace(first, left=2.0, sense="<=", right=1.0),)))
    assert str(verdict(broken)) == "Not a plan to go by: limits are broken"


def test_screen_and_page_say_it_first_and_the_state_of_the_proof_last(plan: Outcome) -> None:
    near = with_gap(plan, 0.000983, 0.001)
    screen = io.StringIO()
    show(near, [], Console(file=screen, width=300, no_color=True))
    line = screen.getvalue().splitlines()[1]
    assert line.startswith("✓ Checked plan, within 0.0983 % of the best possible: no plan can be better by more than ")
    assert line.endswith("(verified, feasible with a gap)")
    page = plan_page(near)
    first, last = (page.index(words) for words in ("✓ Checked plan, within 0.0983 %", "verified, feasible with a gap"))
    assert first < last
