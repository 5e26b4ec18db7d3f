"""What a sheet says beside its values: rows and columns that are hidden, and cells that are merged."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.functions import fromstring, iterparse

_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Marks:
    """Marks of one sheet; rows and columns count from 0."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[str, int, int, int, int], ...] = ()
    """Ranges of merged cells: how they are called, first and last row, first and last column."""
    hidden_sheet: bool = False

    def merged_over(self, first_row: int) -> list[tuple[str, int, int]]:
        """Merged ranges that reach into the rows from one on: name, first row in question, first column."""
        return [(name, max(top, first_row), left) for name, top, bottom, left, _ in self.merged if bottom >= first_row]


def marks_of(archive: ZipFile, sheets: tuple[str, ...]) -> dict[str, Marks]:
    """The marks of some sheets of a workbook."""
    parts = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target"))).lstrip("/")
        for relation in _root(archive, "xl/_rels/workbook.xml.rels")
    }
    found: dict[str, Marks] = {}
    for element in _root(archive, "xl/workbook.xml").iter():
        if _tag(element) == "sheet" and element.get("name") in sheets:
            part = parts[element.get(f"{_RELATIONS}id")]
            found[element.get("name")] = _of_sheet(archive, part, element.get("state", "visible") != "visible")
    return found


def sheet_names(archive: ZipFile) -> tuple[str, ...]:
    """What the sheets of a workbook are called."""
    elements = _root(archive, "xl/workbook.xml").iter()
    return tuple(str(element.get("name")) for element in elements if _tag(element) == "sheet")


def _root(archive: ZipFile, name: str) -> Any:  # noqa: ANN401 - an element of one of two XML libraries
    return fromstring(archive.read(name))


def _tag(element: Any) -> str:  # noqa: ANN401
    return str(element.tag).rpartition("}")[2]


def _of_sheet(archive: ZipFile, part: str, hidden_sheet: bool) -> Marks:
    rows: set[int] = set()
    columns: set[int] = set()
    merged: list[tuple[str, int, int, int, int]] = []
    next_row = 0
    with archive.open(part) as file:
        for _, element in iterparse(file):
            tag = _tag(element)
            if tag == "row":
                row = int(element.get("r", next_row + 1)) - 1
                next_row = row + 1
                rows |= {row} if _is_true(element.get("hidden")) else set()
                element.clear()
            elif tag == "col" and _is_true(element.get("hidden")):
                columns |= set(range(int(element.get("min")) - 1, min(int(element.get("max")), 1000)))
            elif tag == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref"))
                merged.append(
                    (element.get("ref"), (top or 1) - 1, (bottom or 1) - 1, (left or 1) - 1, (right or 1) - 1)
                )
    return Marks(frozenset(rows), frozenset(columns), tuple(merged), hidden_sheet)


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")
