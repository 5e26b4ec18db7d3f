"""A filled template becomes a case: every sheet is read, every fault named by its cell, and all are told at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.case.case import Case
from planner.case.words import listed, nearest_first, spelling_hint
from planner.errors import Fault, InputError, Place
from planner.language import english_caption, english_title
from planner.reading.case.file import Reading, reading_of
from planner.reading.cells.headers import Headers, header_row, headers_of
from planner.reading.cells.numbers import cleaned
from planner.reading.cells.said import refuse_statements
from planner.reading.template.entries import MOST_FAULTS, Entry, Reader
from planner.reading.template.scalars import put_value, with_required_groups
from planner.reading.template.single import HEADERS, read_case_sheet
from planner.reading.template.tables import CASE, LISTS, READ_ME, Table, says_example, tables
from planner.reading.tree.nodes import Node, path_text
from planner.reading.tree.parse import MOST_NODES
from planner.reading.xlsx.archive import refuse
from planner.reading.xlsx.book import EMPTY, Book, open_book
from planner.reading.xlsx.sheet import LAST_ROW

CONTENTS, FINGERPRINT_COLUMN = "sheet", 2
"""On the sheet Read me: the header over the names of the sheets, and the column with the fingerprints of examples."""
_ADD = re.compile(r"add `[^`]+` ?(.*)")
"""How the remedy of a missing field begins; the rest says what the field is."""


@dataclass
class _Draft:
    """The tree as it grows, and where its parts stand."""

    book: Book
    root: Node
    faults: list[Fault] = field(default_factory=list)
    cells: dict[str, Place] = field(default_factory=dict)
    """Where a field stands or would stand, by dotted path."""
    start: str = ""
    currency: str = ""


def read_template(
    path: Path, scenario: str | None = None, overrides: Mapping[str, str] | None = None, *, whole: bool = False
) -> Reading:
    """Reads the case of a filled template; then scenario and overrides, as in ``read_case``.

    Raises:
        InputError: holds every fault, by sheet and cell.
    """
    book = open_book(path, (READ_ME, CASE), optional=tuple(table.sheet for table in tables()[1:]))
    if sum(len(cells) for cells in book.sheets.values()) > MOST_NODES:
        most = f"at most {MOST_NODES:,} cells"
        refuse(path, f"more than {MOST_NODES:,} cells are filled in", most, "is it the right file?")
    draft = _Draft(book, Node({}, book.place(CASE, 0, 0)))
    examples = _examples(book)
    refuse_statements(book, READ_ME, LAST_ROW, draft.faults)
    for table in _promised(draft, examples):
        _refuse_what_nobody_sees(draft, table)
        if table.sheet == CASE:
            read_case_sheet(book, table, draft.root, draft.cells, draft.faults)
            draft.start = draft.root.text_at(("calendar", "start"))
        else:
            _read_table(draft, table, examples.get(table.sheet, ""))
    try:
        return reading_of(draft.root, draft.faults, path.parent, scenario, overrides, whole=whole)
    except InputError as error:
        raise InputError([_at_cell(fault, draft) for fault in error.faults]) from error


def fingerprint_of_row(values: Iterable[object]) -> str:
    """What an example row holds, in a few letters: tells whether somebody changed it."""
    text = "|".join("" if value is None else cleaned(_plain_text(value)) for value in values)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _plain_text(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, int | float) else str(value)


def _examples(book: Book) -> dict[str, str]:
    """The fingerprints of the example rows, by sheet, as the template was written."""
    cells = book.sheets[READ_ME]
    first = {row: str(found.value) for (row, column), found in sorted(cells.items()) if column == 0}
    top = next((row for row, text in first.items() if english_caption(text) == CONTENTS), 0)
    names = {english_title(book.language, text): row for row, text in first.items() if row > top}
    return {
        name: str(cells.get((row, FINGERPRINT_COLUMN), EMPTY).value or "")
        for name, row in names.items()
        if (row, FINGERPRINT_COLUMN) in cells
    }


def _promised(draft: _Draft, listed_sheets: Mapping[str, str]) -> list[Table]:
    """The sheets that the template was written with. One that is gone is refused: it may have been renamed."""
    known = {table.sheet: table for table in tables()}
    book, there = draft.book, draft.book.sheets
    for name in listed_sheets:
        if name in there:
            continue
        strangers = [one for one in book.sheet_names if one not in there and one not in (READ_ME, LISTS)]
        hint = f"was it renamed to {listed(strangers)}? " if strangers else ""
        remedy = f"{hint}give it its name back; an empty sheet says that there are none"
        place = Place(f"{book.path}: {book.title(READ_ME)}")
        section = known[name].section if name in known else name
        draft.faults.append(
            Fault(place, section, f"there is no sheet '{book.title(name)}'", "all sheets of the template", remedy)
        )
    return [table for name, table in known.items() if name in there]


def _refuse_what_nobody_sees(draft: _Draft, table: Table) -> None:
    """Hidden and merged cells: what a person does not see is not what the person planned with."""
    book, sheet = draft.book, table.sheet
    marks, cells = book.marks[sheet], book.sheets[sheet]
    known = HEADERS if table.sheet == CASE else table.headers
    top = header_row(cells, known) or 0
    if marks.hidden_sheet:
        draft.faults.append(
            Fault(Place(f"{book.path}: {book.title(sheet)}"), "", "the sheet is hidden", "", "unhide it")
        )
    filled_rows = {row for row, _ in cells if row >= top}
    for row in sorted(marks.hidden_rows & filled_rows)[:MOST_FAULTS]:
        remedy = "show the row (a filter may hide it), or clear it"
        draft.faults.append(Fault(book.place(sheet, row, 0), "", f"row {row + 1} is hidden", "rows in sight", remedy))
    for column in sorted(marks.hidden_columns & {column for row, column in cells if row >= top})[:MOST_FAULTS]:
        found = f"column {book.place('', 0, column).file.rpartition('!')[2][:-1]} is hidden"
        remedy = "show the column, or clear it"
        draft.faults.append(Fault(book.place(sheet, 0, column), "", found, "columns in sight", remedy))
    for name, row, column in marks.merged_over(top)[:MOST_FAULTS]:
        remedy = "unmerge the cells and fill in each of them"
        draft.faults.append(
            Fault(book.place(sheet, row, column), "", f"{name} is merged", "a cell for each figure", remedy)
        )


def _read_table(draft: _Draft, table: Table, example: str) -> None:
    book, section = draft.book, table.section
    headers = headers_of(book, table.sheet, table.headers, section, draft.faults)
    if headers is None:
        return
    refuse_statements(book, table.sheet, headers.row, draft.faults)
    draft.cells[section] = book.place(table.sheet, headers.row + 1, 0)
    if section in Case.model_fields and Case.model_fields[section].is_required():
        draft.root.group[section] = Node({}, draft.cells[section])  # nothing in it is one fault, and not two
    reader = Reader(book, table, headers, draft.start, draft.faults)
    entries = reader.read(_untouched(book, table, headers, example))
    _refuse_months_of_nothing(draft, table, entries)
    for entry in entries:
        _put(draft, table, reader, entry)


def _untouched(book: Book, table: Table, headers: Headers, example: str) -> frozenset[int]:
    """Example rows that still say what the template said."""
    cells = book.sheets[table.sheet]
    known = set(example.split())
    columns = [headers.columns[name] for name in table.headers if name in headers.columns]
    found = set()
    for row in {row for row, _ in cells if row > headers.row}:
        first = cells.get((row, columns[0]), EMPTY).value
        if says_example(first):
            values = [cells.get((row, column), EMPTY).value for column in columns]
            found |= {row} if fingerprint_of_row(values) in known else set()
    return frozenset(found)


def _put(draft: _Draft, table: Table, reader: Reader, entry: Entry) -> None:
    """Puts an entry where it belongs in the tree."""
    steps = list(table.path[:-1] if table.of_items else table.path)
    names = iter(entry.keys)
    path = tuple(next(names) if step == "*" else step for step in steps)
    parent = _group(draft, table, entry, path[:-1])
    if parent is None:
        return
    value = _entry_node(draft, table, reader, entry)
    if value is None:
        return
    here = path
    if table.of_items:
        items = parent.setdefault(path[-1], Node([], entry.place)).value
        assert isinstance(items, list)
        here = (*path, str(len(items)))
        items.append(value)
    else:
        parent[path[-1]] = value
    draft.cells[path_text(here)] = entry.place
    for column in table.columns:
        draft.cells[path_text((*here, *column.path))] = entry.cells[column.path]


def _refuse_months_of_nothing(draft: _Draft, table: Table, entries: list[Entry]) -> None:
    """Rows that only add months to an entry which no row describes: its name is misspelt here, or in the first row."""
    section = table.section
    if any(fault.field == section for fault in draft.faults):
        return  # a row whose name could not be read may be the first one
    if not any(column.required and not column.kind.by_month for column in table.columns):
        return
    described = {entry.keys[-1]: entry.place for entry in entries if entry.keys and entry.is_described}
    for entry in entries:
        if entry.is_described or not entry.keys:
            continue
        name = entry.keys[-1]
        near = nearest_first(name, described)[:1] if spelling_hint(name, described) else []
        meant = f"did you mean '{near[0]}' of {described[near[0]].file.rpartition('!')[2]}? " if near else ""
        path = path_text((*section.split("."), *entry.keys))
        found = f"no row says what '{name}' is; this one only adds a month"
        remedy = f"{meant}All rows of an entry have one name"
        draft.faults.append(Fault(entry.place, path, found, "a first row with all that must be filled", remedy))


def _group(draft: _Draft, table: Table, entry: Entry, path: tuple[str, ...]) -> dict[str, Node] | None:
    """The group into which an entry goes; None, with a fault, where its parent is on no other sheet."""
    here = draft.root
    for number, key in enumerate(path):
        step = table.path[number]
        if step == "*" and key not in here.group:
            above = next(one for one in tables() if one.path == table.path[: number + 1])
            word = draft.book.caption(table.keys[len([s for s in table.path[:number] if s == "*"])].header)
            names = list(here.group)
            found, hint = f"there is no {word} '{key}'", spelling_hint(key, names)
            remedy = hint or f"add it to the sheet {draft.book.title(above.sheet)}, or clear the row"
            draft.faults.append(Fault(entry.place, path_text((*path[:number], key)), found, listed(names), remedy))
            return None
        here = here.group.setdefault(key, Node({}, entry.place))
    return here.group


def _entry_node(draft: _Draft, table: Table, reader: Reader, entry: Entry) -> Node | None:
    """The tree of one entry; None, with a fault, where it is a single value and that is missing."""
    values = {
        **entry.single,
        **{path: reader.timeline(entry, path) for path in entry.steps if path not in entry.broken},
    }
    if any(not column.path for column in table.columns):
        if () in values:
            return values[()]
        place, path = entry.cells[()], path_text((*table.section.split("."), *entry.keys))
        if not any(fault.place == place for fault in draft.faults):
            header = draft.book.caption(table.columns[0].header)
            draft.faults.append(Fault(place, path, "value missing", "", f"fill in '{header}', or clear the row"))
        return None
    node = Node({}, entry.place)
    with_required_groups(node, table)
    for below, value in values.items():
        put_value(node, below, value)
    return node


def _at_cell(fault: Fault, draft: _Draft) -> Fault:
    """A fault placed at the cell that has to be filled or changed, with a remedy for someone who fills in cells."""
    missing = _ADD.fullmatch(fault.remedy) if fault.found == "value missing" else None
    if missing is None and fault.place != draft.root.place:
        return fault
    remedy = f"fill in the cell: {missing[1].removeprefix('(').removesuffix(')')}" if missing else fault.remedy
    return replace(fault, place=_cell_of(fault.field, draft) or fault.place, remedy=remedy)


def _cell_of(path: str, draft: _Draft) -> Place | None:
    """The cell of a field, or for a group of fields the first of its cells."""
    return draft.cells.get(path) or next(
        (place for name, place in draft.cells.items() if name.startswith(f"{path}.")), None
    )
