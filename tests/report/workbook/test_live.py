"""Every assumption trips the master check, and what the sheet calls live moves the book; a changed decision fails."""

import os
from collections.abc import Iterator
from pathlib import Path

import formualizer
import pytest
from openpyxl import Workbook, load_workbook

from planner.report.workbook.book import write_workbook
from planner.report.workbook.engine.verdicts import BROKEN, CHANGED, UNFIT, WRONG
from planner.report.workbook.front.inputs import NOT_LIVE
from planner.report.workbook.front.master_check import FIRST_CHECK_ROW
from tests.report.example import outcome
from tests.report.workbook.test_recalculation import in_formualizer, number

VALUE, CHANGED_COLUMN, NOTE, FIRST, LAST = 4, 6, 7, 9, 20
HEAD_OF_CHECKS = FIRST_CHECK_ROW + 1
FULL = os.environ.get("PLANNER_CELLS_FULL") == "1"
EVERY_DAY = 4
"""Of so many assumptions one is changed every day."""
Number = formualizer.LiteralValue.number


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path: Path = tmp_path_factory.mktemp("book") / "example.xlsx"
    write_workbook(outcome(), path)
    return load_workbook(path)


@pytest.fixture(scope="module")
def book(source: Workbook) -> formualizer.Workbook:
    return in_formualizer(source)


class Reader:
    """Reads cells of the recalculated book by name or by place."""

    def __init__(self, source: Workbook, book: formualizer.Workbook) -> None:
        self.source, self.book = source, book
        skip = {self.place("changed_inputs"), self.place("master_check")}
        self.watched = [
            (sheet.title, cell.row, cell.column)
            for sheet in source
            if sheet.title not in ("Cover", "Board page", "Run log", "Summary")
            for row in sheet.iter_rows(min_row=HEAD_OF_CHECKS if sheet.title == "Checks" else 1)
            for cell in row
            if cell.data_type == "f"
            and not (sheet.title == "Inputs" and cell.column == CHANGED_COLUMN)
            and (sheet.title, cell.row, cell.column) not in skip
        ]

    def named(self, name: str) -> object:
        return self.book.evaluate_cell(*self.place(name))

    def everything(self) -> tuple[object, list[object]]:
        """The master check, and all formulas but those that only count which inputs differ from what they were."""
        master, *others = self.book.evaluate_cells([self.place("master_check"), *self.watched])
        return master, others

    def place(self, name: str) -> tuple[str, int, int]:
        sheet, cell = self.source.defined_names[f"plan_{name}"].attr_text.replace("'", "").replace("$", "").split("!")
        return sheet, self.source[sheet][cell].row, self.source[sheet][cell].column


@pytest.fixture(scope="module")
def reader(source: Workbook, book: formualizer.Workbook) -> Reader:
    return Reader(source, book)


def figures(source: Workbook) -> Iterator[tuple[str, list[int], int, bool]]:
    """Path, columns, row and whether it is called live, of every assumption."""
    sheet = source["Inputs"]
    for row in range(8, sheet.max_row + 1):
        columns = [column for column in range(VALUE, LAST + 1) if not sheet.cell(row, column).protection.locked]
        if columns:
            yield sheet.cell(row, 2).value, columns, row, NOT_LIVE not in str(sheet.cell(row, NOTE).value)


def nudged(value: float, unit: str) -> float:
    """Another value that the cell would take."""
    if unit == "yes = 1":
        return 1 - value
    if unit == "month":
        return value + 400
    if unit == "months":
        return value + 13
    if unit == "month of year":
        return value + 4
    return value / 2 if value else 1


def test_as_written_the_master_check_says_ok(reader: Reader) -> None:
    assert reader.named("master_check") == "OK"


def test_each_assumption_trips_the_master_check_and_moves_what_is_live(source: Workbook, reader: Reader) -> None:
    sheet, (_, before) = source["Inputs"], reader.everything()
    live, dead = [], []
    everything = [*figures(source)]
    for path, columns, row, says_live in everything if FULL else everything[::EVERY_DAY]:
        filled = [column for column in columns if sheet.cell(row, column).value is not None]
        for column in filled:
            value = nudged(number(sheet.cell(row, column).value), sheet.cell(row, 3).value)
            reader.book.set_value("Inputs", row, column, Number(value))
        master, now = reader.everything()
        assert master in (CHANGED, BROKEN, UNFIT), path
        (live if now != before else dead).append((path, says_live))
        for column in filled:
            reader.book.set_value("Inputs", row, column, Number(number(sheet.cell(row, column).value)))
        assert reader.named("master_check") == "OK", path
    assert len(live) > (100 if FULL else 100 // EVERY_DAY)
    assert [path for path, says_live in live if not says_live] == []
    assert [path for path, says_live in dead if says_live] == []


@pytest.mark.parametrize("label", ["order through h200-direct", "claim under national", "serve training"])
def test_a_changed_decision_fails_checks(source: Workbook, reader: Reader, label: str) -> None:
    sheet = "Decisions"
    row = next(cell.row for cell in source[sheet]["A"] if cell.value == label)
    column = next(column for column in range(FIRST, LAST + 1) if source[sheet].cell(row, column).value)
    before = source[sheet].cell(row, column).value
    reader.book.set_value(sheet, row, column, Number(before + 1.0))
    assert reader.named("master_check") in (WRONG, BROKEN)
    assert reader.named("failed_checks") >= 1
    reader.book.set_value(sheet, row, column, Number(before))
    assert reader.named("master_check") == "OK"


def test_an_error_counts_as_failed_and_never_as_ok(source: Workbook, reader: Reader) -> None:
    row = next(cell.row for cell in source["Inputs"]["B"] if cell.value == "finance.discount_rate")
    reader.book.set_value("Inputs", row, VALUE, formualizer.LiteralValue.text("not a number"))
    assert reader.named("master_check") in (BROKEN, UNFIT)
    assert reader.named("failed_checks") >= 2
    reader.book.set_value("Inputs", row, VALUE, Number(0.08))
    assert reader.named("master_check") == "OK"
    assert reader.named("failed_checks") == 0
