"""How a formula writes the address of a cell; rows and columns are counted from 0."""

from __future__ import annotations

from functools import cache


@cache
def column_letters(column: int) -> str:
    """Letters of a column.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int, *, fixed: str = "$") -> str:
    """A cell; fixed in both directions unless told otherwise.

    >>> address(2, 0), address(2, 0, fixed="")
    ('$A$3', 'A3')
    """
    return f"{fixed}{column_letters(column)}{fixed}{row + 1}"
