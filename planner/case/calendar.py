"""The periods of the horizon: when they start, how long they really are, and the fiscal year they belong to."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from planner.case.quantities import Count, FiscalYear, Month, Noun

MONTHS_PER_PERIOD = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def first_day(month: Month) -> datetime.date:
    """The first day of a month."""
    return datetime.date(month.year, month.month, 1)


class Calendar(Noun):
    """The periods of the plan, numbered from 0; index letter ``t``."""

    start: Month
    """First month of the horizon. Its first day counts in full: money is valued at the end of the day before."""
    period: Literal["month", "quarter", "half", "year"] = "quarter"
    """Length of one period."""
    periods: Annotated[Count, Field(ge=1, le=240)]
    """How many periods the horizon has."""
    fiscal_year_start_month: Annotated[Count, Field(ge=1, le=12)] = 4
    """Month in which the fiscal year starts; FY2024 starts in this month of 2024."""

    @property
    def months_per_period(self) -> int:
        """Months in one period."""
        return MONTHS_PER_PERIOD[self.period]

    @cached_property
    def starts(self) -> tuple[Month, ...]:
        """First month of each period."""
        return tuple(self.start.plus(t * self.months_per_period) for t in range(self.periods))

    @property
    def end(self) -> Month:
        """The month after the last period."""
        return self.start.plus(self.periods * self.months_per_period)

    def label(self, t: int) -> str:
        """How period ``t`` is named everywhere: its first month, such as 2024-04."""
        return str(self.starts[t])

    @cached_property
    def days(self) -> tuple[int, ...]:
        """Days in each period, of the real calendar."""
        edges = [first_day(month) for month in (*self.starts, self.end)]
        return tuple((after - before).days for before, after in itertools.pairwise(edges))

    @cached_property
    def hours(self) -> tuple[int, ...]:
        """Hours in each period, of the real calendar."""
        return tuple(days * 24 for days in self.days)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """All months of the horizon, numbered from 0; index letter ``m``."""
        return tuple(self.start.plus(m) for m in range(self.periods * self.months_per_period))

    def months_of(self, t: int) -> range:
        """Numbers of the months of a period."""
        return range(t * self.months_per_period, (t + 1) * self.months_per_period)

    def period_of(self, month: int) -> int:
        """The period of a month, by its number."""
        return month // self.months_per_period

    def number_of(self, month: Month) -> int:
        """Number of a month, counted from the first of the horizon; may lie before 0 or past the end."""
        return int(month) - int(self.start)

    def days_of_month(self, number: int) -> int:
        """Days of a month, by its number."""
        return self.days_at_turns[number + 1] - self.days_at_turns[number]

    @cached_property
    def days_at_turns(self) -> tuple[int, ...]:
        """Days from the day before the horizon to each turn of months: the age of the money that moves there.

        Turn ``m`` is the start of month ``m`` and the end of the month before; the last one is the end of the horizon.
        """
        origin = first_day(self.start)
        return tuple((first_day(month) - origin).days for month in (*self.months, self.end))

    def span_words(self, periods: Sequence[int]) -> str:
        """Some periods, behind what is said of them; nothing where these are all, or none."""
        if not periods or len(periods) == self.periods:
            return ""
        first, last = self.label(periods[0]), self.label(periods[-1])
        return f", in {first}" if first == last else f", from {first} to {last}"

    def fiscal_year(self, month: Month) -> FiscalYear:
        """The fiscal year, named by the calendar year in which it starts."""
        return FiscalYear(month.year if month.month >= self.fiscal_year_start_month else month.year - 1)

    @cached_property
    def fiscal_years(self) -> dict[FiscalYear, tuple[int, ...]]:
        """The periods of each fiscal year, in order."""
        years: dict[FiscalYear, list[int]] = {}
        for t, start in enumerate(self.starts):
            years.setdefault(self.fiscal_year(start), []).append(t)
        return {year: tuple(periods) for year, periods in years.items()}

    @cached_property
    def full_years(self) -> tuple[FiscalYear, ...]:
        """Fiscal years of which all twelve months lie within the horizon; the first and the last may not."""
        return tuple(y for y, periods in self.fiscal_years.items() if len(periods) * self.months_per_period == 12)

    @cached_property
    def ended_years(self) -> dict[FiscalYear, int]:
        """Fiscal years that end within the horizon, and the last period of each; the horizon may cut the last one."""
        ends = {year: periods[-1] for year, periods in self.fiscal_years.items()}
        months = self.months_per_period
        return {y: t for y, t in ends.items() if self.fiscal_year(self.starts[t].plus(months)) != y}

    def periods_of(self, year: FiscalYear) -> tuple[int, ...]:
        """The periods of a fiscal year; none where it lies outside the horizon."""
        return self.fiscal_years.get(year, ())

    def first_period_from(self, month: Month) -> int:
        """The first period that starts in ``month`` or later; may lie before 0 or past the end."""
        return -((int(self.start) - int(month)) // self.months_per_period)

    def period_containing(self, month: Month) -> int:
        """The period in which ``month`` lies; may lie before 0 or past the end."""
        return (int(month) - int(self.start)) // self.months_per_period
