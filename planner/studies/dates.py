"""Two cases whose periods or fiscal years may differ: their plans are held against each other by date.

A decision belongs to the first month of its period, whatever number that period has. Where even months cannot be set
side by side, such as tax credits of fiscal years that begin in other months, words say so.
"""

from __future__ import annotations

from typing import Any

from planner.case.calendar import Calendar
from planner.case.quantities import Month
from planner.decisions import Decisions
from planner.outcome import Outcome
from planner.vocabulary.decisions import STORED
from planner.vocabulary.keys import FiscalYear, flat
from planner.vocabulary.message import Message, say


def same_periods(one: Calendar, other: Calendar) -> bool:
    """Whether the periods of two calendars are the same, by date and by length; fiscal years may begin elsewhere."""
    return (one.start, one.period, one.periods) == (other.start, other.period, other.periods)


def dated(decisions: Decisions, calendar: Calendar, table: str) -> dict[tuple[str, ...], Any]:
    """One kind of decision, keys laid flat, with months in place of periods and of fiscal years."""

    def told(part: object) -> str:
        if isinstance(part, FiscalYear):
            return str(Month.of(part.number, calendar.fiscal_year_start_month))
        return str(calendar.starts[part]) if isinstance(part, int) else str(part)

    return {tuple(map(told, flat((key,)))): amount for key, amount in getattr(decisions, table).items()}


def same_decisions(one: Outcome, other: Outcome) -> bool:
    """Whether two plans decide the same, by date; with periods of another length nothing is the same."""
    here, there = one.case.calendar, other.case.calendar
    if here == there:
        return one.decisions == other.decisions
    return here.period == there.period and all(
        dated(one.decisions, here, table) == dated(other.decisions, there, table) for table in STORED
    )


def not_lined_up(base: Calendar, scenario: Calendar) -> tuple[Message, ...]:
    """What of two plans is not of the same dates, in sentences; nothing where the calendars are the same."""
    words = []
    if base.period != scenario.period:
        words.append(
            say(
                "Periods: {base} each in the base, {scenario} each in the scenario; a period is named by its first "
                "month.",
                base=say(f"a {base.period}"),
                scenario=say(f"a {scenario.period}"),
            )
        )
    if base.start != scenario.start:
        words.append(
            say(
                "Present values are of the start of each plan: {base} in the base, {scenario} in the scenario. They "
                "are set side by side as they are.",
                base=str(base.start),
                scenario=str(scenario.start),
            )
        )
    if (base.start, base.end) != (scenario.start, scenario.end):
        words.append(
            say(
                "Sums run over each plan's own months: {first} to {last} in the base, {first_there} to {last_there} in "
                "the scenario. A fiscal year that a plan does not reach stands as –.",
                first=str(base.start),
                last=str(base.end.plus(-1)),
                first_there=str(scenario.start),
                last_there=str(scenario.end.plus(-1)),
            )
        )
    if base.fiscal_year_start_month != scenario.fiscal_year_start_month:
        words.append(
            say(
                "Fiscal years begin in month {base} in the base and in month {scenario} in the scenario. Decisions "
                "stand in the fiscal years of the base; tax credits and limits of a fiscal year, which have no month, "
                "in those of their own case.",
                base=base.fiscal_year_start_month,
                scenario=scenario.fiscal_year_start_month,
            )
        )
    return tuple(words)
