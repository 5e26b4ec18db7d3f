"""Counts per period: ``60 per quarter`` becomes a number for the periods of the plan, whatever their length.

A bare number counts for a period of the file in which it stands. Where a scenario or a workbook changes the length of a
period, nobody knows any more what it means: it is refused, unless the same change states it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic_core import PydanticCustomError

from planner.case.calendar import MONTHS_PER_PERIOD, Calendar
from planner.case.case import Case
from planner.case.quantities.per_period import WORDS, in_periods
from planner.errors import Fault
from planner.reading.case.overrides import replaced
from planner.reading.tree.nodes import Node, Path, nearest, path_text

COUNTED_PER_PERIOD = (("offers", "available"),)
"""Section and field of every count per period; as a figure by month it has one for each step."""
_DEFAULT = str(Calendar.model_fields["period"].default)


def for_its_periods(root: Node) -> tuple[Node, list[Fault]]:
    """The tree with every count that states its time as the count for one period of its calendar."""
    period, faults = _period(root), []
    for path, node in _counts(root):
        if not isinstance(node.value, str):
            continue
        try:
            count = in_periods(node.value, period or _DEFAULT)
        except PydanticCustomError as error:
            words = error.context or {}
            count = 0
            if period is not None:  # a length that cannot be read is told as that
                fault = Fault(node.place, path_text(path), words["found"], words["allowed"], words["remedy"])
                faults.append(fault)
        if count is not None:
            root = replaced(root, path, Node(count, node.place, node.source))
    return root, faults


def counts_of_another_period(before: Node, now: Node) -> list[Fault]:
    """The faults of bare counts that were written for periods of another length than those of the changed tree."""
    old, new = _period(before), _period(now)
    if old is None or new is None or old == new:
        return []
    written = {id(node) for _, node in _counts(before)}
    faults = []
    for path, node in _counts(now):
        if id(node) in written and isinstance(node.value, int) and node.value:
            found = f"{node.value} was written for periods of one {WORDS[old]}, and a period is now one {WORDS[new]}"
            remedy = f"write {node.value} per {WORDS[old]}, if that is meant, or state it anew with the other periods"
            faults.append(Fault(node.place, path_text(path), found, "a count that states its time", remedy))
    return faults


def said(case: Case, whole: Any) -> Any:  # noqa: ANN401 - plain fields
    """What a case says as plain fields, with the time of every count per period, so that it stands by itself."""
    time = WORDS[case.calendar.period]
    for section, field in COUNTED_PER_PERIOD:
        for entry in whole.get(section, {}).values():
            counts = entry.get(field)
            if isinstance(counts, dict):
                entry[field] = {month: f"{count} per {time}" for month, count in counts.items()}
            elif counts is not None:
                entry[field] = f"{counts} per {time}"
    return whole


def _period(root: Node) -> str | None:
    """The length of a period as a tree states it; None where it is none."""
    node = nearest(root, ("calendar", "period"))
    value = node.value if isinstance(node.value, str) else _DEFAULT
    return value if value in MONTHS_PER_PERIOD else None


def _counts(root: Node) -> Iterator[tuple[Path, Node]]:
    """Every count per period, step by step."""
    for section, field in COUNTED_PER_PERIOD:
        for name, entry in root.below(section):
            if (figure := entry.child(field)) is not None:
                yield from _steps((section, name, field), figure)


def _steps(path: Path, figure: Node) -> Iterator[tuple[Path, Node]]:
    if figure.group:
        yield from (((*path, month), step) for month, step in figure.group.items())
    else:
        yield path, figure
