"""Edits of a workbook of the kinds that a finance team makes, or somebody who wants another result: each is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from planner.explain.prices import with_prices
from planner.outcome import Outcome
from planner.planning import plan
from planner.reading.budget import read_case
from planner.reading.workbook.layout import FIRST, VALUE
from planner.reading.xlsx.book import EMPTY, Book
from planner.reading.xlsx.stored import Found
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.recalculation import ERROR, recalculated
from planner.report.workbook.engine.references import address
from planner.report.workbook.engine.terms import Place
from planner.verification.finished import opened, verify_book, verify_workbook
from planner.verification.finished.sheets import Differences, differences
from tests.places import TINY
from tests.verification.spoilt import row_of, said, typed

LOAN = "{bank: {rate: 3 %, limit: 200 m JPY, outstanding: 200 m JPY, term: 4 years}}"
Edit = Callable[[Book], Book]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return with_prices(plan(read_case(TINY, overrides={"finance.loans": LOAN, "finance.tax": "{rate: 30 %}"})))


@pytest.fixture(scope="module")
def path(outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("edits") / "plan.xlsx"
    write_workbook(outcome, path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Book:
    return opened(path)


@pytest.fixture(scope="module")
def ledger(outcome: Outcome) -> Ledger:
    return lay_book(outcome)


def put(sheet: str, label: str, column: int, change: Callable[[Found], Found]) -> Edit:
    """Changes the cell behind the first line with a label."""

    def edit(book: Book) -> Book:
        row = min(row for (row, at), found in book.sheets[sheet].items() if at < 2 and found.value == label)
        cells = book.sheets[sheet]
        return replace(
            book, sheets={**book.sheets, sheet: {**cells, (row, column): change(cells.get((row, column), EMPTY))}}
        )

    return edit


def over(value: object) -> Callable[[Found], Found]:
    """Types a figure or a text over whatever stands there."""
    return lambda _: Found(value)


def formula(text: str) -> Callable[[Found], Found]:
    """Puts another formula there that comes to the same."""
    return lambda found: replace(found, is_formula=True, formula=text)


def stores(value: object) -> Callable[[Found], Found]:
    """Leaves the formula and changes what is stored beside it."""
    return lambda found: replace(found, value=value)


def without(sheet: str) -> Edit:
    def edit(book: Book) -> Book:
        sheets = {name: cells for name, cells in book.sheets.items() if name != sheet}
        return replace(book, sheets=sheets, sheet_names=tuple(name for name in book.sheet_names if name != sheet))

    return edit


def renamed(sheet: str, other: str) -> Edit:
    """As a spreadsheet program does: formulas on other sheets follow."""

    def edit(book: Book) -> Book:
        gone = without(sheet)(book)
        follow = {
            name: {
                place: replace(found, formula=found.formula.replace(f"'{sheet}'!", f"{other}!"))
                for place, found in cells.items()
            }
            for name, cells in gone.sheets.items()
        }
        names = tuple(other if name == sheet else name for name in book.sheet_names)
        return replace(gone, sheets=follow, sheet_names=names)

    return edit


def moved_down(sheet: str, label: str) -> Edit:
    """A row put in above a line."""

    def edit(book: Book) -> Book:
        top = row_of(book, sheet, label)
        cells = {(row + (row >= top), column): found for (row, column), found in book.sheets[sheet].items()}
        return replace(book, sheets={**book.sheets, sheet: cells})

    return edit


RESULTS: dict[str, tuple[Edit, str]] = {
    "a typed net present value": (put("Summary", "net present value", 1, over(9e9)), r"Summary!B\d+: 9000000000"),
    "a typed rate of return": (
        put("Summary", "internal rate of return", 1, over(0.9)),
        r"Summary!B\d+: 0.9 stands in place of the formula =.*, which comes to 0\.",
    ),
    "a typed debt cover": (
        put("Key figures", "lowest debt service cover of a fiscal year", VALUE, over(1.35)),
        r"Key figures!D\d+: 1.35 stands in place of the formula",
    ),
    "a typed grants total": (
        put("Subsidies", "all programmes", VALUE, over(5e8)),
        r"Subsidies!D\d+: 500000000.0 stands in place of the formula =SUM\(.*comes to 156726075",
    ),
    "a typed cash line": (put("Cash flow", "revenue", FIRST, over(8e6)), r"Cash flow!I\d+: 8000000.0 stands in place"),
    "a typed profit": (put("Profit and tax", "net profit", VALUE, over(1e9)), r"Profit and tax!D\d+: 1000000000.0"),
    "a typed status": (put("Checks", "funding", 9, over("OK")), r"Checks!J\d+: 'OK' stands in place of the formula"),
    "a typed flag": (put("Checks", "funding", 8, over(0.0)), r"Checks!I\d+: 0.0 stands in place of the formula"),
    "a typed master check": (put("Cover", "Master check", 1, over("OK")), r"Cover!B\d+: 'OK' stands in place"),
    "another right side of a check": (
        put("Checks", "funding", 5, over(1.0)),
        r"Checks!F\d+: 1.0 stands, 500000000.0 was written",
    ),
    "a wider tolerance": (put("Checks", "funding", 7, over(1e12)), r"Checks!H\d+: 1000000000000.0 stands, 1.0 was"),
    "a check that need not last": (put("Checks", "ordered = delivered within the horizon", 10, over(0.0)), r"Checks!K"),
    "a formula that adds one": (
        put("Summary", "payback", 1, formula("IF(1=1,'Key figures'!$D$23,0)")),
        r"Summary!B\d+: the formula =IF\(1=1,'Key figures'!\$D\$23,0\) stands, =IF\(.* was written",
    ),
    "a formula into another workbook": (
        put("Summary", "capital expenditure", 1, formula("[1]Sheet1!$A$1")),
        r"Summary!B\d+: the formula =\[1\]Sheet1!\$A\$1 stands",
    ),
    "another stored figure": (
        put("Summary", "payback", 1, stores(0.5)),
        r"Summary!B\d+: 0.5 is stored, =.* comes to \d",
    ),
    "an error in a cell": (
        put("Cash flow", "energy", FIRST, lambda found: replace(found, value="#REF!", is_error=True)),
        r"Cash flow!I\d+: '#REF!' is stored",
    ),
    "a cell that is gone": (put("Balance sheet", "cash", FIRST, lambda _: EMPTY), r"Balance sheet!I\d+: nothing"),
    "a figure as text": (put("Summary", "payback", 1, over("1.1")), r"Summary!B\d+: '1.1' stands in place"),
    "another label": (put("Summary", "payback", 0, over("payback, sure")), r"'payback, sure' stands, 'payback'"),
    "another unit": (put("Summary", "capital expenditure", 2, over("USD")), r"'USD' stands, 'JPY million'"),
    "another proof": (put("Summary", "state of the proof", 1, over("certified")), r"Summary!B\d+: 'certified' stands"),
    "a figure behind a chart": (put("Chart data", "cube", FIRST, over(999.0)), r"Chart data!I\d+: 999.0 stands in"),
    "cash of a month": (
        put("Liquidity by month", "cash at the end", FIRST, over(4e9)),
        r"Liquidity by month!I\d+: 4000000000.0 stands in place",
    ),
    "a date over the periods": (put("Cash flow", "Starts in", FIRST, over(45000.0)), r"Cash flow!I5: 45000.0 stands"),
    "a formula over a note": (
        put("Cash flow", "revenue", 6, lambda _: Found(0.0, is_formula=True, formula="1+1")),
        r"Cash flow!G\d+: the formula =1\+1 stands, 'see the workings below' was written",
    ),
    "a row put in": (moved_down("Subsidies", "all programmes"), r"Subsidies!D\d+: nothing stands in place of"),
    "a sheet that is gone": (without("Balance sheet"), "^Balance sheet is not there$"),
    "a sheet with another name": (
        renamed("Cash flow", "Money"),
        "^Cash flow; 'Money' stands in its place: give it its name back$",
    ),
}  # fmt: skip
"""What somebody changes by hand so that the workbook says something else, and how it is named."""
BESIDE: dict[str, tuple[Edit, str]] = {
    "a note in an empty cell": (put("Summary", "payback", 7, over("why?")), r"Summary!H\d+: 'why\?'"),
    "a figure of one's own": (
        put("Summary", "payback", 8, lambda _: Found(2.0, is_formula=True, formula="B16*2")),
        r"Summary!I\d+: the formula =B16\*2",
    ),
    "a sheet of one's own": (
        lambda book: replace(book, sheet_names=(*book.sheet_names, "My notes")),
        "^the sheet My notes$",
    ),
}
"""What a person may well add, which takes nothing away."""


def lines(found: Differences) -> list[str]:
    return [*found.gone, *found.cells, *found.stored]


def test_an_untouched_workbook_differs_in_nothing(book: Book, ledger: Ledger) -> None:
    found = differences(ledger, book)
    assert (lines(found), found.added, found.is_stale) == ([], [], False)


@pytest.mark.parametrize("name", RESULTS)
def test_an_edit_is_named_with_sheet_cell_what_stands_and_what_should(name: str, book: Book, ledger: Ledger) -> None:
    edit, words = RESULTS[name]
    found = lines(differences(ledger, edit(book)))
    assert any(re.search(words, line.removeprefix(f"{book.path}: ")) for line in found), found[:5]
    if "row" not in name:
        assert len(found) == 1


@pytest.mark.parametrize("name", BESIDE)
def test_what_is_added_beside_is_told_and_counts_against_nothing(name: str, book: Book, ledger: Ledger) -> None:
    edit, words = BESIDE[name]
    found = differences(ledger, edit(book))
    assert lines(found) == []
    assert [re.search(words, line.removeprefix(f"{book.path}: ")) is not None for line in found.added] == [True]


def changed_input(book: Book) -> Book:
    return put("Inputs", "finance.exchange_rates.USD", VALUE, over(180.0))(book)


def shows(found: Found, value: object) -> Found:
    return replace(found, value="#VALUE!" if value is ERROR else value, is_error=value is ERROR)


def worked_out(outcome: Outcome, book: Book) -> Book:
    """The workbook after an input was changed and a spreadsheet program has worked its formulas out."""
    ledger, now = lay_book(outcome), changed_input(book)
    place = ledger.grid.line_of("finance.exchange_rates.USD")
    values: Mapping[Place, object] = recalculated(ledger.grid, {place: 180.0})
    sheets = {
        name: {
            (row, column): shows(found, values[Place(name, row, column)]) if found.is_formula else found
            for (row, column), found in cells.items()
        }
        for name, cells in now.sheets.items()
    }
    return replace(now, sheets=sheets)


def test_a_changed_input_is_told_as_one_and_the_figures_follow(outcome: Outcome, book: Book) -> None:
    verdict = verify_book(replace(worked_out(outcome, book), named={"plan_npv": outcome.npv}))
    assert "exchange_rates.USD: 150 as solved, 180" in said(verdict)
    assert "every figure what it comes to" in said(verdict)
    stale = verify_book(changed_input(book))
    assert "their figures are from before the inputs were changed" in said(stale)
    assert "every figure what it comes to" in said(stale)


@pytest.mark.parametrize("name", ["a typed rate of return", "another stored figure"])
def test_an_edit_beside_a_changed_input_is_named_as_well(name: str, outcome: Outcome, book: Book) -> None:
    edit, words = RESULTS[name]
    for now in (worked_out(outcome, book), changed_input(book)):
        found = lines(differences(lay_book(outcome), edit(now)))
        assert len(found) == 1 and re.search(words, found[0])


def test_figures_from_before_a_change_among_those_since_are_named(outcome: Outcome, book: Book) -> None:
    now, was = worked_out(outcome, book), book.sheets["Summary"]
    kept = replace(now, sheets={**now.sheets, "Summary": was})
    found = lines(differences(lay_book(outcome), kept))
    assert found and all("Summary!" in line for line in found)


def test_an_edit_of_a_file_is_found_and_prices_are_told_as_read(path: Path, book: Book, tmp_path: Path) -> None:
    row = row_of(book, "Summary", "payback")
    verdict = verify_workbook(typed(path, tmp_path / "plan.xlsx", ("Summary", row, 1, 0.25)))
    assert not verdict.holds
    cell = address(Place("Summary", row, 1), "")
    assert f"Summary!{cell}: 0.25 stands in place of the formula" in said(verdict)
    assert "figures of the run on What binds: read, not confirmed" in said(verdict)
