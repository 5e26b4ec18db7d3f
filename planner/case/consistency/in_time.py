"""Whether what is ordered can come within the horizon."""

from __future__ import annotations

from planner.case.calendar import Calendar
from planner.case.offer import Window
from planner.case.quantities import Duration


def first_delivery(calendar: Calendar, window: Window, lead: Duration) -> int | None:
    """The first period in which an order can be delivered, or a block be ready; None where none can in the horizon."""
    arrivals = (calendar.first_period_from(start.plus(lead.months)) for start in calendar.starts if window.holds(start))
    first = next(arrivals, calendar.periods)
    return first if first < calendar.periods else None
