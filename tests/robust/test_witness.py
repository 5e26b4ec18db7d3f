"""The best first stage is that of a witness that tries every one, to the yen."""

from __future__ import annotations

import os
from functools import cache

import pytest

from planner.outcome import Risk
from planner.studies.robust import search
from tests.rival.agreement import tolerance
from tests.rival.rival import sign as sign_of
from tests.rival.two_stages import OneCase, Tail, best_of
from tests.robust.generated import cases_of, robust_of

THOROUGH = os.environ.get("PLANNER_ROBUST_CASES")
NUMBERS = range(int(THOROUGH)) if THOROUGH else (1, 4, 6)
"""Random sets of futures; a thorough run takes 100. In two of these three hedging decides."""


@cache
def several(number: int) -> list[OneCase]:
    """The whole-number plans of all futures of a number, each worked out once."""
    cases, _, decide_by = cases_of(number)
    return [OneCase(case, decide_by) for case in cases]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("risk", [Risk(), Risk(0.5, 0.5)], ids=["expected", "tail"])
def test_the_first_stage_is_as_good_as_that_of_the_witness(number: int, risk: Risk) -> None:
    cases, weights, decide_by = cases_of(number)
    witness = best_of(several(number), weights, Tail(risk.level, risk.share))
    found = robust_of(cases, weights, decide_by, risk)
    if witness is None or found is None:
        assert witness is None and found is None
        return
    assert found.value == pytest.approx(witness[0], abs=tolerance(cases[0], witness[0]) if THOROUGH else 1.0)
    assert found.label == "verified optimal"


@pytest.mark.parametrize("number", NUMBERS if THOROUGH else (*NUMBERS, 22))
@pytest.mark.parametrize("risk", [Risk(), Risk(0.9, 1.0)], ids=["expected", "worst"])
def test_prices_bound_every_first_stage(number: int, risk: Risk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large set is not searched side by side: its bound holds all the same, and its plan is one.

    In number 22 prices dwarf some of what counts, which is compute.
    """
    monkeypatch.setattr(search, "MOST_SIDE_BY_SIDE", 0)
    cases, weights, decide_by = cases_of(number)
    witness = best_of(several(number), weights, Tail(risk.level, risk.share))
    found = robust_of(cases, weights, decide_by, risk)
    if witness is None or found is None:
        assert witness is None and found is None
        return
    sign, near = sign_of(cases[0]), tolerance(cases[0], witness[0])
    assert sign * found.bound >= sign * witness[0] - near
    assert sign * found.value <= sign * witness[0] + near
