"""Figures of the case as futures move them: what the case states from which month on, and what a change makes of it."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from planner.case.futures import ChangeKind
from planner.case.quantities import Month, Size, size_in
from planner.reading.case.fields import MONTH, is_share
from planner.reading.case.file import Reading
from planner.reading.case.moved_figures import moved_figure

DIGITS = 6
"""Significant digits of a figure that was moved: more would differ from machine to machine."""
_MONTH = "month"

Written = Size | Month | object
"""A value as the case has it: a size, a month, or another text or truth value, which only another one replaces."""
Change = tuple[ChangeKind, float | Size | object]
"""Kind of a change, and by how much: a factor as a number, an addition as a size, a value as a case file has it."""
Course = Sequence[tuple[int, Change | None]]
"""A change from each of some months on, in their order; none before the first, nor where it is nothing."""
Steps = Sequence[tuple[int, Written]]
"""Values from each of some months on, in their order."""


class CannotChangeError(Exception):
    """A figure that cannot take a change: what was found, what is allowed, the likely fix."""

    def __init__(self, found: str, allowed: str, remedy: str = "") -> None:
        super().__init__(found)
        self.words = (found, allowed, remedy)


@dataclass(frozen=True)
class Figure:
    """A figure that futures move."""

    target: str
    by_month: bool
    """Whether it may change with time."""
    whole: bool
    """Whether it counts things."""
    share: bool
    """Whether it is a share, which people read in per cent."""
    steps: tuple[tuple[int, Written], ...]
    """What the case states; of a figure that never changes one step, at the start of the horizon."""

    def moved(self, steps: Steps, course: Course) -> Steps:
        """Its steps after a change over time. One without steps changes as a whole, by the first change there is."""
        if not self.by_month:
            change = next((change for _, change in course if change is not None), None)
            return steps if change is None else [(steps[0][0], self._changed(steps[0][1], change))]
        found: list[tuple[int, Written]] = []
        for moment, at, now in _merged(tuple([month for month, _ in steps]), tuple([month for month, _ in course])):
            value, change = steps[at][1], course[now][1] if now >= 0 else None
            found.append((moment, value if change is None else self._changed(value, change)))
        return found

    def plain(self, steps: Steps) -> object:
        """Some steps as a case file has them; nothing where they are those that the case states."""
        kept = _without_repeats(steps)
        if kept == self._stated:
            return None
        if len(kept) == 1:
            return _plain(kept[0][1], whole=self.whole)
        return {_label(month): _plain(value, whole=self.whole) for month, value in kept}

    def after(self, courses: Sequence[Course]) -> object:
        """The figure after some changes, one by one, as a case file has it; nothing where it stays as it is."""
        if len(courses) == 1 and self._multiplies and all(one is None or one[0] == "factor" for _, one in courses[0]):
            return self._scaled(courses[0])
        steps: Steps = self.steps
        for course in courses:
            steps = self.moved(steps, course)
        return self.plain(steps)

    def _scaled(self, course: Course) -> object:
        """The same for factors alone, which most changes are: without a size in between for every step."""
        found: dict[str, object] = {}
        last: object = None
        for moment, at, now in _merged(self._months, tuple([month for month, _ in course])):
            change = course[now][1] if now >= 0 else None
            if change is None or change[1] == 1:
                written: object = self._plains[at]
            else:
                number, unit = self._sizes[at]
                text = f"{number * change[1]:.{DIGITS}g}"  # type: ignore[operator] # was told to be a factor
                if unit and "." in text and "e" not in text:
                    written = f"{text} {unit}"
                else:
                    written = Size(float(text) + 0.0, unit).plain()
            if written != last:
                found[_label(moment)] = last = written
        if list(found.values()) == self._kept:
            return None
        return found if len(found) > 1 else last

    @cached_property
    def _multiplies(self) -> bool:
        """Whether each of its steps is a number that is multiplied as it stands."""
        sizes = all(isinstance(value, Size) and not value.is_time for _, value in self.steps)
        return self.by_month and not self.whole and sizes

    @cached_property
    def _months(self) -> tuple[int, ...]:
        return tuple(month for month, _ in self.steps)

    @cached_property
    def _plains(self) -> list[object]:
        return [_plain(value, whole=self.whole) for _, value in self.steps]

    @cached_property
    def _kept(self) -> list[object]:
        return [_plain(value, whole=self.whole) for _, value in self._stated]

    @cached_property
    def _sizes(self) -> list[tuple[float, str]]:
        return [(value.number, value.unit) for _, value in self.steps if isinstance(value, Size)]

    @cached_property
    def _stated(self) -> list[tuple[int, Written]]:
        return _without_repeats(self.steps)

    def _changed(self, value: Written, change: Change) -> Written:
        """A value after a change.

        Raises:
            CannotChangeError: it is of another kind than the change.
        """
        kind, amount = change
        if kind == "value":
            return _value(amount)
        if isinstance(value, Size):
            if kind == "factor":
                assert isinstance(amount, float)
                return self._multiplied(value, amount)
            assert isinstance(amount, Size)
            return self._added(value, amount)
        if isinstance(value, Month) and isinstance(amount, Size) and amount.is_time:
            return value.plus(nearest(amount.months))
        raise CannotChangeError(f"{value}, which '{self.target}' states, takes no {kind} of {amount}", "another value")

    def _multiplied(self, value: Size, factor: float) -> Size:
        if factor == 1:
            return value
        if value.is_time:
            return Size(float(nearest(_whole_months(value) * factor)), _MONTH)
        return Size(self._rounded(value.number * factor), value.unit)

    def _added(self, value: Size, amount: Size) -> Size:
        if value.is_time and amount.is_time:
            months = nearest(amount.months)
            return Size(float(max(0, _whole_months(value) + months)), _MONTH) if months else value
        if value.unit != amount.unit:
            allowed = "an addition in a unit of time" if value.is_time else f"an addition in {value.unit}"
            allowed = allowed if value.unit else "an addition without a unit, or in %"
            raise CannotChangeError(f"'{self.target}' states {value}, to which {amount} cannot be added", allowed)
        return Size(self._rounded(value.number + amount.number), value.unit) if amount.number else value

    def _rounded(self, number: float) -> float:
        return float(nearest(number)) if self.whole else rounded(number)


def _without_repeats(steps: Steps) -> list[tuple[int, Written]]:
    """Steps without those at which nothing changes."""
    found: list[tuple[int, Written]] = []
    for step in steps:
        if not found or found[-1][1] != step[1]:
            found.append(step)
    return found


@lru_cache(maxsize=4096)
def _merged(steps: tuple[int, ...], course: tuple[int, ...]) -> tuple[tuple[int, int, int], ...]:
    """Every month in which a figure or a change of it begins, with the number of the step and of the change that hold.

    The number of a change is below zero where none holds yet. Nothing is said of months before the first step.
    """
    moments = sorted({*steps, *course})
    merged = ((moment, bisect_right(steps, moment) - 1, bisect_right(course, moment) - 1) for moment in moments)
    return tuple(one for one in merged if one[1] >= 0)


def figures_of(reading: Reading, targets: Iterable[str]) -> dict[str, Figure]:
    """The figures at some paths, which the reader has checked, as the case states them."""
    said = reading.case.model_dump(mode="json", by_alias=True)
    start = int(reading.calendar.start)
    return {target: _figure(reading, said, target, start) for target in dict.fromkeys(targets)}


def _figure(reading: Reading, said: object, target: str, start: int) -> Figure:
    found = moved_figure(reading.source.root, target)
    here = said
    for key in found.path:
        here = here[int(key)] if isinstance(here, list) else here[key]  # type: ignore[index]
    values = here if found.by_month and isinstance(here, dict) else {"": here}
    steps = tuple((int(Month.parse(month)) if month else start, _written(value)) for month, value in values.items())
    return Figure(target, found.by_month, found.type is int, is_share(found.path), steps)


def _written(value: object) -> Written:
    if isinstance(value, str) and MONTH.fullmatch(value):
        return Month.parse(value)
    return _value(value)


def _plain(value: Written, *, whole: bool) -> object:
    if isinstance(value, Size):
        return int(value.number) if whole and not value.unit else value.plain()
    return str(value) if isinstance(value, Month) else value


def _value(amount: object) -> Written:
    """A new value, as a size where it is one."""
    size = None if isinstance(amount, bool) else size_in(amount)
    return amount if size is None else size


def _whole_months(value: Size) -> int:
    """A duration as the plan counts it: in whole months, rounded up."""
    return math.ceil(value.months - 1e-9)


def nearest(number: float) -> int:
    """The nearest whole number."""
    return math.floor(number + 0.5)


def rounded(number: float) -> float:
    """A number with so many digits as every machine finds alike.

    >>> rounded(158.47 * 1.0123)
    160.419
    """
    return float(f"{number:.{DIGITS}g}") + 0.0


@cache
def _label(month: int) -> str:
    return str(Month(month))
