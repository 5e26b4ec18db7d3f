"""How loans are repaid and what they cost: planner and witness agree, and a witness with a rule wrong is seen."""

from __future__ import annotations

from functools import cache

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from tests.rival.agreement import hold_against, planned
from tests.rival.lending_mutations import WRONG_LOANS
from tests.rival.lent import lent_case
from tests.rival.rival import Answer, best_plan
from tests.rival.test_rival import CASES, CHUNK
from tests.rival.test_wrong_rules import disagree

TRIED = 40
"""So many cases are tried, until one of them sees that a rule is wrong."""


@cache
def known(number: int) -> tuple[Case, Answer | None, Outcome | None]:
    """A case, the best plan of the witness, and that of the planner; more than one test asks for it."""
    case = lent_case(number)
    return case, best_plan(case), planned(case)


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_the_terms_of_loans(first: int) -> None:
    for number in range(first, first + CHUNK):
        case, witness, outcome = known(number)
        hold_against(witness, outcome, case)


@pytest.mark.parametrize("name", WRONG_LOANS)
def test_a_wrong_rule_about_loans_is_seen(name: str) -> None:
    assert any(sees(number, name) for number in range(TRIED)), name


def sees(number: int, name: str) -> bool:
    """Whether a case tells a witness with a wrong rule from the planner."""
    case, witness, outcome = known(number)
    with WRONG_LOANS[name]():
        return disagree(witness, outcome, case) or disagree(best_plan(case), outcome, case)
