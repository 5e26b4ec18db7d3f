"""The annual statements: the figures of the audit by fiscal year, classed, balanced, and on one A4 each."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.functions import Value
from planner.report.workbook.engine.grid import Grid
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.recalculation import recalculated
from planner.report.workbook.front.annual import FIRST_YEAR, POINTS, START
from planner.report.workbook.front.annual_balance import DIFFERENCE
from tests.report.example import outcome
from tests.report.workbook.test_captions import kept_by, texts
from tests.report.workbook.test_covenants import COVER, lent
from tests.report.workbook.test_recalculation import assert_another_engine_agrees

SHEETS = ("Annual profit and loss", "Annual balance sheet", "Annual cash flow", "Funding", "Debt and covenants")
A4_POINTS = 186 / 25.4 * 72
"""What of the height of an A4 laid across is printed on."""


@pytest.fixture(scope="module")
def grid() -> Grid:
    return lay_book(outcome()).grid


def of(grid: Grid, key: RowKey, first: int = FIRST_YEAR) -> list[Value]:
    """The figures of an annual row."""
    place = grid.line_of(key)
    columns = range(first, FIRST_YEAR + len(grid.years))
    return [grid.value(place._replace(column=column)) or 0.0 for column in columns]


def named(grid: Grid, sheet: str, label: str) -> list[Value]:
    """The same by its label."""
    row = next(row for (row, at), cell in grid.sheets[sheet].cells.items() if at == 0 and cell.content == label)
    place = grid.line_of(grid.keys_on(sheet)[0])._replace(row=row)
    return [grid.value(place._replace(column=FIRST_YEAR + year)) for year in range(len(grid.years))]


def by_year(amounts: tuple[float, ...]) -> list[float]:
    periods = outcome().case.calendar.fiscal_years
    return [sum(amounts[t] for t in of_year) for of_year in periods.values()]


def test_profit_and_cash_are_the_audits_by_fiscal_year(grid: Grid) -> None:
    accounts = outcome().audit.accounts
    books = accounts.books
    assert named(grid, SHEETS[0], "profit before tax") == pytest.approx(by_year(books.profit), abs=1)
    assert named(grid, SHEETS[0], "revenue") == pytest.approx(by_year(accounts.lines["revenue"]), abs=1)
    last = [accounts.cash[of_year[-1]] for of_year in outcome().case.calendar.fiscal_years.values()]
    assert named(grid, SHEETS[2], "cash at the end") == pytest.approx(last, abs=1)
    assert named(grid, SHEETS[3], "all sources") == pytest.approx(named(grid, SHEETS[3], "all uses"), abs=1)
    assert named(grid, SHEETS[3], "sources less uses") == pytest.approx([0.0] * len(grid.years), abs=1)


def test_the_balance_sheet_balances_from_the_start_and_its_parts_are_those_of_the_sheet_by_period(grid: Grid) -> None:
    assert of(grid, DIFFERENCE, START) == [0.0] * (len(grid.years) + 1)
    key = lambda name: Key("annual balance", name)  # noqa: E731
    equity = of(grid, key("equity"), START)
    ends = [of_year[-1] for of_year in outcome().case.calendar.fiscal_years.values()]
    assert equity[1:] == pytest.approx([grid.value_of("equity", t) for t in ends], abs=1)
    parts = zip(of(grid, key("capital"), START), of(grid, key("kept"), START), strict=True)
    assert [float(str(one)) + float(str(other)) for one, other in parts] == pytest.approx(equity, abs=1)
    debt = [
        float(str(a)) + float(str(b)) for a, b in zip(of(grid, key("due")), of(grid, key("due later")), strict=True)
    ]
    assert debt == pytest.approx([grid.value_of("debt", t) for t in ends], abs=1)
    assert sum(map(abs, debt)) > 0


def test_what_is_scheduled_for_the_next_year_is_current() -> None:
    """60 drawn, of which 20 fall due each year; all of it is kept for the horizon here but what is due."""
    grid = lay_book(lent(2, 20, 20, 20)).grid
    key = lambda name: Key("annual balance", name)  # noqa: E731
    assert of(grid, key("due")) == pytest.approx([20e6, 20e6, 0.0], abs=1)
    assert of(grid, key("due later")) == pytest.approx([20e6, 0.0, 0.0], abs=1)


def test_a_covenant_that_is_broken_is_flagged_in_its_year() -> None:
    grid = lay_book(lent(2)).grid
    assert of(grid, Key("annual debt", "cover_room", "kept")) == ["OK", "OK", "OK"]
    recalculated(grid, {grid.line_of(COVER): 2.31})
    assert of(grid, Key("annual debt", "cover_room", "kept")) == ["broken", "OK", "OK"]
    assert of(grid, Key("annual debt", "least"))[0] == 2.31


def test_captions_are_those_of_the_standard() -> None:
    said = texts(kept_by("usgaap"), *SHEETS)
    assert "operating income" in said and "net income" in said
    assert not any("ordinary profit" in text or "special" in text for text in said)
    assert "ordinary profit" in texts(kept_by(None), SHEETS[0])


@pytest.mark.parametrize("language", ["en", "ja"])
def test_each_statement_stands_on_one_a4_with_print_of_eight_points(language: str, tmp_path: Path) -> None:
    """Nine points at eight ninths of their size, in both directions."""
    write_workbook(outcome(), tmp_path / "plan.xlsx", language)
    book, names = load_workbook(tmp_path / "plan.xlsx"), lay_book(outcome(), language).grid
    for name in SHEETS:
        sheet = book[names.sheet_title(name)]
        assert sheet.page_setup.paperSize == 9 and sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight is None
        widths = sum(one.width * (one.max - one.min + 1) for one in sheet.column_dimensions.values())
        assert widths * 7 / 96 * 8 / 9 <= 297 / 25.4 - 0.5, name
        assert (sheet.max_row * POINTS + 30) * 8 / 9 <= A4_POINTS, name
    if language == "ja":
        assert names.speaker.missing == set()


def test_another_engine_comes_to_the_same(tmp_path: Path) -> None:
    write_workbook(lent(2, 20, 20, 20), tmp_path / "plan.xlsx")
    assert_another_engine_agrees(tmp_path / "plan.xlsx")
