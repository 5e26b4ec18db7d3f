"""Every stored value of the workbook is what another engine makes of the formula beside it."""

import sys
from functools import lru_cache
from pathlib import Path

import formualizer
import pytest
from openpyxl import Workbook, load_workbook

from planner.report.workbook.book import write_workbook
from tests.report.example import outcome

RELATIVE, ABSOLUTE = 1e-9, 1e-6
"""How far two engines may differ; a difference of two large amounts by a few of their last binary digits as well."""


def _with_formulas(path: Path) -> Workbook:
    return _read_once(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read_once(path: Path, _written: int) -> Workbook:
    """The workbook of a file, which most tests ask for twice in a row and none changes."""
    return load_workbook(path)


def formulas_of(path: Path) -> dict[tuple[str, str], tuple[str, object]]:
    """Formula and stored value by sheet and cell."""
    formulas, values = _with_formulas(path), load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): (cell.value, values[sheet.title][cell.coordinate].value)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def differences(stored: dict[tuple[str, str], object], computed: dict[tuple[str, str], object]) -> list[str]:
    """Cells in which two engines do not agree."""
    largest = max(abs(value) for value in stored.values() if isinstance(value, int | float))
    absolute = max(ABSOLUTE, 4 * sys.float_info.epsilon * largest)
    return [
        f"{sheet}!{cell}: {value!r} is stored, {computed[sheet, cell]!r} comes out"
        for (sheet, cell), value in stored.items()
        if not agree(value, computed[sheet, cell], absolute)
    ]


def agree(one: object, other: object, absolute: float = ABSOLUTE) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    if one is None or other is None:
        return False
    one, other = number(one), number(other)
    return abs(one - other) <= max(RELATIVE * abs(other), absolute)


def number(value: object) -> float:
    if hasattr(value, "year"):
        return (value.replace(tzinfo=None) - value.__class__(1899, 12, 30)).total_seconds() / 86400
    return float(value)


def in_formualizer(source: Workbook) -> formualizer.Workbook:
    """The workbook in formualizer, which is given formulas and constants, never stored values."""
    book = formualizer.Workbook()
    for sheet in source:
        book.add_sheet(sheet.title)
    for sheet in source:
        target = book.sheet(sheet.title)
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            if cell.data_type == "f":
                target.set_formula(cell.row, cell.column, cell.value)
            elif isinstance(cell.value, str):
                target.set_value(cell.row, cell.column, formualizer.LiteralValue.text(cell.value))
            else:
                target.set_value(cell.row, cell.column, formualizer.LiteralValue.number(number(cell.value)))
    book.evaluate_all()
    return book


def recalculated(path: Path, places: list[tuple[str, str]]) -> dict[tuple[str, str], object]:
    """What formualizer makes of the formulas in some cells."""
    source = _with_formulas(path)
    book = in_formualizer(source)
    cells = [source[sheet][cell] for sheet, cell in places]
    values = book.evaluate_cells([(cell.parent.title, cell.row, cell.column) for cell in cells])
    return dict(zip(places, values, strict=True))


def assert_another_engine_agrees(path: Path) -> None:
    """Asserts that every value stored in a workbook is what formualizer makes of the formula beside it."""
    stored = {place: value for place, (_, value) in formulas_of(path).items()}
    assert differences(stored, recalculated(path, list(stored))) == []


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "example.xlsx"
    write_workbook(outcome(), path)
    return path


def test_every_stored_value_is_what_formualizer_computes(book: Path) -> None:
    assert len(formulas_of(book)) > 1000
    assert_another_engine_agrees(book)
