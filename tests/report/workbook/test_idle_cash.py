"""Interest on cash in the workbook: month by month, live, in cash and equity and in no value."""

from functools import cache
from pathlib import Path

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.outcome import Outcome
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.terms import Place
from tests.cases.toy import mn, toy
from tests.decided import decided
from tests.report.example import outcome_of
from tests.report.workbook.mutation import Mutable
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short

BOUGHT = decided(
    order={("maker", "east", 0): 1}, serve={("training", "cube", "east", t): 1.0 for t in range(3)},
    draw={("bank", 0): 50e6},
)  # fmt: skip


def earning(rate: str | None) -> Case:
    """A cube beside 100 in cash, half of it lent, taxed and judged by owners as well."""
    return toy(
        finance__opening_cash=mn(150),
        finance__interest_on_cash=rate,
        finance__cost_of_equity="8 %",
        finance__tax={"rate": "30 %"},
        finance__loans={"bank": {"limit": mn(50), "rate": "2 %", "term": "5 years"}},
        finance__covenants={"most_debt_to_equity": 1, "least_liquidity": mn(10)},
    )


@cache
def made(rate: str | None) -> Outcome:
    return outcome_of(earning(rate), BOUGHT)


def test_each_period_has_the_interest_of_its_months_and_every_check_holds() -> None:
    grid, accounts = lay_book(made("6 %")).grid, made("6 %").audit.accounts
    line = grid.line_of(Key("line", "interest_on_cash"))
    assert grid.over_time(line.sheet, line.row) == pytest.approx(list(accounts.lines["interest_on_cash"]))
    assert accounts.lines["interest_on_cash"][0] > 6e6
    assert failed(grid) == []
    assert_formulas_are_short(grid)


def test_the_rate_is_live_and_moves_cash_and_no_value() -> None:
    grid, before = lay_book(made("6 %")).grid, made("6 %").audit.accounts
    row = grid.line_of("finance.interest_on_cash").row
    moved = Mutable(grid).moved_by({Place("Inputs", row, VALUE): 0.03})
    after = audit(earning("3 %"), BOUGHT).accounts
    cash = grid.line_of("cash")
    last = grid.columns_over_time(cash.sheet).last
    assert moved[Place(cash.sheet, cash.row, last)] == pytest.approx(after.cash[-1])
    assert after.cash[-1] < before.cash[-1] - 1e6
    assert (after.npv, after.equity) == pytest.approx((before.npv, before.equity))
    assert not {grid.line_of(key) for key in ("npv", "owners_value")} & moved.keys()


def test_a_case_without_it_has_no_such_rows() -> None:
    assert Key("line", "interest_on_cash") not in lay_book(made(None)).grid


def test_another_engine_comes_to_the_same(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(made("6 %"), path)
    assert_another_engine_agrees(path)


def test_every_text_is_translated() -> None:
    assert lay_book(made("6 %"), "ja").grid.speaker.missing == set()
