"""What is known of a plan: its headline, figure by figure, and every limit with the room that is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.case.calendar import Calendar
from planner.outcome import Limit, Outcome
from planner.report.compare.figures import MONEY, figures_of, unit_of
from planner.report.compare.verdict import unit_words
from planner.report.summary_file import headline_figures
from planner.results.table import Row, Table

WHEN = {
    "peak_debt": "peak_debt_period",
    "peak_accelerators": "peak_accelerators_period",
    "lowest_cash": "lowest_cash_at",
}
"""Figures that have a date, and its name in the headline."""


def judged(outcome: Outcome) -> dict[str, Table]:
    """The headline and the limits."""
    return {
        "headline": (("figure", "of", "unit", "value", "when"), _figures(outcome)),
        "limits": limits_table(outcome.audit.limits, outcome.case.calendar),
    }


def figure_rows(outcome: Outcome) -> Iterator[Row]:
    """Every headline figure that is a number: its name, its unit, its value."""
    for name, value in figures_of(outcome).items():
        yield name, unit_words(name, outcome), value


def limits_table(limits: Iterable[Limit], calendar: Calendar) -> Table:
    """Every limit that was worked out again, with both sides and the room between them."""
    return (
        ("rule", "subject", "period", "left", "sense", "right", "unit", "slack", "tolerance", "holds"),
        (
            (
                one.told_rule,
                one.subject,
                None if one.period is None else calendar.label(one.period),
                one.left,
                one.sense,
                one.right,
                one.unit,
                one.slack,
                one.tolerance,
                one.holds,
            )
            for one in limits
        ),
    )


def _figures(outcome: Outcome) -> Iterator[Row]:
    """Every figure of the headline with its unit and, where it has one, its date; what a plan has not has no value."""
    found = headline_figures(outcome)
    for name, value in found.items():
        if name in WHEN.values():
            continue
        if name == "systems_ordered":
            yield from ((name, system, "systems", number, None) for system, number in value.items())
        elif name == "first_obligations":
            for programme, tightest in value.items():
                unit = _metric(outcome, programme, tightest["installed"])
                for part in ("installed", "floor"):
                    yield f"first_obligation_{part}", programme, unit, tightest[part], tightest["period"]
        else:
            unit = unit_of(name, outcome)
            unit = outcome.case.finance.currency if unit == MONEY else unit
            yield name, "", unit, value, found.get(WHEN.get(name, ""))


def _metric(outcome: Outcome, programme: str, installed: float) -> str:
    """What the obligation counts that is tightest; a programme may have several."""
    return next(
        one.unit
        for one in outcome.audit.limits
        if one.rule == "obligation" and one.about.names[0] == programme and one.left == installed
    )
