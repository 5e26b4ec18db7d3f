"""The sheet Case of the template: one figure a row, and a further row for each month from which it is another one."""

from __future__ import annotations

from planner.case.quantities import LONGEST_TEXT
from planner.case.words import listed, spelling_hint
from planner.errors import Fault, Place
from planner.language import english_caption
from planner.reading.cells.headers import headers_of, plain_header, remarks_of
from planner.reading.cells.numbers import RefusedCellError, cleaned, month_of
from planner.reading.cells.said import refuse_statements, unit_in
from planner.reading.cells.units import Stated
from planner.reading.template.scalars import Row, currency_code, is_blank, node_of, put_value, with_required_groups
from planner.reading.template.tables import CASE, FIELD, FROM_MONTH, RESULTS, SOURCE, UNIT, VALUE, Column, Table
from planner.reading.tree.nodes import Node, path_text
from planner.reading.xlsx.book import EMPTY, Book
from planner.reading.xlsx.stored import Found

HEADERS = (FIELD, VALUE, FROM_MONTH, SOURCE)
CURRENCY = ("finance", "currency")
START = ("calendar", "start")


def read_case_sheet(book: Book, table: Table, root: Node, cells: dict[str, Place], faults: list[Fault]) -> None:
    """Puts the figures of the sheet into the tree; ``cells`` gets where each field stands."""
    headers = headers_of(book, CASE, HEADERS, "", faults)
    if headers is not None and {FIELD, VALUE} <= set(headers.columns):
        refuse_statements(book, CASE, headers.row, faults)
        for header in (VALUE, FROM_MONTH):
            if headers.remarks.get(header):
                place = book.place(CASE, headers.row, headers.columns[header])
                found = f"the header says {headers.remarks[header][0]}, and figures of many kinds stand below"
                faults.append(Fault(place, "", found, "the unit of each figure beside it", "take it away"))
        _Sheet(book, table, headers.columns, headers.row, root, cells, faults).read()


class _Sheet:
    def __init__(
        self,
        book: Book,
        table: Table,
        columns: dict[str, int],
        top: int,
        root: Node,
        cells: dict[str, Place],
        faults: list[Fault],
    ) -> None:
        self.book, self.table, self.columns, self.top = book, table, columns, top
        self.root, self.places, self.faults = root, cells, faults
        self.cells = book.sheets[CASE]
        self.known = {column.header: column for column in table.columns}
        heads = {plain_header(found.value): at for (row, at), found in self.cells.items() if row == top}
        self.units = heads.get(UNIT)
        self.steps: dict[tuple[str, ...], dict[str, Node]] = {}
        self.broken: set[tuple[str, ...]] = set()

    def read(self) -> None:
        rows = sorted({row for row, column in self.cells if row > self.top and column == self.columns[FIELD]})
        with_required_groups(self.root, self.table)
        by_field = [(row, self.known.get(plain_header(self._at(row, FIELD).value))) for row in rows]
        currency = next((self._words(row) for row, column in by_field if column and column.path == CURRENCY), "")
        for row, column in by_field:
            if column is None:
                self._refuse_stranger(row)
            else:
                said = self._unit(row, column)
                self._row(row, column, Row(currency_code(currency), epoch=self.book.epoch, said=said))
        self._refuse_headless(set(rows))
        start = self.root.text_at(START)
        for path, steps in self.steps.items():
            if path in self.broken:
                continue  # what is left of it is not looked at
            if start and "" in steps and start in steps:  # a start that cannot be read is no month of anything
                found = f"{steps[''].place} holds from {start} as well"
                header = self.book.caption(FROM_MONTH)
                remedy = f"a value without '{header}' holds from the start of the plan; clear one of them"
                self.faults.append(Fault(steps[start].place, path_text(path), found, "one value a month", remedy))
            put_value(self.root, path, _timeline(steps, start))

    def _unit(self, row: int, column: Column) -> Stated | None:
        """The unit that stands beside a figure, in its label or under 'unit', where it is another one than usual."""
        own = RESULTS if column.kind.shape == "money" else column.unit
        beside = self.cells.get((row, self.units), EMPTY).value if self.units is not None else None
        remarks = (
            *remarks_of(self._at(row, FIELD).value),
            *((english_caption(cleaned(str(beside))),) if beside is not None else ()),
        )
        try:
            return unit_in(remarks, column.kind, own, "the text beside it")
        except RefusedCellError as refused:
            column_of_unit = self.units if beside is not None and self.units is not None else self.columns[FIELD]
            place = self.book.place(CASE, row, column_of_unit)
            self.faults.append(Fault(place, path_text(column.path), *refused.words))
            return None

    def _at(self, row: int, header: str) -> Found:
        column = self.columns.get(header)
        return EMPTY if column is None else self.cells.get((row, column), EMPTY)

    def _words(self, row: int) -> str:
        return cleaned(str(self._at(row, VALUE).value or ""))

    def _place(self, row: int, header: str = VALUE) -> Place:
        return self.book.place(CASE, row, self.columns.get(header, 0))

    def _row(self, row: int, column: Column, context: Row) -> None:
        path, place = path_text(column.path), self._place(row)
        self.places.setdefault(path, place)
        cell = self._at(row, VALUE)
        if is_blank(cell):
            return
        try:
            month = "" if is_blank(self._at(row, FROM_MONTH)) else self._month(row, column)
            node = node_of(cell, column.kind, context, place)
            source = self._at(row, SOURCE).value
            node.source = "; ".join(text for text in (cleaned(str(source or "")), node.source) if text)
            if len(node.source) > LONGEST_TEXT:
                found = f"its source has {len(node.source):,} letters"
                raise RefusedCellError(found, f"at most {LONGEST_TEXT:,} letters", "shorten the source")
            known = self.steps.get(column.path, {})
            if month in known:
                said = f"'{self.book.caption(column.header)}' stands twice, also in {known[month].place}"
                raise RefusedCellError(said, "one row a field", "remove one of the rows, or give it another month")
            self.steps.setdefault(column.path, {})[month] = node
            if not month and not column.kind.by_month:
                put_value(self.root, column.path, node)
        except RefusedCellError as refused:
            self.broken.add(column.path)
            self.faults.append(Fault(place, path, *refused.words))

    def _month(self, row: int, column: Column) -> str:
        if not column.kind.by_month:
            found = f"'{self.book.caption(column.header)}' cannot change over time"
            raise RefusedCellError(found, "one value", f"clear '{self.book.caption(FROM_MONTH)}'")
        return month_of(self._at(row, FROM_MONTH), self.book.epoch)

    def _refuse_stranger(self, row: int) -> None:
        """A label that is no field is a heading, unless a value stands beside it."""
        if is_blank(self._at(row, VALUE)):
            return
        label = plain_header(self._at(row, FIELD).value)
        known = [self.book.caption(header) for header in self.known]
        remedy = spelling_hint(label, known) or "give the row its label back, or clear its value"
        found = f"there is no field '{label}'"
        self.faults.append(Fault(self._place(row, FIELD), "", found, listed(known), remedy))

    def _refuse_headless(self, rows: set[int]) -> None:
        """A value whose label was cleared would be lost."""
        for row in sorted(
            {row for row, column in self.cells if row > self.top and column == self.columns[VALUE]} - rows
        ):
            if not is_blank(self._at(row, VALUE)):
                remedy = "give the row its label back, or clear the value"
                self.faults.append(
                    Fault(self._place(row), "", "a value without a label", "a field of the case", remedy)
                )


def _timeline(steps: dict[str, Node], start: str) -> Node:
    if list(steps) == [""]:
        return steps[""]
    months = {month or start: node for month, node in steps.items()}
    return Node(dict(sorted(months.items())), next(iter(steps.values())).place)
