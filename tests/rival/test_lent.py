"""How loans are repaid and what they cost: planner and witness agree, and a witness with a rule wrong is seen."""

from __future__ import annotations

import pytest

from tests.rival.known import agree_on, sees
from tests.rival.lending_mutations import WRONG_LOANS
from tests.rival.lent import lent_case
from tests.rival.test_rival import CASES, CHUNK

TRIED = 40
"""So many cases are tried, until one of them sees that a rule is wrong."""


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_the_terms_of_loans(first: int) -> None:
    agree_on(lent_case, range(first, first + CHUNK))


@pytest.mark.parametrize("name", WRONG_LOANS)
def test_a_wrong_rule_about_loans_is_seen(name: str) -> None:
    assert any(sees(lent_case, number, WRONG_LOANS[name]) for number in range(TRIED)), name
