"""Which unit a bare number in a cell has, by all that is written around it: header, unit beside it, number format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from planner.case.quantities import shown
from planner.errors import Fault
from planner.reading.cells.formats import Shown, shown_by
from planner.reading.cells.kinds import Kind
from planner.reading.cells.numbers import RefusedCellError
from planner.reading.cells.units import Stated, Unit, allowed_units, same_sign, unit_of, whole_statement
from planner.reading.xlsx.book import Book
from planner.reading.xlsx.stored import Found

_IN_PER_CENT = ("share", "number", "count", "any")
"""Kinds of numbers that are the same number when they are shown in per cent."""
_EXACT = ("unit", "duration")
"""Kinds whose words in the template name one unit and leave nothing open."""
_NO_UNIT = "take the unit out of the number format, and type it behind the figure or into the header"
FORMAT = "its number format"


def unit_in(words: Iterable[str], kind: Kind, own: str, where: str) -> Stated | None:
    """The unit that several remarks beside a figure state together; see ``unit_of``.

    Raises:
        RefusedCellError: one of them states none, or they state two.
    """
    said = [(text, unit_of(text, kind, own, where)) for text in words if text.strip()]
    found = [one for _, one in said if one is not None]
    if not found:
        return None
    others = [text for text, one in said if (kind.shape in _EXACT if one is None else one.unit != found[0].unit)]
    if others:
        raise RefusedCellError(f"{where} says {found[0].words} and {others[0]}", "one unit", "take one of them away")
    return found[0]


def unit_beside(cell: Found, kind: Kind, currency: str, header: Stated | None) -> tuple[Stated | None, Found]:
    """The unit of a bare number, and the cell with the number as it is seen in that unit.

    Args:
        cell: with a number. kind: of the cell. currency: of its row, empty where none is stated.
        header: the unit that its header states.

    Raises:
        RefusedCellError: the number format states a unit that is none here, or another one than the rest.
    """
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return header, cell
    seen = shown_by(cell.shown_as)
    if not any(one.words for one in seen):
        if kind.shape not in _IN_PER_CENT and any(one.percent for one in seen):
            raise RefusedCellError("the figure is shown in per cent", allowed_units(kind, ""), _NO_UNIT)
        return header, cell
    if len(seen) > 1:
        raise RefusedCellError(
            f"the figure is shown with {shown(seen[0].words)} or otherwise, by its size", "", _NO_UNIT
        )
    own = currency or (header.unit.currency if header else "")
    if same_sign(seen[0].words, own[-3:]) and not seen[0].thousands:
        return header, cell
    stated = unit_of(seen[0].words, kind, "", FORMAT)
    _refuse_two(stated, header, currency)
    unit = stated.unit if stated else Unit()
    if seen[0].thousands and not unit.scale and not unit.unit:
        raise RefusedCellError(f"the figure is shown in parts of itself, as {seen[0].words}", "", _NO_UNIT)
    return stated or header, _as_seen(cell, seen[0])


def _refuse_two(stated: Stated | None, header: Stated | None, currency: str) -> None:
    """Refuses a number format that says another unit than the header or the row."""
    if stated is None:
        if header is not None and header.unit.unit:
            raise RefusedCellError(f"{header.where} says {header.words}, and {FORMAT} something else", "", _NO_UNIT)
        return
    if header is not None and header.unit != stated.unit:
        found = f"{header.where} says {header.words}, and {FORMAT} {stated.words}"
        raise RefusedCellError(found, "one unit", "make them the same")
    if stated.unit.currency and currency and not currency.endswith(stated.unit.currency):
        found = f"the row has its amounts in {currency}, and {FORMAT} says {stated.words}"
        raise RefusedCellError(found, "one currency", "make them the same")


def _as_seen(cell: Found, seen: Shown) -> Found:
    """The cell with the number that is seen: a thousandth of it where the format leaves three digits out."""
    if not seen.thousands:
        return cell
    return replace(cell, value=float(Decimal(str(cell.value)).scaleb(-3 * seen.thousands)))


def refuse_statements(book: Book, sheet: str, before: int, faults: list[Fault]) -> None:
    """Refuses texts above row ``before`` of a sheet that state a unit for all figures below."""
    for (row, column), found in book.sheets[sheet].items():
        if row < before and isinstance(found.value, str) and whole_statement(found.value):
            said = f"{shown(found.value)} stands above the figures, where no unit is read"
            remedy = "write the unit into the headers of the columns that it is for, or behind the figures"
            faults.append(Fault(book.place(sheet, row, column), "", said, "units beside figures", remedy))
