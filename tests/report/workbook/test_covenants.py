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
from tests.report.workbook.test_recalculation import differences, formulas_of, recalculated

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


@pytest.mark.parametrize("repaid", [(20, 20, 20), (60,)])
def test_another_engine_comes_to_the_same(repaid: tuple[float, ...], tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(lent(2, *repaid), path)
    stored = {place: value for place, (_, value) in formulas_of(path).items()}
    assert differences(stored, recalculated(path, list(stored))) == []


def test_every_text_is_translated() -> None:
    assert lay_book(lent(2), "ja").grid.speaker.missing == set()
