"""Holds the sheets that tell of a plan against those that the planner would write for it, cell by cell."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from planner.case.quantities import shown
from planner.reading.workbook.layout import RUN_LOG
from planner.reading.xlsx.book import EMPTY, Book
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.terms import Place, Term
from planner.report.workbook.front.cover import COVER
from planner.report.workbook.front.summary import SUMMARY
from planner.verification.finished.verdict import alike

FRONT = (COVER.name, SUMMARY.name, RUN_LOG)
"""Sheets that say how good the plan is."""


def differences(ledger: Ledger, book: Book, *, moved: bool) -> Iterator[str]:
    """Every cell of these sheets that the planner would write otherwise.

    Args:
        ledger: the workbook as the planner would write it, with its proof as written.
        book: the workbook, opened with these sheets.
        moved: whether inputs were changed, so that formulas come to other figures.
    """
    for name in FRONT:
        there = book.sheets.get(name)
        if there is None:
            yield f"the sheet {name} is gone"
            continue
        for (row, column), cell in sorted(ledger.grid.sheets[name].cells.items()):
            place, found = Place(name, row, column), there.get((row, column), EMPTY)
            is_formula = isinstance(cell.content, Term)
            if is_formula and (moved or (found.is_formula and found.value is None)):
                continue
            expected = _written(ledger, place)
            if expected in (None, "") or isinstance(found.value, datetime.date):
                continue
            where = book.place(name, row, column)
            if found.is_formula and not is_formula:
                yield f"{where}: a formula stands, {shown(expected)} was written"
            elif not alike(found.value, expected):
                yield f"{where}: {shown(found.value)} stands, {shown(expected)} was written"


def _written(ledger: Ledger, place: Place) -> object:
    """What the planner writes into a cell, or what its formula comes to."""
    content, look = ledger.grid.sheets[place.sheet].cells[place.row, place.column]
    if look.kind == "unit":
        return ledger.scale.shown_unit(look.unit, ledger.grid.sheets[place.sheet].raw)
    if look.kind == "link":
        return ledger.grid.sheet_title(str(content))
    return ledger.grid.value(place)
