"""The sheet Decisions becomes the decisions of a plan again."""

from __future__ import annotations

import math
import re
from typing import Any

from planner.case.calendar import Calendar
from planner.case.quantities import Month, shown
from planner.decisions import Decisions
from planner.errors import Fault, InputError
from planner.reading.workbook_cells import EMPTY, Book
from planner.reading.workbook_layout import DECISIONS, FIRST, FIRST_LINE, LABEL, SUBJECT, VALUE
from planner.vocabulary.decisions import STORED
from planner.vocabulary.keys import Arrival, key_of

_ROWS = {
    "order": re.compile(r"order through (?P<offer>\S+)\|(?P=offer) at (\S+)"),
    "expand": re.compile(r"start blocks of (\S+)\|\1 at \S+"),
    "exit": re.compile(r"exit of (\S+) that arrived (\d{4}-(?:0[1-9]|1[0-2]))(?: through (\S+))?\|\1 at (\S+)"),
    "serve": re.compile(r"serve (\S+)\|(\S+) at (\S+)"),
    "claim": re.compile(r"claim under (\S+)\|(\S+) at (\S+)"),
    "both": re.compile(r"claim under (\S+) and before it under (\S+)\|(\S+) at (\S+)"),
    "leave": re.compile(r"leave with the grant of (\S+), ordered in period (\d+)\|(\S+) at (\S+)"),
    "leave_both": re.compile(
        r"leave with the grants of (\S+) and before it of (\S+), ordered in period (\d+)\|(\S+) at (\S+)"
    ),
    "credit": re.compile(r"use the tax credit of (\S+)\|\1"),
    "draw": re.compile(r"draw on (\S+)\|\1"),
    "repay": re.compile(r"repay (\S+)\|\1"),
}
"""What the label and the subject of a row say, by the kind of decision; names hold no spaces."""
_JOIN = re.compile(r"enter (\S+)\|\1")
_KINDS = {one.kind: one for one in STORED}
LARGEST = 1e30
"""Beyond it is no decision of any plan, and powers of it would be no numbers any more."""


def decisions_of_book(book: Book, calendar: Calendar) -> Decisions:
    """The decisions of a workbook that was opened with its sheet Decisions; ``calendar`` is the one as solved.

    Raises:
        InputError: a row or a cell is none that the planner wrote.
    """
    cells, faults = book.sheets[DECISIONS], list[Fault]()
    found: dict[str, dict[Any, Any]] = {kind: {} for kind in _KINDS}
    for row in sorted({row for row, column in cells if row >= FIRST_LINE and column == SUBJECT}):
        label, subject = (cells.get((row, column), EMPTY).value for column in (LABEL, SUBJECT))
        text = f"{label}|{subject}"
        if match := _JOIN.fullmatch(text):
            found["join"][match[1]] = bool(_number(book, row, VALUE, True, faults))
            continue
        kind, names = _names(text)
        if not kind:
            place = book.place(DECISIONS, row, LABEL)
            faults.append(Fault(place, "", f"{shown(label)} is no decision", "a row that the planner wrote"))
            continue
        one = _KINDS[kind]
        for t in range(calendar.periods):
            if amount := _number(book, row, FIRST + t, one.whole, faults):
                # A tax credit stands in the last period of its fiscal year.
                when = calendar.fiscal_year(calendar.starts[t]) if kind == "credit" else t
                found[kind][key_of(one.key, (*names, when))] = int(amount) if one.whole else amount
    if faults:
        raise InputError(faults)
    return Decisions(**found)


def _names(text: str) -> tuple[str, tuple[object, ...]]:
    """The kind of a row and the names that it is about; no kind where it is none."""
    for kind, pattern in _ROWS.items():
        if match := pattern.fullmatch(text):
            return kind, _key(kind, match.groups())
    return "", ()


def _key(kind: str, names: tuple[str, ...]) -> tuple[object, ...]:
    """The names of a row in the order in which the decisions have them."""
    if kind == "exit":
        system, month, offer, site = names
        return system, site, Arrival(Month.parse(month), offer or "")
    if kind in ("leave", "leave_both"):
        *programmes, number, offer, site = names
        return *programmes, offer, site, int(number) - 1
    return names


def _number(book: Book, row: int, column: int, whole: bool, faults: list[Fault]) -> float:
    value = book.sheets[DECISIONS].get((row, column), EMPTY).value
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not abs(number) < LARGEST or (whole and number != int(number)):
        allowed = "a whole number" if whole else "a number"
        remedy = "take an unchanged copy of the workbook, or plan again"
        faults.append(Fault(book.place(DECISIONS, row, column), "", f"{shown(value)} stands", allowed, remedy))
        return 0.0
    return float(number)
