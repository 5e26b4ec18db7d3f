"""The sheet Decisions becomes the decisions of a plan again."""

from __future__ import annotations

import math
import re

from planner.case.calendar import Calendar
from planner.case.quantities import Month, shown
from planner.decisions import Decisions, cohort_of
from planner.errors import Fault, InputError
from planner.reading.workbook.layout import DECISIONS, FIRST, FIRST_LINE, LABEL, SUBJECT, VALUE
from planner.reading.xlsx.book import EMPTY, Book

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
_NOT_WHOLE = ("serve", "claim", "both", "leave", "leave_both", "credit", "draw", "repay")
"""Decisions that need not be whole numbers."""
LARGEST = 1e30
"""Beyond it is no decision of any plan, and powers of it would be no numbers any more."""


def decisions_of_book(book: Book, calendar: Calendar) -> Decisions:
    """The decisions of a workbook that was opened with its sheet Decisions; ``calendar`` is the one as solved.

    Raises:
        InputError: a row or a cell is none that the planner wrote.
    """
    cells, faults = book.sheets[DECISIONS], list[Fault]()
    found: dict[str, dict[tuple[str | int, ...], float]] = {kind: {} for kind in _ROWS}
    join: dict[str, bool] = {}
    for row in sorted({row for row, column in cells if row >= FIRST_LINE and column == SUBJECT}):
        label, subject = (cells.get((row, column), EMPTY).value for column in (LABEL, SUBJECT))
        text = f"{label}|{subject}"
        if match := _JOIN.fullmatch(text):
            join[match[1]] = bool(_number(book, row, VALUE, True, faults))
            continue
        kind, names = _names(text)
        if not kind:
            place = book.place(DECISIONS, row, LABEL)
            faults.append(Fault(place, "", f"{shown(label)} is no decision", "a row that the planner wrote"))
            continue
        for t in range(calendar.periods):
            if amount := _number(book, row, FIRST + t, kind not in _NOT_WHOLE, faults):
                found[kind][*names, t] = amount
    if faults:
        raise InputError(faults)
    return _decisions(found, join, calendar)


def _names(text: str) -> tuple[str, tuple[str, ...]]:
    """The kind of a row and the names that it is about; no kind where it is none."""
    for kind, pattern in _ROWS.items():
        if match := pattern.fullmatch(text):
            return kind, _key(kind, match.groups())
    return "", ()


def _key(kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a row in the order in which the decisions have them."""
    if kind == "exit":
        system, month, offer, site = names
        return system, site, cohort_of(Month.parse(month), offer or "")
    if kind == "leave":
        programme, number, offer, site = names
        return programme, offer, site, str(int(number) - 1)
    if kind == "leave_both":
        programme, earlier, number, offer, site = names
        return programme, earlier, offer, site, str(int(number) - 1)
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


def _decisions(
    found: dict[str, dict[tuple[str | int, ...], float]], join: dict[str, bool], calendar: Calendar
) -> Decisions:
    """Keys as the decisions have them; a tax credit stands in the last period of its fiscal year."""

    def names(key: tuple[str | int, ...]) -> list[str]:
        return [str(part) for part in key[:-1]]

    def triples(kind: str) -> dict[tuple[str, str, str, int], float]:
        return {(a, b, c, int(key[-1])): x for key, x in found[kind].items() for a, b, c in [names(key)]}

    return Decisions(
        order={(o, d, int(key[-1])): int(x) for key, x in found["order"].items() for o, d in [names(key)]},
        expand={(name, int(key[-1])): int(x) for key, x in found["expand"].items() for (name,) in [names(key)]},
        exit={key: int(x) for key, x in triples("exit").items()},
        serve=triples("serve"),
        claim=triples("claim"),
        join=join,
        draw={(name, int(key[-1])): x for key, x in found["draw"].items() for (name,) in [names(key)]},
        repay={(name, int(key[-1])): x for key, x in found["repay"].items() for (name,) in [names(key)]},
        both={(j, k, i, d, int(key[-1])): x for key, x in found["both"].items() for j, k, i, d in [names(key)]},
        leave={(j, o, d, int(t), int(key[-1])): x for key, x in found["leave"].items() for j, o, d, t in [names(key)]},
        leave_both={
            (j, k, o, d, int(t), int(key[-1])): x
            for key, x in found["leave_both"].items()
            for j, k, o, d, t in [names(key)]
        },
        credit={
            (name, calendar.fiscal_year(calendar.starts[int(key[-1])])): x
            for key, x in found["credit"].items()
            for (name,) in [names(key)]
        },
    )
