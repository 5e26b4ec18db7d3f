"""The cells of a workbook as a spreadsheet program stored them last; no formula is ever worked out."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.workbook import Workbook

from planner.case.words import listed
from planner.errors import InputError, Place
from planner.language import LANGUAGES, english_title, language_of, sheet_title, to_english
from planner.reading.workbook_archive import WANTED, damaged, refuse, workbook_bytes
from planner.reading.workbook_layout import LABEL, LABELLED, SUBJECT
from planner.reading.workbook_marks import Marks, marks_of


@dataclass(frozen=True)
class Found:
    """What a cell holds, as the spreadsheet program stored it last."""

    value: object
    is_formula: bool = False
    is_error: bool = False


EMPTY = Found(None)
LAST_ROW = 1_048_576
"""Of every sheet in Excel."""
Cells = Mapping[tuple[int, int], Found]
"""The cells of a sheet that hold something, by row and column from 0."""


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook that were asked for."""

    path: Path
    sheets: Mapping[str, Cells]
    named: Mapping[str, object]
    """Values of the cells that have a name."""
    sheet_names: tuple[str, ...] = ()
    """All sheets of the workbook."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What the sheets that were asked for are called in the language of the workbook."""
    marks: Mapping[str, Marks] = field(default_factory=dict)
    """What is hidden and merged on the sheets that were asked for."""
    epoch: datetime.datetime = WINDOWS_EPOCH
    """The day from which the workbook counts its days."""

    def place(self, sheet: str, row: int, column: int) -> Place:
        """A cell as messages name it: ``plan.xlsx: Inputs!E14``."""
        return Place(f"{self.path}: {self.titles.get(sheet, sheet)}!{get_column_letter(column + 1)}{row + 1}")


def open_book(path: Path, sheets: Sequence[str], names: Sequence[str] = (), optional: Sequence[str] = ()) -> Book:
    """The cells of some sheets, and the values of some named cells.

    Args:
        path: the workbook. sheets: those that it must have. names: cells with a name. optional: sheets it may have.

    Raises:
        InputError: the file is no workbook, is damaged or too large, or lacks one of the sheets.
    """
    content = workbook_bytes(path)
    try:
        with warnings.catch_warnings():
            # What the library leaves out, such as charts, holds nothing of a case; spoilt cells are told by the reader.
            warnings.simplefilter("ignore", UserWarning)
            return _opened(path, content, sheets, names, optional)
    except InputError:
        raise
    except Exception as error:  # a damaged file makes the library fail in every way there is
        raise damaged(path, error) from error


def _opened(path: Path, content: bytes, sheets: Sequence[str], names: Sequence[str], optional: Sequence[str]) -> Book:
    formulas, values = (
        openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=stored) for stored in (False, True)
    )
    there = tuple(values.sheetnames)
    code = language_of(there)
    titles = {sheet: sheet_title(code, sheet) for sheet in (*sheets, *optional)}
    if missing := [titles[sheet] for sheet in sheets if titles[sheet] not in there]:
        remedy = f"its sheets are {listed(there, 'and')}; give a sheet that was renamed its name back"
        refuse(path, f"has no sheet '{missing[0]}'", WANTED, remedy)
    wanted = (*sheets, *(sheet for sheet in optional if titles[sheet] in there))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        marks = marks_of(archive, tuple(titles[sheet] for sheet in wanted))
    return Book(
        path,
        {sheet: _said(code, sheet, _cells(formulas, values, titles[sheet])) for sheet in wanted},
        {name: _named(values, name) for name in names},
        tuple(english_title(code, sheet) for sheet in there),
        titles,
        {sheet: marks[titles[sheet]] for sheet in wanted if titles[sheet] in marks},
        values.epoch,
    )


def _cells(formulas: Workbook, values: Workbook, title: str) -> Cells:
    return _merged(_read(formulas, title), _read(values, title))


def _said(code: str, sheet: str, cells: Cells) -> Cells:
    """The cells with the labels that are read back in English, whatever language they were written in."""
    if code == LANGUAGES[0] or sheet not in LABELLED:
        return cells
    return {
        where: replace(found, value=to_english(code, found.value))
        if where[1] in (LABEL, SUBJECT) and isinstance(found.value, str)
        else found
        for where, found in cells.items()
    }


def _read(book: Workbook, name: str) -> dict[tuple[int, int], tuple[object, str]]:
    sheet = book[name]
    sheet.reset_dimensions()  # what the file says about its own size need not be true
    return {
        (row, column): (cell.value, cell.data_type)
        for row, cells in enumerate(_rows(sheet, name))
        for column, cell in enumerate(cells)
        if cell.value is not None
    }


def _rows(sheet: Any, name: str) -> Iterator[Sequence[Any]]:  # noqa: ANN401 - the library types it as any kind of sheet
    """The rows of a sheet from the first on, with the empty ones between them.

    Raises:
        ValueError: there is a row where no sheet has one; the library would count its way to it for minutes.
    """
    for count, cells in enumerate(sheet.iter_rows()):
        if count >= LAST_ROW:
            raise ValueError(f"sheet {name} has a row beyond {LAST_ROW:,}, the last one that a sheet can have")
        yield cells


def _merged(
    formulas: dict[tuple[int, int], tuple[object, str]], values: dict[tuple[int, int], tuple[object, str]]
) -> dict[tuple[int, int], Found]:
    """Stored values, with a note on those that a formula gives; a formula without a stored value stays in."""
    return {
        where: Found(
            values.get(where, (None, ""))[0], kind == "f", values.get(where, (None, ""))[1] == "e" or kind == "e"
        )
        for where, (_, kind) in formulas.items()
    }


def _named(book: Workbook, name: str) -> object:
    """The stored value of a named cell; None where there is none."""
    if name not in book.defined_names:
        return None
    sheet, _, reference = str(book.defined_names[name].attr_text).rpartition("!")
    row, column = coordinate_to_tuple(reference.replace("$", ""))
    value: object = book[sheet.strip("'").replace("''", "'")].cell(row, column).value
    return value
