"""The one door to XlsxWriter: what the grid holds goes into cells here, and every return code is checked here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planner.report.workbook.grid import (
    CHANGED,
    FIRST,
    LABEL,
    NOTE,
    OPENING,
    SOLVED,
    SUBJECT,
    UNIT,
    VALUE,
    Cell,
    Grid,
    Sheet,
)
from planner.report.workbook.references import HEADER_ROW, address
from planner.report.workbook.style import _FONT, KINDS, Scale, shown_width
from planner.report.workbook.terms import Place, Term

CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
"""The creation date that every workbook carries, so that the same plan gives the same bytes."""
DANGEROUS_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that starts so would be taken for a formula when a person edits the cell."""
TEXT_WIDTHS = {LABEL: (24, 56), SUBJECT: (12, 44), UNIT: (10, 22), NOTE: (12, 40)}
"""Least and most width of the columns that hold texts, in characters."""
NUMBER_WIDTHS = {VALUE: 12, SOLVED: 3, CHANGED: 3, OPENING: 9}
"""Least width of the other columns in front of the periods."""
GOOD = "OK"
"""What a verdict says where all is well; everything else is bad news."""


@dataclass
class Writer:
    """Writes one grid into one file."""

    path: Path
    grid: Grid
    scale: Scale
    title: str
    run_id: str
    file_name: str
    raw_sheets: tuple[str, ...]
    """Sheets that show money in whole units."""
    formats: dict[tuple[str, str, bool], Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = xlsxwriter.Workbook(str(self.path), {"strings_to_formulas": False, "strings_to_urls": False})
        self.book.set_properties({"title": self.title, "comments": f"run {self.run_id}", "created": CREATED})
        self.book.set_calc_mode("auto")

    def format_of(self, kind: str, number_format: str, quoted: bool = False) -> Format:
        """The format of a kind of cell; made once."""
        key = (kind, number_format, quoted)
        if key not in self.formats:
            properties = {**_FONT, **KINDS[kind], "num_format": number_format}
            if quoted:
                properties["quote_prefix"] = True
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def worksheet(self, name: str) -> Worksheet:
        """A sheet that is already written, for what is not a cell."""
        found = self.book.get_worksheet_by_name(name)
        if found is None:
            raise KeyError(name)
        return found

    def write(self, sheet: Sheet) -> Worksheet:
        """Writes all cells of a sheet."""
        worksheet = self.book.add_worksheet(sheet.name)
        raw = sheet.name in self.raw_sheets
        for (row, column), cell in sorted(sheet.cells.items()):
            self._write_cell(worksheet, Place(sheet.name, row, column), cell, raw)
        for column, width in enumerate(sheet.widths):
            worksheet.set_column(column, column, width)
        if sheet.over_time:
            self._widths(worksheet, sheet, raw)
        self._judge(worksheet, sheet)
        self._protect_and_print(worksheet, sheet)
        return worksheet

    def _judge(self, worksheet: Worksheet, sheet: Sheet) -> None:
        """Green where a verdict is good, red where it is anything else."""
        for (row, column), cell in sorted(sheet.cells.items()):
            if cell.look.kind == "verdict":
                for criteria, colour in (("==", "#548235"), ("!=", "#C00000")):
                    rule = {"type": "cell", "criteria": criteria, "value": f'"{GOOD}"', "format": self._colour(colour)}
                    worksheet.conditional_format(row, column, row, column, rule)

    def _colour(self, colour: str) -> Format:
        key = ("verdict", colour, False)
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_color": colour})
        return self.formats[key]

    def _write_cell(self, worksheet: Worksheet, place: Place, cell: Cell, raw: bool) -> None:
        unit, content = cell.look.unit, cell.content
        if cell.look.kind == "unit":
            content = self.scale.shown_unit(unit, raw)
            unit = "text"
        number_format = self.scale.number_format(unit, raw)
        code: int | str
        if isinstance(content, Term):
            text = content.text(self.grid, place)
            value = self.grid.value(place)
            look = self.format_of(cell.look.kind, number_format)
            code = worksheet.write_formula(place.row, place.column, f"={text}", look, _stored(value))
        elif cell.look.kind == "link":
            target = f"internal:'{content}'!A1"
            look = self.format_of("link", number_format)
            code = worksheet.write_url(place.row, place.column, target, look, str(content))
        elif isinstance(content, str) and content:
            look = self.format_of(cell.look.kind, number_format, quoted=content.startswith(DANGEROUS_STARTS))
            code = worksheet.write_string(place.row, place.column, content, look)
        elif content is None or content == "":
            code = worksheet.write_blank(place.row, place.column, None, self.format_of(cell.look.kind, number_format))
        else:
            look = self.format_of(cell.look.kind, number_format)
            code = worksheet.write_number(place.row, place.column, float(content), look)
        if code != 0:
            raise OSError(
                f"cell {place.sheet}!{address(place, '')} was not taken (code {code}): too long, or too many rows"
            )

    def _widths(self, worksheet: Worksheet, sheet: Sheet, raw: bool) -> None:
        """Column widths from what the cells show; all periods are equally wide."""
        widths = dict(NUMBER_WIDTHS)
        for (row, column), cell in sheet.cells.items():
            if column in TEXT_WIDTHS and row > max(HEADER_ROW.values()) and cell.look.kind in _TEXT_KINDS:
                length = len(self.scale.shown_unit(str(cell.content), raw)) + 1
                least, most = TEXT_WIDTHS[column]
                widths[column] = max(widths.get(column, least), min(most, length))
            elif column in NUMBER_WIDTHS or (column >= OPENING and row >= min(HEADER_ROW.values())):
                number_format = self.scale.number_format(cell.look.unit, raw)
                shown = shown_width(self.grid.value(Place(sheet.name, row, column)), number_format)
                group = FIRST if column > OPENING else column
                widths[group] = max(widths.get(group, 0), shown + 2)
        for column in (*TEXT_WIDTHS, *NUMBER_WIDTHS):
            worksheet.set_column(column, column, widths.get(column, TEXT_WIDTHS.get(column, (0,))[0]))
        last = max(self.grid.last_period, *self.grid.year_columns)
        worksheet.set_column(FIRST, last, max(10, widths.get(FIRST, 0)))

    def _protect_and_print(self, worksheet: Worksheet, sheet: Sheet) -> None:
        worksheet.protect("", {"format_columns": True, "format_rows": True})
        worksheet.hide_gridlines(2)
        worksheet.set_landscape()
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        worksheet.set_footer(f"&L&8{_escape(self.file_name)}&C&8&A · page &P of &N&R&8run {self.run_id}")
        if sheet.over_time:
            top = max(HEADER_ROW.values()) + 1
            worksheet.set_paper(8)
            worksheet.freeze_panes(top, FIRST if self.grid.periods > 1 else VALUE)
            worksheet.repeat_rows(0, top - 1)
            worksheet.repeat_columns(0, 2)
        else:
            worksheet.set_paper(9)
            worksheet.freeze_panes(3, 0)
            worksheet.repeat_rows(0, 2)

    def name_cell(self, name: str, key: str, period: int | None = None) -> None:
        """Gives a cell a name for formulas of other workbooks; the prefix keeps it from looking like a cell."""
        place = self.grid.line_of(key)
        sheet = place.sheet.replace("'", "''")
        if self.book.define_name(f"plan_{name}", f"='{sheet}'!{address(place)}") != 0:
            raise ValueError(f"plan_{name} is not a valid name")

    def close(self) -> None:
        """Puts everything into the file."""
        try:
            self.book.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error))
            raise cause from error


_TEXT_KINDS = ("label", "total", "unit", "note")


def _stored(value: Any) -> Any:  # noqa: ANN401 - XlsxWriter takes a number, a text or a truth value
    return 0 if value is None else value


def _escape(text: str) -> str:
    """A text for a footer, where & starts a code."""
    return text.replace("&", "&&")
