"""One sheet of a workbook: its cells as they were stored last, and what of it nobody sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openpyxl.utils.cell import get_column_letter

from planner.reading.xlsx.formulas import Formulas
from planner.reading.xlsx.marks import Marks, MarksReader
from planner.reading.xlsx.stored import Found, Raw, Shared, found_in
from planner.reading.xlsx.xml import Attributes, Parts, UnreadableError, damaged

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Of every sheet in Excel."""
MOST_CELLS, MOST_ROWS, MOST_MERGED = 150_000, 50_000, 10_000
"""Cells and rows of all sheets that are read, empty ones with a format of their own among them; merged ranges of one.

A plan of 20 sites and 40 quarters has 62,000 cells in 3,800 rows.
"""
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


@dataclass
class Sheet:
    """One sheet as read; rows and columns count from 0."""

    cells: dict[tuple[int, int], Found] = field(default_factory=dict)
    marks: Marks = field(default_factory=Marks)


def sheet_of(parts: Parts, part: str, title: str, shared: Shared, *, hidden: bool) -> Sheet:
    """Reads one sheet, whatever it says about its own size.

    Raises:
        UnreadableError: a row, a cell or a column is given twice, or not where it says, or there are too many.
    """
    reader = _Reader(title, shared)
    for level, tag, attributes, text in parts.events(part) if part else ():
        if attributes is None:
            reader.ends(level, tag, text)
        else:
            reader.begins(level, tag, attributes)
    used = {column for _, column in reader.cells}
    return Sheet(reader.cells, reader.marks.marks(used, hidden_sheet=hidden))


class _Reader:
    """Takes the elements of one sheet; rows and columns count from 1 here, as the file counts them."""

    def __init__(self, title: str, shared: Shared) -> None:
        self.title, self.shared = title, shared
        self.cells: dict[tuple[int, int], Found] = {}
        self.marks, self.formulas = MarksReader(), Formulas()
        self.row = self.column = 0
        self.raw = Raw()
        self.spoken = self.has_cells = False

    def begins(self, level: int, tag: str, attributes: Attributes) -> None:
        if tag == "c" and level == 3:
            self._new_cell(attributes)
        elif tag == "row" and level == 2:
            self._new_row(attributes)
        elif tag == "f" and level == 4:
            self.raw.formula_of = attributes
        elif tag == "is" and level == 4:
            self.raw.pieces = []
        elif tag == "rPh":  # the reading of kanji
            self.spoken = True
        elif tag == "sheetData" and level == 1:
            if self.has_cells:
                raise damaged("the cells of the sheet stand in it twice", self.title)
            self.has_cells = True
        elif level <= 2:
            self._note(tag, attributes)

    def ends(self, level: int, tag: str, text: str) -> None:
        if tag == "c" and level == 3:
            self._keep()
        elif tag == "v" and level == 4:
            if self.raw.stored is not None:
                raise damaged("the cell holds two values", self._where)
            self.raw.stored = text
        elif tag == "f" and level == 4:
            if self.raw.formula is not None:
                raise damaged("the cell holds two formulas", self._where)
            self.raw.formula = text
        elif tag == "t" and self.raw.pieces is not None and not self.spoken:
            self.raw.pieces.append(text)
        elif tag == "rPh":
            self.spoken = False

    @property
    def _where(self) -> str:
        return f"{self.title}!{get_column_letter(max(1, min(self.column, LAST_COLUMN)))}{self.row}"

    def _note(self, tag: str, attributes: Attributes) -> None:
        try:
            if tag == "sheetFormatPr":
                self.marks.defaults(attributes)
            elif tag == "col":
                self.marks.column(attributes)
            elif tag == "mergeCell":
                self._count(len(self.marks.merged) + 1, MOST_MERGED, "merged ranges")
                self.marks.merge(attributes["ref"])
        except (ValueError, TypeError, KeyError) as error:
            raise damaged(str(error), self.title) from error

    def _new_row(self, attributes: Attributes) -> None:
        before, self.row, self.column = self.row, self._number(attributes, "r", self.row + 1), 0
        if self.row > LAST_ROW:
            found = f"sheet {self.title} has a row beyond {LAST_ROW:,}, the last one that a sheet can have"
            raise damaged(found, self.title)
        if self.row <= before:
            found = "stands twice" if self.row == before else f"stands behind row {before}"
            raise damaged(f"row {self.row} {found}", self._where)
        self.shared.rows += 1
        self._count(self.shared.rows, MOST_ROWS * self.shared.room, "rows")
        try:
            self.marks.row(self.row, attributes)
        except ValueError as error:
            raise damaged(str(error), self._where) from error

    def _new_cell(self, attributes: Attributes) -> None:
        before, said = self.column, attributes.get("r")
        self.column = before + 1
        if said is not None:
            match = _CELL.fullmatch(said)
            if match is None or int(match[2]) != self.row:
                raise damaged(f"a cell of row {self.row} says that it is {said[:20]}", self._where)
            self.column = column_number(match[1])
        if self.column > LAST_COLUMN:
            raise damaged(f"row {self.row} has a cell beyond the last column", self._where)
        if self.column <= before:
            found = "the cell stands twice" if self.column == before else "the cell stands behind one to its right"
            raise damaged(found, self._where)
        self.shared.cells += 1
        self._count(self.shared.cells, MOST_CELLS * self.shared.room, "cells")
        self.raw = Raw(attributes.get("t", "n"), self._number(attributes, "s", 0))

    def _keep(self) -> None:
        try:
            formula = self.formulas.text_of(self.raw, self.row, self.column)
            found = found_in(self.raw, self.title, self.shared, formula)
        except (ValueError, KeyError, IndexError, OverflowError) as error:
            said = f"the cell holds {(self.raw.stored or '')[:20]!r}, which is nothing of its kind"
            raise damaged(said, self._where) from error
        if found is not None:
            self.cells[self.row - 1, self.column - 1] = found

    def _number(self, attributes: Attributes, name: str, otherwise: int) -> int:
        text = attributes.get(name)
        if text is None:
            return otherwise
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise damaged(f"{text[:20]!r} stands where a number is needed", self._where)
        return int(text)

    def _count(self, number: int, most: int, of: str) -> None:
        if number > most:
            remedy = "delete the empty rows and columns below and beside the figures, and save it"
            found = f"the sheets that are read have more than {most:,} {of}"
            raise UnreadableError(found, f"at most {most:,} {of}", remedy, self.title)


def column_number(letters: str) -> int:
    """The number of a column, from 1.

    >>> column_number("A"), column_number("AA")
    (1, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
