"""Losses that lapse: planner and witness agree on random cases, and see each rule that one of them has wrong."""

from __future__ import annotations

from unittest.mock import PropertyMock, patch

import pytest

from tests.rival.books import Books
from tests.rival.known import TERM_CASES, TERM_CHUNK, agree_on, known, sees
from tests.rival.lapsing import lapsing_case
from tests.rival.month_mutations import Wrong

_too_old = Books.too_old


@pytest.mark.parametrize("first", range(0, TERM_CASES, TERM_CHUNK))
def test_planner_and_witness_agree_on_losses_that_lapse(first: int) -> None:
    agree_on(lapsing_case, range(first, min(first + TERM_CHUNK, TERM_CASES)))


def test_the_cases_about_losses_are_worth_solving() -> None:
    """Guards the draw: losses are used, and losses lapse, of the horizon and of before it."""
    cases = [known(lapsing_case, number) for number in range(24)]
    plans = [outcome.audit.accounts.books.years.values() for _, _, outcome in cases if outcome]
    assert sum(any(year.loss_used > 1 and year.loss_lapsed > 1 for year in one) for one in plans) >= 3
    assert sum(any(year.loss_lapsed > 1 for year in one) for one in plans) >= 10


def _a_year_later(self: Books, y: int) -> tuple[list[int], float]:
    return _too_old(self, y - 1) if y else ([], 0.0)


def _only_before(self: Books, y: int) -> tuple[list[int], float]:
    return [], _too_old(self, y)[1]


WRONG: dict[str, Wrong] = {
    "losses never lapse": lambda: patch.object(Books, "lapses", new_callable=PropertyMock, return_value=False),
    "losses lapse a year later": lambda: patch.object(Books, "too_old", _a_year_later),
    "losses of the plan do not lapse": lambda: patch.object(Books, "too_old", _only_before),
}
"""Every rule that the witness can have wrong about losses that lapse."""


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_about_losses_is_seen(name: str) -> None:
    assert any(sees(lapsing_case, number, WRONG[name]) for number in range(24)), name
