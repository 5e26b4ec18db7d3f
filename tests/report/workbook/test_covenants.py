"""What lenders ask of each fiscal year: a table that is live, its check, and nothing of it where nothing is asked."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.outcome import Outcome
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.grid import VALUE, Grid
from planner.report.workbook.engine.keys import Key, OfYear
from planner.report.workbook.engine.terms import Place
from tests.cases.toy import MILLION, mn, toy
from tests.decided import decided
from tests.report.example import outcome_of
from tests.report.workbook.mutation import Mutable
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short

COVER = "finance.covenants.least_debt_service_cover"
BOUGHT: dict[str, Any] = {
    "order": {("maker", "east", 0): 1},
    "serve": {("training", "cube", "east", t): 1.0 for t in range(3)},
}


@cache
def lent(least: float | None, *repaid: float) -> Outcome:
    """A cube of 100 that earns 60 a year, and 60 drawn at 10 %, of which a third falls due each year."""
    bank = {"limit": mn(60), "rate": "10 %", "term": "3 years", "repayment": "equal_parts"}
    asked = {} if least is None else {"finance__covenants": {"least_debt_service_cover": least}}
    case = toy(finance__loans={"bank": bank}, finance__opening_cash=mn(200), **asked)
    paid_back = {("bank", t): one * MILLION for t, one in enumerate(repaid or (60,))}
    chosen = {**BOUGHT, "draw": {("bank", 0): 60 * MILLION}, "repay": paid_back}
    return outcome_of(case, decided(**chosen))


def of_years(grid: Grid, name: str) -> list[object]:
    return [grid.value_of(OfYear(Key("covenant", name), year)) for year in grid.years]


def test_years_with_debt_service_have_their_room_and_the_others_none() -> None:
    """60 less 2 x (6 of interest + 20 due); all is repaid in the first year."""
    grid = lay_book(lent(2)).grid
    assert of_years(grid, "cover") == [2, "none", "none"]
    assert of_years(grid, "cover_room") == [pytest.approx(8 * MILLION), "none", "none"]
    assert failed(grid) == []
    assert_formulas_are_short(grid)


def test_a_covenant_that_is_raised_fails_its_check_at_once() -> None:
    """60 / 26 is 2.3077."""
    grid = lay_book(lent(2)).grid
    raised = Mutable(grid)
    place = Place("Inputs", grid.line_of(COVER).row, VALUE)
    assert grid.line_of("failures") not in raised.moved_by({place: 2.3})
    moved = raised.moved_by({place: 2.31})
    assert moved[grid.line_of("failures")] == 1
    assert moved[grid.line_of(OfYear(Key("covenant", "cover_room"), grid.years[0]))] == pytest.approx(-0.06 * MILLION)


def test_a_plan_without_covenants_has_no_such_rows() -> None:
    grid = lay_book(lent(None)).grid
    assert Key("covenant", "cover") not in grid


@cache
def at_year_end(**asked: Any) -> Outcome:
    """The same with an open line of 30, of which nothing is drawn, and a fiscal year that the horizon cuts."""
    line = {"limit": mn(30), "rate": "5 %", "term": "1 year", "revolving": True, "draw_window": {"to": "2026-06"}}
    bank = {"limit": mn(60), "rate": "10 %", "term": "5 years"}
    case = toy(
        calendar={"start": "2025-01", "period": "half", "periods": 5, "fiscal_year_start_month": 1},
        finance__loans={"bank": bank, "line": line},
        finance__opening_cash=mn(60),
        finance__depreciation={"systems": "5 years"},
        finance__covenants=asked,
    )
    work = {("training", "cube", "east", t): 1.0 for t in range(5)}
    chosen = {**BOUGHT, "serve": work, "draw": {("bank", 0): 60 * MILLION}}
    return outcome_of(case, decided(**chosen))


def test_what_is_left_at_the_end_of_each_fiscal_year() -> None:
    """20 are there and 60 a year come in, less 6 of interest: 74 and 128. The cube is worth 80 and 60."""
    grid = lay_book(at_year_end(least_liquidity=mn(100), most_loan_to_value=1, most_debt_to_equity=2)).grid

    def left(name: str) -> list[object]:
        return [one if one == "none" else round(one / MILLION, 6) for one in of_years(grid, name)]

    # The line may be drawn in January 2026 and not in January 2027; the last half year ends no fiscal year.
    assert left("liquidity_room") == [74 + 30 - 100, 128 - 100, "none"]
    assert left("value_room") == [80 - 60, 60 - 60, "none"]
    assert left("equity_room") == [2 * 94 - 60, 2 * 128 - 60, "none"]
    assert failed(grid) == []
    assert_formulas_are_short(grid)


@pytest.mark.parametrize(
    ("field", "value", "room", "left"),
    [
        ("least_liquidity", 105 * MILLION, "liquidity_room", -1 * MILLION),
        ("most_loan_to_value", 0.9, "value_room", -6 * MILLION),
        ("most_debt_to_equity", 0.4, "equity_room", (0.4 * 94 - 60) * MILLION),
    ],
)
def test_a_narrower_covenant_on_balances_fails_its_check_at_once(
    field: str, value: float, room: str, left: float
) -> None:
    grid = lay_book(at_year_end(least_liquidity=mn(100), most_loan_to_value=1, most_debt_to_equity=2)).grid
    moved = Mutable(grid).moved_by({Place("Inputs", grid.line_of(f"finance.covenants.{field}").row, VALUE): value})
    assert moved[grid.line_of("failures")] == 1
    row = grid.line_of(Key("covenant", room)).row
    assert pytest.approx(left) in [now for place, now in moved.items() if place[:2] == ("Key figures", row)]


WRITTEN = {
    "in parts": lambda: lent(2, 20, 20, 20),
    "at once": lambda: lent(2),
    "balances": lambda: at_year_end(least_liquidity=mn(100), most_loan_to_value=1, most_debt_to_equity=2),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_another_engine_comes_to_the_same(name: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(WRITTEN[name](), path)
    assert_another_engine_agrees(path)


def test_nothing_need_be_borrowed_where_lenders_ask() -> None:
    case = toy(finance__loans={"bank": {"limit": mn(9), "rate": 0, "term": "1 year"}}, finance__covenants=EVERYTHING)
    grid = lay_book(outcome_of(case, decided(**BOUGHT))).grid
    assert failed(grid) == []
    assert of_years(grid, "cover") == ["none"] * 3


EVERYTHING = {
    "least_debt_service_cover": 1.2,
    "least_liquidity": mn(5000),
    "most_loan_to_value": "50 %",
    "most_debt_to_equity": 1,
}


@pytest.mark.parametrize("name", WRITTEN)
def test_every_text_is_translated(name: str) -> None:
    assert lay_book(WRITTEN[name](), "ja").grid.speaker.missing == set()
