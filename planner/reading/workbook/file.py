"""A workbook in place of a case file: the case that it carries, with what was changed on its sheet Inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from planner.defaults import BASE
from planner.errors import Fault, InputError, Place
from planner.reading.case.file import Reading, reading_of
from planner.reading.case.overrides import applied
from planner.reading.case.per_period import counts_of_another_period
from planner.reading.tree.parse import parse_tree
from planner.reading.workbook.edits import Change, edits_of
from planner.reading.workbook.layout import (
    CASE_FILE,
    FINGERPRINT_CELL,
    FIRST_TEXT_ROW,
    INPUTS,
    LABEL,
    SCENARIO_CELL,
    fingerprint,
)
from planner.reading.xlsx.book import Book, open_book


@dataclass(frozen=True)
class WorkbookReading:
    """A workbook as read: the case as solved, the case as it now stands on Inputs, and what differs."""

    solved: Reading
    now: Reading
    changes: tuple[Change, ...]


def read_workbook(
    path: Path, scenario: str | None = None, overrides: Mapping[str, str] | None = None, *, whole: bool = False
) -> Reading:
    """Reads the case of a workbook as its sheet Inputs now has it; then scenario and overrides, as in ``read_case``.

    Raises:
        InputError: holds every fault, by cell.
    """
    return reading_of_book(open_book(path, (CASE_FILE, INPUTS)), scenario, overrides, whole=whole).now


def reading_of_book(
    book: Book, scenario: str | None = None, overrides: Mapping[str, str] | None = None, *, whole: bool = False
) -> WorkbookReading:
    """The reading of a workbook whose cells are at hand; it needs the sheets Case file and Inputs."""
    root, faults = parse_tree(_text(book), f"{book.path}: {CASE_FILE}")
    cell = book.sheets[CASE_FILE].get(SCENARIO_CELL)
    applies = str(cell.value) if cell is not None and cell.value is not None else BASE
    if applies != BASE and scenario not in (None, applies):
        place = book.place(CASE_FILE, *SCENARIO_CELL)
        found = f"the workbook holds the case with scenario '{applies}' in it, and no other"
        raise InputError([Fault(place, "scenario", found, applies, "take the workbook or the case file of the base")])
    solved = _named(reading_of(root, faults, book.path.parent), applies)
    edits = edits_of(book, solved.case, root)
    changed, misplaced = applied(root, edits.overrides)
    misplaced += counts_of_another_period(root, changed)
    asked = None if scenario == applies else scenario
    try:
        now = reading_of(changed, [*edits.faults, *misplaced], book.path.parent, asked, overrides, whole=whole)
    except InputError as error:
        raise InputError([_at_cell(fault, edits.cells) for fault in error.faults]) from error
    now = replace(_named(now, applies) if asked is None else now, language=book.language)
    return WorkbookReading(solved, now, tuple(edits.changes))


def _at_cell(fault: Fault, cells: Mapping[str, Place]) -> Fault:
    """A fault of a figure that was not changed, placed where a person can change it: on Inputs, not on Case file."""
    if not fault.place.file.endswith(f": {CASE_FILE}"):
        return fault
    below = (place for path, place in cells.items() if path.startswith(f"{fault.field}."))
    place = cells.get(fault.field) or cells.get(fault.field.rpartition(".")[0]) or next(below, fault.place)
    return replace(fault, place=place)


def _named(reading: Reading, scenario: str) -> Reading:
    """The reading under the name of the scenario that the workbook stands for; its case has that scenario in it."""
    return reading if scenario == BASE else replace(reading, scenario=scenario)


def _text(book: Book) -> str:
    """The text on Case file, with empty lines in front so that lines are counted as the rows of the sheet.

    Raises:
        InputError: somebody changed the text. It would no longer be what the other sheets show.
    """
    cells = book.sheets[CASE_FILE]
    last = max((row for row, column in cells if column == LABEL), default=-1)
    lines = [_line(book, row) for row in range(FIRST_TEXT_ROW, last + 1)]
    stored = cells.get(FINGERPRINT_CELL)
    if stored is None or stored.value != fingerprint(lines):
        place = book.place(CASE_FILE, FIRST_TEXT_ROW, LABEL)
        remedy = "undo the changes on this sheet; make them on Inputs, or write a case file with `plan export`"
        raise InputError([Fault(place, "", "the text of the case was changed by hand", "the text as written", remedy)])
    return "\n" * FIRST_TEXT_ROW + "\n".join(lines) + "\n"


def _line(book: Book, row: int) -> str:
    cell = book.sheets[CASE_FILE].get((row, LABEL))
    return "" if cell is None else str(cell.value)
