"""Which column of a sheet holds which field: found by its header, wherever it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planner.case.words import listed, spelling_hint
from planner.errors import Fault
from planner.language import english_caption
from planner.reading.cells.numbers import cleaned
from planner.reading.cells.units import whole_statement
from planner.reading.xlsx.book import EMPTY, Book, Cells

DEEPEST_HEADER = 30
"""Rows from the top among which the headers are looked for."""
NOTES = ("note", "notes", "remark", "remarks", "comment", "comments", "備考", "メモ")
"""Headers of columns that a person adds for words of their own."""


@dataclass
class Headers:
    """The columns of one sheet, counted from 0."""

    row: int
    columns: dict[str, int] = field(default_factory=dict)
    """Column by header."""
    remarks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What stands behind the name of a header, in brackets or not: its unit."""


def plain_header(value: object) -> str:
    """A header without its unit, its star and what nobody sees, in the words of the English template.

    >>> plain_header("Energy_price [JPY/kWh] *"), plain_header("電力単価 [円/kWh]")
    ('energy price', 'energy price')
    """
    text = cleaned(str(value)).casefold()
    for end in ("[", "*", "("):
        text = text.partition(end)[0]
    return english_caption(" ".join(text.replace("_", " ").split()))


def remarks_of(value: object) -> tuple[str, ...]:
    """What stands behind the name of a header, without brackets and stars; units in the words of the English template.

    >>> remarks_of("lead time *\\n[months]"), remarks_of("price [money] (per GPU)"), remarks_of("pue")
    (('months',), ('money', 'per GPU'), ())
    """
    text = cleaned(str(value))
    start = min((text.find(sign) for sign in "[*(" if sign in text), default=len(text))
    pieces = (piece.strip() for piece in re.split(r"[\[\]()*]", text[start:]))
    return tuple(english_caption(piece) for piece in pieces if piece)


def headers_of(book: Book, sheet: str, known: tuple[str, ...], section: str, faults: list[Fault]) -> Headers | None:
    """The headers of a sheet; None, with a fault, where they cannot be found. ``section`` is the field in messages."""
    cells = book.sheets[sheet]
    row = header_row(cells, known)
    if row is None:
        remedy = "undo the change, or copy the figures into a new template"
        found = "the row of headers is missing"
        faults.append(
            Fault(
                book.place(sheet, 0, 0),
                section,
                found,
                f"a row with {listed([book.caption(name) for name in known[:4]], 'and')}",
                remedy,
            )
        )
        return None
    headers = Headers(row)
    strangers: list[tuple[int, str]] = []
    for column in sorted(column for at, column in cells if at == row):
        name = plain_header(cells[row, column].value)
        if name in headers.columns:
            found = f"column '{book.caption(name)}' stands twice"
            where = book.place(sheet, row, headers.columns[name])
            faults.append(Fault(book.place(sheet, row, column), section, found, f"once, as in {where}", "remove one"))
        elif name in known:
            headers.columns[name] = column
            headers.remarks[name] = remarks_of(cells[row, column].value)
        elif _names_a_unit(name, known):
            found = f"the header '{name}' names a unit without brackets"
            remedy = "write the unit in brackets behind the name, such as 'lead time [weeks]', and once"
            faults.append(Fault(book.place(sheet, row, column), section, found, "headers of the template", remedy))
        elif name not in NOTES:
            strangers.append((column, name))
    strangers += [(column, "") for column in _headless(cells, row)]
    _refuse_renamed(book, sheet, headers, strangers, known, section, faults)
    return headers


def _names_a_unit(name: str, known: tuple[str, ...]) -> bool:
    """Whether a header is one of the template with a unit behind it."""
    tails = (name.removeprefix(header) for header in known if name.startswith(header) and name != header)
    return any(tail[0] in " ,:;-–/" and whole_statement(tail.strip(" ,:;-–")) for tail in tails)


def header_row(cells: Cells, known: tuple[str, ...]) -> int | None:
    """The first row that holds most of the headers; a sheet with one column has to have that one."""
    counts = {
        row: sum(plain_header(cells[row, column].value) in known for at, column in cells if at == row)
        for row in sorted({row for row, _ in cells if row < DEEPEST_HEADER})
    }
    best = max(counts.values(), default=0)
    return (
        next((row for row, count in counts.items() if count == best), None) if best * 2 >= min(len(known), 6) else None
    )


def _headless(cells: Cells, row: int) -> list[int]:
    """Columns with values below the headers, but without one."""
    filled = {column for at, column in cells if at > row}
    return sorted(column for column in filled if cells.get((row, column), EMPTY).value is None)


def _refuse_renamed(
    book: Book,
    sheet: str,
    headers: Headers,
    strangers: list[tuple[int, str]],
    known: tuple[str, ...],
    section: str,
    faults: list[Fault],
) -> None:
    """A column with a header of its own is one for notes, but not where a column of the template is missing."""
    missing = [book.caption(name) for name in known if name not in headers.columns]
    if not missing:
        return
    for column, name in strangers:
        said = f"the header '{name}' is not known" if name else "the column has no header"
        found = f"{said}, and {listed(missing, 'and', 4)} is missing"
        remedy = spelling_hint(name, missing) or "give the column its header back; columns for notes are headed 'notes'"
        faults.append(Fault(book.place(sheet, headers.row, column), section, found, listed(missing), remedy))
