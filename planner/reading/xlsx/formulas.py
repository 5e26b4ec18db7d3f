"""The text of each formula of a sheet, also of those that spreadsheet programs store once for many cells."""

from __future__ import annotations

from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import get_column_letter

from planner.reading.xlsx.stored import Raw


class Formulas:
    """The formulas of one sheet, read from its top."""

    def __init__(self) -> None:
        self.first: dict[str, Translator] = {}
        """Formulas that many cells share, by their number."""

    def text_of(self, raw: Raw, row: int, column: int) -> str:
        """The formula of a cell, without its sign of equality; empty where it has none. Rows and columns count from 1.

        Raises:
            KeyError: it shares a formula that no cell before it holds.
        """
        if raw.formula is None:
            return ""
        said = raw.formula_of or {}
        if said.get("t") != "shared":
            return raw.formula
        number, where = said.get("si", ""), f"{get_column_letter(column)}{row}"
        if raw.formula:
            self.first[number] = Translator(f"={raw.formula}", where)
            return raw.formula
        return str(self.first[number].translate_formula(where)).removeprefix("=")
