"""Sections as a workbook: one sheet each, differences and sums as formulas with their values, native charts."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.language import LANGUAGES, Speaker
from planner.report.compare.bridges import BRIDGE_WIDTHS, CHART_DATA, Bridges
from planner.report.compare.looks import (
    FONT,
    HEADER_LINE,
    LOOKS,
    PAGE_WIDTH,
    WORDS_WIDTH,
    TableScale,
    column_widths,
    header_lines,
    row_lines,
    text_lines,
)
from planner.report.compare.tables import Cell, Chart, Column, Flag, Section, Table, total_row
from planner.report.files import replace_file
from planner.report.xlsx.addresses import address
from planner.report.xlsx.book import Book, Page
from planner.report.xlsx.measures import letters_wide
from planner.report.xlsx.pages import Margins, lay_out, page_text
from planner.report.xlsx.scale import MILLIONS_FROM
from planner.report.xlsx.style import COLOURS, FONTS

MARGINS = Margins(side=0.4, top=0.5, bottom=0.7)
CHART_ROWS, PAGE_ROWS = 18, 36
"""Rows that a chart takes up, and that a printed page holds."""


def write_sections(
    sections: Sequence[Section], path: Path, *, title: str, currency: str, run_id: str, language: str = LANGUAGES[0]
) -> None:
    """Writes the workbook; the old file or the new one stands there, never a broken one.

    The sections are in their language already; here it is that of units, and of what stands on every sheet.

    Raises:
        WriteError: the file could not be written; what stood there before is unchanged.
    """
    replace_file(path, lambda temporary: _Book(temporary, title, currency, run_id, path.name, language).write(sections))


class _Book:
    """One workbook in the making."""

    def __init__(self, path: Path, title: str, currency: str, run_id: str, file_name: str, language: str) -> None:
        font = {**FONT, "font_name": FONTS[language]}
        self.book = Book(path, font, LOOKS, title=title, comments=f"run {run_id}")
        self.speaker = Speaker(language)
        self.scale, self.footer = TableScale(currency, language=language), page_text(self.speaker, file_name, run_id)
        self.names: set[str] = set()
        self.bridges: Bridges | None = None
        self.widths: Sequence[int] = ()
        """Those of the columns of the sheet in the making."""

    def write(self, sections: Sequence[Section]) -> None:
        """Writes every section and closes the book."""
        amounts = [abs(float(cell)) for one in sections for table in one.tables for cell in self._money(table)]
        self.scale = replace(self.scale, in_millions=max(amounts, default=0.0) >= MILLIONS_FROM)
        if any(section.ways for section in sections):
            self.names.add(self.speaker.sheet(CHART_DATA).lower())
            self.bridges = Bridges(self.book, self.scale, self.speaker)
        for section in sections:
            self._section(section)
        if self.bridges is not None:
            self._print(self.bridges.done(), BRIDGE_WIDTHS)
        self.book.close()

    def _money(self, table: Table) -> list[float]:
        return [
            float(cell)
            for row in table.rows
            for cell, column in zip(row, table.columns, strict=True)
            if isinstance(cell, int | float) and self._unit(column, row, table) == self.scale.currency
        ]

    def _unit(self, column: Column, row: Sequence[Cell], table: Table) -> str:
        return self.scale.currency if column.unit == "money" else table.unit(column, row)

    def _unit_words(self, unit: str) -> str:
        return self.speaker.say(self.scale.unit(unit))

    def _section(self, section: Section) -> None:
        name = self._sheet_name(section.name)
        sheet = self.book.page(name)
        self._cell(sheet, 0, 0, section.title, "title")
        self._cell(sheet, 1, 0, self.speaker.say(self.scale.statement), "statement")
        row, tops, widths = 2, [], column_widths(section)
        self.widths = widths
        for line in (
            line for words in section.words for line in text_lines(words, max(sum(widths), WORDS_WIDTH)) or [words]
        ):
            self._cell(sheet, row, 0, line, "words")
            row += 1
        for table in section.tables:
            tops.append(row + 2)
            if table.rows:
                sheet.set_row(row + 2, HEADER_LINE * header_lines(table, widths))
            row = self._table(sheet, table, row + 1)
        if section.charts and row + CHART_ROWS * len(section.charts) > PAGE_ROWS:
            sheet.set_h_pagebreaks([row])  # charts begin on a page of their own, so that none is cut
        for chart in section.charts:
            self._chart(sheet, name, chart, section.tables[chart.table], tops[chart.table], row + 1)
            row += CHART_ROWS
        if self.bridges is not None and section.ways:
            self.bridges.lay(sheet, section.ways, row + 1)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        self._print(sheet, widths)

    def _sheet_name(self, wanted: str) -> str:
        """A name that Excel takes: short, without its signs, and no other sheet's."""
        plain = re.sub(r"[\[\]:*?/\\']", "-", wanted)[:28] or "sheet"
        name, number = plain, 1
        while name.lower() in self.names or name.lower() == "history":
            number += 1
            name = f"{plain} {number}"
        self.names.add(name.lower())
        return name

    def _table(self, sheet: Page, table: Table, top: int) -> int:
        """Writes a table; gives the row after it."""
        self._cell(sheet, top, 0, table.title, "heading")
        row = top + 1
        if table.rows:
            for place, column in enumerate(table.columns):
                kind = "header" if column.unit in ("text", "unit") else "number header"
                self._cell(sheet, row, place, column.title, kind)
            for number, cells in enumerate(table.rows):
                if (lines := row_lines(cells, self.widths)) > 1:
                    sheet.set_row(row + 1 + number, HEADER_LINE * lines)
                for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
                    self._value(sheet, row + 1 + number, place, cell, column, self._unit(column, cells, table))
            row += len(table.rows) + 1
            if table.totals:
                self._totals(sheet, table, row)
                row += 1
        if table.remark:
            self._cell(sheet, row, 0, table.remark, "remark")
            row += 1
        return row

    def _value(self, sheet: Page, row: int, place: int, cell: Cell, column: Column, unit: str) -> None:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            shown = self.scale.number_format(unit, float(cell))
            if column.difference:
                more, less = (address(row, other, fixed="") for other in column.difference)
                self._formula(sheet, (row, place), f"{more}-{less}", ("number", shown), float(cell))
            elif column.product_of:
                one, other = (address(row, place, fixed="") for place in column.product_of)
                self._formula(sheet, (row, place), f"{one}*{other}", ("number", shown), float(cell))
            elif column.room_of:
                least, there, most = (address(row, other, fixed="") for other in column.room_of)
                room = f"IF(ISNUMBER({least}),{there}-{least},{most}-{there})"
                self._formula(sheet, (row, place), room, ("number", shown), float(cell))
            elif column.sum_of:
                first, last = (address(row, column.sum_of[end], fixed="") for end in (0, -1))
                self._formula(sheet, (row, place), f"SUM({first}:{last})", ("number", shown), float(cell))
            else:
                self.book.put(sheet, row, place, float(cell), "number", shown)
            return
        shown = self._unit_words(str(cell)) if column.unit == "unit" and cell else "–" if cell is None else str(cell)
        if cell is None and column.unit not in ("text", "unit"):
            self._cell(sheet, row, place, shown, "nothing")
            return
        kind = "long text" if letters_wide(shown) > self.widths[place] else "text"
        kind = cell.colour if isinstance(cell, Flag) else kind
        self._cell(sheet, row, place, shown, "unit" if column.unit == "unit" else kind)

    def _totals(self, sheet: Page, table: Table, row: int) -> None:
        for place, cell in enumerate(total_row(table)):
            if place in table.totals:
                first, last = (address(row - back, place, fixed="") for back in (len(table.rows), 1))
                unit = table.columns[place].unit
                shown = self.scale.number_format(self.scale.currency if unit in ("money", "number") else unit)
                self._formula(sheet, (row, place), f"SUM({first}:{last})", ("total", shown), float(cell or 0.0))
            else:
                self._cell(sheet, row, place, self.speaker.say(str(cell)), "total")

    def _chart(self, sheet: Page, name: str, chart: Chart, table: Table, header: int, row: int) -> None:
        if not table.rows:
            return
        kind = "scatter" if chart.kind == "scatter" else "column"
        drawn: Any = self.book.add_chart(
            {"type": kind, "subtype": "stacked"} if chart.kind == "stacked" else {"type": kind}
        )
        drawn.set_title({"name": chart.title, "name_font": {"size": 11}, "overlay": False})
        drawn.set_x_axis({"name": chart.horizontal, "num_font": {"size": 8}, "label_position": "low"})
        vertical, number_format = self._unit_words(chart.vertical), self.scale.axis_format(chart.vertical)
        drawn.set_y_axis({"name": vertical, "num_format": number_format, "num_font": {"size": 8}})
        drawn.set_legend({"position": "bottom", "font": {"size": 8}})
        drawn.set_size({"width": 900, "height": 330})
        last_row = header + len(table.rows)
        ranges = [
            ((header, one), (header + 1, chart.first, last_row, chart.first), (header + 1, one, last_row, one))
            for one in chart.series
        ]
        if chart.across:
            first, last = chart.series[0], chart.series[-1]
            ranges = [
                ((row, chart.first), (header, first, header, last), (row, first, row, last))
                for row in range(header + 1, last_row + 1)
            ]
        for number, (titled, categories, values) in enumerate(ranges):
            colour = COLOURS[number % len(COLOURS)]
            line: dict[str, Any] = {
                "name": [name, *titled],
                "categories": [name, *categories],
                "values": [name, *values],
                "fill": {"color": colour},
            }
            if kind == "scatter":
                line["marker"] = {"type": "circle", "size": 6, "fill": line["fill"], "border": {"color": colour}}
            drawn.add_series(line)
        self.book.place_chart(sheet, row, drawn, chart.words)

    def _cell(self, sheet: Page, row: int, column: int, text: str, kind: str) -> None:
        if text:
            self.book.put(sheet, row, column, text, kind, "@")

    def _formula(self, sheet: Page, at: tuple[int, int], text: str, look: tuple[str, str], value: float) -> None:
        """A formula in a cell that looks like its kind and number format say."""
        self.book.formula(sheet, *at, text, self.book.look(*look), value)

    def _print(self, sheet: Page, widths: Sequence[int]) -> None:
        """On as few pages beside each other as can be read, with the first column on each."""
        titles, *others = widths
        wide = max(1, math.ceil(sum(others) / (PAGE_WIDTH - titles)))
        if wide > 1:
            sheet.repeat_columns(0, 0)
        sheet.hide_gridlines(2)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(0, 1)
        lay_out(sheet, self.footer, margins=MARGINS, wide=wide)
