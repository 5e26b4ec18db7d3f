"""The one door to XlsxWriter: what the grid holds goes into cells here, and every return code is checked here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, override

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planner.report.workbook.engine.grid import FIRST, LABEL, NOTE, SUBJECT, UNIT, VALUE, Grid
from planner.report.workbook.engine.references import HEADER_ROW, address
from planner.report.workbook.engine.sheet import Cell, Sheet
from planner.report.workbook.engine.terms import Place, Term
from planner.report.workbook.engine.widths import column_widths, row_heights
from planner.report.xlsx.new_book import NewBook
from planner.report.xlsx.pages import lay_out, page_text
from planner.report.xlsx.scale import Scale
from planner.report.xlsx.style import BASE, FONTS, KINDS

"""The creation date that every workbook carries, so that the same plan gives the same bytes."""
DANGEROUS_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that starts so would be taken for a formula when a person edits the cell."""
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
    """Sheets that show every digit of money."""
    formats: dict[tuple[str, str, bool, bool], Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = NewBook(self.path, title=self.title, comments=f"run {self.run_id}")
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
        if sheet.over_time:
            widths = column_widths(self.grid, self.scale, sheet, raw)
            for row, height in row_heights(sheet, widths[NOTE]).items():
                worksheet.set_row(row, height)
        for column, width in widths.items():
            worksheet.set_column(column, column, width, None, {"hidden": column in sheet.hidden})
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

    def name_cell(self, name: str, key: str) -> None:
        """Gives a cell a name for formulas of other workbooks; the prefix keeps it from looking like a cell."""
        place = self.grid.line_of(key)
        sheet = self.grid.sheet_title(place.sheet).replace("'", "''")
        if self.book.define_name(f"plan_{name}", f"='{sheet}'!{address(place)}") != 0:
            raise ValueError(f"plan_{name} is not a valid name")

    def close(self) -> None:
        """Puts everything into the file."""
        self.book.close()


def _stored(value: Any) -> Any:  # noqa: ANN401 - XlsxWriter takes a number, a text or a truth value
    return 0 if value is None else value
