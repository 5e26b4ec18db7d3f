"""Terms that point at cells, and the ways to write an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import override

from planner.report.workbook.engine.functions import Value, cells
from planner.report.workbook.engine.keys import RowKey
from planner.report.workbook.engine.terms import Board, Literal, Part, Place, Term, call
from planner.report.xlsx.addresses import address as address_of
from planner.report.xlsx.addresses import column_letters


def sheet_prefix(board: Board, sheet: str, home: Place) -> str:
    """How a formula on the sheet of ``home`` points at another sheet."""
    return "" if sheet == home.sheet else _prefix(board.sheet_title(sheet))


@cache
def _prefix(title: str) -> str:
    return f"{title}!" if title.isascii() and title.isalnum() else f"'{title}'!"


def address(place: Place, fixed: str = "$") -> str:
    """A cell as a formula writes it; fixed in both directions unless told otherwise."""
    return address_of(place.row, place.column, fixed=fixed)


@dataclass(frozen=True)
class Now(Term):
    """The cell of a row in the column of the formula, or ``shift`` periods beside it; a row without time: its value."""

    key: RowKey
    shift: int = 0

    @override
    def text(self, board: Board, home: Place) -> str:
        line, over_time = board.spot(self.key)
        cell = address_of(line.row, home.column + self.shift, fixed="") if over_time else address(line)
        return sheet_prefix(board, line.sheet, home) + cell

    @override
    def value(self, board: Board, home: Place) -> Value:
        line, over_time = board.spot(self.key)
        return board.value(Place(line.sheet, line.row, home.column + self.shift) if over_time else line)


@dataclass(frozen=True)
class Spot(Term):
    """One cell, wherever the formula stands; ``period`` picks one of a row over time."""

    key: RowKey
    period: int | None = None

    def _place(self, board: Board) -> Place:
        line, over_time = board.spot(self.key)
        if self.period is None or not over_time:
            return line
        edge = board.first_period if self.period >= 0 else board.last_period + 1
        return Place(line.sheet, line.row, edge + self.period)

    @override
    def text(self, board: Board, home: Place) -> str:
        place = self._place(board)
        return sheet_prefix(board, place.sheet, home) + address(place)

    @override
    def value(self, board: Board, home: Place) -> Value:
        place = self._place(board)
        if self.period is not None and not board.knows(place):
            # Earlier periods first: a balance far to the right would otherwise ask its way back one call in another.
            for column in range(board.first_period, place.column):
                board.value(place._replace(column=column))
        return board.value(place)


@dataclass(frozen=True)
class Whole(Term):
    """All periods of a row; with ``before`` also the cell of what stands before the first."""

    key: RowKey
    before: bool = False

    @override
    def text(self, board: Board, home: Place) -> str:
        line = board.line_of(self.key)
        first, last = column_letters(board.first_period - self.before), column_letters(board.last_period)
        return f"{sheet_prefix(board, line.sheet, home)}${first}{line.row + 1}:${last}{line.row + 1}"

    @override
    def value(self, board: Board, home: Place) -> Value:
        line = board.line_of(self.key)
        periods = board.over_time(line.sheet, line.row)
        if not self.before:
            return periods
        return [*cells(board.value(line._replace(column=board.first_period - 1))), *cells(periods)]


HEADER_ROW = {"number": 3, "start": 4, "fiscal_year": 5}
"""Rows of the header over the periods, the same on every time sheet; counted from 0."""


@dataclass(frozen=True)
class Header(Term):
    """A header cell over the column of the formula, on its own sheet."""

    name: str

    @override
    def text(self, board: Board, home: Place) -> str:
        return f"{column_letters(home.column)}${HEADER_ROW[self.name] + 1}"

    @override
    def value(self, board: Board, home: Place) -> Value:
        return board.value(Place(home.sheet, HEADER_ROW[self.name], home.column))


@dataclass(frozen=True)
class HeaderSpan(Term):
    """A header row over all periods, on the sheet of the formula."""

    name: str

    @override
    def text(self, board: Board, home: Place) -> str:
        first, last = column_letters(board.first_period), column_letters(board.last_period)
        row = HEADER_ROW[self.name] + 1
        return f"${first}${row}:${last}${row}"

    @override
    def value(self, board: Board, home: Place) -> Value:
        return board.over_time(home.sheet, HEADER_ROW[self.name])


@dataclass(frozen=True)
class Stack(Term):
    """Cells of rows that stand below each other: in the column of the formula, or in a named fixed column."""

    keys: tuple[RowKey, ...]
    column: int | None = None

    def _ends(self, board: Board, home: Place) -> tuple[Place, Place]:
        first, last = board.block(self.keys)
        column = home.column if self.column is None else self.column
        return Place(first.sheet, first.row, column), Place(last.sheet, last.row, column)

    @override
    def text(self, board: Board, home: Place) -> str:
        first, last = self._ends(board, home)
        fixed = "" if self.column is None else "$"
        return f"{sheet_prefix(board, first.sheet, home)}{address(first, fixed)}:{address(last, fixed)}"

    @override
    def value(self, board: Board, home: Place) -> Value:
        first, last = self._ends(board, home)
        places = (Place(first.sheet, row, first.column) for row in range(first.row, last.row + 1))
        return [cells(board.value(place))[0] for place in places]


@dataclass(frozen=True)
class Band(Term):
    """All cells from one key to another in one column or one row, whatever stands between."""

    first: RowKey
    last: RowKey

    @override
    def text(self, board: Board, home: Place) -> str:
        first, last = board.line_of(self.first), board.line_of(self.last)
        return f"{sheet_prefix(board, first.sheet, home)}{address(first)}:{address(last)}"

    @override
    def value(self, board: Board, home: Place) -> Value:
        first, last = board.line_of(self.first), board.line_of(self.last)
        places = [
            Place(first.sheet, row, column)
            for row in range(first.row, last.row + 1)
            for column in range(first.column, last.column + 1)
        ]
        return [cells(board.value(place))[0] for place in places]


def month_number(day: Part) -> Term:
    """The month of a date as a number, so that differences are months."""
    return call("YEAR", day) * 12 + call("MONTH", day)


def total(keys: Sequence[RowKey]) -> Term:
    """The sum of rows that stand below each other; nothing to add is zero."""
    if not keys:
        return Literal(0)
    return Now(keys[0]) if len(keys) == 1 else call("SUM", Stack(tuple(keys)))


def holds_month(month: Term) -> Term:
    """Whether the period of the formula holds a month: 1 or 0."""
    return Header("start").compare("<=", month) * Now("time.end").compare(">", month)
