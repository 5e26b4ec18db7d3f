"""Events: in which month one begins, by its hazard or its chance, and what it then does."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from planner.case.calendar import Calendar
from planner.case.futures import Effect, Event
from planner.futures.figures import Change, Course

_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Beginning:
    """In which months an event may begin."""

    first: int
    """First month."""
    chances: tuple[float, ...]
    """Probability that it has begun by each month, from the first one on."""

    @classmethod
    def of(cls, event: Event, calendar: Calendar) -> Beginning:
        """The months of an event.

        A hazard of a year leaves 1 - hazard of all that has not happened after twelve months, and the twelfth root of
        that after one; a chance is spread over all months alike.
        """
        first = int(event.first or calendar.start)
        count = int(event.last or calendar.end.plus(-1)) - first + 1
        if event.hazard is not None:
            left = 1 - event.hazard
            chances = tuple(1 - left ** ((number + 1) / _MONTHS_OF_A_YEAR) for number in range(count))
        else:
            assert event.chance is not None
            chances = tuple(event.chance * (number + 1) / count for number in range(count))
        return cls(first, chances)

    def month_at(self, point: float) -> int | None:
        """The month in which it begins, by a number from 0 to 1; None where it does not happen.

        High numbers stand for an early beginning, low ones for none.
        """
        number = bisect_right(self.chances, 1 - point)
        return self.first + number if number < len(self.chances) else None

    @property
    def middle(self) -> int | None:
        """The month by which it has begun in half of all cases in which it happens; None where it cannot happen."""
        whole = self.chances[-1]
        return self.first + bisect_right(self.chances, whole / 2) if whole > 0 else None


def length_at(event: Event, point: float) -> int | None:
    """For how many months an event lasts, by a number from 0 to 1; None where it has no end."""
    if event.lasts is None:
        return None
    shortest = event.lasts.months
    longest = shortest if event.lasts_at_most is None else event.lasts_at_most.months
    return min(longest, shortest + int(point * (longest - shortest + 1)))


def course_of(effect: Effect, month: int, length: int | None) -> Course:
    """What an effect does where its event begins in a month and lasts for some; to the end where it has none."""
    kind, amount = effect.change
    change: Change = (kind, effect.factor.number) if effect.factor is not None else (kind, amount)
    start: Course = [(month, change)]
    return start if length is None else [*start, (month + length, None)]
