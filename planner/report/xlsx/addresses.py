"""How a formula writes the address of a cell; rows and columns are counted from 0."""

from __future__ import annotations

from collections.abc import Collection
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


def blocks(spots: Collection[tuple[int, int]]) -> list[str]:
    """Cells as few areas: runs beside each other in a row, and those of rows below each other put together.

    >>> blocks([(2, 1), (2, 2), (3, 1), (3, 2), (5, 0)])
    ['B3:C4', 'A6:A6']
    """
    runs: dict[tuple[int, int], list[int]] = {}
    row = first = last = -1
    for at, column in [*sorted(spots), (-1, -1)]:
        if at == row and column == last + 1:
            last = column
            continue
        if row >= 0:
            runs.setdefault((first, last), []).append(row)
        row, first, last = at, column, column
    areas = []
    for (left, right), rows in runs.items():
        top = below = rows[0]
        for at in [*rows[1:], -1]:
            if at == below + 1:
                below = at
                continue
            areas.append((top, left, below, right))
            top = below = at
    return [
        f"{address(top, left, fixed='')}:{address(below, right, fixed='')}" for top, left, below, right in sorted(areas)
    ]
