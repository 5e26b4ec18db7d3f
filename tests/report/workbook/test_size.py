"""A workbook of 20 sites, 15 systems and 40 quarters: its time and memory grow with its cells, and it can be used.

Every day a tenth of that is written, recalculated and printed; ``PLANNER_SIZE=full`` takes all of it.
Seconds are measured in the benchmarks; here calls are counted, which a busy machine does not change.
"""

import os
import re
import shutil
import subprocess
import tracemalloc
from collections.abc import Iterator
from cProfile import Profile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.outcome import Outcome
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.grid import FIRST, VALUE, Grid
from planner.report.workbook.engine.references import address
from planner.report.workbook.engine.terms import Place, Term
from planner.report.workbook.engine.verdicts import CHANGED
from tests.report.example import outcome_of
from tests.report.large import FULL, QUARTER, Size, large_case, large_plan
from tests.report.workbook.test_office import OFFICE, Office
from tests.report.workbook.test_recalculation import differences

WIDE = Size(sites=20, systems=4, periods=10)
"""As many sites as the largest case, which all take of one lot, and few of everything else."""
FULLY = os.environ.get("PLANNER_SIZE") == "full"
LARGE = FULL if FULLY else Size(sites=6, systems=5, periods=20)
COUNTED = (QUARTER, FULL) if FULLY else (Size(sites=3, systems=2, periods=5), QUARTER)
"""What counts do not need seconds to show: a small and a large workbook."""
MOST_GROWTH = 1.2
"""How much more work and memory a cell of a large workbook may take than one of a small workbook, both counted."""
LONGEST_FORMULA = 80
BELOW = re.compile(r"[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)")
"""A range of rows that stand below each other, or of one row over time."""
ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
LEAST_LINES = 6
"""Lines of text of a page that is not empty: its title, its footer and something between."""


def made(size: Size) -> Outcome:
    case = large_case(size)
    return outcome_of(case, large_plan(size, case))


def cells_of(grid: Grid) -> int:
    return sum(len(sheet.cells) for sheet in grid.sheets.values())


def formulas(grid: Grid, columns: set[int] | None = None) -> Iterator[tuple[Place, str]]:
    """Every formula, or those of some columns, and where it stands."""
    for name, sheet in grid.sheets.items():
        for (row, column), cell in sheet.cells.items():
            if isinstance(cell.content, Term) and (columns is None or column in columns):
                place = Place(name, row, column)
                yield place, cell.content.text(grid, place)


def calls_per_cell(size: Size, folder: Path) -> float:
    """Calls of functions that laying and writing a workbook takes, for each of its cells."""
    outcome, profile = made(size), Profile()
    with profile:
        book = lay_book(outcome)
        write_workbook(outcome, folder / "plan.xlsx")
    return sum(entry.callcount for entry in profile.getstats()) / cells_of(book.grid)


def test_a_cell_of_a_large_workbook_takes_no_more_work_than_one_of_a_small(tmp_path: Path) -> None:
    small, large = (calls_per_cell(size, tmp_path) for size in COUNTED)
    assert large <= MOST_GROWTH * small


def bytes_per_cell(size: Size, folder: Path) -> float:
    """The most memory that laying and writing a workbook holds at once, for each of its cells, as Python counts it."""
    outcome = made(size)
    tracemalloc.start()
    try:
        book = lay_book(outcome)
        write_workbook(outcome, folder / "plan.xlsx")
        return tracemalloc.get_traced_memory()[1] / cells_of(book.grid)
    finally:
        tracemalloc.stop()


def test_a_cell_of_a_large_workbook_takes_no_more_memory_than_one_of_a_small(tmp_path: Path) -> None:
    small, large = (bytes_per_cell(size, tmp_path) for size in COUNTED)
    assert large <= MOST_GROWTH * small


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Grid, Path]:
    """The large workbook, in memory and as a file."""
    outcome, path = made(LARGE), tmp_path_factory.mktemp("large") / "large.xlsx"
    write_workbook(outcome, path)
    return lay_book(outcome).grid, path


def test_the_rows_that_a_formula_adds_up_do_not_grow_with_the_plan(large: tuple[Grid, Path]) -> None:
    """Counted, not timed: a formula that looks through all rows of a sheet, in each of its rows, would show here."""

    def rows_read(grid: Grid) -> float:
        texts = [text for _, text in formulas(grid, {VALUE, FIRST})]
        ends = [found.groups() for text in texts for found in BELOW.finditer(text)]
        return sum(int(last) - int(first) for first, last in ends) / len(texts)

    assert rows_read(large[0]) <= MOST_GROWTH * rows_read(lay_book(made(QUARTER)).grid)


def test_a_formula_over_many_sites_can_still_be_read() -> None:
    grid = lay_book(made(WIDE)).grid
    assert [(place, text) for place, text in formulas(grid) if len(f"={text}") > LONGEST_FORMULA] == []


def test_the_large_workbook_opens_without_an_error_and_all_checks_hold(large: tuple[Grid, Path]) -> None:
    book = load_workbook(large[1], data_only=True, read_only=True)
    values = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    assert [value for rows in values.values() for row in rows for value in row if value in ERRORS] == []
    texts = {value for row in values["Checks"] for value in row if isinstance(value, str)}
    assert "OK" in texts
    assert "FAILED" not in texts
    assert CHANGED not in {row[1] for row in values["Checks"] if row[0] == "Master check"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_large_workbook_and_computes_every_stored_value(
    large: tuple[Grid, Path], office: Office
) -> None:
    grid, path = large
    again = load_workbook(office.recalculate(path)[0], data_only=True, read_only=True)
    computed = {
        (sheet.title, row, column): value
        for sheet in again
        for row, values in enumerate(sheet.iter_rows(values_only=True))
        for column, value in enumerate(values)
    }
    stored = {
        (name, address(Place(name, row, column), "")): (
            grid.value(Place(name, row, column)),
            computed[name, row, column],
        )
        for name, sheet in grid.sheets.items()
        for (row, column), cell in sheet.cells.items()
        if isinstance(cell.content, Term)
    }
    assert len(stored) > cells_of(grid) / 2
    ours = {place: value or 0 for place, (value, _) in stored.items()}
    assert differences(ours, {place: value for place, (_, value) in stored.items()}) == []


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_large_workbook_prints_without_an_empty_page_or_a_number_that_does_not_fit(
    large: tuple[Grid, Path], office: Office
) -> None:
    printed = office.print(large[1])
    text = subprocess.run(["pdftotext", "-layout", str(printed), "-"], check=True, capture_output=True, text=True)
    *pages, rest = text.stdout.split("\f")
    assert rest.strip() == ""
    assert len(pages) > 50
    lines = [len([line for line in page.splitlines() if line.strip()]) for page in pages]
    assert [number for number, count in enumerate(lines, 1) if count < LEAST_LINES] == []
    assert [number for number, page in enumerate(pages, 1) if "###" in page] == []
