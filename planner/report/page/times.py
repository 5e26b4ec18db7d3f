"""The axis of time: months from left to right, with marks where fiscal years begin."""

from __future__ import annotations

from dataclasses import dataclass

from planner.case.calendar import Calendar
from planner.case.quantities import Month
from planner.report.page.canvas import Canvas, width_of
from planner.report.voice import Voice
from planner.vocabulary.message import fiscal_year

BETWEEN = 8.0
"""Pixels between the names of two marks."""


@dataclass(frozen=True)
class TimeAxis:
    """Where a month stands."""

    calendar: Calendar
    first: float
    last: float

    def at(self, turn: float) -> float:
        """Where a turn of months stands; the first is the start of the horizon."""
        return self.first + (self.last - self.first) * turn / len(self.calendar.months)

    def month(self, month: Month) -> float:
        """Where a month begins, within the horizon."""
        return self.at(min(max(self.calendar.number_of(month), 0), len(self.calendar.months)))

    def period(self, t: int) -> float:
        """Where a period begins; the number behind the last is the end of the horizon."""
        return self.at(t * self.calendar.months_per_period)

    def draw(self, canvas: Canvas, voice: Voice, top: float, bottom: float) -> None:
        """Draws the marks, and the years below them."""
        years = [(year, periods[0]) for year, periods in self.calendar.fiscal_years.items()]
        free = self.first
        for year, t in years:
            x, words = self.period(t), voice(fiscal_year(year.number))
            canvas.line(x, top, x, bottom, "grid")
            if x >= free and x + 2 + width_of(words) <= canvas.width:
                canvas.text(x + 2, bottom + 14, words, "soft")
                free = x + width_of(words) + BETWEEN
        canvas.line(self.first, bottom, self.last, bottom, "axis")
