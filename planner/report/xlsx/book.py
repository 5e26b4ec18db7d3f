"""The one door to XlsxWriter: a workbook in the making, its looks and its cells; every return code is checked here."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, override

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from planner.report.xlsx.addresses import address

__all__ = ["Book", "Format", "Page"]
CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
"""When every workbook says it was made, so that the same content gives the same bytes."""
MEASURE = {"font_name": "Arial", "font_size": 10, "font_scheme": "none"}
"""The font of the style Normal, in whose digits widths of columns are counted: seven pixels each, as of Calibri, the
usual one. Where Calibri is missing columns come out a sixth wider or more, and print as much smaller; Arial, or one of
its widths, is there wherever a spreadsheet program is."""
DANGEROUS_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that starts so would be taken for a formula when a person edits the cell."""
Content = str | float | datetime.date | None
"""What a cell may hold but for a formula; an empty text is an empty cell."""


class Page(Worksheet):
    """A sheet that takes formulas as they are.

    XlsxWriter looks in every formula for arrays, and for some thirty functions that need a prefix or spill over; of
    ours none is among them, and the look takes longer than all else that is done with a formula here.
    """

    @override
    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    @override
    def _write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: object = 0
    ) -> Literal[0, -1]:
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(self._prepare_formula(formula), cell_format, value)
        return 0


class Book(xlsxwriter.Workbook):
    """A workbook that takes texts as they are, and keeps what it needs on the way beside itself.

    Args:
        path: the file that it becomes.
        base: what all cells share, such as their font.
        kinds: what each kind of cell has beyond that.
        properties: its title and the like.
    """

    def __init__(
        self, path: Path, base: Mapping[str, Any], kinds: Mapping[str, Mapping[str, Any]], **properties: str
    ) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "tmpdir": str(path.parent)}
        super().__init__(str(path), {**options, "default_format_properties": dict(MEASURE)})
        self.set_properties({**properties, "created": CREATED})
        self._base, self._kinds = base, kinds
        self._looks: dict[tuple[str, str, bool, bool], Format] = {}

    def page(self, name: str) -> Page:
        """A new sheet behind the others."""
        page = self.add_worksheet(name, worksheet_class=Page)
        assert isinstance(page, Page)
        return page

    def look(self, kind: str, number_format: str, *, quoted: bool = False, shrunk: bool = False) -> Format:
        """How a kind of cell looks; made once. A shrunk text is printed smaller rather than cut."""
        key = (kind, number_format, quoted, shrunk)
        if key not in self._looks:
            marks = {**({"quote_prefix": True} if quoted else {}), **({"shrink": True} if shrunk else {})}
            self._looks[key] = self.add_format(
                {**self._base, **self._kinds[kind], "num_format": number_format, **marks}
            )
        return self._looks[key]

    def put(
        self, page: Page, row: int, column: int, content: Content, kind: str, shown: str, *, shrunk: bool = False
    ) -> None:
        """Writes one cell, its numbers as ``shown``; texts stay texts, whatever they begin with.

        Raises:
            OSError: the cell was not taken.
        """
        code: int
        if isinstance(content, float | int):
            code = page.write_number(row, column, content, self.look(kind, shown))
        elif content is None or content == "":
            code = page.write_blank(row, column, None, self.look(kind, shown))
        elif isinstance(content, str):
            look = self.look(kind, shown, quoted=content.startswith(DANGEROUS_STARTS), shrunk=shrunk)
            code = page.write_string(row, column, content, look)
        else:
            moment = datetime.datetime.combine(content, datetime.time())
            code = page.write_datetime(row, column, moment, self.look(kind, shown))
        _require_taken(code, page, row, column)

    def formula(self, page: Page, row: int, column: int, text: str, look: Format, value: object) -> None:
        """Writes a formula, without its sign of equality, and the value that is stored beside it; nothing is zero.

        Raises:
            OSError: the cell was not taken.
        """
        code = page.write_formula(row, column, f"={text}", look, 0 if value is None else value)
        _require_taken(code, page, row, column)

    def link(self, page: Page, row: int, column: int, sheet: str, number_format: str = "General") -> None:
        """Writes the name of a sheet, which leads to it.

        Raises:
            OSError: the cell was not taken.
        """
        look = self.look("link", number_format)
        _require_taken(page.write_url(row, column, f"internal:'{sheet}'!A1", look, sheet), page, row, column)

    def place_chart(
        self,
        page: Page,
        row: int,
        chart: Any,  # noqa: ANN401 - untyped library
        words: str,
        column: int = 0,
        **offsets: int,
    ) -> None:
        """Puts a chart on a sheet, with words for those who cannot see it.

        Raises:
            OSError: the chart was not taken.
        """
        code = page.insert_chart(row, column, chart, {"description": words, "object_position": 2, **offsets})
        _require_taken(code, page, row, column)

    def close(self) -> None:
        """Puts everything into the file.

        Raises:
            OSError: the file could not be written.
        """
        try:
            super().close()
        except FileCreateError as error:
            cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error))
            raise cause from error


def _require_taken(code: int, page: Page, row: int, column: int) -> None:
    if code != 0:
        place = f"{page.name}!{address(row, column, fixed='')}"
        raise OSError(f"cell {place} was not taken (code {code}): too long, or too many rows")
