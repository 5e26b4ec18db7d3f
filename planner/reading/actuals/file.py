"""The workbook of actuals becomes entries, each value with its cell; every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planner.case.quantities import Month, shown
from planner.case.words import listed
from planner.errors import Fault, InputError, Place
from planner.language import english_caption, english_choice
from planner.reading.actuals.layout import (
    AS_OF,
    BY_NAME,
    CASH,
    DRAWN,
    FIRST_LABEL_ROW,
    FIRST_ROW,
    FRONT,
    HEADER_ROW,
    LABEL_COLUMN,
    PLAN,
    REPAID,
    SHEETS,
    VALUE_COLUMN,
    WHAT,
    Field,
    Sheet,
)
from planner.reading.cells.numbers import RefusedCellError, check_value, cleaned, month_of, typed_number
from planner.reading.xlsx.book import EMPTY, Book, open_book
from planner.reading.xlsx.stored import Found

MOST_FAULTS = 100
Value = str | float | Month | None


@dataclass(frozen=True)
class Entry:
    """One row: its values by header, and where each stands."""

    values: Mapping[str, Value]
    places: Mapping[str, Place]

    def text(self, header: str) -> str:
        """A name or a text; empty where there is none."""
        value = self.values.get(header)
        return value if isinstance(value, str) else ""

    def number(self, header: str) -> float | None:
        """A number; None where there is none."""
        value = self.values.get(header)
        return value if isinstance(value, float) else None

    def month(self, header: str) -> Month | None:
        """A month; None where there is none."""
        value = self.values.get(header)
        return value if isinstance(value, Month) else None


@dataclass(frozen=True)
class Actuals:
    """What was filled in."""

    path: Path
    as_of: Month | None
    plan: str
    """Fingerprint of the plan that it was written for."""
    cash: float | None
    """Cash at the end of the month before; None where it was not filled in."""
    places: Mapping[str, Place]
    """Cells of the first sheet, by label."""
    entries: Mapping[str, tuple[Entry, ...]]
    """By sheet."""


def read_actuals(path: Path) -> Actuals:
    """Reads a workbook of actuals.

    Raises:
        InputError: it is none, or cells cannot be read; all of them at once.
    """
    book = open_book(path, (FRONT, *BY_NAME))
    reader = _Reader(book)
    front, places = reader.front()
    entries = {sheet.name: tuple(reader.entries(sheet)) for sheet in SHEETS}
    if reader.faults:
        raise InputError(reader.faults)
    as_of, plan, cash = front.get(AS_OF), front.get(PLAN), front.get(CASH)
    return Actuals(
        path,
        as_of if isinstance(as_of, Month) else None,
        plan if isinstance(plan, str) else "",
        cash if isinstance(cash, float) else None,
        places,
        entries,
    )


@dataclass
class _Reader:
    book: Book
    faults: list[Fault] = field(default_factory=list)

    def front(self) -> tuple[dict[str, Value], dict[str, Place]]:
        """The values of the first sheet by their labels."""
        cells, found, places = self.book.sheets[FRONT], dict[str, Value](), dict[str, Place]()
        labels = {AS_OF: Field(AS_OF, "month"), PLAN: Field(PLAN, "text"), CASH: Field(CASH, "number")}
        rows = sorted({row for row, column in cells if row >= FIRST_LABEL_ROW and column == LABEL_COLUMN})
        for row in rows:
            label = english_caption(cleaned(str(cells[row, LABEL_COLUMN].value)).casefold())
            if label in labels:
                places[label] = self.book.place(FRONT, row, VALUE_COLUMN)
                found[label] = self._value(FRONT, row, VALUE_COLUMN, labels[label])
        if PLAN not in found or not found[PLAN]:
            place, remedy = (
                self.book.place(FRONT, FIRST_LABEL_ROW, 0),
                "write one with: plan template --actuals plan.xlsx",
            )
            self.faults.append(
                Fault(place, "", f"the row '{self.book.caption(PLAN)}' is gone", "a workbook of actuals", remedy)
            )
        return found, places

    def entries(self, sheet: Sheet) -> list[Entry]:
        """The rows of a sheet."""
        cells = self.book.sheets[sheet.name]
        columns = {
            english_caption(cleaned(str(cell.value)).casefold()): column
            for (row, column), cell in cells.items()
            if row == HEADER_ROW
        }
        if missing := [one.header for one in sheet.fields if one.header not in columns]:
            place = self.book.place(sheet.name, HEADER_ROW, 0)
            found = f"there is no column {listed([f'{self.book.caption(name)!r}' for name in missing], 'and')}"
            known = listed(self.book.caption(one.header) for one in sheet.fields)
            self.faults.append(Fault(place, "", found, known, "give it back"))
            return []
        rows = sorted({row for row, column in cells if row >= FIRST_ROW and column in columns.values()})
        return [entry for row in rows if (entry := self._entry(sheet, row, columns)) is not None]

    def _entry(self, sheet: Sheet, row: int, columns: Mapping[str, int]) -> Entry | None:
        cells = self.book.sheets[sheet.name]
        said = {one.header: cells.get((row, columns[one.header]), EMPTY) for one in sheet.fields}
        if all(_is_blank(cell) for cell in said.values()) or len(self.faults) >= MOST_FAULTS:
            return None
        values, places = dict[str, Value](), dict[str, Place]()
        for one in sheet.fields:
            column = columns[one.header]
            places[one.header] = self.book.place(sheet.name, row, column)
            needed = one.kind == "name" or one.header == "month"
            if _is_blank(said[one.header]) and not needed:
                values[one.header] = values.get(one.falls_back)
                continue
            values[one.header] = self._value(sheet.name, row, column, one)
        return Entry(values, places)

    def _value(self, sheet: str, row: int, column: int, one: Field) -> Value:
        cell, place = self.book.sheets[sheet].get((row, column), EMPTY), self.book.place(sheet, row, column)
        try:
            if _is_blank(cell) and sheet == FRONT:
                return None
            return _read(cell, one, self.book)
        except RefusedCellError as refused:
            self.faults.append(Fault(place, one.header, *refused.words))
            return None


def _is_blank(cell: Found) -> bool:
    return not cell.is_formula and (cell.value is None or (isinstance(cell.value, str) and not cleaned(cell.value)))


def _read(cell: Found, one: Field, book: Book) -> Value:
    """The value of a cell.

    Raises:
        RefusedCellError: it is none that can stand there.
    """
    if one.kind == "month":
        return Month.parse(month_of(cell, book.epoch))
    check_value(cell, f"the {one.header}", "fill it in")
    if one.header == WHAT and isinstance(cell.value, str):
        return english_choice(cell.value, (DRAWN, REPAID))
    if one.kind in ("name", "text"):
        return cleaned(f"{cell.value:.15g}" if isinstance(cell.value, float) else str(cell.value))
    number = _number(cell.value)
    allowed = "a whole number" if one.kind == "whole" else "a number, in the currency of the case for money"
    if number is None or (one.kind == "whole" and (number != int(number) or number < 0)):
        raise RefusedCellError(f"{shown(cell.value)} stands there", allowed)
    return number


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    typed = typed_number(value) if isinstance(value, str) else None
    return float(typed.number) if typed is not None and not typed.unit else None
