"""The rows of a sheet of the template become entries: offers, sites, loans, items of a fleet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from planner.case.words import listed
from planner.errors import Fault, Place
from planner.language import english_choice
from planner.reading.cells.headers import Headers
from planner.reading.cells.numbers import RefusedCellError, check_value, cleaned, month_of
from planner.reading.cells.said import unit_in
from planner.reading.cells.units import Stated
from planner.reading.template.scalars import Row, currency_code, is_blank, node_of
from planner.reading.template.tables import AMOUNTS_IN, FROM_MONTH, SOURCE, Column, Table, columns_in, says_example
from planner.reading.tree.nodes import Node, path_text
from planner.reading.xlsx.book import EMPTY, Book
from planner.reading.xlsx.stored import Found

TOTALS = ("total", "totals", "sum", "subtotal", "grand total", "合計", "小計", "総計", "計")
"""What people call rows that add others up."""
METRIC = "metric"
MOST_FAULTS = 100
"""Faults of one sheet after which the rest of it is not looked at."""
Path = tuple[str, ...]
ONE, STEPS = "", "steps"


@dataclass
class Entry:
    """One entry: its rows, and what its cells say."""

    keys: tuple[str, ...]
    place: Place
    number: int = 0
    """Which one it is of the entries with the same keys, from 0; only items of a list have the same."""
    cells: dict[Path, Place] = field(default_factory=dict)
    """Where each field stands or would stand, in the first row."""
    single: dict[Path, Node] = field(default_factory=dict)
    steps: dict[Path, dict[str, Node]] = field(default_factory=dict)
    """By month; a value without a month stands under nothing."""
    is_described: bool = False
    """Whether some row of it is more than a further month."""
    broken: set[Path] = field(default_factory=set)
    """Figures over time with a value that was refused: what is left of them is not looked at."""


class Reader:
    """Reads the rows of one sheet."""

    def __init__(self, book: Book, table: Table, headers: Headers, start: str, faults: list[Fault]) -> None:
        self.book, self.table, self.headers, self.faults = book, table, headers, faults
        self.start = start
        """First month of the plan: from it a value without a month holds where others have one."""
        self.cells = book.sheets[table.sheet]
        self.entries: list[Entry] = []
        self.units = {column.header: self._unit(column) for column in columns_in(table)}
        self.counts: dict[tuple[str, ...], int] = {}
        self.by_keys: dict[tuple[str, ...], Entry] = {}

    def read(self, skipped: frozenset[int]) -> list[Entry]:
        """All entries in the order of their first rows; ``skipped`` are the rows of untouched examples."""
        own = set(self.headers.columns.values())
        rows = sorted({row for row, column in self.cells if row > self.headers.row and column in own} - skipped)
        rows = [row for row in rows if any(not is_blank(self.at(row, column)) for column in own)]
        metrics = self._metrics(rows)
        told = len(self.faults)
        for row in rows:
            if len(self.faults) - told >= MOST_FAULTS:
                break  # whoever has more reads the sheet again anyway
            self._row(row, metrics)
        return self.entries

    def _unit(self, column: Column) -> Stated | None:
        """The unit that a header states, where it is another one than the template has; a fault where it is none."""
        where = f"the header {_short(self._place(self.headers.row, column.header))}"
        try:
            return unit_in(self.headers.remarks.get(column.header, ()), column.kind, column.unit, where)
        except RefusedCellError as refused:
            self.faults.append(Fault(self._place(self.headers.row, column.header), self.table.section, *refused.words))
            return None

    def at(self, row: int, column: int) -> Found:
        """What a cell holds."""
        return self.cells.get((row, column), EMPTY)

    def _place(self, row: int, header: str) -> Place:
        return self.book.place(self.table.sheet, row, self.headers.columns.get(header, 0))

    def _cell(self, row: int, header: str) -> Found:
        column = self.headers.columns.get(header)
        return EMPTY if column is None else self.at(row, column)

    def _row(self, row: int, metrics: Mapping[tuple[str, ...], str]) -> None:
        keys = self._keys(row)
        if keys is None:
            return
        month = self._month(row, keys)
        entry = self._entry(row, keys)
        entry.is_described |= month == ONE
        context = Row(self._currency(row, entry), metrics.get(keys, ""), self.book.epoch, self.book.caption(AMOUNTS_IN))
        for column in self.table.columns:
            cell = self._cell(row, column.header)
            if not is_blank(cell):
                self._take(entry, column, row, month, context)

    def _keys(self, row: int) -> tuple[str, ...] | None:
        """The names in front of a row; None, with a fault, where one of them is missing or wrong."""
        found: list[str] = []
        for key in self.table.keys:
            cell, place = self._cell(row, key.header), self._place(row, key.header)
            text = cleaned(str(cell.value)).casefold() if isinstance(cell.value, str) else ""
            said_key = self.book.caption(key.header)
            try:
                if is_blank(cell) and not cell.is_formula:
                    said = f"the row has figures, but no {said_key}"
                    remedy = f"type the {said_key}, also in rows that add a month; clear the row if it is a total"
                    raise RefusedCellError(said, f"a {said_key}", remedy)
                if text.rstrip(":") in TOTALS:
                    remedy = "remove the row, or put it onto a sheet of your own"
                    raise RefusedCellError(f"{cell.value!r} looks like a row of totals", "rows of entries", remedy)
                if says_example(cell.value):
                    remedy = f"give the row its own {said_key}, or clear the whole row"
                    raise RefusedCellError("the row is still marked as an example, but was changed", "", remedy)
                found.append(
                    str(node_of(cell, key.kind, Row(epoch=self.book.epoch, said=self.units[key.header]), place).value)
                )
            except RefusedCellError as refused:
                self.faults.append(Fault(place, self.table.section, *refused.words))
                return None
        return tuple(found)

    def _entry(self, row: int, keys: tuple[str, ...]) -> Entry:
        entry = None if self.table.of_items else self.by_keys.get(keys)
        if entry is None:
            first = self.table.keys[-1].header if self.table.keys else self.table.columns[0].header
            entry = Entry(keys, self._place(row, first))
            entry.cells = {column.path: self._place(row, column.header) for column in self.table.columns}
            entry.number = self.counts[keys] = self.counts.get(keys, -1) + 1
            self.entries.append(entry)
            self.by_keys[keys] = entry
        return entry

    def _month(self, row: int, keys: tuple[str, ...]) -> str | None:
        """The month from which the values of a row hold; None, with a fault, where it cannot be read."""
        cell = self._cell(row, FROM_MONTH)
        if is_blank(cell):
            return ONE
        try:
            return month_of(cell, self.book.epoch)
        except RefusedCellError as refused:
            self.faults.append(Fault(self._place(row, FROM_MONTH), path_text(self._path(keys)), *refused.words))
            return None

    def _path(self, keys: tuple[str, ...], below: Path = ()) -> Path:
        names = iter(keys)
        steps = tuple(next(names) if step == "*" else step for step in self.table.path if step != "#")
        return (*steps, *below)

    def _currency(self, row: int, entry: Entry) -> str:
        cell = self._cell(row, AMOUNTS_IN)
        if is_blank(cell):
            return ""
        try:
            check_value(cell, "a currency", "choose it from the list")
        except RefusedCellError as refused:
            self.faults.append(Fault(self._place(row, AMOUNTS_IN), path_text(self._path(entry.keys)), *refused.words))
            return ""
        return currency_code(str(cell.value))

    def _source(self, row: int) -> str:
        value = self._cell(row, SOURCE).value
        return "" if value is None else cleaned(str(value))

    def _metrics(self, rows: list[int]) -> dict[tuple[str, ...], str]:
        """What the entries of a sheet count, where they say so: it decides what a bare price is for."""
        found: dict[tuple[str, ...], str] = {}
        choices = next((one.kind.choices for one in self.table.columns if one.header == METRIC), ())
        for row in rows:
            keys = tuple(cleaned(str(self._cell(row, key.header).value)) for key in self.table.keys)
            if metric := cleaned(str(self._cell(row, METRIC).value or "")):
                found[keys] = english_choice(metric, choices)
        return found

    def _take(self, entry: Entry, column: Column, row: int, month: str | None, context: Row) -> None:
        place = self._place(row, column.header)
        number = (str(entry.number),) if self.table.of_items else ()
        path = path_text(self._path(entry.keys, (*number, *column.path)))
        try:
            own = replace(context, said=self.units[column.header])
            node = node_of(self._cell(row, column.header), column.kind, own, place)
            if node.source:
                node.source = "; ".join(text for text in (self._source(row), node.source) if text)
            if not column.kind.by_month:
                self._single(entry, column, node)
                return
            if month is None:
                return  # nobody knows from when it holds, and it is no second value of any month
            steps = entry.steps.setdefault(column.path, {})
            if month in steps:
                said = f"stands twice{f' for {month}' if month else ''}, also in {_short(steps[month].place)}"
                remedy = (
                    f"keep one of them, or give the row another '{self.book.caption(FROM_MONTH)}'"
                    if month
                    else _twice(entry)
                )
                raise RefusedCellError(said, "one value a month", remedy)
            steps[month] = node
        except RefusedCellError as refused:
            entry.broken.add(column.path)
            self.faults.append(Fault(place, path, *refused.words))

    def _single(self, entry: Entry, column: Column, node: Node) -> None:
        """A field that has no steps: a second row may only say the same again."""
        entry.is_described = True
        known = entry.single.setdefault(column.path, node)
        if known is not node and _plain(known) != _plain(node):
            raise RefusedCellError(f"differs from {_short(known.place)}", "one value", _twice(entry))

    def timeline(self, entry: Entry, path: Path) -> Node:
        """A figure by month as the tree of a case file has it."""
        steps = dict(entry.steps[path])
        always = steps.pop(ONE, None)
        if not steps and always is not None:
            return always
        if always is not None and self.start:
            if self.start in steps:
                said = f"{_short(always.place)} and {_short(steps[self.start].place)} both hold from {self.start}"
                field_path = path_text(self._path(entry.keys, path))
                header = self.book.caption(FROM_MONTH)
                remedy = f"a value without '{header}' holds from the start of the plan; clear one of them"
                self.faults.append(Fault(steps[self.start].place, field_path, said, "one value a month", remedy))
            steps.setdefault(self.start, always)
        first = always or next(iter(steps.values()))
        return Node(dict(sorted(steps.items())), first.place)


def _short(place: Place) -> str:
    """A cell without the file, beside another one of the same file."""
    return place.file.rpartition(": ")[2]


def _twice(entry: Entry) -> str:
    """What to do about a second row of the same name."""
    name = listed(entry.keys, "and") if entry.keys else "the entry"
    return f"give one of them another name than {name}; a row that only changes figures over time names its month"


def _plain(node: Node) -> object:
    if isinstance(node.value, list):
        return [item.value for item in node.value]
    return node.value
