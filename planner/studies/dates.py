"""Two cases whose periods or fiscal years may differ: their plans are held against each other by date.

A decision belongs to the first month of its period, whatever number that period has. Where even months cannot be set
side by side, such as tax credits of fiscal years that begin in other months, words say so.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from planner.case.calendar import Calendar
from planner.case.quantities import Month
from planner.decisions import Decisions
from planner.outcome import Outcome

PERIOD_PLACES = {
    "order": (2,), "expand": (1,), "exit": (3,), "serve": (3,), "claim": (3,), "draw": (1,), "repay": (1,),
    "leave": (3, 4), "both": (4,), "leave_both": (4, 5),
}  # fmt: skip
"""Where the keys of decisions hold the number of a period; those of tax credits hold a fiscal year, see below."""


def same_periods(one: Calendar, other: Calendar) -> bool:
    """Whether the periods of two calendars are the same, by date and by length; fiscal years may begin elsewhere."""
    return (one.start, one.period, one.periods) == (other.start, other.period, other.periods)


def dated(decisions: Decisions, calendar: Calendar, table: str) -> dict[Hashable, Any]:
    """One kind of decision with months in place of the numbers of periods."""
    entries: dict[Any, Any] = getattr(decisions, table)
    if table == "credit":
        return {(name, first_month(calendar, year)): amount for (name, year), amount in entries.items()}
    places = PERIOD_PLACES.get(table, ())

    def key_of(key: Any) -> Hashable:  # noqa: ANN401 - keys of many kinds
        if not places:
            return str(key)
        return tuple(str(calendar.starts[part]) if place in places else part for place, part in enumerate(key))

    return {key_of(key): value for key, value in entries.items()}


def first_month(calendar: Calendar, year: int) -> str:
    """The month with which a fiscal year begins."""
    return str(Month.of(year, calendar.fiscal_year_start_month))


def same_decisions(one: Outcome, other: Outcome) -> bool:
    """Whether two plans decide the same, by date; with periods of another length nothing is the same."""
    here, there = one.case.calendar, other.case.calendar
    if here == there:
        return one.decisions == other.decisions
    tables = (*PERIOD_PLACES, "join", "credit")
    return here.period == there.period and all(
        dated(one.decisions, here, table) == dated(other.decisions, there, table) for table in tables
    )


def not_lined_up(base: Calendar, scenario: Calendar) -> tuple[str, ...]:
    """What of two plans is not of the same dates, in sentences; nothing where the calendars are the same."""
    words = []
    if base.period != scenario.period:
        words.append(
            f"Periods: a {base.period} each in the base, a {scenario.period} each in the scenario; a period is named "
            "by its first month."
        )
    if base.start != scenario.start:
        words.append(
            f"Present values are of the start of each plan: {base.start} in the base, {scenario.start} in the "
            "scenario. They are set side by side as they are."
        )
    if (base.start, base.end) != (scenario.start, scenario.end):
        words.append(
            f"Sums run over each plan's own months: {base.start} to {base.end.plus(-1)} in the base, {scenario.start} "
            f"to {scenario.end.plus(-1)} in the scenario. A fiscal year that a plan does not reach stands as –."
        )
    if base.fiscal_year_start_month != scenario.fiscal_year_start_month:
        words.append(
            f"Fiscal years begin in month {base.fiscal_year_start_month} in the base and in month "
            f"{scenario.fiscal_year_start_month} in the scenario. Decisions stand in the fiscal years of the base; tax "
            "credits and limits of a fiscal year, which have no month, in those of their own case."
        )
    return tuple(words)
