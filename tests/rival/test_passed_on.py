"""Planner and witness agree where sales and purchases bear consumption tax."""

from __future__ import annotations

import os
from functools import cache

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from tests.rival.agreement import hold_against, planned
from tests.rival.passed_on_mutations import WRONG_TAX
from tests.rival.rival import Answer, best_plan
from tests.rival.statement import statement
from tests.rival.taxed_sales import case_with_tax_on_sales
from tests.rival.test_rival import CHUNK
from tests.rival.test_wrong_rules import disagree

CASES = int(os.environ.get("PLANNER_RIVAL_CASES", "10"))


@cache
def known(number: int) -> tuple[Case, Answer | None, Outcome | None]:
    """A case, the best plan of the witness, and that of the planner."""
    case = case_with_tax_on_sales(number)
    return case, best_plan(case), planned(case)


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_consumption_tax(first: int) -> None:
    for number in range(first, min(first + CHUNK, CASES)):
        case, witness, outcome = known(number)
        hold_against(witness, outcome, case)


@pytest.mark.parametrize("name", WRONG_TAX)
def test_a_wrong_rule_about_consumption_tax_is_seen(name: str) -> None:
    def sees(number: int) -> bool:
        case, witness, outcome = known(number)
        with WRONG_TAX[name]():
            return disagree(witness, outcome, case)

    assert any(sees(number) for number in range(20)), name


def test_the_cases_with_consumption_tax_are_worth_solving() -> None:
    """Guards the draw: something is bought and settled in most cases, and some of it comes back."""
    plans = [(case, answer) for case, answer, _ in map(known, range(20)) if answer is not None]
    seen = [statement(case, answer.decisions).lines["tax_settled"] for case, answer in plans]
    assert sum(one.any() for one in seen) >= 10
    assert sum((one < 0).any() for one in seen) >= 4
