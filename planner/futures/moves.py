"""What one draw of a driver or an event does to the case, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.case.calendar import Calendar
from planner.case.futures import Driver, Event, Futures
from planner.case.quantities import Money, Month, Size, size_in
from planner.futures.distributions import amount, amounts, drawn_outcomes, outcomes, unit_of
from planner.futures.figures import Change, Course, Figure, nearest, rounded
from planner.futures.future import Drawn
from planner.futures.happenings import Beginning, course_of, length_at
from planner.futures.walks import factors, grid_of
from planner.vocabulary.message import Message, say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

_LETTERS_OF_A_CURRENCY = 3


@dataclass(frozen=True)
class Move:
    """One draw: what is told of it, and the course of every figure that it moves."""

    drawn: Drawn
    courses: tuple[tuple[str, Course], ...]


def moves_of(
    name: str, futures: Futures, calendar: Calendar, figures: Mapping[str, Figure], scores: Scores
) -> Iterator[Move]:
    """One move for each column of its scores."""
    driver = futures.drivers.get(name)
    if driver is None:
        yield from _of_event(name, futures.events[name], calendar, figures, scores)
    elif driver.walk is not None:
        yield from _of_walk(name, driver, futures, calendar, scores)
    elif driver.discrete:
        found = outcomes(driver)
        for position in drawn_outcomes(found, scores[0]):
            yield outcome_move(name, driver, calendar, figures, int(position))
    else:
        unit = unit_of(driver)
        for number in amounts(driver, scores[0]):
            yield amount_move(name, driver, calendar, figures, Size(rounded(float(number)), unit))


def amount_move(name: str, driver: Driver, calendar: Calendar, figures: Mapping[str, Figure], size: Size) -> Move:
    """The move of a driver that draws a size."""
    change: Change
    if driver.kind == "factor":
        change = ("factor", size.number)
    else:
        change = (driver.kind, size if driver.kind == "addition" else size.plain())
    share = all(figures[target].share for target in driver.targets)
    said = say("{what}: {change}", what=driver.title or name, change=_of_change(driver.kind, size, share=share))
    return _once(driver, calendar, Drawn(name, amount(size), said), change)


def outcome_move(name: str, driver: Driver, calendar: Calendar, figures: Mapping[str, Figure], position: int) -> Move:
    """The move of a driver that draws from a list, by the position of what it draws."""
    value = outcomes(driver)[position].value
    size = size_in(value)
    if driver.kind != "value":
        assert size is not None  # was checked with the case
        return amount_move(name, driver, calendar, figures, size)
    said = say("{what}: {change}", what=driver.title or name, change=str(value))
    number = amount(size) if size is not None else float(position)
    return _once(driver, calendar, Drawn(name, number, said), ("value", value))


def _once(driver: Driver, calendar: Calendar, drawn: Drawn, change: Change) -> Move:
    course: Course = [(int(driver.first or calendar.start), change)]
    return Move(drawn, tuple((target, course) for target in driver.targets))


def _of_walk(name: str, driver: Driver, futures: Futures, calendar: Calendar, scores: Scores) -> Iterator[Move]:
    assert driver.walk is not None
    grid = grid_of(driver, futures, calendar)
    for column in factors(driver.walk, grid, scores).T:
        yield walk_move(name, driver, grid.months, [rounded(float(factor)) for factor in column])


def walk_move(name: str, driver: Driver, months: Sequence[int], path: Sequence[float]) -> Move:
    """The move of a walk that takes a path."""
    mean = rounded(sum(path) / len(path))
    course: Course = [(month, ("factor", factor)) for month, factor in zip(months, path, strict=True)]
    change = say("{change} on average", change=_of_change("factor", Size(mean), share=False))
    said = say("{what}: {change}", what=driver.title or name, change=change)
    return Move(Drawn(name, mean, said), tuple((target, course) for target in driver.targets))


def _of_event(
    name: str, event: Event, calendar: Calendar, figures: Mapping[str, Figure], scores: Scores
) -> Iterator[Move]:
    from scipy.special import ndtr  # noqa: PLC0415 - only who draws futures waits for it

    beginning = Beginning.of(event, calendar)
    points = ndtr(scores)
    for when, how_long in zip(points[0], points[-1], strict=True):
        month, length = beginning.month_at(float(when)), length_at(event, float(how_long))
        yield event_move(name, event, calendar, figures, month, length)


def event_move(
    name: str,
    event: Event,
    calendar: Calendar,
    figures: Mapping[str, Figure],
    month: int | None,
    length: int | None,
) -> Move:
    """The move of an event that begins in a month, or does not happen; without a length it lasts to the end."""
    what = event.title or name
    if month is None:
        return Move(Drawn(name, 0.0, say("{what}: does not happen", what=what)), ())
    courses = tuple((target, course_of(effect, month, length)) for effect in event.effects for target in effect.targets)
    left = int(calendar.end) - month
    lasts = left if length is None else min(length, left)
    if not any(figures[target].by_month for target, _ in courses):
        drawn = Drawn(name, 1.0, say("{what}: happens", what=what))
    elif lasts == left:
        drawn = Drawn(name, float(lasts), say("{what}: from {month} on", what=what, month=str(Month(month))))
    else:
        said = say("{what}: for {months} from {month} on", what=what, months=_months(lasts), month=str(Month(month)))
        drawn = Drawn(name, float(lasts), said)
    return Move(drawn, courses)


def _months(count: int) -> Message:
    """A number of months in words."""
    return say("{count} month", count=str(count)) if count == 1 else say("{count} months", count=str(count))


def _of_change(kind: str, size: Size, *, share: bool) -> Message | str:
    """A change in words."""
    if kind == "factor":
        percent = round((size.number - 1) * 100, 1)
        if not percent:
            return say("as stated")
        figure = f"{abs(percent):.3g} %"
        return say("{percent} more", percent=figure) if percent > 0 else say("{percent} less", percent=figure)
    if kind == "value":
        return _shown(size, share=share)
    if size.is_time:
        months = nearest(size.months)
        if not months:
            return say("as stated")
        length = _months(abs(months))
        return say("{months} more", months=length) if months > 0 else say("{months} less", months=length)
    return say("as stated") if not size.number else f"{'+' if size.number > 0 else ''}{_shown(size, share=share)}"


def _shown(size: Size, *, share: bool) -> str:
    """A size as people read it, with as many digits as they need."""
    if size.is_time:
        return str(size)
    if len(size.unit) == _LETTERS_OF_A_CURRENCY:
        return Money(amount=size.number, currency=size.unit).words
    if share and not size.unit:
        return f"{size.number * 100:.3g} %"
    return f"{size.number:,.4g} {size.unit}".rstrip()
