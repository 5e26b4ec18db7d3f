"""Whether the sheet Inputs is still the one that the planner wrote, but for the figures that were changed on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from planner.case.case import Case
from planner.errors import Fault, InputError
from planner.language import Speaker
from planner.reading.cells.numbers import RefusedCellError
from planner.reading.workbook.layout import (
    AS_SOLVED_HEADING,
    CASE_FILE,
    FIGURES_CELL,
    FIRST_LINE,
    INPUTS,
    LABEL,
    SUBJECT,
    fingerprint,
)
from planner.reading.workbook.values import refuse_another_solved_value, step_before, written_at
from planner.reading.xlsx.book import EMPTY, Book
from planner.reading.xlsx.stored import Found

_UNCHANGED = "take an unchanged copy of the workbook"


def as_solved_row(book: Book, rows: Iterable[int]) -> int | None:
    """The first of some rows that holds the heading over the figures as solved, in the language of the workbook."""
    heading = Speaker(book.language).say(AS_SOLVED_HEADING)
    return next((row for row in rows if _at(book, row, LABEL).value == heading), None)


def refuse_moved_rows(book: Book, rows: list[int]) -> None:
    """Refuses a sheet on which the row of a figure is gone or stands twice: a change in it would be lost.

    Raises:
        InputError: the paths on the sheet are not those that the planner wrote.
    """
    cells = book.sheets[INPUTS]
    heading = as_solved_row(book, rows)
    live = [row for row in rows if heading is None or row < heading]
    subjects = [(str(cells[row, SUBJECT].value), row) for row in live if (row, SUBJECT) in cells]
    stored = book.sheets[CASE_FILE].get(FIGURES_CELL, EMPTY).value
    if stored == fingerprint(sorted(path for path, _ in subjects)):
        return
    paths = [path for path, _ in subjects]
    twice = next(((path, row) for n, (path, row) in enumerate(subjects) if path in paths[:n]), None)
    place = book.place(INPUTS, twice[1] if twice else FIRST_LINE, SUBJECT)
    found = f"the row of {twice[0]} stands twice" if twice else "rows or columns of figures are gone or have moved"
    remedy = "undo it, or take an unchanged copy; entries are added and removed in a case file, see `plan export`"
    raise InputError([Fault(place, "", found, "each figure in the row in which the planner wrote it", remedy)])


class SolvedValues:
    """Holds the cells under As solved against the case that the plan was made for."""

    def __init__(self, book: Book, case: Case, written: Any, faults: list[Fault]) -> None:  # noqa: ANN401 - plain fields
        self.book, self.case, self.written, self.faults = book, case, written, faults

    def stands(self, path: str, row: int, column: int, period: int | None = None) -> bool:
        """Whether a cell still says what the case says; a fault where it does not."""
        if path.startswith("constants."):
            return True
        cell = _at(self.book, row, column)
        try:
            old = old_value(self.written, path)
            if isinstance(old, dict) != (period is not None):
                raise RefusedCellError("the row of this figure was moved or renamed", "its row as written", _UNCHANGED)
            if isinstance(old, dict) and period is not None:
                step = step_before(old, str(self.case.calendar.starts[period]))
                if step is None and cell.value is None:
                    return True
                old = old.get(step)
            refuse_another_solved_value(path, old, cell, self.book.epoch)
        except RefusedCellError as refused:
            self.faults.append(Fault(self.book.place(INPUTS, row, column), path, *refused.words))
            return False
        return True


def old_value(written: Any, path: str) -> object:  # noqa: ANN401
    """What the case says at a path.

    Raises:
        RefusedCellError: it says nothing there.
    """
    try:
        return written_at(written, path)
    except (KeyError, IndexError, ValueError) as error:
        raise RefusedCellError("the case has no such figure", "a row that the planner wrote", _UNCHANGED) from error


def _at(book: Book, row: int, column: int) -> Found:
    return book.sheets[INPUTS].get((row, column), EMPTY)
