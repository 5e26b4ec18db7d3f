"""Holds what the rows of the sheet Decisions say, and where they stand, against their keys, which alone are read."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.quantities import shown
from planner.decisions import Decisions
from planner.language import Speaker
from planner.reading.workbook.decisions import decision_rows
from planner.reading.workbook.keys import key_column, key_text
from planner.reading.workbook.layout import DECISIONS, LABEL, SUBJECT
from planner.reading.xlsx.book import EMPTY, Book
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.front.decision_rows import row_words


def other_words(book: Book, case: Case, decisions: Decisions) -> Iterator[str]:
    """Every label or subject that is not that of the key of its row; ``case`` is the one as solved."""
    cells, speaker = book.sheets[DECISIONS], Speaker(book.language)
    for row, kind, names in decision_rows(book, case):
        words = row_words(kind, names, case)
        for column, expected in ((LABEL, words.label), (SUBJECT, words.subject)):
            found = cells.get((row, column), EMPTY)
            if found.is_formula or found.value != speaker.say(expected):
                place = book.place(DECISIONS, row, column)
                key = key_text(kind, names, case.calendar)
                yield f"{place}: {shown(found.value)} stands, but the key {key} means {shown(speaker.say(expected))}"


def moved_rows(book: Book, case: Case, ledger: Ledger) -> Iterator[str]:
    """Every row that stands where the planner writes another: formulas of other sheets take what stands there."""
    column, calendar = key_column(case.calendar), case.calendar
    cells = ledger.grid.sheets[DECISIONS].cells
    laid = sorted((row, str(cell.content)) for (row, at), cell in cells.items() if at == column)
    keys = {key_text(kind, names, calendar): row for row, kind, names in decision_rows(book, case)}
    written = [key for _, key in laid if key in keys]
    there = [key for key in keys if key in set(written)]
    for key, other in zip(there, written, strict=True):
        if key != other:
            place = book.place(DECISIONS, keys[key], column)
            yield f"{place}: the row of {key} stands where that of {other} was written"
