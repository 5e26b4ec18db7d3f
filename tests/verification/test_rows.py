"""What a row of Decisions says, and where it stands: nothing of it may differ from its key in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from planner.case.quantities import shown
from planner.explain.prices import with_prices
from planner.language import Speaker
from planner.planning import plan
from planner.reading.budget import read_case
from planner.reading.workbook.decisions import decision_rows
from planner.reading.workbook.keys import key_column
from planner.reading.workbook.layout import DECISIONS, FIRST, LABEL, SUBJECT
from planner.reading.xlsx.book import EMPTY, Book, Found
from planner.report.workbook.book import write_workbook
from planner.report.workbook.engine.ledger import at_site
from planner.verification.finished import opened, verify_book
from planner.vocabulary.message import Message, say
from tests.places import TINY
from tests.verification.spoilt import said

CASE = read_case(TINY).case
KEYS = key_column(CASE.calendar)
OTHER, MOVED = "rows say something else than their keys", "rows were moved"


@pytest.fixture(scope="module", params=["en", "ja"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Book:
    path = tmp_path_factory.mktemp("rows") / "plan.xlsx"
    write_workbook(with_prices(plan(read_case(TINY))), path, request.param)
    return opened(path)


def row_of(book: Book, kind: str) -> int:
    return next(row.row for row in decision_rows(book, CASE) if row.kind == kind)


def with_cells(book: Book, cells: Mapping[tuple[int, int], Found]) -> Book:
    return replace(book, sheets={**book.sheets, DECISIONS: {**book.sheets[DECISIONS], **cells}})


def swapped(book: Book, one: int, other: int, last: int) -> Book:
    """As a spreadsheet program sorts two rows of which the columns up to one were selected."""
    cells = book.sheets[DECISIONS]
    return with_cells(
        book,
        {
            (to, column): cells.get((row, column), EMPTY)
            for row, to in ((one, other), (other, one))
            for column in range(last + 1)
        },
    )


def test_untouched_rows_are_not_spoken_of(book: Book) -> None:
    verdict = verify_book(book)
    assert verdict.holds, said(verdict)
    assert OTHER not in said(verdict) and MOVED not in said(verdict)


@pytest.mark.parametrize(
    ("column", "old"), [(LABEL, say("order through {offer}", offer="maker")), (SUBJECT, at_site("maker", "north"))]
)
@pytest.mark.parametrize("found", [Found("Approved"), Found(None), Found("order through maker", True)])
def test_a_label_that_somebody_edited_is_named(book: Book, column: int, old: Message, found: Found) -> None:
    where = row_of(book, "order"), column
    verdict = verify_book(with_cells(book, {where: found}))
    assert not verdict.holds and not verdict.keeps
    assert OTHER in said(verdict)
    means = Speaker(book.language).say(old)
    assert f"{book.place(DECISIONS, *where)}: {shown(found.value)} stands, but the key " in said(verdict)
    assert f" means '{means}'" in said(verdict)


def test_rows_that_were_sorted_without_their_keys_are_named(book: Book) -> None:
    order, claim = row_of(book, "order"), row_of(book, "claim")
    verdict = verify_book(swapped(book, order, claim, KEYS - 1))
    assert not verdict.holds
    assert OTHER in said(verdict)
    for row in (order, claim):
        assert str(book.place(DECISIONS, row, LABEL)) in said(verdict)


def test_rows_that_were_sorted_with_their_keys_are_named(book: Book) -> None:
    """Every decision is what it was; only the formulas of other sheets would take one for the other."""
    order, claim = row_of(book, "order"), row_of(book, "claim")
    verdict = verify_book(swapped(book, order, claim, KEYS))
    assert not verdict.holds
    assert OTHER not in said(verdict) and MOVED in said(verdict)
    keys = [str(book.sheets[DECISIONS][row, KEYS].value) for row in (order, claim)]
    place = book.place(DECISIONS, order, KEYS)
    assert f"{place}: the row of {keys[1]} stands where that of {keys[0]} was written" in said(verdict)


def test_decisions_that_no_plan_has_are_told_and_no_sheet_is_laid_for_them(book: Book) -> None:
    """Claims on systems that nobody orders any more."""
    row = row_of(book, "order")
    verdict = verify_book(with_cells(book, {(row, FIRST + t): Found(0.0) for t in range(CASE.calendar.periods)}))
    assert not verdict.holds
    assert "broken under the inputs as they now are" in said(verdict)
    assert "the planner writes none for a plan that breaks a limit" in said(verdict)


def test_a_row_that_became_zero_moves_no_other(book: Book) -> None:
    row = row_of(book, "serve")
    verdict = verify_book(with_cells(book, {(row, FIRST + t): Found(0.0) for t in range(CASE.calendar.periods)}))
    assert not verdict.holds
    assert "limits: all" in said(verdict) and "sheets: " in said(verdict)
    assert OTHER not in said(verdict) and MOVED not in said(verdict)
