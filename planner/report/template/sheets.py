"""The sheets of the template: headers with units, help, cells that know what they take, and examples."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.language import Speaker
from planner.reading.cells.kinds import Kind
from planner.reading.cells.numbers import cleaned
from planner.reading.template.file import fingerprint_of_row
from planner.reading.template.tables import Column, Table, columns_in
from planner.report.template.looks import LOOKS, allowed, font_of, footer_of, note_of, number_format
from planner.report.template.rows import Line, Value
from planner.report.xlsx.book import Book, Page
from planner.report.xlsx.measures import letters_wide
from planner.report.xlsx.pages import lay_out

HELP_ROW, HEADER_ROW, FIRST_ROW = 2, 3, 4
LAST_ROW = 1003
"""Last row whose cells say what they take; further rows are read as well."""
TITLE = "Input of the GPU compute-capacity planner"


@dataclass
class Template:
    """The workbook as it is written."""

    path: Path
    speaker: Speaker
    """Says it in its language."""
    lists: dict[str, str] = field(default_factory=dict)
    """Ranges that names and currencies are chosen from."""

    def __post_init__(self) -> None:
        self.book = Book(self.path, font_of(self.speaker), LOOKS, title=self.speaker.say(TITLE))

    def sheet(self, name: str, title: str, statement: str) -> Page:
        """A new sheet with its title and a sentence, which are said already."""
        sheet = self.book.page(self.speaker.sheet(name))
        self.put(sheet, 0, 0, title, "title")
        self.put(sheet, 1, 0, statement, "statement")
        lay_out(sheet, footer_of(self.speaker))
        return sheet

    def put(self, sheet: Page, row: int, column: int, value: Value, look: str, shown: str = "General") -> None:
        """Writes one cell; dates are months."""
        self.book.put(sheet, row, column, value, look, "yyyy-mm" if isinstance(value, datetime.date) else shown)

    def table(self, table: Table, lines: list[Line], *, examples: bool) -> str:
        """Lays one sheet of entries; returns the fingerprints of its rows where they are examples."""
        examples_told = ["Grey rows are examples and are not read."] if examples else []
        told = (*examples_told, "Orange headers must be filled.", "An empty sheet says that there are none.")
        statement = " ".join(self.speaker.say(text) for text in (table.meaning, *told))
        sheet = self.sheet(table.sheet, self.speaker.sheet(table.sheet), statement)
        columns = columns_in(table)
        for number, column in enumerate(columns):
            self._head(sheet, number, column)
        sheet.set_row(HELP_ROW, 84)
        sheet.set_row(HEADER_ROW, 42)
        sheet.freeze_panes(FIRST_ROW, max(1, len(table.keys)))
        sheet.repeat_rows(HEADER_ROW)
        sheet.autofilter(HEADER_ROW, 0, LAST_ROW, len(columns) - 1)
        return " ".join(self._row(sheet, FIRST_ROW + n, columns, line, examples) for n, line in enumerate(lines))

    def _head(self, sheet: Page, number: int, column: Column) -> None:
        note = "" if column.required else note_of(column, self.speaker)
        self.put(sheet, HELP_ROW, number, f"{self.speaker.say(column.meaning)} {note}".strip(), "help")
        unit = f"\n[{self.speaker.caption(column.unit)}]" if column.unit else ""
        header = self.speaker.caption(column.header, column.unit)
        self.put(sheet, HEADER_ROW, number, f"{header}{unit}", "required" if column.required else "header")
        width = max(12, min(26, letters_wide(header) + 2), 30 if column.header == "source" else 0)
        sheet.set_column(number, number, width, self.book.look("column", number_format(column.kind)))
        sheet.data_validation(FIRST_ROW, number, LAST_ROW, number, allowed(column, self.lists, self.speaker))

    def _row(self, sheet: Page, row: int, columns: list[Column], line: Line, example: bool) -> str:
        values = [self.worded(column.kind, line.get(column.header)) for column in columns]
        for number, (column, value) in enumerate(zip(columns, values, strict=True)):
            self.put(sheet, row, number, value, "example" if example else "column", number_format(column.kind))
        return fingerprint_of_row(stored(value) for value in values)

    def worded(self, kind: Kind, value: Value) -> Value:
        """A value with the words of a closed list said in the language; names and numbers stay."""
        if kind.shape not in ("choice", "switch") or not isinstance(value, str):
            return value
        return ", ".join(self.speaker.choice(word) for word in value.split(", "))

    def close(self) -> None:
        """Puts everything into the file."""
        self.book.close()


def stored(value: Value) -> Any:  # noqa: ANN401 - what the reader finds in the cell
    """A value as it is read back from the file."""
    return datetime.datetime.combine(value, datetime.time()) if isinstance(value, datetime.date) else value


def as_text(value: Value) -> str:
    """A value as the first cell of an example shows it."""
    return f"{value:%Y-%m}" if isinstance(value, datetime.date) else cleaned(str(value))


__all__ = ["FIRST_ROW", "LAST_ROW", "TITLE", "Template", "as_text"]
