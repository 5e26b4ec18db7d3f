"""Writes what the grid holds into the cells of a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.report.workbook.engine.grid import FIRST, LABEL, NOTE, SUBJECT, UNIT, VALUE, Grid
from planner.report.workbook.engine.references import address, header_of
from planner.report.workbook.engine.sheet import Cell, Sheet
from planner.report.workbook.engine.terms import Place, Term
from planner.report.workbook.engine.verdicts import BAD, COLOURS, OK
from planner.report.workbook.engine.widths import SIDE_INCHES, column_widths, row_heights
from planner.report.xlsx.addresses import blocks
from planner.report.xlsx.book import Book, Format, Page
from planner.report.xlsx.pages import A3, A4, Margins, lay_out, page_text
from planner.report.xlsx.scale import Scale
from planner.report.xlsx.style import BASE, FONTS, KINDS

MARGINS = Margins(side=SIDE_INCHES, top=0.4, bottom=0.55)
NOISE, SILENCED, MOST_AREAS = 0.5, ("calculation", "total"), 400
"""What of a unit of currency is shown as nothing, in which kinds of cells; areas of one rule."""
PRINTED = 89
"""Scale in per cent at which nine points are printed as eight."""
READABLE = 166
"""Characters in the width of an A4 laid across, at that scale; what is wider is printed on A3."""


@dataclass
class Writer:
    """Writes one grid into one file."""

    path: Path
    grid: Grid
    scale: Scale
    title: str
    run_id: str
    file_name: str

    def __post_init__(self) -> None:
        base = {"font_name": FONTS[self.scale.speaker.code], **BASE}
        self.book = Book(self.path, base, KINDS, title=self.title, comments=f"run {self.run_id}")
        self.book.set_calc_mode("auto")
        self.verdicts: dict[str, Format] = {}
        self.pages: dict[str, Page] = {}

    def worksheet(self, name: str) -> Page:
        """A sheet that is already written, for what is not a cell."""
        return self.pages[name]

    def write(self, sheet: Sheet) -> Page:
        """Writes all cells of a sheet."""
        page = self.pages[sheet.name] = self.book.page(self.grid.sheet_title(sheet.name))
        for row, columns in sheet.merged.items():
            page.merge_range(row, 0, row, columns - 1, "", self.book.look(sheet.cells[row, 0].look.kind, "@"))
        for row, height in sheet.heights.items():
            page.set_row(row, height)
        for (row, column), cell in sorted(sheet.cells.items()):
            self._write_cell(page, sheet, row, column, cell)
        widths: dict[int, float] = dict(enumerate(sheet.widths))
        if sheet.columns:
            widths = column_widths(self.grid, self.scale, sheet)
            for row, height in row_heights(sheet, widths[NOTE]).items():
                page.set_row(row, height)
        for column, width in widths.items():
            page.set_column(column, column, width, None, {"hidden": column in sheet.hidden})
        self._judge(page, sheet)
        self._silence(page, sheet)
        self._protect_and_print(page, sheet, widths)
        return page

    def _judge(self, page: Page, sheet: Sheet) -> None:
        """Green where a verdict is good, red where it is bad, other colours between."""
        rules = [("==", self.scale.speaker.say(words), colour) for words, colour in COLOURS.items()]
        rules.append(("!=", OK, BAD))
        for row, column in sorted(spot for spot, cell in sheet.cells.items() if cell.look.kind == "verdict"):
            for criteria, words, colour in rules:
                rule = {"type": "cell", "criteria": criteria, "value": f'"{words}"', "format": self._colour(colour)}
                page.conditional_format(row, column, row, column, rule)

    def _silence(self, page: Page, sheet: Sheet) -> None:
        """A dash for money that is nothing but the rounding of a difference: it would be shown as -0.0, and in red."""
        spots = [
            spot
            for spot, cell in sheet.cells.items()
            if isinstance(cell.content, Term) and cell.look.unit == self.grid.currency and cell.look.kind in SILENCED
        ]
        if sheet.raw or not spots:
            return
        dash = self.book.add_format({"num_format": '"–";"–";"–"', "font_color": "#000000"})
        rule = {"type": "cell", "criteria": "between", "minimum": -NOISE, "maximum": NOISE, "format": dash}
        areas = blocks(spots)
        (row, column), *_ = spots
        for start in range(0, len(areas), MOST_AREAS):
            some = areas[start : start + MOST_AREAS]
            page.conditional_format(row, column, row, column, {**rule, "multi_range": " ".join(some)})

    def _colour(self, colour: str) -> Format:
        if colour not in self.verdicts:
            self.verdicts[colour] = self.book.add_format({"font_color": colour})
        return self.verdicts[colour]

    def _write_cell(self, page: Page, sheet: Sheet, row: int, column: int, cell: Cell) -> None:
        content, (kind, unit) = cell
        if kind == "unit":
            content, unit = self.scale.shown_unit(unit, sheet.raw), "text"
        if isinstance(content, Term):
            place = Place(sheet.name, row, column)
            value, text = self.grid.value(place), content.text(self.grid, place)
            look = self.book.look(kind, self.scale.number_format(unit, sheet.raw, value))
            self.book.formula(page, row, column, text, look, value)
            return
        number_format = self.scale.number_format(unit, sheet.raw, content)
        if kind == "link":
            self.book.link(page, row, column, self.grid.sheet_title(str(content)), number_format)
        else:
            shrunk = isinstance(content, str) and self._is_shrunk(sheet, row, column, kind)
            self.book.put(page, row, column, content, kind, number_format, shrunk=shrunk)

    def _is_shrunk(self, sheet: Sheet, row: int, column: int, kind: str) -> bool:
        """Whether a text on a time sheet may have to be printed smaller: it has no empty cell beside it to run on."""
        if not sheet.columns or kind not in ("label", "total", "unit"):
            return False
        return column in (SUBJECT, UNIT) or (column == LABEL and bool(sheet.text(row, SUBJECT)))

    def _protect_and_print(self, page: Page, sheet: Sheet, widths: dict[int, float]) -> None:
        page.protect("", {"format_columns": True, "format_rows": True})
        page.hide_gridlines(2)
        footer = page_text(self.scale.speaker, self.file_name, self.run_id)
        if sheet.columns:
            lay_out(page, footer, paper=A3, margins=MARGINS)
            page.set_print_scale(PRINTED)
            page.print_across()
            top = max(header_of(sheet.columns).values()) + 1
            page.freeze_panes(top, FIRST if sheet.columns.count > 1 else VALUE)
            page.repeat_rows(0, top - 1)
            page.repeat_columns(0, UNIT)
            return
        printed = list(widths.values())[: sheet.print_columns]
        paper = A3 if sum(printed) > READABLE and not sheet.entry.one_page else A4
        one, wide = 1 if sheet.entry.one_page else 0, sheet.pages_wide
        lay_out(page, footer, paper=paper, margins=MARGINS, portrait=sheet.entry.portrait, tall=one, wide=wide)
        if sheet.print_columns is not None:
            page.print_area(0, 0, max(row for row, _ in sheet.cells), sheet.print_columns - 1)
        if wide > 1:
            page.repeat_columns(0, 1)
        page.freeze_panes(3, 0)
        page.repeat_rows(0, 2)

    def name_cell(self, name: str, key: str) -> None:
        """Gives a cell a name for formulas of other workbooks; the prefix keeps it from looking like a cell."""
        place = self.grid.line_of(key)
        sheet = self.grid.sheet_title(place.sheet).replace("'", "''")
        if self.book.define_name(f"plan_{name}", f"='{sheet}'!{address(place)}") != 0:
            raise ValueError(f"plan_{name} is not a valid name")

    def close(self) -> None:
        """Puts everything into the file."""
        self.book.close()
