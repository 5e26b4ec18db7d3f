"""The plan of a workbook: its case as it was solved, and its decisions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.decisions import Decisions
from planner.reading.case.file import Reading
from planner.reading.workbook.decisions import decisions_of_book
from planner.reading.workbook.file import reading_of_book
from planner.reading.workbook.layout import CASE_FILE, DECISIONS, FINGERPRINT_CELL, INPUTS, fingerprint
from planner.reading.xlsx.book import open_book


@dataclass(frozen=True)
class EarlierPlan:
    """A plan that was made before."""

    path: Path
    reading: Reading
    """The case that it was made for."""
    decisions: Decisions
    language: str
    fingerprint: str
    """Of the text of its case and of what it buys: the same whichever version of the planner reads it."""


def earlier_plan(path: Path) -> EarlierPlan:
    """Reads the plan of a plan.xlsx; what was changed on its sheet Inputs since is left aside.

    Raises:
        InputError: the file is no workbook of this program, or a cell is none that the planner wrote.
    """
    book = open_book(path, (CASE_FILE, INPUTS, DECISIONS))
    solved = reading_of_book(book).solved
    decisions = decisions_of_book(book, solved.case)
    stored = book.sheets[CASE_FILE][FINGERPRINT_CELL].value
    bought = [*decisions.order.items(), *decisions.expand.items()]
    lines = sorted(f"{','.join(map(str, key))}: {count}" for key, count in bought)
    return EarlierPlan(path, solved, decisions, book.language, fingerprint([str(stored), *lines]))
