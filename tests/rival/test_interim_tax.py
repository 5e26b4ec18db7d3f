"""Tax in advance: the planner and the witness agree on random cases, and see each rule that one of them has wrong."""

from __future__ import annotations

from unittest.mock import PropertyMock, patch

import pytest

from planner.case.case import Case
from tests.cases.toy import toy, yearly
from tests.rival.books import Books
from tests.rival.interim import interim_case
from tests.rival.known import TERM_CASES, TERM_CHUNK, agree_on, known, sees
from tests.rival.month_mutations import Wrong

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


def drawn(number: int) -> Case:
    """The case of a number, or the one at the edge."""
    return interim_case(number) if number != EDGE else cut_at_its_start()


@pytest.mark.parametrize("first", range(0, TERM_CASES, TERM_CHUNK))
def test_planner_and_witness_agree_on_tax_in_advance(first: int) -> None:
    agree_on(drawn, [*range(first, min(first + TERM_CHUNK, TERM_CASES)), EDGE])


def test_the_cases_about_tax_in_advance_are_worth_solving() -> None:
    """Guards the draw: some is paid in advance, some comes back, and interest saves tax beside it."""
    cases = [known(drawn, number) for number in range(24)]
    plans = [outcome.audit.accounts for _, _, outcome in cases if outcome is not None]
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


WRONG: dict[str, Wrong] = {
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
    assert any(sees(drawn, number, WRONG[name]) for number in (EDGE, *range(24))), name
