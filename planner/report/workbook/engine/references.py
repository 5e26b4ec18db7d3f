"""Terms that point at cells, and the ways to write an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import override

from planner.report.workbook.engine.functions import Value, cells
from planner.report.workbook.engine.keys import RowKey
from planner.report.workbook.engine.terms import Board, Columns, Literal, Part, Place, Term, call
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


def _require_same_columns(board: Board, key: object, line: Place, home: Place) -> None:
    """Refuses to point at the column of the formula on a sheet where another time stands in it.

    Raises:
        ValueError: one of the two sheets goes by month and the other by period, or has no time at all.
    """
    if line.sheet != home.sheet and board.columns(line.sheet) != board.columns(home.sheet):
        raise ValueError(f"{key} on {line.sheet} and a formula on {home.sheet} do not have the same time in a column")


@dataclass(frozen=True)
class Now(Term):
    """The cell of a row in the column of the formula, or ``shift`` columns beside it; a row without time: its value.

    Sheets by period and by month have different time in one column: ``HoldingPeriod`` leads from one to the other.
    """

    key: RowKey
    shift: int = 0

    @override
    def text(self, board: Board, home: Place) -> str:
        place = self._place(board, home)
        fixed = "" if board.spot(self.key)[1] else "$"
        return sheet_prefix(board, place.sheet, home) + address(place, fixed)

    @override
    def value(self, board: Board, home: Place) -> Value:
        return board.value(self._place(board, home))

    def _place(self, board: Board, home: Place) -> Place:
        line, over_time = board.spot(self.key)
        if not over_time:
            return line
        _require_same_columns(board, self.key, line, home)
        return Place(line.sheet, line.row, home.column + self.shift)


@dataclass(frozen=True)
class HoldingPeriod(Term):
    """On a sheet by month: the figure of the period that holds the month of the formula.

    Of a row without time it is its value, as of ``Now``.
    """

    key: RowKey

    @override
    def text(self, board: Board, home: Place) -> str:
        return self._term(board, home).text(board, home)

    @override
    def value(self, board: Board, home: Place) -> Value:
        return self._term(board, home).value(board, home)

    def _term(self, board: Board, home: Place) -> Term:
        line, over_time = board.spot(self.key)
        if not over_time:
            return Spot(self.key)
        if _unit(board, line) != "period" or _unit(board, home) != "month":
            raise ValueError(f"{self.key} on {line.sheet} is not by period, or {home.sheet} not by month")
        return call("INDEX", Whole(self.key), Header("period"))


def _unit(board: Board, place: Place) -> str:
    columns = board.columns(place.sheet)
    return columns.unit if columns else ""


@dataclass(frozen=True)
class Spot(Term):
    """One cell, wherever the formula stands; ``number`` picks a period, or month, of a row over time."""

    key: RowKey
    number: int | None = None

    def _place(self, board: Board) -> Place:
        line, over_time = board.spot(self.key)
        if self.number is None or not over_time:
            return line
        columns = board.columns_over_time(line.sheet)
        edge = columns.first if self.number >= 0 else columns.last + 1
        return Place(line.sheet, line.row, edge + self.number)

    @override
    def text(self, board: Board, home: Place) -> str:
        place = self._place(board)
        return sheet_prefix(board, place.sheet, home) + address(place)

    @override
    def value(self, board: Board, home: Place) -> Value:
        place = self._place(board)
        if self.number is not None and not board.knows(place):
            # Earlier columns first: a balance far to the right would otherwise ask its way back one call in another.
            for column in range(board.columns_over_time(place.sheet).first, place.column):
                board.value(place._replace(column=column))
        return board.value(place)


@dataclass(frozen=True)
class Whole(Term):
    """All periods, or months, of a row; with ``before`` also the cell of what stands before the first."""

    key: RowKey
    before: bool = False

    @override
    def text(self, board: Board, home: Place) -> str:
        line = board.line_of(self.key)
        columns = board.columns_over_time(line.sheet)
        first, last = column_letters(columns.first - self.before), column_letters(columns.last)
        return f"{sheet_prefix(board, line.sheet, home)}${first}{line.row + 1}:${last}{line.row + 1}"

    @override
    def value(self, board: Board, home: Place) -> Value:
        line = board.line_of(self.key)
        over_time = board.over_time(line.sheet, line.row)
        if not self.before:
            return over_time
        column = board.columns_over_time(line.sheet).first - 1
        return [*cells(board.value(line._replace(column=column))), *cells(over_time)]


HEADER_ROW = {"number": 3, "start": 4, "fiscal_year": 5, "period": 6}
"""Rows of the header over the periods or months, the same on every time sheet; counted from 0. The number of the period
that holds a month stands on sheets by month only."""


def header_of(columns: Columns) -> dict[str, int]:
    """The rows of the header of a sheet."""
    return {name: row for name, row in HEADER_ROW.items() if name != "period" or columns.unit == "month"}


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
    """A header row over all periods or months, on the sheet of the formula."""

    name: str

    @override
    def text(self, board: Board, home: Place) -> str:
        columns = board.columns_over_time(home.sheet)
        first, last = column_letters(columns.first), column_letters(columns.last)
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
        if self.column is None:
            _require_same_columns(board, self.keys[0], first, home)
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


def less(whole: Term, keys: Sequence[RowKey]) -> Term:
    """A term less rows, one after the other, wherever they stand."""
    for key in keys:
        whole = whole - Now(key)
    return whole


def more(keys: Sequence[RowKey]) -> Term:
    """Rows added up, wherever they stand; at least one."""
    found: Term = Now(keys[0])
    for key in keys[1:]:
        found = found + Now(key)
    return found


def falling(amount: RowKey, when: RowKey) -> Term:
    """What of a row falls into the period, or month, of the formula, by a row that says into which of them it does."""
    return call("SUMIFS", Whole(amount), Whole(when), Header("number"))


def holds_month(month: Term) -> Term:
    """Whether the period of the formula holds a month: 1 or 0."""
    return Header("start").compare("<=", month) * Now("time.end").compare(">", month)


def period_holding(month: Term) -> Term:
    """Number of the period that holds a month, by the number of that month in the horizon; both count from 1."""
    return call("INT", (month - 1) / Spot("calendar.period")) + 1


def first_month_of(period: Term) -> Term:
    """Number of the first month of a period, by the number of that period."""
    return (period - 1) * Spot("calendar.period") + 1
