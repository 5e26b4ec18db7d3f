"""The tables of a frontier: where the plan turns, and every plan that was made on the way, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.compare.figures import figures_of
from planner.report.compare.frontier import certainty
from planner.report.compare.verdict import unit_words
from planner.results.table import Row, Table
from planner.studies.frontier.frontier import Map


def of_frontier(found: Map) -> dict[str, Table]:
    """Turns, one row each, and the figures of every plan along the input."""
    first, second = found.lines[0].parameter, found.second
    return {
        "inputs": (
            ("input", "path", "unit", "low", "high"),
            (
                (name, one.path, one.unit, one.text(one.low), one.text(one.high))
                for name, one in (("first", first), ("second", second))
                if one is not None
            ),
        ),
        "turns": (
            (
                "value_of_second",
                "before",
                "after",
                "still_before_at",
                "already_after_at",
                "equally_good_at",
                "certainty",
            ),
            (
                (line.other, one.before, one.after, one.low, one.high, one.value, certainty(one))
                for line in found.lines
                for one in line.breakpoints
            ),
        ),
        "plans": (("value_of_second", "value_of_first", "plan", "figure", "unit", "value"), _plans(found)),
    }


def _plans(found: Map) -> Iterator[Row]:
    for line in found.lines:
        for point in line.points:
            outcome = point.outcome
            if outcome is None:
                yield line.other, point.value, point.state, "", "", None
            else:
                for name, value in figures_of(outcome).items():
                    yield line.other, point.value, point.state, name, unit_words(name, outcome), value
