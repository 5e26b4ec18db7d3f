"""One sheet in memory: which cell holds what, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple, Protocol

from planner.reading.workbook.layout import FIRST, LABEL, NOTE, OPENING, SUBJECT, UNIT, VALUE
from planner.report.workbook.engine.keys import RowKey
from planner.report.workbook.engine.references import Whole
from planner.report.workbook.engine.terms import Call, Place, Term
from planner.vocabulary.message import Message, Text, message_of, say, verbatim

UNTRANSLATED = ("unit", "code", "link")
"""Kinds of cells whose text is not looked up here: units and links are when they are written, the case's text never."""
Content = Term | float | str | None
"""What is laid into a cell: a formula, a number, a text, or nothing (an empty cell with a look)."""


ByYear = bool | Literal["start", "end"]
"""What the columns of the fiscal years hold: nothing, the sum of a year, or what stands in its first or last period."""


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


class Line[K: RowKey](NamedTuple):
    """What stands in front of the figures of a row, and how formulas call it."""

    key: K
    label: Text
    unit: Text
    subject: Text = ""
    """What it is about; a ``str`` is a name of the user."""
    note: Text = ""
    """How it comes about."""
    kind: str = "calculation"


class Surroundings(Protocol):
    """What a sheet needs of the book around it."""

    periods: int
    year_columns: range
    """Columns of the fiscal years on every sheet over time."""

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
    name: str
    over_time: bool
    raw: bool = False
    """Whether it shows every digit of money."""
    next_row: int = 0
    widths: tuple[int, ...] = ()
    """Column widths in characters; time sheets get theirs from what they show."""
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    """Rows kept free for something that is not a cell, such as charts."""
    hidden: set[int] = field(default_factory=set)
    """Columns that nobody sees: what stands there is read back by the planner, and by nobody else."""

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
        self,
        line: Line[K],
        *,
        value: Content | int = None,
        opening: Content | int = None,
        series: Term | Sequence[float | None] | None = None,
        add_up: bool = False,
        by_year: ByYear = False,
        years: Term | None = None,
    ) -> K:
        """Lays one row and gives its key back.

        ``series`` is one formula for all periods, or a figure for each. ``add_up`` puts the sum over the periods into
        the value column, ``by_year`` the sums of the fiscal years behind the last period, or what stands at their start
        or end; ``years`` puts one formula there.
        """
        row = self._begin(line, over_time=series is not None)
        own_kind = "total" if line.kind == "total" else "calculation"
        if add_up:
            self.put(row, VALUE, Call("SUM", (Whole(line.key),)), own_kind, line.unit)
        elif value is not None:
            self.put(row, VALUE, value, line.kind, line.unit)
        if opening is not None:
            self.put(row, OPENING, opening, own_kind, line.unit)
        if series is not None:
            self._over_time(row, series, line.kind, line.unit)
        yearly = years if by_year is False else self.grid.year_figure(line.key, by_year)
        if yearly is not None:
            for column in self.grid.year_columns:
                self.put(row, column, yearly, own_kind, line.unit)
        return line.key

    def _begin[K: RowKey](self, line: Line[K], *, over_time: bool) -> int:
        """Takes the next row for a line, and lays what stands in front of its figures."""
        row = self.next_row
        self.next_row += 1
        self.grid.register(line.key, Place(self.name, row, VALUE), over_time=over_time)
        text_kind = "total" if line.kind == "total" else "label"
        self.put(row, LABEL, line.label, text_kind)
        about = verbatim(line.subject) if isinstance(line.subject, str) else line.subject
        self.put(row, SUBJECT, about, text_kind)
        self.put(row, NOTE, line.note, "note")
        self.put(row, UNIT, line.unit, "unit", line.unit)
        return row

    def _over_time(self, row: int, series: Term | Sequence[float | None], kind: str, unit: Text) -> None:
        if isinstance(series, Term):  # one cell that stands in all columns: most cells of a workbook are such
            cell = Cell(series, _look(kind, unit))
            self.cells.update(((row, FIRST + t), cell) for t in range(self.grid.periods))
            return
        for t in range(self.grid.periods):
            self.put(row, FIRST + t, series[t], kind, unit)
