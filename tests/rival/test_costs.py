"""Planner and witness agree on further terms of cost, and the cases see where a rule about them is wrong."""

from __future__ import annotations

import os

import pytest

from tests.rival.agreement import agree
from tests.rival.cost_mutations import WRONG_COSTS
from tests.rival.costly import DRAWS
from tests.rival.test_wrong_rules import sees

CASES = int(os.environ.get("PLANNER_RIVAL_CASES", "12"))
"""So many cases for each term; a thorough run takes 150."""
TRIED = 12
CHUNK = 6
WRONG = {name: (term, wrong) for term, rules in WRONG_COSTS.items() for name, wrong in rules.items()}


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
@pytest.mark.parametrize("term", DRAWS)
def test_planner_and_witness_agree_on_costs(term: str, first: int) -> None:
    for number in range(first, first + CHUNK):
        agree(DRAWS[term](number))


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_about_costs_is_seen(name: str) -> None:
    term, wrong = WRONG[name]
    assert any(sees(DRAWS[term], number, wrong) for number in range(TRIED)), name
