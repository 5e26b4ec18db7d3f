"""The plan of doing nothing further, as the sheet Run log keeps it: a row for each row that Decisions would have.

It is read to work out again what a plan adds; nobody is asked to look at it.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from planner.case.case import Case
from planner.case.quantities import shown
from planner.decisions import Decisions
from planner.errors import Fault, InputError
from planner.reading.claims import number, text
from planner.reading.stored_decisions import amount_in, decisions_from
from planner.reading.workbook.keys import Keys, WrongKeyError
from planner.reading.workbook.layout import DOING_NOTHING, NOT_KNOWN, RUN_LOG
from planner.reading.workbook.run_log import VALUE, Line, part_of_book
from planner.reading.xlsx.book import Book
from planner.vocabulary.decisions import STORED, TIMED

_REMEDY = "take an unchanged copy of the workbook, or plan again"


class Nothing(NamedTuple):
    """Doing nothing further, as it is written."""

    decisions: Decisions | None
    """None where it is not known what doing nothing comes to."""
    why_not: str
    label: str
    bound: float


def nothing_of_book(book: Book, case: Case) -> Nothing | None:
    """What a workbook that was opened with its sheet Run log says of doing nothing; None where it says nothing of it.

    Args:
        book: the workbook.
        case: the one of doing nothing, as it was solved.

    Raises:
        InputError: a row is none that the planner wrote.
    """
    lines = part_of_book(book, DOING_NOTHING)
    if not lines:
        return None
    if NOT_KNOWN in lines:
        return Nothing(None, text(lines[NOT_KNOWN].value.value) or "", "", 0.0)
    said = {name: lines.pop(name).value.value if name in lines else None for name in ("label", "bound")}
    keys, faults = Keys(case), list[Fault]()
    found: dict[str, dict[tuple[object, ...], float]] = {kind: {} for kind in STORED}
    for key, line in lines.items():
        try:
            kind, names = keys.read(key)
            found[kind] |= {(*names, t): amount for t, amount in _amounts(keys, kind, line).items()}
        except WrongKeyError as error:
            place = book.place(RUN_LOG, line.row, VALUE)
            faults.append(Fault(place, "", error.found, error.allowed, _REMEDY))
    if faults:
        raise InputError(faults)
    return Nothing(decisions_from(found), "", text(said["label"]) or "", number(said["bound"]) or 0.0)


def _amounts(keys: Keys, kind: str, line: Line) -> dict[int, float]:
    """The amounts of a row by the number of the period.

    Raises:
        WrongKeyError: they are none that the planner wrote.
    """
    if STORED[kind] not in TIMED:
        raise WrongKeyError(f"{kind} is no decision of doing nothing", "a row as the planner wrote it")
    try:
        amounts = json.loads(str(line.value.value))
        said = [
            (keys.parts.periods[label], amount_in(amount, whole=STORED[kind].whole))
            for label, amount in amounts.items()
        ]
    except (ValueError, AttributeError, KeyError, RecursionError) as error:
        raise WrongKeyError(
            f"{shown(line.value.value)} stands", "amounts by period, as the planner wrote them"
        ) from error
    if any(amount is None for _, amount in said):
        raise WrongKeyError(f"{shown(line.value.value)} stands", "amounts by period, as the planner wrote them")
    return {t: amount for t, amount in said if amount is not None}
