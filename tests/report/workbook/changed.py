"""What a finished workbook comes to once a cell of it is changed, for the tests that hold it against the audit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import formualizer
import pytest
from openpyxl import load_workbook

from planner.outcome import Accounts
from planner.report.workbook.front.master_check import FIRST_CHECK_ROW
from tests.report.workbook.test_live import Reader, figures
from tests.report.workbook.test_recalculation import in_formualizer, number

OVER_TIME = ("Cash flow", "Fixed assets", "Profit and tax", "Balance sheet")
"""Sheets with rows over time, behind Subsidies, in the order of the book."""
FIRST_PERIOD = 9
VERDICTS, FIRST_CHECK = 9, FIRST_CHECK_ROW + 1
"""Column of the sheet Checks that says which checks fail, and the row of the first of them."""


def opened(path: Path) -> Reader:
    """A workbook in formualizer, whose cells are asked for by name or place."""
    source = load_workbook(path)
    return Reader(source, in_formualizer(source))


@contextmanager
def changed(reader: Reader, sheet: str, row: int, values: dict[int, float]) -> Iterator[None]:
    """Cells of a row with other values, by column; afterwards they are as they were written."""
    try:
        for column, value in values.items():
            reader.book.set_value(sheet, row, column, formualizer.LiteralValue.number(float(value)))
        yield
    finally:
        for column in values:
            before = number(reader.source[sheet].cell(row, column).value)
            reader.book.set_value(sheet, row, column, formualizer.LiteralValue.number(before))


def moves_as_audited(reader: Reader, path: str, value: float, expected: Accounts, as_written: Accounts) -> None:
    """With another value at a path of Inputs the book comes to the accounts of the changed case, and not by chance."""
    source = reader.source
    (columns, row) = next((columns, row) for own, columns, row, _ in figures(source) if own == path)
    filled = [column for column in columns if source["Inputs"].cell(row, column).value is not None]
    with changed(reader, "Inputs", row, dict.fromkeys(filled, value)):
        assert reader.named("npv") == pytest.approx(expected.npv, rel=1e-9)
        assert reader.named("npv") != pytest.approx(as_written.npv, rel=1e-9)
        for label, amounts in (
            ("cash at the end", expected.cash),
            ("book value at the end", expected.books.fixed_assets),
            ("profit before tax", expected.books.profit),
            ("assets less debt and equity", (0.0,) * len(expected.cash)),
        ):
            assert row_of(reader, label, len(amounts)) == pytest.approx(amounts, rel=1e-9, abs=0.01), label
    assert reader.named("master_check") == "OK"


def row_of(reader: Reader, label: str, periods: int) -> list[float]:
    """A row over time by its label, as recalculated; the first that bears it behind Subsidies."""
    for name in OVER_TIME:
        for cell in reader.source[name]["A"]:
            if cell.value == label:
                cells = [(name, cell.row, FIRST_PERIOD + t) for t in range(periods)]
                return [float(str(value)) for value in reader.book.evaluate_cells(cells)]
    raise AssertionError(label)


def failing(reader: Reader) -> list[str]:
    """Labels of the checks that fail as the book stands now."""
    checks = reader.source["Checks"]
    rows = [row for row in range(FIRST_CHECK, checks.max_row + 1) if checks.cell(row, VERDICTS).value]
    found = reader.book.evaluate_cells([("Checks", row, VERDICTS) for row in rows])
    return [str(checks.cell(row, 1).value) for row, failed in zip(rows, found, strict=True) if failed == 1.0]
