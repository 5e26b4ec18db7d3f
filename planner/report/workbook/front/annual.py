"""What the annual statements share: a column for each fiscal year, rows that sheets by period already have by year."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import override

from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.functions import Value, cells
from planner.report.workbook.engine.grid import OPENING
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import HEADER_ROW, address, sheet_prefix
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Board, Place, Term
from planner.report.workbook.engine.widths import PADDING
from planner.report.xlsx.measures import numbers_width, text_width
from planner.vocabulary.message import Text, verbatim

LABEL, UNIT, START, FIRST_YEAR = range(4)
"""Columns; ``START`` holds what stands before the first fiscal year."""
HEADER, FIRST_LINE = 2, 3
LEAST_WIDTH, LABEL_WIDTH, UNIT_WIDTH = 9, 52, 13
TOTALS = 10
"""How many times the largest amount of a period a total of a year may be."""
POINTS = 12.0
"""Height of a row: some forty of them stand on an A4 at full size."""
CHARACTERS, LEAST_SCALE = 148, 8 / 9
"""What an A4 laid across takes in its width, and the least scale at which nine points are printed as eight."""


@dataclass(frozen=True)
class InYear(Term):
    """The figure of a row over time for the fiscal year over the column, or so many years beside it.

    In the column before the first year it is what stood before; of a header it is the year itself.
    """

    key: RowKey
    shift: int = 0
    is_header: bool = False

    @override
    def text(self, board: Board, home: Place) -> str:
        place = self._place(board, home)
        return sheet_prefix(board, place.sheet, home) + address(place, "")

    @override
    def value(self, board: Board, home: Place) -> Value:
        return board.value(self._place(board, home))

    def _place(self, board: Board, home: Place) -> Place:
        line, column = board.line_of(self.key), home.column + self.shift
        years = board.columns_over_time(line.sheet).years
        row = HEADER_ROW["fiscal_year"] if self.is_header else line.row
        return Place(line.sheet, row, OPENING if column == START else years[0] + column - FIRST_YEAR)


@dataclass(frozen=True)
class AllYears(Term):
    """All fiscal years of a row of an annual statement."""

    key: RowKey
    years: int

    @override
    def text(self, board: Board, home: Place) -> str:
        first, last = self._ends(board)
        return f"{sheet_prefix(board, first.sheet, home)}{address(first)}:{address(last)}"

    @override
    def value(self, board: Board, home: Place) -> Value:
        first, last = self._ends(board)
        return [cells(board.value(first._replace(column=at)))[0] for at in range(first.column, last.column + 1)]

    def _ends(self, board: Board) -> tuple[Place, Place]:
        line = board.line_of(self.key)
        return line, line._replace(column=FIRST_YEAR + self.years - 1)


@dataclass(frozen=True)
class Here(Term):
    """A row of the same annual sheet, in the column of the formula or so many columns beside it."""

    key: RowKey
    shift: int = 0

    @override
    def text(self, board: Board, home: Place) -> str:
        return address(self._place(board, home), "")

    @override
    def value(self, board: Board, home: Place) -> Value:
        return board.value(self._place(board, home))

    def _place(self, board: Board, home: Place) -> Place:
        return board.line_of(self.key)._replace(column=home.column + self.shift)


class Annual:
    """Lays one annual statement."""

    def __init__(self, ledger: Ledger, entry: Entry, header: RowKey, remark: Text = "") -> None:
        self.ledger, self.grid = ledger, ledger.grid
        self.columns = range(FIRST_YEAR, FIRST_YEAR + len(ledger.grid.years))
        self.has_start = False
        self.sheet: Sheet = ledger.plain_sheet(entry, ())
        if remark:
            self.sheet.put(1, LABEL, remark, "statement")
        self.sheet.put(HEADER, LABEL, None, "header text")
        self.sheet.put(HEADER, UNIT, "Unit", "header text")
        for column in self.columns:
            self.sheet.put(HEADER, column, InYear(header, is_header=True), "header", "fiscal year")
        self.sheet.next_row = FIRST_LINE

    def heading(self, text: Text) -> None:
        """A heading over the next rows."""
        self.sheet.put(self.sheet.next_row, LABEL, text, "heading")
        self.sheet.next_row += 1

    def row(
        self,
        key: Key,
        label: Text,
        years: Term,
        *,
        unit: Text = "",
        start: Term | None = None,
        kind: str = "calculation",
    ) -> Key:
        """One row with a figure for each fiscal year, and what stood before where that is given."""
        row, sheet, unit = self.sheet.next_row, self.sheet, unit or self.ledger.currency
        sheet.next_row += 1
        sheet.put(row, LABEL, label, "total" if kind == "total" else "label")
        sheet.put(row, UNIT, unit, "unit", unit)
        if start is not None:
            sheet.put(row, START, start, kind, unit)
            self.has_start = True
        for column in self.columns:
            sheet.put(row, column, years, kind, unit)
        self.grid.register(key, Place(sheet.name, row, FIRST_YEAR), over_time=False)
        return key

    def copied(self, first: RowKey, last: RowKey, *, but: tuple[RowKey, ...] = ()) -> None:
        """The rows of another sheet from one key to another that have figures by fiscal year, with their headings."""
        one, other = self.grid.line_of(first), self.grid.line_of(last)
        source = self.grid.sheets[one.sheet]
        keys = {self.grid.line_of(key).row: key for key in self.grid.keys_on(one.sheet)}
        left_out = {self.grid.line_of(key).row for key in but if key in self.grid}
        years, waiting = self.grid.columns_over_time(one.sheet).years, None
        for row in range(one.row, other.row + 1):
            label = source.cells.get((row, LABEL))
            if label is None or row in left_out:
                continue
            if (row, years[0]) not in source.cells:
                waiting = label.content if label.look.kind == "heading" else waiting
                continue
            if waiting is not None:
                self.heading(verbatim(str(waiting)))
                waiting = None
            figure = source.cells[row, years[0]]
            self.row(
                Key("annual", self.sheet.name, row),
                verbatim(str(label.content)),
                InYear(keys[row]),
                unit=figure.look.unit,
                kind="total" if figure.look.kind == "total" else "calculation",
            )

    def done(self) -> None:
        """Columns and rows as wide and as high as what they show, on as few pages as can be read."""
        sheet, scale, count = self.sheet, self.ledger.scale, len(self.columns)
        sheet.put(HEADER, START, "Start" if self.has_start else None, "header")
        largest = -TOTALS * self.ledger.largest_amount
        width = max(LEAST_WIDTH, numbers_width([largest], scale.number_format(self.ledger.currency, False)) + PADDING)
        longest = max(text_width(sheet.text(row, LABEL)) for row in range(HEADER, sheet.next_row))
        label = min(LABEL_WIDTH, int(longest) + 2)
        sheet.widths = (label, UNIT_WIDTH, width if self.has_start else 1, *(width,) * count)
        sheet.heights |= dict.fromkeys(range(HEADER, sheet.next_row), POINTS)
        titles = label + UNIT_WIDTH
        sheet.pages_wide = max(1, math.ceil((sum(sheet.widths) - titles) / (CHARACTERS / LEAST_SCALE - titles)))
