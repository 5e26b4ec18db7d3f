"""What the plan of a workbook had decided, decision by decision, with the cell of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planner.case.case import Case
from planner.reading.stored_decisions import Made
from planner.reading.workbook.decisions import decision_rows, decisions_of_book
from planner.reading.workbook.file import reading_of_book
from planner.reading.workbook.layout import CASE_FILE, DECISIONS, FIRST, INPUTS, VALUE
from planner.reading.xlsx.book import EMPTY, Book, open_book
from planner.vocabulary.decisions import STORED, YEAR


def made_in_workbook(path: Path) -> Iterator[Made]:
    """All that was decided, from top to bottom.

    Raises:
        InputError: the file is no workbook of this program, or a cell is none that the planner wrote.
    """
    book = open_book(path, (CASE_FILE, INPUTS, DECISIONS))
    case = reading_of_book(book).solved.case
    decisions_of_book(book, case)  # refuses what the planner did not write
    yield from _made(book, case)


def _made(book: Book, case: Case) -> Iterator[Made]:
    cells = book.sheets[DECISIONS]
    for row, kind, names in decision_rows(book, case):
        is_timed = bool(STORED[kind].names != STORED[kind].fields)
        if STORED[kind].fields[-1] == YEAR:
            continue
        columns = [(FIRST + t, start) for t, start in enumerate(case.calendar.starts)] if is_timed else [(VALUE, None)]
        for column, month in columns:
            value = cells.get((row, column), EMPTY).value
            if isinstance(value, int | float) and value:
                yield Made(kind, names, month, float(value), book.place(DECISIONS, row, column))
