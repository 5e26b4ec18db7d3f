"""Every cell of Inputs changed by itself: what the workbook comes to, held against the audit of the changed case."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import formualizer
from openpyxl import load_workbook

from planner.audit import audit
from planner.case.calendar import first_day
from planner.case.quantities import Month
from planner.errors import AuditError, InputError
from planner.outcome import Accounts, Outcome
from planner.reading.workbook.decisions import decisions_of_book
from planner.reading.workbook.file import reading_of_book
from planner.reading.workbook.layout import CASE_FILE, DECISIONS, INPUTS
from planner.reading.xlsx.book import Found, open_book
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.functions import serial
from planner.report.workbook.engine.grid import FIRST, NOTE, VALUE
from planner.report.workbook.engine.input_figures import InputFigure
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.verdicts import BROKEN, UNFIT
from planner.report.workbook.front.inputs import NOT_LIVE
from tests.report.workbook.test_recalculation import in_formualizer

Verdict = Literal["agrees", "wary", "not live", "told", "refused", "wrong", "silent"]
"""What a changed cell leads to: the money that the audit of the changed case comes to; the same, though the master
check asks to plan again; money that does not follow, from a cell that says that it is not live, or with a master check
that says that the decisions no longer fit; a value that no case can have. Faults are: other money without a word; a
broken limit, or decisions that the case does not allow, without a word."""
FAULTS = ("wrong", "silent")
RELATIVE, ABSOLUTE = 1e-9, 1.0
"""How far money may differ, as ``plan verify`` allows: a billionth, or one unit of currency."""
OVER_TIME = ("cash", Key("line", "grants"), Key("line", "grants_repaid"))
"""Rows that are compared period by period."""
BY_MONTH = ("cash_after_payments", "cash_at_end")
"""Rows that are compared month by month."""
COUNTED = ("systems", "accelerators", "blocks", "periods")
MONTHS = {
    serial(first_day(month)): month for month in (Month.of(y, m) for y in range(1990, 2130) for m in range(1, 13))
}


@dataclass(frozen=True)
class Cell:
    """One blue cell of Inputs and another value for it."""

    path: str
    row: int
    column: int
    value: float


class Sweep:
    """A finished workbook in another engine, ready for one change after the other."""

    def __init__(self, outcome: Outcome, folder: Path) -> None:
        path = folder / f"{outcome.case.name}.xlsx"
        write_workbook(outcome, path)
        self.ledger = lay_book(outcome)
        self.engine = in_formualizer(load_workbook(path))
        self.book = open_book(path, (CASE_FILE, INPUTS, DECISIONS))
        self.calendar = outcome.case.calendar
        self.decisions = decisions_of_book(self.book, outcome.case)
        grid = self.ledger.grid
        self.rows = [key for key in OVER_TIME if key in grid]
        watched = [grid.line_of("master"), grid.line_of("npv")]
        for key in self.rows:
            watched += [grid.line_of(key)._replace(column=FIRST + t) for t in range(self.calendar.periods)]
        for key in BY_MONTH:
            watched += [grid.line_of(key)._replace(column=FIRST + m) for m in range(len(self.calendar.months))]
        self.watched = [(place.sheet, place.row + 1, place.column + 1) for place in watched]

    def cells(self) -> Iterator[Cell]:
        """Every cell that holds a figure, with each of its other values."""
        for figure in (figure for section in self.ledger.figures.values() for figure in section):
            row = self.ledger.grid.line_of(figure.path).row
            values, first = (figure.value, FIRST) if isinstance(figure.value, tuple) else ((figure.value,), VALUE)
            for t, value in enumerate(values):
                if value is not None:
                    yield from (Cell(figure.path, row, first + t, new) for new in others(figure, value))

    def judge(self, cell: Cell) -> tuple[Verdict, str]:
        """What a changed cell leads to, and what differs or does not hold then."""
        inputs = {**self.book.sheets[INPUTS], (cell.row, cell.column): Found(cell.value)}
        try:
            now = reading_of_book(replace(self.book, sheets={**self.book.sheets, INPUTS: inputs})).now.case
        except InputError as error:
            return "refused", str(error)
        master, *found = self._recalculated(cell)
        is_live = NOT_LIVE not in self.ledger.grid.sheets[INPUTS].text(cell.row, NOTE)
        told: Verdict = "not live" if not is_live else "told"
        warns = master in (BROKEN, UNFIT) or not is_live
        try:
            audited = audit(now, self.decisions)
        except AuditError as error:
            return (told if warns else "silent"), str(error)
        if differs := self._difference(audited.accounts, found):
            return (told if warns else "wrong"), differs
        if audited.broken:
            return (told if warns else "silent"), f"{audited.broken[0].rule}: {audited.broken[0].subject}"
        return ("wary" if master in (BROKEN, UNFIT) else "agrees"), ""

    def _recalculated(self, cell: Cell) -> list[object]:
        before = self.book.sheets[INPUTS][cell.row, cell.column].value
        try:
            self._set(cell, cell.value)
            return list(self.engine.evaluate_cells(self.watched))
        finally:
            self._set(cell, number(before))

    def _set(self, cell: Cell, value: float) -> None:
        self.engine.set_value(INPUTS, cell.row + 1, cell.column + 1, formualizer.LiteralValue.number(value))

    def _difference(self, expected: Accounts, found: list[object]) -> str:
        wanted = {"cash": expected.cash} | {Key("line", line): amounts for line, amounts in expected.lines.items()}
        months = {"cash_after_payments": expected.cash_after_payments, "cash_at_end": expected.cash_at_end}
        amounts = [expected.npv, *(amount for key in self.rows for amount in wanted[key])]
        amounts += [amount for key in BY_MONTH for amount in months[key]]
        if len(amounts) != len(found):
            return "another number of periods"
        names = ["net present value", *(f"{key}, period {t}" for key in self.rows for t in range(len(expected.cash)))]
        names += [f"{key}, month {m}" for key in BY_MONTH for m in range(len(expected.cash_at_end))]
        for name, one, other in zip(names, amounts, found, strict=True):
            if not isinstance(other, int | float) or not math.isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE):
                return f"{name}: {other} in the workbook, {one:,.0f} by the audit"
        return ""


def number(value: object) -> float:
    """What a cell holds as a number; dates as spreadsheet programs count them."""
    if isinstance(value, datetime.datetime):
        return serial(value.date())
    assert isinstance(value, int | float)
    return float(value)


def others(figure: InputFigure, value: float) -> list[float]:
    """Other values that a person might try: near ones and far ones, on either side."""
    if figure.path == "calendar.period":
        return [months for months in (1.0, 3.0, 6.0, 12.0) if months != value]
    if figure.unit == "yes = 1":
        return [1 - value]
    if figure.unit == "date":
        return [serial(first_day(MONTHS[value].plus(step))) for step in (1, -6, 15)]
    if figure.unit == "month of year":
        return [value % 12 + 1, (value + 5) % 12 + 1]
    if figure.unit == "months":
        return [value + 1, value + 18, float(value // 2)] if value else [1.0, 18.0]
    if figure.unit in COUNTED:
        return [value + 1, value + 1000, max(0.0, value - 2)]
    return [value * 1.25, value / 2] if value else [0.1, 1.0]
