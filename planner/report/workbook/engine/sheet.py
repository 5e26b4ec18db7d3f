"""One sheet in memory: which cell holds what, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple, Protocol, TypedDict, Unpack

from planner.reading.workbook.layout import FIRST, LABEL, NOTE, OPENING, SUBJECT, UNIT, VALUE
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import RowKey
from planner.report.workbook.engine.references import Whole
from planner.report.workbook.engine.terms import Call, Columns, Place, Term
from planner.vocabulary.message import Message, Text, message_of, say, verbatim

UNTRANSLATED = ("unit", "code", "link")
"""Kinds of cells whose text is not looked up here: units and links are when they are written, the case's text never."""
Content = Term | float | str | None
"""What is laid into a cell: a formula, a number, a text, or nothing (an empty cell with a look)."""


ByYear = bool | Literal["start", "end"]
"""What the columns of the fiscal years hold: nothing, the sum of a year, or what stands in its first or last column."""


class Look(NamedTuple):
    """How a cell looks: which kind of cell it is, and the unit that decides its number format."""

    kind: str = "calculation"
    unit: Text = ""


_look = cache(Look)
"""One look for all cells that look so."""


class Cell(NamedTuple):
    """What a cell holds and how it looks; a plain tuple, since a large plan has a million of them."""

    content: Content
    look: Look


class Figures(TypedDict, total=False):
    """The figures of a row."""

    kind: str
    """How they look."""
    value: Content | int
    opening: Content | int
    series: Term | Sequence[float | None] | None
    """One formula for all periods or months, or a figure for each."""
    add_up: bool
    """Whether the value column holds the sum over them."""
    by_year: ByYear
    years: Term
    """One formula for the columns of the fiscal years."""


class Surroundings(Protocol):
    """What a sheet needs of the book around it."""

    currency: str
    """Currency of all results."""

    def say(self, text: Text) -> str:
        """A text of the program in the language of the book."""

    def register(self, key: RowKey, place: Place, *, over_time: bool) -> None:
        """Lets formulas name a row or a cell."""

    def year_figure(self, key: RowKey, by_year: ByYear) -> Term:
        """What the column of a fiscal year holds of a row."""


@dataclass
class Sheet:
    """One sheet: its cells, and where the next line goes."""

    grid: Surroundings
    entry: Entry
    columns: Columns | None
    """Its periods or months; None for a sheet without time."""
    next_row: int = 0
    widths: tuple[float, ...] = ()
    """Column widths in characters; time sheets get theirs from what they show."""
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    """Rows kept free for something that is not a cell, such as charts."""
    print_columns: int | None = None
    """How many of its columns are printed, if not all."""
    pages_wide: int = 1
    """Over how many pages it is spread, if it has no time in its columns."""
    heights: dict[int, float] = field(default_factory=dict)
    """Heights of rows, in points, where they are not the usual one."""
    merged: dict[int, int] = field(default_factory=dict)
    """Rows whose first cell runs over so many columns."""
    hidden: set[int] = field(default_factory=set)
    """Columns that nobody sees: what stands there is read back by the planner, and by nobody else."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.entry.name

    @property
    def raw(self) -> bool:
        """Whether it shows every digit of money."""
        return self.entry.raw

    def across(self, row: int, columns: int, text: Content | Message, kind: str, *, height: float) -> None:
        """Lays a text over several columns, in a row of a height in points."""
        self.put(row, LABEL, text, kind)
        self.merged[row], self.heights[row] = columns, height

    def put(
        self, row: int, column: int, content: Content | Message | int, kind: str, unit: Text = "", key: RowKey = ""
    ) -> None:
        """Lays one cell; with a key, formulas can name it. A text is laid in the language of the book."""
        if isinstance(content, int):
            content = float(content)
        elif isinstance(content, Text):
            content = str(content) if kind in UNTRANSLATED else self.grid.say(content)
        self.cells[row, column] = Cell(content, _look(kind, unit))
        if key:
            self.grid.register(key, Place(self.name, row, column), over_time=False)

    def text(self, row: int, column: int) -> str:
        """The text in a cell; none where something else or nothing stands."""
        cell = self.cells.get((row, column))
        return cell.content if cell is not None and isinstance(cell.content, str) else ""

    def heading(self, text: Text, kind: str = "heading") -> None:
        """A heading over the next lines, after an empty row."""
        self.next_row += 1
        self.put(self.next_row, LABEL, text, kind)
        self.next_row += 1

    def workings(self, text: Text) -> None:
        """A heading over lines that only lead to others."""
        self.heading(say("Workings: {what}", what=message_of(text)))

    def remark(self, text: Text) -> None:
        """A sentence on a row of its own."""
        self.put(self.next_row, LABEL, text, "remark")
        self.next_row += 1

    def line[K: RowKey](
        self, key: K, label: Text, unit: Text, note: Text = "", subject: Text = "", **figures: Unpack[Figures]
    ) -> K:
        """Lays one row and gives its key back.

        The note says how it comes about, the subject what it is about; a ``str`` is a name of the user there.
        """
        kind, series = figures.get("kind", "calculation"), figures.get("series")
        row = self.next_row
        self.next_row += 1
        self.grid.register(key, Place(self.name, row, VALUE), over_time=series is not None)
        text_kind = "total" if kind == "total" else "label"
        own_kind = kind if kind in ("total", "constant") else "calculation"
        self.put(row, LABEL, label, text_kind)
        self.put(row, SUBJECT, verbatim(subject) if isinstance(subject, str) else subject, text_kind)
        self.put(row, NOTE, note, "note")
        self.put(row, UNIT, unit, "unit", unit)
        if figures.get("add_up"):
            self.put(row, VALUE, Call("SUM", (Whole(key),)), own_kind, unit)
        elif (value := figures.get("value")) is not None:
            self.put(row, VALUE, value, kind, unit)
        if (opening := figures.get("opening")) is not None:
            self.put(row, OPENING, opening, own_kind, unit)
        if series is not None:
            self._over_time(row, series, kind, unit)
        by_year = figures.get("by_year", False)
        yearly = self.grid.year_figure(key, by_year) if by_year else figures.get("years")
        if yearly is not None:
            for column in self._over_time_columns.years:
                self.put(row, column, yearly, own_kind, unit)
        return key

    def money[K: RowKey](
        self, key: K, label: Text, note: Text = "", subject: Text = "", **figures: Unpack[Figures]
    ) -> K:
        """Lays one row of money in the currency of the results."""
        return self.line(key, label, self.grid.currency, note, subject, **figures)

    def flow[K: RowKey](
        self, key: K, label: Text, note: Text = "", subject: Text = "", **figures: Unpack[Figures]
    ) -> K:
        """Lays one row of money that flows, with its sum over the horizon."""
        figures["add_up"] = True
        return self.money(key, label, note, subject, **figures)

    def _over_time(self, row: int, series: Term | Sequence[float | None], kind: str, unit: Text) -> None:
        if isinstance(series, Term):  # one cell that stands in all columns: most cells of a workbook are such
            cell = Cell(series, _look(kind, unit))
            self.cells.update(((row, FIRST + t), cell) for t in range(self._over_time_columns.count))
            return
        for t in range(self._over_time_columns.count):
            self.put(row, FIRST + t, series[t], kind, unit)

    @property
    def _over_time_columns(self) -> Columns:
        if self.columns is None:
            raise ValueError(f"the sheet {self.name} has no time in its columns")
        return self.columns
