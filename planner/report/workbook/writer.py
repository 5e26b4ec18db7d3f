"""The one door to XlsxWriter: what the grid holds goes into cells here, and every return code is checked here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, override

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
from planner.report.workbook.measures import shown_text, text_width, wrapped_lines
from planner.report.workbook.pages import lay_out, page_text
from planner.report.workbook.references import HEADER_ROW, address
from planner.report.workbook.scale import Scale
from planner.report.workbook.style import BASE, FONTS, KINDS
from planner.report.workbook.terms import Place, Term

CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
"""The creation date that every workbook carries, so that the same plan gives the same bytes."""
DANGEROUS_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that starts so would be taken for a formula when a person edits the cell."""
TEXT_WIDTHS = {LABEL: (22, 42), SUBJECT: (10, 38), UNIT: (8, 20), NOTE: (10, 30)}
"""Least and most width of the columns that hold texts, in characters."""
SOURCE_WIDTH = 46
"""Most width of the column of sources on Inputs; longer ones are wrapped."""
NUMBER_WIDTHS = {VALUE: 9, SOLVED: 2, CHANGED: 2, OPENING: 7}
"""Least width of the other columns in front of the periods."""
PADDING = 1.0
"""Room on both sides of a text, in characters."""
ROW_POINTS, NOTE_POINTS = 15.0, 10.5
"""Height of a row with one line, and of each further line of its note."""
GAP = 2.0
"""Width of the empty column between the periods and the fiscal years."""
LEAST_PERIOD = 7.0
"""Least width of a period or a fiscal year."""
DIFFERENCES, NOISE = ("imbalance", "sources_less_uses"), 0.5
"""Rows that must be nothing, and what of a unit of currency is shown as nothing there."""
GOOD = "OK"
"""What a verdict says where all is well; everything else is bad news."""


class _Page(Worksheet):
    """A sheet that takes formulas as they are.

    XlsxWriter looks in every formula for some thirty functions that need a prefix; of ours none is among them.
    """

    @override
    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


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
    formats: dict[tuple[str, str, bool, bool], Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = xlsxwriter.Workbook(
            str(self.path), {"strings_to_formulas": False, "strings_to_urls": False, "tmpdir": str(self.path.parent)}
        )
        self.book.set_properties({"title": self.title, "comments": f"run {self.run_id}", "created": CREATED})
        self.book.set_calc_mode("auto")

    def format_of(self, kind: str, number_format: str, quoted: bool = False, shrunk: bool = False) -> Format:
        """The format of a kind of cell; made once. A shrunk text is printed smaller rather than cut."""
        key = (kind, number_format, quoted, shrunk)
        if key not in self.formats:
            font = FONTS[self.scale.speaker.code]
            properties = {"font_name": font, **BASE, **KINDS[kind], "num_format": number_format}
            if quoted:
                properties["quote_prefix"] = True
            if shrunk:
                properties["shrink"] = True
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def worksheet(self, name: str) -> Worksheet:
        """A sheet that is already written, for what is not a cell."""
        found = self.book.get_worksheet_by_name(self.grid.sheet_title(name))
        if found is None:
            raise KeyError(name)
        return found

    def write(self, sheet: Sheet) -> Worksheet:
        """Writes all cells of a sheet."""
        worksheet = self.book.add_worksheet(self.grid.sheet_title(sheet.name), worksheet_class=_Page)
        raw = sheet.name in self.raw_sheets
        for (row, column), cell in sorted(sheet.cells.items()):
            self._write_cell(worksheet, Place(sheet.name, row, column), cell, raw)
        widths: dict[int, float] = dict(enumerate(sheet.widths))
        for column, width in widths.items():
            worksheet.set_column(column, column, width)
        if sheet.over_time:
            widths = self._widths(worksheet, sheet, raw)
        self._judge(worksheet, sheet)
        self._silence(worksheet, sheet)
        self._protect_and_print(worksheet, sheet, widths)
        return worksheet

    def _judge(self, worksheet: Worksheet, sheet: Sheet) -> None:
        """Green where a verdict is good, red where it is anything else."""
        for (row, column), cell in sorted(sheet.cells.items()):
            if cell.look.kind == "verdict":
                for criteria, colour in (("==", "#548235"), ("!=", "#C00000")):
                    rule = {"type": "cell", "criteria": criteria, "value": f'"{GOOD}"', "format": self._colour(colour)}
                    worksheet.conditional_format(row, column, row, column, rule)

    def _silence(self, worksheet: Worksheet, sheet: Sheet) -> None:
        """A dash for what is nothing but the rounding of a difference, which would be shown as -0.0, and in red."""
        places = [self.grid.line_of(key) for key in DIFFERENCES if key in self.grid]
        for place in (place for place in places if place.sheet == sheet.name):
            dash = self.book.add_format({"num_format": '"–";"–";"–"', "font_color": "#000000"})
            rule = {"type": "cell", "criteria": "between", "minimum": -NOISE, "maximum": NOISE, "format": dash}
            last = max(self.grid.last_period, *self.grid.year_columns)
            worksheet.conditional_format(place.row, VALUE, place.row, last, rule)

    def _colour(self, colour: str) -> Format:
        key = ("verdict", colour, False, False)
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_color": colour})
        return self.formats[key]

    def _write_cell(self, worksheet: Worksheet, place: Place, cell: Cell, raw: bool) -> None:
        unit, content = cell.look.unit, cell.content
        if cell.look.kind == "unit":
            content = self.scale.shown_unit(unit, raw)
            unit = "text"
        worth = self.grid.value(place) if isinstance(content, Term) else content
        number_format = self.scale.number_format(unit, raw, worth)
        code: int | str
        if isinstance(content, Term):
            text = content.text(self.grid, place)
            look = self.format_of(cell.look.kind, number_format)
            code = worksheet.write_formula(place.row, place.column, f"={text}", look, _stored(worth))
        elif cell.look.kind == "link":
            title = self.grid.sheet_title(str(content))
            look = self.format_of("link", number_format)
            code = worksheet.write_url(place.row, place.column, f"internal:'{title}'!A1", look, title)
        elif isinstance(content, str) and content:
            look = self.format_of(
                cell.look.kind, number_format, content.startswith(DANGEROUS_STARTS), self._is_shrunk(place, cell)
            )
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

    def _is_shrunk(self, place: Place, cell: Cell) -> bool:
        """Whether a text on a time sheet may have to be printed smaller: it has no empty cell beside it to run on."""
        sheet = self.grid.sheets[place.sheet]
        if not sheet.over_time or cell.look.kind not in ("label", "total", "unit"):
            return False
        return place.column in (SUBJECT, UNIT) or (place.column == LABEL and bool(sheet.text(place.row, SUBJECT)))

    def _widths(self, worksheet: Worksheet, sheet: Sheet, raw: bool) -> dict[int, float]:
        """Column widths from what the cells show; all periods are equally wide, and so are all fiscal years."""
        widths: dict[int, float] = {**{column: least for column, (least, _) in TEXT_WIDTHS.items()}, **NUMBER_WIDTHS}
        last = max(self.grid.last_period, *self.grid.year_columns)
        for (row, column), cell in sheet.cells.items():
            if column in TEXT_WIDTHS and row > max(HEADER_ROW.values()) and cell.look.kind in _TEXT_KINDS:
                shown = self._shown(Place(sheet.name, row, column), cell, raw)
                size = 8 if cell.look.kind == "note" else 9
                needed = text_width(shown, size) + PADDING
                if column == LABEL and not sheet.text(row, SUBJECT):
                    needed -= TEXT_WIDTHS[SUBJECT][0]  # a long label runs on over the empty cell beside it
                most = SOURCE_WIDTH if raw and column == NOTE else TEXT_WIDTHS[column][1]
                widths[column] = max(widths[column], min(most, needed))
            elif column in NUMBER_WIDTHS or (column >= OPENING and row >= min(HEADER_ROW.values())):
                value = self.grid.value(Place(sheet.name, row, column))
                shown = shown_text(value, self.scale.number_format(cell.look.unit, raw, value))
                group = last if column > self.grid.last_period else FIRST
                group = group if column > OPENING else column
                widths[group] = max(widths.get(group, LEAST_PERIOD), text_width(shown) + PADDING)
        for column in range(FIRST, last + 1):
            widths[column] = widths[last if column > self.grid.last_period and last in widths else FIRST]
        widths[self.grid.last_period + 1] = GAP
        for column, width in widths.items():
            worksheet.set_column(column, column, width)
        self._heights(worksheet, sheet, widths[NOTE])
        return widths

    def _shown(self, place: Place, cell: Cell, raw: bool) -> str:
        """The text that a cell shows."""
        if cell.look.kind == "unit":
            return self.scale.shown_unit(str(cell.content), raw)
        worth = self.grid.value(place)
        return worth if isinstance(worth, str) else ""

    def _heights(self, worksheet: Worksheet, sheet: Sheet, width: float) -> None:
        """Rows as high as their notes, which are wrapped."""
        for (row, column), cell in sorted(sheet.cells.items()):
            if column == NOTE and cell.look.kind == "note" and isinstance(cell.content, str):
                lines = wrapped_lines(cell.content, width - PADDING, 8)
                if lines > 1:
                    worksheet.set_row(row, ROW_POINTS + NOTE_POINTS * (lines - 1))

    def _protect_and_print(self, worksheet: Worksheet, sheet: Sheet, widths: dict[int, float]) -> None:
        worksheet.protect("", {"format_columns": True, "format_rows": True})
        worksheet.hide_gridlines(2)
        lay_out(worksheet, sheet.over_time, widths, self.grid)
        worksheet.set_footer(page_text(self.scale.speaker, self.file_name, self.run_id))
        if sheet.over_time:
            top = max(HEADER_ROW.values()) + 1
            worksheet.freeze_panes(top, FIRST if self.grid.periods > 1 else VALUE)
            worksheet.repeat_rows(0, top - 1)
            worksheet.repeat_columns(0, UNIT)
        else:
            worksheet.freeze_panes(3, 0)
            worksheet.repeat_rows(0, 2)

    def name_cell(self, name: str, key: str, period: int | None = None) -> None:
        """Gives a cell a name for formulas of other workbooks; the prefix keeps it from looking like a cell."""
        place = self.grid.line_of(key)
        sheet = self.grid.sheet_title(place.sheet).replace("'", "''")
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
