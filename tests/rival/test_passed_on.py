"""Planner and witness agree where sales and purchases bear consumption tax."""

from __future__ import annotations

import os

import pytest

from tests.rival.known import agree_on, disagree, known
from tests.rival.passed_on_mutations import WRONG_TAX
from tests.rival.statement import statement
from tests.rival.taxed_sales import case_with_tax_on_sales
from tests.rival.test_rival import CHUNK

CASES = int(os.environ.get("PLANNER_RIVAL_CASES", "10"))


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_consumption_tax(first: int) -> None:
    agree_on(case_with_tax_on_sales, range(first, min(first + CHUNK, CASES)))


@pytest.mark.parametrize("name", WRONG_TAX)
def test_a_wrong_rule_about_consumption_tax_is_seen(name: str) -> None:
    def sees(number: int) -> bool:
        case, witness, outcome = known(case_with_tax_on_sales, number)
        with WRONG_TAX[name]():
            return disagree(witness, outcome, case)

    assert any(sees(number) for number in range(20)), name


def test_the_cases_with_consumption_tax_are_worth_solving() -> None:
    """Guards the draw: something is bought and settled in most cases, and some of it comes back."""
    cases = [known(case_with_tax_on_sales, number) for number in range(20)]
    plans = [(case, answer) for case, answer, _ in cases if answer is not None]
    seen = [statement(case, answer.decisions).lines["tax_settled"] for case, answer in plans]
    assert sum(one.any() for one in seen) >= 10
    assert sum((one < 0).any() for one in seen) >= 4
