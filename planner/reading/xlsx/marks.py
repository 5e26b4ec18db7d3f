"""What a sheet says beside its values: rows and columns that nobody sees, and cells that are merged."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from openpyxl.utils.cell import range_boundaries

from planner.reading.xlsx.xml import Attributes

LEAST_HEIGHT = 3.0
"""Points under which nobody sees what stands in a row: a millimetre."""
LEAST_WIDTH = 0.5
"""Letters under which nobody sees what stands in a column."""


@dataclass(frozen=True)
class Marks:
    """Marks of one sheet; rows and columns count from 0."""

    hidden_rows: frozenset[int] = frozenset()
    """Rows that are hidden, or so low that they are as good as that."""
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[str, int, int, int, int], ...] = ()
    """Ranges of merged cells: how they are called, first and last row, first and last column."""
    hidden_sheet: bool = False

    def merged_over(self, first_row: int) -> list[tuple[str, int, int]]:
        """Merged ranges that reach into the rows from one on: name, first row in question, first column."""
        return [(name, max(top, first_row), left) for name, top, bottom, left, _ in self.merged if bottom >= first_row]

    def hides(self, row: int, column: int) -> str:
        """Why nobody sees a cell; empty where it is in sight."""
        if self.hidden_sheet:
            return "the sheet is hidden"
        if row in self.hidden_rows or column in self.hidden_columns:
            return "its row or its column is hidden"
        for name, top, bottom, left, right in self.merged:
            if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
                return f"{name} is merged over it"
        return ""


class MarksReader:
    """Collects the marks of one sheet while it is read; here rows and columns count from 1."""

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self.columns: list[tuple[int, int]] = []
        self.in_sight: list[tuple[int, int]] = []
        self.merged: list[tuple[str, int, int, int, int]] = []
        self.low_rows = self.narrow_columns = False
        self.last_column = 0

    def defaults(self, attributes: Attributes) -> None:
        """What rows and columns are that say nothing themselves."""
        self.low_rows = _is_true(attributes, "zeroHeight") or _is_less(attributes, "defaultRowHeight", LEAST_HEIGHT)
        self.narrow_columns = _is_less(attributes, "defaultColWidth", LEAST_WIDTH)

    def row(self, number: int, attributes: Attributes) -> None:
        """Notes whether a row is hidden."""
        low = _is_less(attributes, "ht", LEAST_HEIGHT) if "ht" in attributes else self.low_rows
        if low or _is_true(attributes, "hidden"):
            self.rows.add(number - 1)

    def column(self, attributes: Attributes) -> None:
        """Notes whether a range of columns is hidden.

        Raises:
            ValueError: the range is none, or stands twice.
        """
        first, last = int(attributes["min"]), int(attributes["max"])
        if not self.last_column < first <= last:
            raise ValueError(f"column {first} stands twice or out of its order")
        self.last_column = last
        narrow = _is_less(attributes, "width", LEAST_WIDTH) if "width" in attributes else self.narrow_columns
        hidden = narrow or _is_true(attributes, "hidden")
        (self.columns if hidden else self.in_sight).append((first - 1, last - 1))

    def merge(self, reference: str) -> None:
        """Notes a range of merged cells.

        Raises:
            ValueError: it is no range.
        """
        left, top, right, bottom = (number or 1 for number in range_boundaries(reference))
        self.merged.append((reference, top - 1, bottom - 1, left - 1, right - 1))

    def marks(self, used: Collection[int], *, hidden_sheet: bool) -> Marks:
        """The marks of the sheet; of its columns those that hold something."""
        hidden = {column for column in used if any(first <= column <= last for first, last in self.columns)}
        if self.narrow_columns:
            hidden |= {c for c in used if not any(first <= c <= last for first, last in self.in_sight)}
        return Marks(frozenset(self.rows), frozenset(hidden), tuple(self.merged), hidden_sheet)


def _is_true(attributes: Attributes, name: str) -> bool:
    return attributes.get(name) in ("1", "true")


def _is_less(attributes: Attributes, name: str, least: float) -> bool:
    """Whether a measure is stated and too small."""
    return name in attributes and not float(attributes[name]) >= least
