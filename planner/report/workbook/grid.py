"""The workbook in memory: rows with keys, what their cells hold, and what they are worth.

All sheets are laid here first, in any order, and written afterwards: a summary may stand in front of what it sums up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from planner.language import Speaker
from planner.reading.workbook_layout import (
    CHANGED,
    FIRST,
    FIRST_LINE,
    LABEL,
    NOTE,
    OPENING,
    SOLVED,
    SUBJECT,
    UNIT,
    VALUE,
)  # fmt: skip
from planner.report.workbook.functions import Cells, Value, cells
from planner.report.workbook.references import Header, HeaderSpan, Whole
from planner.report.workbook.terms import Call, Place, Term, call

__all__ = [
    "CHANGED", "FIRST", "FIRST_LINE", "LABEL", "NOTE", "OPENING", "SOLVED", "SUBJECT", "UNIT", "VALUE",
    "Cell", "Content", "Grid", "Look", "Sheet",
]  # fmt: skip


UNTRANSLATED = ("unit", "code", "link")
"""Kinds of cells whose text is not looked up here: units and links are when they are written, the case's text never."""
Content = Term | float | str | None
"""What is laid into a cell: a formula, a number, a text, or nothing (an empty cell with a look)."""


ByYear = bool | Literal["start", "end"]
"""What the columns of the fiscal years hold: nothing, the sum of a year, or what stands in its first or last period."""


class Look(NamedTuple):
    """How a cell looks: which kind of cell it is, and the unit that decides its number format."""

    kind: str = "calculation"
    unit: str = ""


_look = cache(Look)
"""One look for all cells that look so."""


class Cell(NamedTuple):
    """What a cell holds and how it looks; a plain tuple, since a large plan has a million of them."""

    content: Content
    look: Look


@dataclass
class Sheet:
    """One sheet: its cells, and where the next line goes."""

    grid: Grid
    name: str
    over_time: bool
    next_row: int = 0
    widths: tuple[int, ...] = ()
    """Column widths in characters; time sheets get theirs from what they show."""
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    """Rows kept free for something that is not a cell, such as charts."""

    def put(self, row: int, column: int, content: Content | int, kind: str, unit: str = "", key: str = "") -> None:
        """Lays one cell; with a key, formulas can name it. A text is laid in the language of the book."""
        if isinstance(content, int):
            content = float(content)
        elif isinstance(content, str) and kind not in UNTRANSLATED:
            content = self.grid.say(content)
        self.cells[row, column] = Cell(content, _look(kind, unit))
        if key:
            self.grid.register(key, Place(self.name, row, column), over_time=False)

    def text(self, row: int, column: int) -> str:
        """The text in a cell; none where something else or nothing stands."""
        cell = self.cells.get((row, column))
        return cell.content if cell is not None and isinstance(cell.content, str) else ""

    def heading(self, text: str, kind: str = "heading") -> None:
        """A heading over the next lines, after an empty row."""
        self.next_row += 1
        self.put(self.next_row, LABEL, text, kind)
        self.next_row += 1

    def remark(self, text: str) -> None:
        """A sentence on a row of its own."""
        self.put(self.next_row, LABEL, text, "remark")
        self.next_row += 1

    def line(
        self,
        key: str,
        label: str,
        unit: str,
        *,
        subject: str = "",
        note: str = "",
        kind: str = "calculation",
        value: Content | int = None,
        opening: Content | int = None,
        series: Term | Sequence[float | None] | None = None,
        add_up: bool = False,
        by_year: ByYear = False,
        years: Term | None = None,
    ) -> str:
        """Lays one row and gives its key back.

        ``series`` is one formula for all periods, or a figure for each. ``add_up`` puts the sum over the periods into
        the value column, ``by_year`` the sums of the fiscal years behind the last period, or what stands at their start
        or end; ``years`` puts one formula there.
        """
        row = self.next_row
        self.next_row += 1
        self.grid.register(key, Place(self.name, row, VALUE), over_time=series is not None)
        total_kind = "total" if kind == "total" else "label"
        for column, text in ((LABEL, label), (SUBJECT, subject), (NOTE, note)):
            self.put(row, column, text, total_kind if column != NOTE else "note")
        self.put(row, UNIT, unit, "unit", unit)
        own_kind = "total" if kind == "total" else "calculation"
        if add_up:
            self.put(row, VALUE, Call("SUM", (Whole(key),)), own_kind, unit)
        elif value is not None:
            self.put(row, VALUE, value, kind, unit)
        if opening is not None:
            self.put(row, OPENING, opening, own_kind, unit)
        if series is not None:
            self._over_time(row, series, kind, unit)
        yearly = years if by_year is False else self.grid.year_figure(key, by_year)
        if yearly is not None:
            for column in self.grid.year_columns:
                self.put(row, column, yearly, own_kind, unit)
        return key

    def _over_time(self, row: int, series: Term | Sequence[float | None], kind: str, unit: str) -> None:
        for t in range(self.grid.periods):
            content = series if isinstance(series, Term) else series[t]
            self.put(row, FIRST + t, content, kind, unit)


class Grid:
    """All sheets, the keys of their rows, and the worth of every cell."""

    def __init__(self, periods: int, years: Sequence[int], speaker: Speaker | None = None) -> None:
        self.periods = periods
        self.speaker = speaker or Speaker()
        self.years = tuple(years)
        self.first_period = FIRST
        self.last_period = FIRST + periods - 1
        self.year_columns = range(self.last_period + 2, self.last_period + 2 + len(years))
        self.sheets: dict[str, Sheet] = {}
        self._spots: dict[str, tuple[Place, bool]] = {}
        self._values: dict[Place, Value] = {}
        self._rows: dict[tuple[str, int], Cells] = {}
        self._blocks: dict[int, tuple[tuple[str, ...], Place, Place]] = {}
        """Blocks of rows that a formula names, by the identity of its keys, which are kept and so stay the same."""
        self.read: set[str] = set()
        """Keys that a formula has read; what none reads is not live."""

    def sheet(self, name: str, *, over_time: bool = False) -> Sheet:
        """A new sheet, to be written in the order of the book, whenever it is laid."""
        self.sheets[name] = Sheet(self, name, over_time, next_row=FIRST_LINE if over_time else 0)
        return self.sheets[name]

    def register(self, key: str, place: Place, *, over_time: bool) -> None:
        """Lets formulas name a row or a cell; two rows with one key would be a mistake."""
        if key in self._spots:
            raise ValueError(f"two rows are called {key}")
        self._spots[key] = (place, over_time)

    def say(self, text: str) -> str:
        """A text of the program in the language of the book."""
        return self.speaker.say(text)

    def sheet_title(self, name: str) -> str:
        """The name of a sheet in the language of the book."""
        return self.speaker.sheet(name)

    def keys_under(self, start: str) -> list[str]:
        """Keys that start so, in the order in which their rows were laid."""
        return [key for key in self._spots if key.startswith(start)]

    def __contains__(self, key: str) -> bool:
        return key in self._spots

    def line_of(self, key: str) -> Place:
        """The first cell of the row that a key names."""
        self.read.add(key)
        return self._spots[key][0]

    def runs_over_time(self, key: str) -> bool:
        """Whether the row has a figure for every period."""
        return self._spots[key][1]

    def spot(self, key: str) -> Place:
        """The cell of a key: for a row, its value column."""
        self.read.add(key)
        return self._spots[key][0]

    def year_figure(self, key: str, by_year: ByYear) -> Term:
        """The sum of a row over the fiscal year over the column, or its figure at the start or end of that year."""
        whole_year: tuple[Term, ...] = (Whole(key), HeaderSpan("fiscal_year"), Header("fiscal_year"))
        if isinstance(by_year, bool):
            return call("SUMIFS", *whole_year)
        return call("SUMIFS", *whole_year, Whole("time.opens" if by_year == "start" else "time.closes"), 1)

    def year_key(self, key: str, year: int) -> str | None:
        """The key of the sum of a row over a fiscal year; None for a year outside the horizon."""
        if year not in self.years:
            return None
        own = f"{key}|FY{year}"
        if own not in self:
            place = self.line_of(key)
            column = self.year_columns[self.years.index(year)]
            self.register(own, Place(place.sheet, place.row, column), over_time=False)
        return own

    def value(self, place: Place) -> Value:
        """What a cell is worth; a formula is worked out once."""
        if place not in self._values:
            sheet, before = self.sheets[place.sheet], self.read
            cell = sheet.cells.get((place.row, place.column))
            content = cell.content if cell else None
            if sheet.over_time and place.column == CHANGED:
                self.read = set()  # that a figure is compared with itself does not make it live
            self._values[place] = content.value(self, place) if isinstance(content, Term) else content
            self.read = before
        return self._values[place]

    def over_time(self, sheet: str, row: int) -> Cells:
        """What the cells of all periods of a row are worth, put together once."""
        if (sheet, row) not in self._rows:
            columns = range(self.first_period, self.last_period + 1)
            self._rows[sheet, row] = Cells(cells(self.value(Place(sheet, row, column)))[0] for column in columns)
        return self._rows[sheet, row]

    def block(self, keys: tuple[str, ...]) -> tuple[Place, Place]:
        """The first and the last of rows that stand below each other, looked up once for all columns.

        Raises:
            ValueError: the rows do not stand below each other in the order of the keys.
        """
        known = self._blocks.get(id(keys))
        if known is None:
            lines = [self.line_of(key) for key in keys]
            first = lines[0]
            if any(line[:2] != (first.sheet, first.row + below) for below, line in enumerate(lines)):
                raise ValueError(f"the rows {keys[0]} to {keys[-1]} do not stand below each other")
            known = self._blocks[id(keys)] = (keys, first, lines[-1])
        return known[1:]

    def knows(self, place: Place) -> bool:
        """Whether a cell has been worked out already."""
        return place in self._values

    def worth(self, key: str, period: int | None = None) -> Value:
        """What the cell of a key is worth; with a period, that of a row over time."""
        place = self._spots[key][0]
        return self.value(place if period is None else Place(place.sheet, place.row, FIRST + period))

    def work_out(self) -> None:
        """Works every formula out, period by period, so that no chain of formulas grows as deep as the horizon."""
        places = [
            (sheet.over_time and OPENING <= column <= self.last_period, column, name, row)
            for name, sheet in self.sheets.items()
            for (row, column) in sheet.cells
        ]
        for _, column, name, row in sorted(places, key=lambda place: (not place[0], *place[1:])):
            self.value(Place(name, row, column))
