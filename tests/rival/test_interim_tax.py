"""Tax in advance: the planner and the witness agree on random cases, and see each rule that one of them has wrong."""

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
from tests.cases.toy import toy, yearly
from tests.rival.agreement import hold_against, planned
from tests.rival.books import Books
from tests.rival.interim import interim_case
from tests.rival.rival import Answer, best_plan
from tests.rival.test_wrong_rules import disagree

CASES = int(os.environ.get("PLANNER_RIVAL_CASES", "6"))
"""So many cases; a thorough run takes 300."""
CHUNK = 6
_parts, _month = Books.tax_parts, Books.advance_month


EDGE = -1


def cut_at_its_start() -> Case:
    """Half a year of a fiscal year, with a profit, and two whole ones."""
    return toy(
        calendar={"start": "2025-07", "period": "half", "periods": 5, "fiscal_year_start_month": 1},
        finance__tax={"rate": "30 %", "interim": {}},
        finance__depreciation={"systems": "20 years"},
        finance__discount_rate="10 %",
        offers__maker__allocation=2,
        workloads__training__price=yearly(120),
    )


@cache
def known(number: int) -> tuple[Case, Answer | None, Outcome | None]:
    """A case, the best plan of the witness, and that of the planner."""
    case = interim_case(number) if number != EDGE else cut_at_its_start()
    return case, best_plan(case), planned(case)


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_tax_in_advance(first: int) -> None:
    for number in [*range(first, min(first + CHUNK, CASES)), EDGE]:
        case, witness, outcome = known(number)
        hold_against(witness, outcome, case)


def test_the_cases_about_tax_in_advance_are_worth_solving() -> None:
    """Guards the draw: some is paid in advance, some comes back, and interest saves tax beside it."""
    plans = [outcome.audit.accounts for _, _, outcome in map(known, range(24)) if outcome is not None]
    assert sum(any(year.advance for year in one.books.years.values()) for one in plans) >= 10
    assert sum(min(one.lines["tax"]) < 0 for one in plans) >= 3
    assert sum(any(one.shield) for one in plans) >= 4


def _of_the_year_as_it_is(self: Books, y: int) -> list[tuple[int, float]]:
    """As if a year that the horizon cuts counted with its months."""
    share, (rest, *advance) = len(self.years[y].periods) * self.calendar.months_per_period / 12, _parts(self, y)
    return [rest, *((m, part * share) for m, part in advance)]


def _never_comes_off(self: Books, y: int) -> list[tuple[int, float]]:
    return [(m, part) for m, part in _parts(self, y) if part > 0]


def _in_one_payment(self: Books, y: int) -> list[tuple[int, float]]:
    return _parts(self, y)[:1]


def _a_month_later(self: Books, periods: tuple[int, ...]) -> int:
    return _month(self, periods) + 1


WRONG: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "nothing is paid in advance": lambda: patch.object(Books, "tax_parts", _in_one_payment),
    "what was paid in advance is paid again": lambda: patch.object(Books, "tax_parts", _never_comes_off),
    "a part of a year counts as it is": lambda: patch.object(Books, "tax_parts", _of_the_year_as_it_is),
    "the advance is due a month later": lambda: patch.object(Books, "advance_month", _a_month_later),
    "the year before does not count": lambda: patch.object(
        Books, "tax_of_year_before", new_callable=PropertyMock, return_value=[]
    ),
}
"""Every rule that the witness can have wrong about tax in advance."""


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_about_tax_in_advance_is_seen(name: str) -> None:
    def sees(number: int) -> bool:
        case, witness, outcome = known(number)
        with WRONG[name]():
            return disagree(witness, outcome, case) or disagree(best_plan(case), outcome, case)

    assert any(sees(number) for number in (EDGE, *range(24))), name
