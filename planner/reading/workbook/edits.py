"""What finance changed on Inputs: every figure that differs from its value as solved, as a new value of the case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from planner.case.case import Case
from planner.errors import Fault, Place
from planner.reading.case.overrides import Override
from planner.reading.case.per_period import said
from planner.reading.cells.numbers import RefusedCellError, month_of
from planner.reading.tree.nodes import Node, nearest
from planner.reading.workbook.figures import keys_of
from planner.reading.workbook.intact import SolvedValues, as_solved_row, old_value, refuse_moved_rows
from planner.reading.workbook.layout import (
    FIRST,
    FIRST_LINE,
    INPUTS,
    LABEL,
    SOLVED,
    SUBJECT,
    VALUE,
)
from planner.reading.workbook.other_units import OtherUnits
from planner.reading.workbook.values import (
    as_written,
    with_new_periods,
    written_at,
)
from planner.reading.xlsx.book import EMPTY, Book
from planner.reading.xlsx.marks import Marks
from planner.reading.xlsx.stored import Found

SOURCE = "changed on Inputs"
"""The source of a figure that was changed in the workbook."""
_CALENDAR = ("calendar.start", "calendar.period", "calendar.periods")
_BY_MONTH = {
    "finance.funding": "funding",
    "finance.working_capital.opening_receivables": "receivables",
    "finance.working_capital.opening_payables": "payables",
    "finance.working_capital.opening_prepayments": "prepayments",
}
"""Groups of amounts of which each has a month in a cell of its own, and what they are called."""


@dataclass(frozen=True)
class Change:
    """One cell of Inputs that differs from what the plan was made with."""

    path: str
    place: Place
    solved: object
    now: object


@dataclass
class Edits:
    """All changes of a workbook."""

    changes: list[Change] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    cells: dict[str, Place] = field(default_factory=dict)
    """Where each figure stands on Inputs; for a figure over time, its first period."""


def edits_of(book: Book, case: Case, root: Node) -> Edits:
    """The changes on Inputs against the case that the plan was made with; ``root`` is its tree."""
    return _Reader(book, case, root).read()


class _Reader:
    """Goes through Inputs row by row."""

    def __init__(self, book: Book, case: Case, root: Node) -> None:
        self.book, self.case, self.root = book, case, root
        self.cells = book.sheets[INPUTS]
        self.written: Any = said(case, case.model_dump(mode="json", by_alias=True))
        self.edits = Edits()
        self.intact = SolvedValues(book, case, self.written, self.edits.faults)
        self.units = OtherUnits(book, self.written, self.edits.faults)
        self.months: dict[
            str, dict[str, int]
        ] = {}  # rows of months in cells of their own, by group and month as solved

    def read(self) -> Edits:
        rows = sorted({row for row, column in self.cells if row >= FIRST_LINE and column in (LABEL, SUBJECT)})
        refuse_moved_rows(self.book, rows)
        heading = as_solved_row(self.book, rows)
        over_time = {self._subject(row): row for row in rows if heading is not None and row > heading}
        live = {self._subject(row): row for row in rows if heading is None or row < heading}
        for path, row in live.items():
            if not path:
                continue  # a heading, or a line that follows from others
            last = FIRST + self.case.calendar.periods - 1 if path in over_time else VALUE
            self.units.refuse(path, row, self._old(path), last)
            if path in over_time:
                self.units.refuse(path, over_time[path], self._old(path), last)
            self.edits.cells[path] = self.book.place(INPUTS, row, FIRST if path in over_time else VALUE)
            if path in over_time:
                self._timeline(path, row, over_time[path])
            elif (of_month := _own_month(path)) is not None:
                group, month = of_month
                self.months.setdefault(group, {})[month] = row
            else:
                self._figure(path, row)
        for group, rows_of in self.months.items():
            self._by_month(group, rows_of)
        self._refuse_months_that_moved()
        return self.edits

    def _old(self, path: str) -> object:
        """What the case says at a path; of a month in a cell of its own the month, and nothing where there is no such
        figure."""
        if (of_month := _own_month(path)) is not None:
            return of_month[1]
        try:
            return old_value(self.written, path)
        except RefusedCellError:
            return None  # told where the figure is read

    def _at(self, row: int, column: int) -> Found:
        return self.cells.get((row, column), EMPTY)

    def _subject(self, row: int) -> str:
        value = self._at(row, SUBJECT).value
        return value if isinstance(value, str) else ""

    def _differs(self, path: str, row: int, column: int, solved: Found) -> bool:
        """Whether a cell was changed; notes the change. A formula that gives the old value changes nothing."""
        now = self._at(row, column)
        if now.value == solved.value and isinstance(now.value, bool) == isinstance(solved.value, bool):
            return False
        place = self.book.place(INPUTS, row, column)
        if why := self.book.marks.get(INPUTS, Marks()).hides(row, column):
            remedy = "show the row, column or sheet, or unmerge the cells, and look whether the change is meant"
            found = f"a changed figure is hidden: {why}"
            self.edits.faults.append(Fault(place, path, found, "figures in sight", remedy))
        self.edits.changes.append(Change(path, place, solved.value, now.value))
        return True

    def _figure(self, path: str, row: int) -> None:
        """A figure of one cell."""
        if not self.intact.stands(path, row, SOLVED):
            return
        if not self._differs(path, row, VALUE, self._at(row, SOLVED)):
            return
        place = self.book.place(INPUTS, row, VALUE)
        try:
            if path.startswith("constants."):
                remedy = "type the value under As solved again"
                raise RefusedCellError("a definition, which no case can change, was changed", "", remedy)
            value = as_written(path, old_value(self.written, path), self._at(row, VALUE), self.book.epoch)
        except RefusedCellError as refused:
            self.edits.faults.append(Fault(place, path, *refused.words))
            return
        self.edits.overrides.append(Override(path, Node(value, place, SOURCE), path))

    def _timeline(self, path: str, row: int, solved_row: int) -> None:
        """A figure over time: every changed period becomes a step, and the periods behind it keep their value."""
        periods = range(self.case.calendar.periods)
        if {self.intact.stands(path, solved_row, FIRST + t, t) for t in periods} != {True}:
            return
        changed = [t for t in periods if self._differs(path, row, FIRST + t, self._at(solved_row, FIRST + t))]
        if not changed:
            return
        new: dict[int, Any] = {}
        before = len(self.edits.faults)
        for t in changed:
            place = self.book.place(INPUTS, row, FIRST + t)
            try:
                steps = old_value(self.written, path)
                assert isinstance(steps, dict)
                new[t] = as_written(path, next(iter(steps.values())), self._at(row, FIRST + t), self.book.epoch)
                if t + 1 in periods and self._at(row, FIRST + t + 1).value is None:
                    raise RefusedCellError("the period behind it is empty", "figures without a gap", "fill it as well")
            except RefusedCellError as refused:
                self.edits.faults.append(Fault(place, path, *refused.words))
        if len(self.edits.faults) == before:
            self._step(path, row, new)

    def _step(self, path: str, row: int, new: dict[int, Any]) -> None:
        calendar, old = self.case.calendar, written_at(self.written, path)
        steps = with_new_periods(old, [str(month) for month in calendar.starts], str(calendar.end), new)
        here = nearest(self.root, tuple(keys_of(self.written, path)))
        labels = {calendar.label(t): t for t in new}
        nodes: dict[str, Node] = {}
        for month, value in steps.items():
            if month in labels:
                nodes[month] = Node(value, self.book.place(INPUTS, row, FIRST + labels[month]), SOURCE)
            else:
                nodes[month] = here.group.get(month) or Node(value, here.place, SOURCE)
        place = self.book.place(INPUTS, row, FIRST + min(new))
        self.edits.overrides.append(Override(path, Node(nodes, place, here.source), path))

    def _by_month(self, group: str, months: dict[str, int]) -> None:
        """Some months stand in cells of their own: where one moved, the whole list is written anew."""
        entries: dict[str, Node] = {}
        amounts = {override.target: override.value for override in self.edits.overrides}
        moved: Place | None = None
        for month, row in months.items():
            path, place = f"{group}.{month}", self.book.place(INPUTS, row, VALUE)
            known = nearest(self.root, (*group.split("."), month))
            node = amounts.get(path, known)
            if not self._differs(f"{path}.month", row, VALUE, self._at(row, SOLVED)):
                entries.setdefault(month, node)
                continue
            moved = moved or place
            try:
                now = month_of(self._at(row, VALUE), self.book.epoch)
                if now in entries or (now in months and now != month and not self._moves(months[now])):
                    raise RefusedCellError(
                        f"{now} has {_BY_MONTH[group]} already", "one amount a month", "add the amounts up"
                    )
                entries[now] = Node(node.value, place, SOURCE)
            except RefusedCellError as refused:
                self.edits.faults.append(Fault(place, f"{path}.month", *refused.words))
        if moved is not None:
            kept = [one for one in self.edits.overrides if not one.target.startswith(f"{group}.")]
            self.edits.overrides = [*kept, Override(group, Node(entries, moved), group)]

    def _moves(self, row: int) -> bool:
        return self._at(row, VALUE).value != self._at(row, SOLVED).value

    def _refuse_months_that_moved(self) -> None:
        """Cells of periods name no month of their own: with another calendar nobody knows which month is meant."""
        if not any(override.target in _CALENDAR for override in self.edits.overrides):
            return
        for override in self.edits.overrides:
            if override.value.group and override.target not in _BY_MONTH:
                found = "a figure by period and the calendar were changed at once"
                remedy = "change the calendar and plan; then change the figure in the new workbook"
                self.edits.faults.append(Fault(override.value.place, override.target, found, "", remedy))


def _own_month(path: str) -> tuple[str, str] | None:
    """The group and the month of a month that stands in a cell of its own; None of any other figure."""
    group, _, month = path.removesuffix(".month").rpartition(".")
    return (group, month) if path.endswith(".month") and group in _BY_MONTH else None
