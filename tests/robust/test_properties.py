"""What must hold for any futures: tried on tiny random ones."""

from __future__ import annotations

import os
from functools import cache
from itertools import pairwise

import pytest

from planner.finance.tail import tail_mean
from planner.outcome import Risk
from planner.planning import plan_case
from planner.studies.robust.outcome import RobustOutcome, robust_value
from tests.rival.agreement import tolerance
from tests.robust.generated import cases_of, robust_of

THOROUGH = os.environ.get("PLANNER_ROBUST_CASES")
CASES = int(THOROUGH or "12")
"""So many random sets of futures; a thorough run takes 100."""
TAILS = int(THOROUGH or "5")
LEVELS = (0.0, 0.5, 0.8, 1.0)


@cache
def found(number: int) -> RobustOutcome | None:
    return robust_of(*cases_of(number))


def near(number: int, value: float) -> float:
    return tolerance(cases_of(number)[0][0], value)


@pytest.mark.parametrize("number", range(CASES))
def test_nothing_is_better_than_the_robust_plan_but_to_know(number: int) -> None:
    outcome = found(number)
    if outcome is None:
        return
    allowed = near(number, outcome.value)
    gained = outcome.value_of_stochastic_solution
    assert gained is None or gained >= -allowed
    assert outcome.value_of_perfect_information >= -allowed
    assert outcome.label == "verified optimal"
    for one in outcome.futures:
        assert one.robust.audit.broken == ()
        assert outcome.regret(one, robust_value(one)) >= -allowed


@pytest.mark.parametrize("number", range(CASES))
def test_order_names_halves_and_doubled_weights_change_nothing(number: int) -> None:
    (first, *rest), (weight, *weights), decide_by = cases_of(number)
    told = robust_of(
        (first, *reversed(rest), first),
        (weight, *(2 * one for one in reversed(weights)), weight),
        decide_by,
        names=tuple(f"otherwise-{9 - n}" for n in range(len(rest) + 2)),
    )
    outcome = found(number)
    if outcome is None or told is None:
        assert outcome is None and told is None
        return
    assert told.first == outcome.first
    assert told.value == pytest.approx(outcome.value, rel=1e-12)
    last = len(told.futures) - 1
    assert told.futures[0].robust.decisions == told.futures[last].robust.decisions
    assert told.futures[0].robust.decisions == outcome.futures[0].robust.decisions


@pytest.mark.parametrize("number", range(TAILS))
def test_the_tail_of_losses_does_not_get_shorter_as_its_level_rises(number: int) -> None:
    cases, weights, decide_by = cases_of(number)
    outcomes = [robust_of(cases, weights, decide_by, Risk(level, 1.0)) for level in LEVELS]
    if any(outcome is None for outcome in outcomes):
        assert outcomes == [None] * len(LEVELS)
        return
    values = [outcome.value for outcome in outcomes if outcome is not None]
    sign = -1.0 if cases[0].objective.kind == "cost" else 1.0
    for lower, higher in pairwise(values):
        assert sign * higher <= sign * lower + near(number, lower)
    least = outcomes[0]
    assert least is not None and found(number) is not None
    assert values[0] == pytest.approx(found(number).value, abs=near(number, values[0]))  # type: ignore[union-attr]
    for level, outcome in zip(LEVELS, outcomes, strict=True):  # the tail of one plan does not either
        assert outcome is not None
        held = [one.robust.proof.objective for one in outcome.futures]
        tails = [tail_mean(held, weights, at, more_is_better=sign > 0) for at in LEVELS]
        assert all(sign * b <= sign * a + near(number, a) for a, b in pairwise(tails)), level


@pytest.mark.parametrize("number", range(CASES))
def test_one_future_gives_the_plain_plan(number: int) -> None:
    cases, _, decide_by = cases_of(number)
    outcome = robust_of(cases[:1], (3.0,), decide_by, Risk(0.9, 0.5))
    if outcome is None:
        return
    assert outcome.futures[0].robust.decisions == plan_case(cases[0], gap=0.0).decisions
    assert outcome.value == outcome.base.proof.objective
    assert outcome.value_of_stochastic_solution == 0.0
    assert outcome.value_of_perfect_information == 0.0
