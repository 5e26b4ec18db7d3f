"""The sheet Decisions becomes the decisions of a plan again: what a row is, its key says; labels are not read."""

from __future__ import annotations

from typing import NamedTuple

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.quantities import shown
from planner.decisions import Decisions
from planner.errors import Fault, InputError
from planner.reading.stored_decisions import amount_in, decisions_from
from planner.reading.workbook.keys import Keys, Names, WrongKeyError, key_column
from planner.reading.workbook.layout import DECISIONS, FIRST, FIRST_LINE, SUBJECT, VALUE
from planner.reading.xlsx.book import EMPTY, Book
from planner.vocabulary.decisions import STORED, YEAR
from planner.vocabulary.keys import FiscalYear

_REMEDY = "take an unchanged copy of the workbook, or plan again"


class Row(NamedTuple):
    """A row of the sheet; rows count from 0."""

    row: int
    kind: str
    names: Names


def decisions_of_book(book: Book, case: Case) -> Decisions:
    """The decisions of a workbook that was opened with its sheet Decisions; ``case`` is the one as solved.

    Raises:
        InputError: a key or an amount is none that the planner wrote, or an earlier version wrote the sheet.
    """
    faults: list[Fault] = []
    found: dict[str, dict[tuple[object, ...], float]] = {kind: {} for kind in STORED}
    for row, kind, names in _rows(book, case, faults):
        if kind == "join":
            found[kind][names] = _amount(book, row, VALUE, True, faults)
            continue
        for t in range(case.calendar.periods):
            if amount := _amount(book, row, FIRST + t, STORED[kind].whole, faults):
                found[kind][*names, _time(kind, t, case.calendar)] = amount
    if faults:
        raise InputError(faults)
    return decisions_from(found)


def decision_rows(book: Book, case: Case) -> list[Row]:
    """The rows of the sheet by their keys, from top to bottom.

    Raises:
        InputError: as for ``decisions_of_book``.
    """
    faults: list[Fault] = []
    rows = _rows(book, case, faults)
    if faults:
        raise InputError(faults)
    return rows


def _rows(book: Book, case: Case, faults: list[Fault]) -> list[Row]:
    cells, column = book.sheets[DECISIONS], key_column(case.calendar)
    used = sorted({row for row, at in cells if row >= FIRST_LINE and (at == SUBJECT or VALUE <= at <= column)})
    if used and not any((row, column) in cells for row in used):
        raise InputError([_without_keys(book, used[0], column)])
    keys, found = Keys(case), dict[tuple[str, Names], int]()
    for row in used:
        place, cell = book.place(DECISIONS, row, column), cells.get((row, column), EMPTY)
        try:
            if cell.value is None or cell.is_formula:
                words = "a formula stands for the key of this row" if cell.is_formula else "the key of this row is gone"
                raise WrongKeyError(words, "the key as the planner wrote it")
            key = keys.read(cell.value)
            if key in found:
                first = book.place(DECISIONS, found[key], column).file.rpartition("!")[2]
                raise WrongKeyError(f"the key {cell.value} stands twice: in {first} as well", "every key once")
            found[key] = row
        except WrongKeyError as error:
            faults.append(Fault(place, "", error.found, error.allowed, _REMEDY))
    return [Row(row, *key) for key, row in found.items()]


def _without_keys(book: Book, row: int, column: int) -> Fault:
    found = "no row has a key: an earlier version of the planner wrote this workbook, or its hidden column was deleted"
    remedy = (
        f"plan its case again: plan export {book.path} --output case.yaml, then plan case.yaml; its sheets Inputs and "
        "Case file are read as ever"
    )
    return Fault(book.place(DECISIONS, row, column), "", found, "a key in each row, in a hidden column", remedy)


def _amount(book: Book, row: int, column: int, whole: bool, faults: list[Fault]) -> float:
    value = book.sheets[DECISIONS].get((row, column), EMPTY).value
    amount = amount_in(value, whole=whole)
    if amount is None:
        allowed = "a whole number" if whole else "a number"
        faults.append(Fault(book.place(DECISIONS, row, column), "", f"{shown(value)} stands", allowed, _REMEDY))
    return amount or 0.0


def _time(kind: str, t: int, calendar: Calendar) -> int | FiscalYear:
    """The last part of a key: the period, or of a tax credit the fiscal year in whose last period it stands."""
    return calendar.fiscal_year(calendar.starts[t]) if STORED[kind].fields[-1] == YEAR else t
