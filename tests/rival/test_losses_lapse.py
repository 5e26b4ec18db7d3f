"""Losses that lapse: planner and witness agree on random cases, and see each rule that one of them has wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from typing import Any
from unittest.mock import PropertyMock, patch

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from tests.rival.agreement import hold_against, planned
from tests.rival.books import Books
from tests.rival.lapsing import lapsing_case
from tests.rival.rival import Answer, best_plan
from tests.rival.test_wrong_rules import disagree

CASES = int(os.environ.get("PLANNER_RIVAL_CASES", "6"))
"""So many cases; a thorough run takes 300."""
CHUNK = 6
_too_old = Books.too_old


@cache
def known(number: int) -> tuple[Case, Answer | None, Outcome | None]:
    """A case, the best plan of the witness, and that of the planner."""
    case = lapsing_case(number)
    return case, best_plan(case), planned(case)


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_losses_that_lapse(first: int) -> None:
    for number in range(first, min(first + CHUNK, CASES)):
        case, witness, outcome = known(number)
        hold_against(witness, outcome, case)


def test_the_cases_about_losses_are_worth_solving() -> None:
    """Guards the draw: losses are used, and losses lapse, of the horizon and of before it."""
    plans = [outcome.audit.accounts.books.years.values() for _, _, outcome in map(known, range(24)) if outcome]
    assert sum(any(year.loss_used > 1 and year.loss_lapsed > 1 for year in one) for one in plans) >= 3
    assert sum(any(year.loss_lapsed > 1 for year in one) for one in plans) >= 10


def _a_year_later(self: Books, y: int) -> tuple[list[int], float]:
    return _too_old(self, y - 1) if y else ([], 0.0)


def _only_before(self: Books, y: int) -> tuple[list[int], float]:
    return [], _too_old(self, y)[1]


WRONG: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "losses never lapse": lambda: patch.object(Books, "lapses", new_callable=PropertyMock, return_value=False),
    "losses lapse a year later": lambda: patch.object(Books, "too_old", _a_year_later),
    "losses of the plan do not lapse": lambda: patch.object(Books, "too_old", _only_before),
}
"""Every rule that the witness can have wrong about losses that lapse."""


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_about_losses_is_seen(name: str) -> None:
    def sees(number: int) -> bool:
        case, witness, outcome = known(number)
        with WRONG[name]():
            return disagree(witness, outcome, case) or disagree(best_plan(case), outcome, case)

    assert any(sees(number) for number in range(24)), name
