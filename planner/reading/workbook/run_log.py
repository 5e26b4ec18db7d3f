"""The sheet Run log: what the workbook says of its run and of its proof."""

from __future__ import annotations

from typing import Any, NamedTuple

from planner.errors import Fault, InputError
from planner.language import Speaker
from planner.reading.claims import Claims, number, text
from planner.reading.workbook.layout import DOING_NOTHING, LABEL, NOT_KNOWN, PROVEN, RUN_LOG
from planner.reading.xlsx.book import EMPTY, Book
from planner.reading.xlsx.stored import Found

VALUE = 1
"""Column of the sheet behind the label."""
_FIRST_ROW = 2
_RUN, _VERSIONS, _OPTIONS, _PROOF, _SIZE = "Run", "Versions", "Options", "Proof", "Size of the model"
"""Headings of its parts."""
TEXTS = {
    "input_hash": (_RUN, "input hash"),
    "scenario": (_RUN, "scenario"),
    "label": (_PROOF, "label"),
    "message": (_PROOF, "what stands behind it"),
    "solver": (_PROOF, "solver"),
    "kind": (_PROOF, "kind of objective"),
    "bound_check": (_PROOF, "bound in exact arithmetic"),
}
NUMBERS = {
    "objective": (_PROOF, "objective"),
    "bound": (_PROOF, "bound"),
    "gap": (_PROOF, "gap"),
    "relative_gap": (_PROOF, "gap as a share of the objective"),
    "gap_requested": (_PROOF, "gap asked for"),
    "checked_bound": (_PROOF, PROVEN),
    "rows": (_SIZE, "rows"),
    "columns": (_SIZE, "columns"),
    "non_zeros": (_SIZE, "non-zeros"),
}
"""Heading and label of each claim."""
OPTIONS = ("gap", "objective", "time limit", "ended early")
"""Labels of the options of a run."""


class Line(NamedTuple):
    """A line of the sheet: its row, counted from 0, and what stands behind its label."""

    row: int
    value: Found


def claims_of_book(book: Book) -> Claims:
    """The claims on the sheet Run log of a workbook that was opened with it, texts in the language they stand in.

    Raises:
        InputError: a line stands twice, or a formula stands where the planner writes a figure.
    """
    parts = _parts(book)
    lines = {
        name: line
        for name, (part, label) in {**TEXTS, **NUMBERS}.items()
        if (line := parts.get(part, {}).get(label)) is not None
    }
    figures: dict[str, Any] = {name: number(line.value.value) for name, line in lines.items() if name in NUMBERS}
    words: dict[str, Any] = {name: text(line.value.value) for name, line in lines.items() if name in TEXTS}
    return Claims(
        **figures,
        **words,
        places={name: str(book.place(RUN_LOG, line.row, VALUE)) for name, line in lines.items()},
        versions={label: str(line.value.value) for label, line in parts.get(_VERSIONS, {}).items()},
        options={label: str(line.value.value) for label, line in parts.get(_OPTIONS, {}).items()},
        language=book.language,
    )


def part_of_book(book: Book, heading: str) -> dict[str, Line]:
    """The lines below a heading of the sheet, by their English labels.

    Raises:
        InputError: a line stands twice, or a formula stands where the planner writes a figure.
    """
    return _parts(book).get(heading, {})


def _parts(book: Book) -> dict[str, dict[str, Line]]:
    """The lines of each part, by the English names of both."""
    cells = book.sheets[RUN_LOG]
    english = _english(book)
    found: dict[str, dict[str, Line]] = {}
    lines: dict[str, Line] = {}
    for row in sorted({row for row, column in cells if row >= _FIRST_ROW and column == LABEL}):
        said = str(cells[row, LABEL].value)
        label, value = english.get(said, said), cells.get((row, VALUE), EMPTY)
        is_heading = (row, VALUE) not in cells
        into, name = (found, "part") if is_heading else (lines, "line")
        place = book.place(RUN_LOG, row, LABEL)
        if label in into:
            raise InputError([Fault(place, "", f"the {name} '{said}' stands twice", "once", _UNCHANGED)])
        if is_heading:
            lines = found[label] = {}
            continue
        if value.is_formula:
            place = book.place(RUN_LOG, row, VALUE)
            raise InputError([Fault(place, "", f"a formula stands for '{said}'", "the figure as written", _UNCHANGED)])
        lines[label] = Line(row, value)
    return found


_UNCHANGED = "take an unchanged copy of the workbook, or plan again"


def _english(book: Book) -> dict[str, str]:
    """The English name of each heading and label of the sheet, by what the workbook calls it."""
    speaker = Speaker(book.language)
    known = {name for pair in {**TEXTS, **NUMBERS}.values() for name in pair} | {_VERSIONS, _OPTIONS, *OPTIONS}
    known |= {DOING_NOTHING, NOT_KNOWN}
    return {speaker.say(label): label for label in sorted(known)}
