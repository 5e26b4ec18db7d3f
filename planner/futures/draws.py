"""Futures of a case: drawn together, or one driver at a time."""

from __future__ import annotations

from collections.abc import Iterable

from planner.case.futures import Futures
from planner.errors import Fault, InputError
from planner.futures.figures import Course, Figure, figures_of
from planner.futures.future import Future
from planner.futures.happenings import Beginning, length_at
from planner.futures.moves import Move, event_move, moves_of
from planner.futures.readable import require_readable
from planner.futures.scores import MOST_DIMENSIONS, Method, draw_scores
from planner.futures.walks import grid_of
from planner.reading.case.file import Reading
from planner.reading.tree.nodes import nearest

MOST_SAMPLES = 1_000_000
"""Futures of one draw."""
LOW_SCORE, HIGH_SCORE = -1.2815515655446004, 1.2815515655446004
"""The points of 10 % and 90 % of a normal score."""
_MIDDLE = 0.5


def futures_of(
    reading: Reading, *, samples: int, seed: int | None = None, method: Method = "sobol"
) -> tuple[Future, ...]:
    """Futures of a case, all of the same weight: changes by path that ``Reading.with_`` takes.

    The same case, seed and method give the same futures on every machine. The first futures of a longer draw are those
    of a shorter one, but for their weight, where the method is Sobol's.

    Args:
        reading: a case with ``futures:``.
        samples: how many; a power of two spreads best.
        seed: where the draw begins; the one of the case without it.
        method: how quasi-random numbers are drawn.

    Raises:
        InputError: the case says nothing of futures, or some future could not be read.
        ValueError: so many futures are not drawn.
    """
    futures = require_readable(reading)
    if not 1 <= samples <= MOST_SAMPLES:
        raise ValueError(f"{samples} futures: from 1 to {MOST_SAMPLES:,} can be drawn")
    calendar = reading.calendar
    lengths = scores_of(futures, reading)
    if sum(lengths.values()) > MOST_DIMENSIONS:
        found = f"its walks take {sum(lengths.values()):,} steps together"
        remedy = "take longer steps, such as `step: quarter`"
        raise InputError(
            [
                Fault(
                    nearest(reading.source.root, ("futures", "drivers")).place,
                    "futures.drivers",
                    found,
                    f"at most {MOST_DIMENSIONS:,}",
                    remedy,
                )
            ]
        )
    scores = draw_scores(futures, lengths, samples, futures.seed if seed is None else seed, method)
    figures = figures_of(reading, futures.targets())
    moves = [list(moves_of(name, futures, calendar, figures, own)) for name, own in zip(lengths, scores, strict=True)]
    return tuple(
        _future(f"future-{number}", 1 / samples, [own[number - 1] for own in moves], figures)
        for number in range(1, samples + 1)
    )


def one_at_a_time(reading: Reading, *, readable: bool = False) -> tuple[tuple[str, Future, Future], ...]:
    """Every driver by itself, at its points of 10 % and 90 %, the others as the case states them; for a tornado.

    An event does not happen in the one future, and in the other it begins in the middle of the months in which it may.

    Args:
        reading: a case with ``futures:``.
        readable: whether futures of it were drawn already, which tells that all can be read.

    Raises:
        InputError: the case says nothing of futures, or some future could not be read.
    """
    import numpy as np  # noqa: PLC0415 - only who draws futures waits for it

    futures = reading.futures if readable else None
    futures, calendar = futures or require_readable(reading), reading.calendar
    figures = figures_of(reading, futures.targets())
    found = []
    for name, length in scores_of(futures, reading).items():
        if name in futures.events:
            event = futures.events[name]
            middle = Beginning.of(event, calendar).middle
            lasts = length_at(event, _MIDDLE)
            low, high = (event_move(name, event, calendar, figures, month, lasts) for month in (None, middle))
        else:
            scores = np.zeros((length, 2))
            scores[0] = LOW_SCORE, HIGH_SCORE
            low, high = moves_of(name, futures, calendar, figures, scores)
        one, other = (_future(f"{name}-{side}", 1.0, [move], figures) for side, move in (("low", low), ("high", high)))
        found.append((name, one, other))
    return tuple(found)


def typical(reading: Reading) -> Future:
    """The future in which all turns out as the case states it."""
    return Future(reading.scenario, 1.0, {})


def scores_of(futures: Futures, reading: Reading) -> dict[str, int]:
    """How many scores each driver and event takes, by name, in the order of the file."""
    walks = {
        name: grid_of(driver, futures, reading.calendar).scores
        for name, driver in futures.drivers.items()
        if driver.walk is not None
    }
    lengths = {name: 2 for name, event in futures.events.items() if event.lasts_at_most is not None}
    return {name: walks.get(name, lengths.get(name, 1)) for name in futures.names}


def _future(name: str, weight: float, moves: Iterable[Move], figures: dict[str, Figure]) -> Future:
    """The future in which some moves come together, in the order of the file."""
    courses: dict[str, list[Course]] = {}
    drawn = []
    for move in moves:
        drawn.append(move.drawn)
        for target, course in move.courses:
            courses.setdefault(target, []).append(course)
    changes = {target: figures[target].after(own) for target, own in courses.items()}
    return Future(name, weight, {target: value for target, value in changes.items() if value is not None}, tuple(drawn))
