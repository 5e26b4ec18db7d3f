"""Whether every future can be read: the ends of each distribution are, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.case.futures import Driver, Event, Futures
from planner.case.quantities import Size
from planner.errors import Fault, InputError
from planner.futures.distributions import CUT_SCORE, amounts, outcomes, unit_of
from planner.futures.figures import CannotChangeError, Course, Figure, figures_of, rounded
from planner.futures.happenings import Beginning, length_at
from planner.futures.moves import Move, amount_move, event_move, outcome_move, walk_move
from planner.futures.walks import edges, grid_of
from planner.reading.case.file import Reading
from planner.reading.tree.nodes import nearest

_WAY_OUT = "`unusual:"
"""How the remedy of an implausible figure begins to tell how to let it through."""


def require_readable(reading: Reading) -> Futures:
    """The futures of a case, of which every end was read as a case.

    Raises:
        InputError: the case says nothing of futures, or a figure cannot take what is drawn; each with its line.
    """
    futures = reading.futures
    if futures is None or not futures.names:
        found = "the case says nothing of what may turn out otherwise"
        raise InputError([Fault(reading.source.root.place, "futures", found, "", "add drivers under `futures:`")])
    figures = figures_of(reading, futures.targets())
    faults: dict[Fault, None] = {}
    ends = {name: list(_ends(name, futures, reading, figures)) for name in futures.names}
    for name, moves in ends.items():
        for move in moves:
            wrong = list(_faults(reading, name, [move], figures))
            faults |= dict.fromkeys(wrong)
            if wrong and name in futures.events:
                break  # it does the same in every month
    if not faults:
        for names in _sharing(futures):
            for end in (0, -1):
                together = [ends[name][end] for name in names]
                faults |= dict.fromkeys(_faults(reading, names[-1], together, figures))
    if faults:
        raise InputError(list(faults))
    return futures


def _ends(name: str, futures: Futures, reading: Reading, figures: dict[str, Figure]) -> Iterator[Move]:
    """The lowest and the highest draw of a driver, every outcome of a list, the first and last month of an event."""
    calendar = reading.calendar
    driver = futures.drivers.get(name)
    if driver is None:
        event = futures.events[name]
        beginning = Beginning.of(event, calendar)
        last = beginning.first + len(beginning.chances) - 1
        for month, point in dict.fromkeys(((beginning.first, 1.0), (beginning.first, 0.0), (last, 1.0))):
            yield event_move(name, event, calendar, figures, month, length_at(event, point))
    elif driver.walk is not None:
        grid = grid_of(driver, futures, calendar)
        for path in edges(driver.walk, grid):
            yield walk_move(name, driver, grid.months, [rounded(factor) for factor in path])
    elif driver.discrete:
        for position in range(len(outcomes(driver))):
            yield outcome_move(name, driver, calendar, figures, position)
    else:
        for size in _sizes(driver):
            yield amount_move(name, driver, calendar, figures, size)


def _sizes(driver: Driver) -> Iterator[Size]:
    import numpy as np  # noqa: PLC0415 - only who draws futures waits for it

    for number in amounts(driver, np.array([-CUT_SCORE, CUT_SCORE])):
        yield Size(rounded(float(number)), unit_of(driver))


def _faults(reading: Reading, name: str, moves: Iterable[Move], figures: dict[str, Figure]) -> Iterator[Fault]:
    """What goes wrong with some draws together; the first fault only, as one draw makes many alike."""
    assert reading.futures is not None
    section = "drivers" if name in reading.futures.drivers else "events"
    field, place = f"futures.{section}.{name}", nearest(reading.source.root, ("futures", section, name)).place
    courses: dict[str, list[Course]] = {}
    for move in moves:
        for target, course in move.courses:
            courses.setdefault(target, []).append(course)
    try:
        after = {target: figures[target].after(own) for target, own in courses.items()}
    except CannotChangeError as error:
        yield Fault(place, field, *error.words)
        return
    changes = {target: value for target, value in after.items() if value is not None}
    said = "; ".join(move.drawn.words for move in moves)
    try:
        reading.with_(changes)
    except InputError as error:
        fault = error.faults[0]
        remedy = "narrow its distribution" if section == "drivers" else "change its effects, or its months"
        if _WAY_OUT in fault.remedy:
            remedy += f", or say why it is right: `unusual: {{{fault.field}: the reason}}`"
        yield Fault(place, field, f"at '{said}' {fault.field} goes wrong: {fault.found}", fault.allowed, remedy)


def _sharing(futures: Futures) -> list[list[str]]:
    """Drivers and events that move a figure together with others."""
    by_target: dict[str, list[str]] = {}
    movers: list[tuple[str, Driver | Event]] = [*futures.drivers.items(), *futures.events.items()]
    for name, one in movers:
        targets = one.targets if isinstance(one, Driver) else [t for effect in one.effects for t in effect.targets]
        for target in dict.fromkeys(targets):
            by_target.setdefault(target, []).append(name)
    return [list(names) for names in dict.fromkeys(tuple(names) for names in by_target.values()) if len(names) > 1]
