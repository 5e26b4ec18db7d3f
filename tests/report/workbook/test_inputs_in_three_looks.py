"""Inputs that move results, that move checks only, and that only the optimiser reads: each has its look and words."""

from __future__ import annotations

from functools import cache

import pytest

from planner.outcome import Outcome
from planner.planning import plan, read_for_plan
from planner.report.workbook.book import lay_book
from planner.report.workbook.engine.grid import FIRST, NOTE, VALUE, Grid
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.recalculation import recalculated
from planner.report.workbook.front.inputs import CHECKS_ONLY, NOT_LIVE, RESULTS
from planner.report.workbook.front.master_check import PLAN_AGAIN
from tests.places import PROGRAMMES, TINY
from tests.report import programmes
from tests.report.workbook.mutation import Mutable

LOOKS = {"input": "", "input of checks": CHECKS_ONLY, "input to plan": NOT_LIVE}


@cache
def outcome(name: str) -> Outcome:
    return plan(read_for_plan(TINY if name == "tiny" else PROGRAMMES))


def cells_of(ledger: Ledger, path: str) -> dict[int, str]:
    """The look of each cell of an input, by column."""
    sheet, row = ledger.grid.sheets["Inputs"], ledger.grid.line_of(path).row
    last = FIRST + len(ledger.periods)
    looks = {
        column: sheet.cells[row, column].look.kind for column in range(VALUE, last) if (row, column) in sheet.cells
    }
    return {column: look for column, look in looks.items() if look in LOOKS}


@pytest.mark.parametrize("name", ["tiny", "programmes"])
def test_what_moves_checks_only_moves_no_result_and_each_look_has_its_words(name: str) -> None:
    ledger = lay_book(outcome(name))
    grid, book, kinds = ledger.grid, Mutable(ledger.grid), dict[str, int]()
    watched = {grid.line_of(key) for key in RESULTS if key in grid}
    rows = {(place.sheet, place.row) for place in watched}
    for figure in (figure for section in ledger.figures.values() for figure in section):
        looks = cells_of(ledger, figure.path)
        (look,) = set(looks.values())
        kinds[look] = kinds.get(look, 0) + 1
        place = grid.line_of(figure.path)
        assert LOOKS[look] in grid.sheets["Inputs"].text(place.row, NOTE), figure.path
        if look == "input":
            continue
        for change in (0.5, 3.0):
            cells = {place._replace(column=column) for column in looks}
            values = {cell: grid.value(cell) for cell in cells}
            moved = book.moved_by({cell: (float(str(value or 0)) + 1) * change for cell, value in values.items()})
            assert not {(one.sheet, one.row) for one in moved} & rows, figure.path
    assert min(kinds[look] for look in LOOKS) > 5


def test_the_look_of_what_everybody_knows() -> None:
    ledger = lay_book(outcome("tiny"))
    for path, look in (
        ("finance.exchange_rates.USD", "input"),
        ("finance.minimum_cash", "input of checks"),
        ("workloads.rental.amount", "input of checks"),
        ("programmes.grant.order_window.to", "input to plan"),
        ("calendar.start", "input"),
    ):
        assert set(cells_of(ledger, path).values()) == {look}, path


def first_pages(grid: Grid) -> list[object]:
    """Figures of Board page and Summary that a reader takes for the plan's."""
    found = []
    for sheet, labels in (("Summary", ("net present value", "payback", "capital expenditure")),):
        for label in labels:
            row = next(row for (row, at), cell in grid.sheets[sheet].cells.items() if at == 0 and cell.content == label)
            found.append(grid.value(grid.line_of("lowest_cash")._replace(row=row)))
    return found


def test_decisions_that_no_longer_fit_are_told_as_plan_again_and_never_as_a_higher_value() -> None:
    """A shorter lead time would raise the value, while the decisions that were made for it are none of that case."""
    grid = lay_book(programmes.outcome()).grid
    keys: tuple[RowKey, ...] = ("npv", Key("line", "revenue"))
    before = [grid.value_of(key) for key in keys]
    assert PLAN_AGAIN not in first_pages(grid)
    recalculated(grid, {grid.line_of("systems.cube.lead_time.typical"): 7.0})
    assert first_pages(grid) == [PLAN_AGAIN] * 3
    assert before != [None, None]


def test_what_is_bought_adds_up_to_capital_expenditure() -> None:
    for name in ("tiny", "programmes"):
        grid = lay_book(outcome(name)).grid
        sheet = grid.sheets["Summary"]
        top = next(row for (row, at), cell in sheet.cells.items() if at == 0 and cell.content == "What is bought")
        figures, row = [], top + 2
        while (row, 4) in sheet.cells:
            figures.append(float(str(grid.value(grid.line_of("lowest_cash")._replace(row=row, column=4)) or 0)))
            row += 1
        assert sum(figures[:-1]) == pytest.approx(figures[-1], abs=1) and figures[-1] > 0
