"""The workbook in memory: its sheets, the keys of their rows, and the value of every cell.

All sheets are laid here first, in any order, and written afterwards: a summary may stand in front of what it sums up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from planner.case.calendar import Calendar
from planner.language import Speaker
from planner.reading.workbook.layout import (
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
)
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.functions import Cells, Value, cells
from planner.report.workbook.engine.keys import Key, OfYear, RowKey
from planner.report.workbook.engine.references import Band, Header, HeaderSpan, Whole
from planner.report.workbook.engine.sheet import ByYear, Sheet
from planner.report.workbook.engine.terms import Columns, Place, Term, call
from planner.vocabulary.message import Text

__all__ = [
    "CALENDAR", "CHANGED", "FIRST", "LABEL", "NOTE", "OPENING", "SOLVED", "SUBJECT", "UNIT", "VALUE",
    "Grid",
]  # fmt: skip

CALENDAR = {"period": "time", "month": "month"}
"""What the rows of the calendar are called by, of periods and of months: as in ``time.opens`` and ``month.opens``."""


class Grid:
    """All sheets, the keys of their rows, and the value of every cell."""

    def __init__(self, calendar: Calendar, currency: str, speaker: Speaker) -> None:
        self.currency, self.speaker = currency, speaker
        self.years = tuple(calendar.fiscal_years)
        self._periods = self._laid_out("period", calendar.periods)
        self._months = self._laid_out("month", len(calendar.months))
        self.sheets: dict[str, Sheet] = {}
        self._spots: dict[RowKey, tuple[Place, bool]] = {}
        self._values: dict[Place, Value] = {}
        self._rows: dict[tuple[str, int], Cells] = {}
        self._blocks: dict[int, tuple[tuple[RowKey, ...], Place, Place]] = {}
        """Blocks of rows that a formula names, by the identity of its keys, which are kept and so stay the same."""
        self._reads: dict[tuple[str, int], set[RowKey]] = {}
        """Keys that formulas have read, by the row in which they stand."""
        self._of_row: set[RowKey] = set()
        """The keys that the row has read which is being worked out."""

    def _laid_out(self, unit: Literal["period", "month"], count: int) -> Columns:
        """Columns for so many periods or months, and behind an empty one those of the fiscal years."""
        after = FIRST + count + 1
        return Columns(unit, FIRST, FIRST + count - 1, range(after, after + len(self.years)))

    def sheet(self, entry: Entry) -> Sheet:
        """A new sheet, to be written in the order of the book, whenever it is laid."""
        columns = (self._months if entry.by_month else self._periods) if entry.over_time else None
        first = FIRST_LINE + entry.by_month if columns else 0  # one row more in the header: the period of each month
        self.sheets[entry.name] = Sheet(self, entry, columns, next_row=first)
        return self.sheets[entry.name]

    def columns(self, sheet: str) -> Columns | None:
        """What stands in the columns of a sheet; None for a sheet without time."""
        return self.sheets[sheet].columns

    def columns_over_time(self, sheet: str) -> Columns:
        """The same of a sheet over time."""
        columns = self.sheets[sheet].columns
        if columns is None:
            raise ValueError(f"the sheet {sheet} has no time in its columns")
        return columns

    def register(self, key: RowKey, place: Place, *, over_time: bool) -> None:
        """Lets formulas name a row or a cell; two rows with one key would be a mistake."""
        if key in self._spots:
            raise ValueError(f"two rows are called {key}")
        self._spots[key] = (place, over_time)

    def say(self, text: Text) -> str:
        """A text of the program in the language of the book."""
        return self.speaker.say(text)

    def sheet_title(self, name: str) -> str:
        """The name of a sheet in the language of the book."""
        return self.speaker.sheet(name)

    def keys_under(self, *start: str) -> list[Key]:
        """Keys that begin with these names, in the order in which their rows were laid."""
        return [key for key in self._spots if isinstance(key, Key) and key[: len(start)] == start]

    def keys_on(self, sheet: str) -> list[RowKey]:
        """The keys of a sheet, in the order in which they were laid."""
        return [key for key, (place, _) in self._spots.items() if place.sheet == sheet]

    def __contains__(self, key: RowKey) -> bool:
        return key in self._spots

    def line_of(self, key: RowKey) -> Place:
        """Where the row of a key stands; the column is that of its value."""
        self._of_row.add(key)
        return self._place(key)

    def spot(self, key: RowKey) -> tuple[Place, bool]:
        """Where the row of a key stands, and whether it has a figure in every column."""
        self._of_row.add(key)
        return self._spots.get(key) or (self._place(key), False)

    def year_figure(self, key: RowKey, by_year: ByYear) -> Term:
        """The sum of a row over the fiscal year over the column, or its figure at the start or end of that year."""
        whole_year: tuple[Term, ...] = (Whole(key), HeaderSpan("fiscal_year"), Header("fiscal_year"))
        if isinstance(by_year, bool):
            return call("SUMIFS", *whole_year)
        edge = "opens" if by_year == "start" else "closes"
        return call("SUMIFS", *whole_year, Whole(f"{CALENDAR[self._columns_of(key).unit]}.{edge}"), 1)

    def all_years(self, key: RowKey) -> Band:
        """The figures of a row for all fiscal years."""
        return Band(OfYear(key, self.years[0]), OfYear(key, self.years[-1]))

    def value(self, place: Place) -> Value:
        """The value of a cell; a formula is worked out once."""
        if place in self._values:
            return self._values[place]
        sheet = self.sheets[place.sheet]
        cell = sheet.cells.get((place.row, place.column))
        content = cell.content if cell else None
        if not isinstance(content, Term):
            return content
        before = self._of_row
        if sheet.columns and place.column == CHANGED:
            self._of_row = set()  # that a figure is compared with itself does not make it live
        else:
            self._of_row = self._reads.setdefault((place.sheet, place.row), set())
        found = self._values[place] = content.value(self, place)
        self._of_row = before
        return found

    def over_time(self, sheet: str, row: int) -> Cells:
        """The values of the cells of all periods or months of a row, put together once."""
        if (sheet, row) not in self._rows:
            there = self.columns_over_time(sheet)
            columns = range(there.first, there.last + 1)
            self._rows[sheet, row] = Cells(cells(self.value(Place(sheet, row, column)))[0] for column in columns)
        return self._rows[sheet, row]

    def block(self, keys: tuple[RowKey, ...]) -> tuple[Place, Place]:
        """The first and the last of rows that stand below each other, looked up once for all columns.

        Raises:
            ValueError: the rows do not stand below each other in the order of the keys.
        """
        known = self._blocks.get(id(keys))
        self._of_row.update(keys)
        if known is None:
            lines = [self.line_of(key) for key in keys]
            first = lines[0]
            if any(line[:2] != (first.sheet, first.row + below) for below, line in enumerate(lines)):
                raise ValueError(f"the rows {keys[0]} to {keys[-1]} do not stand below each other")
            known = self._blocks[id(keys)] = (keys, first, lines[-1])
        return known[1:]

    def knows(self, place: Place) -> bool:
        """Whether a cell has been worked out already, or holds nothing to work out."""
        cell = self.sheets[place.sheet].cells.get((place.row, place.column))
        return cell is None or not isinstance(cell.content, Term) or place in self._values

    def read(self) -> set[RowKey]:
        """Every key that a formula has read, once all is worked out; what none reads is not live."""
        return set[RowKey]().union(*self._reads.values())

    def behind(self, keys: Iterable[RowKey]) -> set[RowKey]:
        """Every key that the rows of some keys rest on, directly or through others, once all is worked out."""
        found, waiting = set[RowKey](), [key for key in keys if key in self]
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                place = self._place(key)
                waiting += self._reads.get((place.sheet, place.row), ())
        return found

    def _place(self, key: RowKey) -> Place:
        if isinstance(key, OfYear):
            return self._place(key.row)._replace(column=self._columns_of(key.row).years[self.years.index(key.year)])
        return self._spots[key][0]

    def _columns_of(self, key: RowKey) -> Columns:
        return self.columns_over_time(self._place(key).sheet)

    def value_of(self, key: RowKey, number: int | None = None) -> Value:
        """The value of the cell of a key; with the number of a period or month, that of a row over time."""
        place = self._place(key)
        return self.value(place if number is None else Place(place.sheet, place.row, FIRST + number))

    def work_out(self) -> None:
        """Works every formula out."""
        for place in self.formulas():
            self.value(place)

    def forget(self) -> None:
        """Forgets what formulas come to, since what they read has changed."""
        self._values.clear()
        self._rows.clear()

    def formulas(self) -> list[Place]:
        """Where formulas stand, column by column: so worked out, no chain of them grows as deep as the horizon."""
        places = [
            (not (sheet.columns and OPENING <= column <= sheet.columns.last), column, name, row)
            for name, sheet in self.sheets.items()
            for (row, column), cell in sheet.cells.items()
            if isinstance(cell.content, Term)
        ]
        return [Place(name, row, column) for _, column, name, row in sorted(places)]
