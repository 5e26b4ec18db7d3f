"""What the plan of a plan.json had decided, decision by decision, with where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planner.case.quantities import Month, shown
from planner.errors import Fault, InputError, Place
from planner.reading.stored_decisions import Made, amount_in, typed
from planner.reading.summary.file import summary_of
from planner.vocabulary.decisions import PERIODS, STORED, YEAR, YES, Decision

_REMEDY = "take an unchanged copy, or plan again"


def made_in_summary(path: Path) -> Iterator[Made]:
    """All that was decided, in the order of the file; no case is needed, since periods are named by their months.

    Raises:
        InputError: the file is no plan.json, or an entry is none that the planner wrote.
    """
    tables = summary_of(path).get("decisions")
    for kind, stored in STORED.items():
        if stored.fields[-1] == YEAR:
            continue
        entries = tables.get(stored.stored_as, []) if isinstance(tables, dict) else None
        where = f"decisions.{stored.stored_as}"
        if not isinstance(entries, list):
            raise _refused(path, where, "is missing or no list")
        for number, entry in enumerate(entries):
            yield _made(path, f"{where}.{number}", kind, stored, entry)


def _made(path: Path, where: str, kind: str, stored: Decision, entry: Any) -> Made:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(entry, dict):
        raise _refused(path, where, "is no entry")
    names, month = list[object](), None
    for field in stored.fields:
        said = entry.get(field)
        try:
            if not isinstance(said, str):
                raise ValueError(said)
            if field in PERIODS:
                month = Month.parse(said)
            else:
                names.append(typed(field, said))
        except ValueError as error:
            raise _refused(path, f"{where}.{field}", f"{shown(said)} stands there") from error
    value = entry.get(stored.amount)
    amount = float(value) if isinstance(value, bool) else amount_in(value, whole=stored.whole)
    if amount is None or (stored.unit == YES) != isinstance(value, bool):
        raise _refused(path, f"{where}.{stored.amount}", f"{shown(value)} stands for an amount")
    return Made(kind, tuple(names), month, amount, Place(f"{path}: {where}"))


def _refused(path: Path, where: str, found: str) -> InputError:
    return InputError([Fault(Place(str(path)), where, found, "what the planner wrote", _REMEDY)])
