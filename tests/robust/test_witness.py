"""The best first stage is that of a witness that tries every one, to the yen."""

from __future__ import annotations

import os

import pytest

from planner.outcome import Risk
from tests.rival.agreement import tolerance
from tests.rival.two_stages import Tail, best_first_stage
from tests.robust.generated import cases_of, robust_of

CASES = int(os.environ.get("PLANNER_ROBUST_CASES", "3"))
"""So many random sets of futures; a thorough run takes 100."""


@pytest.mark.parametrize("number", range(CASES))
@pytest.mark.parametrize("risk", [Risk(), Risk(0.5, 0.5)], ids=["expected", "tail"])
def test_the_first_stage_is_as_good_as_that_of_the_witness(number: int, risk: Risk) -> None:
    cases, weights, decide_by = cases_of(number)
    witness = best_first_stage(cases, weights, decide_by, Tail(risk.level, risk.share))
    found = robust_of(cases, weights, decide_by, risk)
    if witness is None or found is None:
        assert witness is None and found is None
        return
    near = tolerance(cases[0], witness[0])
    assert found.value == pytest.approx(witness[0], abs=near)
    assert found.label == "verified optimal"
