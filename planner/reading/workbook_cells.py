"""Opening a workbook safely: what is no workbook, damaged or far too large is refused, and no formula is worked out."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.workbook import Workbook

from planner.errors import Fault, InputError, Place
from planner.reading.files import read_bytes

LARGEST_WORKBOOK_BYTES = 20_000_000
LARGEST_UNPACKED_BYTES = 200_000_000
"""A workbook is a compressed archive; what unpacks to more is no plan, but an attack."""
_WANTED = "a plan.xlsx that this program wrote"


@dataclass(frozen=True)
class Found:
    """What a cell holds, as the spreadsheet program stored it last."""

    value: object
    is_formula: bool = False
    is_error: bool = False


EMPTY = Found(None)
Cells = Mapping[tuple[int, int], Found]
"""The cells of a sheet that hold something, by row and column from 0."""


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook that were asked for."""

    path: Path
    sheets: Mapping[str, Cells]
    named: Mapping[str, object]
    """Values of the cells that have a name."""

    def place(self, sheet: str, row: int, column: int) -> Place:
        """A cell as messages name it: ``plan.xlsx: Inputs!E14``."""
        return Place(f"{self.path}: {sheet}!{get_column_letter(column + 1)}{row + 1}")


def open_book(path: Path, sheets: Sequence[str], names: Sequence[str] = ()) -> Book:
    """The cells of some sheets, and the values of some named cells.

    Raises:
        InputError: the file is no workbook, is damaged or too large, or lacks one of the sheets.
    """
    content = read_bytes(path, LARGEST_WORKBOOK_BYTES)
    _check_archive(path, content)
    try:
        formulas, values = (
            openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=stored) for stored in (False, True)
        )
        if missing := [sheet for sheet in sheets if sheet not in values.sheetnames]:
            _refuse(path, f"has no sheet '{missing[0]}'", _WANTED)
        return Book(
            path,
            {sheet: _merged(_read(formulas, sheet), _read(values, sheet)) for sheet in sheets},
            {name: _named(values, name) for name in names},
        )
    except InputError:
        raise
    except Exception as error:  # a damaged file makes the library fail in every way there is
        raise InputError(
            [Fault(Place(str(path)), "", f"the workbook is damaged: {error}", _WANTED, "take an undamaged copy")]
        ) from error


def _check_archive(path: Path, content: bytes) -> None:
    """Refuses what is no archive, unpacks to too much, or declares entities of its own."""
    remedy = "a workbook with a password, or one of the old .xls form, has to be saved as .xlsx without a password"
    if not zipfile.is_zipfile(io.BytesIO(content)):
        _refuse(path, "is not an .xlsx workbook", _WANTED, remedy)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED_BYTES:
                _refuse(path, "unpacks to more than 200 MB", "a workbook of at most 200 MB unpacked")
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                _refuse(path, "is not an .xlsx workbook", _WANTED, remedy)
            for name in names:
                if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(name).replace(b"\0", b""):
                    _refuse(path, f"declares a document type in {name}, which no spreadsheet program writes", _WANTED)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise InputError(
            [Fault(Place(str(path)), "", f"the workbook is damaged: {error}", _WANTED, "take an undamaged copy")]
        ) from error


def _read(book: Workbook, name: str) -> dict[tuple[int, int], tuple[object, str]]:
    sheet = book[name]
    sheet.reset_dimensions()  # what the file says about its own size need not be true
    return {
        (row, column): (cell.value, cell.data_type)
        for row, cells in enumerate(sheet.iter_rows())
        for column, cell in enumerate(cells)
        if cell.value is not None
    }


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


def _refuse(path: Path, found: str, allowed: str, remedy: str = "") -> NoReturn:
    raise InputError([Fault(Place(str(path)), "", found, allowed, remedy)])
