"""Planner and witness agree where customers pay later and suppliers are paid later."""

from __future__ import annotations

import os
from functools import cache

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from tests.rival.agreement import hold_against, planned
from tests.rival.credit_mutations import WRONG_CREDIT
from tests.rival.on_credit import case_on_credit
from tests.rival.rival import Answer, best_plan
from tests.rival.statement import statement
from tests.rival.test_rival import CHUNK
from tests.rival.test_wrong_rules import disagree

CASES = int(os.environ.get("PLANNER_RIVAL_CASES", "10"))


@cache
def known(number: int) -> tuple[Case, Answer | None, Outcome | None]:
    """A case, the best plan of the witness, and that of the planner."""
    case = case_on_credit(number)
    return case, best_plan(case), planned(case)


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_credit(first: int) -> None:
    for number in range(first, min(first + CHUNK, CASES)):
        case, witness, outcome = known(number)
        hold_against(witness, outcome, case)


@pytest.mark.parametrize("name", WRONG_CREDIT)
def test_a_wrong_rule_about_credit_is_seen(name: str) -> None:
    def sees(number: int) -> bool:
        case, witness, outcome = known(number)
        with WRONG_CREDIT[name]():
            return disagree(witness, outcome, case) or disagree(best_plan(case), outcome, case)

    assert any(sees(number) for number in range(20)), name


def test_the_cases_on_credit_are_worth_solving() -> None:
    """Guards the draw: open balances of either side, some of them where cash is scarce."""
    plans = [(case, answer) for case, answer, _ in map(known, range(20)) if answer is not None]
    seen = [statement(case, answer.decisions) for case, answer in plans]
    assert sum(one.lines["receivables_increase"].any() for one in seen) >= 8
    assert sum(one.lines["payables_increase"].any() for one in seen) >= 8
    assert sum(case.finance.working_capital is None for case, _ in plans) < len(plans)
