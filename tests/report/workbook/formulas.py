"""Reads formulas of a finished workbook the way a reviewer would: functions, numbers, and the form across a row."""

import re

from openpyxl.formula import Tokenizer
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")


def functions(formula: str) -> list[str]:
    """Names of the functions of a formula, in order."""
    return [t.value.rstrip("(") for t in Tokenizer(formula).items if t.type == "FUNC" and t.subtype == "OPEN"]


def constants(formula: str) -> list[float]:
    """Numbers that stand in a formula itself."""
    return [float(t.value) for t in Tokenizer(formula).items if t.type == "OPERAND" and t.subtype == "NUMBER"]


def relative(formula: str, row: int, column: int) -> str:
    """A formula with its references as offsets: the same for all cells that it was copied to."""

    def offset(match: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, number = match.groups()
        across = column_index_from_string(letters)
        down = int(number)
        c = f"C{across}" if fixed_column else f"C[{across - column}]"
        r = f"R{down}" if fixed_row else f"R[{down - row}]"
        return r + c

    parts = []
    for token in Tokenizer(formula).items:
        is_reference = token.type == "OPERAND" and token.subtype == "RANGE"
        parts.append(CELL.sub(offset, token.value) if is_reference else token.value)
    return "".join(parts)


def hidden_columns(sheet: Worksheet) -> list[int]:
    """Columns that nobody sees, counted from 1."""
    ranges = [range(one.min, one.max + 1) for one in sheet.column_dimensions.values() if one.hidden]
    return [column for columns in ranges for column in columns]
