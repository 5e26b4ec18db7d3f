"""Planner and witness agree where customers pay later and suppliers are paid later."""

from __future__ import annotations

import os

import pytest

from tests.rival.credit_mutations import WRONG_CREDIT
from tests.rival.known import agree_on, known, sees
from tests.rival.on_credit import case_on_credit
from tests.rival.statement import statement
from tests.rival.test_rival import CHUNK

CASES = int(os.environ.get("PLANNER_RIVAL_CASES", "10"))


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_credit(first: int) -> None:
    agree_on(case_on_credit, range(first, min(first + CHUNK, CASES)))


@pytest.mark.parametrize("name", WRONG_CREDIT)
def test_a_wrong_rule_about_credit_is_seen(name: str) -> None:
    assert any(sees(case_on_credit, number, WRONG_CREDIT[name]) for number in range(20)), name


def test_the_cases_on_credit_are_worth_solving() -> None:
    """Guards the draw: open balances of either side, some of them where cash is scarce."""
    cases = [known(case_on_credit, number) for number in range(20)]
    plans = [(case, answer) for case, answer, _ in cases if answer is not None]
    seen = [statement(case, answer.decisions) for case, answer in plans]
    assert sum(one.lines["receivables_increase"].any() for one in seen) >= 8
    assert sum(one.lines["payables_increase"].any() for one in seen) >= 8
    assert sum(case.finance.working_capital is None for case, _ in plans) < len(plans)
