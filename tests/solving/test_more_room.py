"""More room, money, supply or demand never makes a plan worse, from a cupboard to a campus and in any currency.

A long run takes as many cases as an environment variable says: PLANNER_ROOM_CASES=2000.
"""

from __future__ import annotations

import os
from random import Random

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.solving.roomy import fields_of, loosened

CASES = int(os.environ.get("PLANNER_ROOM_CASES", "10"))
FIRST = int(os.environ.get("PLANNER_ROOM_FROM", "10"))
CHUNK = 5
GAP, SECONDS = 1e-3, 30.0


def planned(fields: dict[str, object]) -> Outcome:
    """The plan of a case; buying nothing is always possible here, so there is one, and the audit agrees with it."""
    return plan_case(Case.model_validate(fields), gap=GAP, time_limit=SECONDS)


def reached(outcome: Outcome) -> float:
    """What the net present value is at least, had the search gone on to the gap that was asked for."""
    proof = outcome.proof
    return proof.objective if proof.within_gap else proof.bound


@pytest.mark.parametrize("first", range(FIRST, FIRST + CASES, CHUNK))
def test_a_looser_limit_never_loses_value(first: int) -> None:
    for number in range(first, first + CHUNK):
        fields, chance = fields_of(number), Random(number)
        before = planned(fields).proof
        choices = list(loosened(fields, chance.choice([2.0, 30.0, 1000.0])))
        for path, looser in chance.sample(choices, min(2, len(choices))):
            after = planned(looser)
            allowed = GAP * max(1.0, abs(before.objective), abs(after.proof.bound))
            assert reached(after) >= before.objective - allowed, (number, path)
            assert after.proof.bound >= before.objective - 1e-6 * max(1.0, abs(before.objective)), (number, path)
