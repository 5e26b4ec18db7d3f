"""The futures of a robust plan as cases, each case once, and what of each has to be decided by the date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.quantities import Month
from planner.errors import Fault, InputError, Place
from planner.futures import Future
from planner.model.first_stage import Stage
from planner.reading.case.file import Reading
from planner.studies.tasks import Task

NOTHING = 1e-12
"""What of a weight is rounding."""


@dataclass(frozen=True)
class Way:
    """Futures that are one and the same case."""

    futures: tuple[Future, ...]
    weight: float
    """The probability of all of them; those of all ways are 1 together."""
    task: Task
    stage: Stage


def last_period(calendar: Calendar, decide_by: Month) -> int:
    """The last period that begins by a month.

    Raises:
        InputError: the month lies before the horizon or after it.
    """
    last = calendar.end.plus(-1)
    if not calendar.start <= decide_by <= last:
        found = f"{decide_by} is {'before' if decide_by < calendar.start else 'after'} the horizon of the plan"
        remedy = "name the last month whose orders have to be decided before it is known how things turn out"
        raise InputError([Fault(Place("--decide-by"), "", found, f"{calendar.start} to {last}", remedy)])
    return max(t for t, start in enumerate(calendar.starts) if start <= decide_by)


def ways_of(reading: Reading, futures: Sequence[Future], decide_by: Month) -> list[Way]:
    """The cases of some futures, in an order that neither names nor the order of the futures decide.

    Weights count in proportion to each other. A future without any cannot happen and is left out.

    Raises:
        InputError: there is none, one cannot be read, or their plans have nothing to be compared by.
    """
    last = last_period(reading.calendar, decide_by)
    total = sum(future.weight for future in futures)
    if total <= NOTHING:
        remedy = "give scenarios a `weight`, or draw futures with --futures"
        raise InputError([Fault(_place(reading), "scenarios", "no future has a weight", "", remedy)])
    found: dict[str, list[tuple[Future, Reading]]] = {}
    faults: list[Fault] = []
    for future in futures:
        if future.weight <= NOTHING:
            continue
        try:
            made = reading.with_(future.changes, name=future.name)
        except InputError as error:
            faults += error.faults
            continue
        faults += _faults(reading, future, made.case)
        found.setdefault(made.input_hash, []).append((future, made))
    if faults:
        raise InputError(faults)
    return [
        Way(
            futures=tuple(sorted((future for future, _ in alike), key=lambda future: future.name)),
            weight=sum(sorted(future.weight for future, _ in alike)) / total,
            task=Task.of(min(alike, key=lambda one: one[0].name)[1]),
            stage=stage_of(alike[0][1].case, last, decide_by),
        )
        for _, alike in sorted(found.items())
    ]


def stage_of(case: Case, last: int, decide_by: Month) -> Stage:
    """What of a case has to be decided by a date: what begins by then, and programmes whose window has begun."""
    programmes = case.programmes.items()
    begun = frozenset(
        name for name, one in programmes if one.order_window.first is None or one.order_window.first <= decide_by
    )
    return Stage(last, begun)


def _faults(reading: Reading, future: Future, case: Case) -> list[Fault]:
    """Why the plan of a future could not stand beside that of the others."""
    base, place = reading.case, Place(f"future {future.name}")
    found = []
    same = "the same as in the case as it stands"
    if case.finance.currency != base.finance.currency:
        found.append(Fault(place, "finance.currency", f"its figures are in {case.finance.currency}", same))
    if case.calendar != base.calendar:
        found.append(Fault(place, "calendar", "its periods are others, so that orders cannot be the same", same))
    if case.objective != base.objective:
        found.append(Fault(place, "objective", "it makes something else as good as it can", same))
    return found


def _place(reading: Reading) -> Place:
    name = reading.provenance.get("name")
    return Place(name.file) if name else Place(reading.case.name)
