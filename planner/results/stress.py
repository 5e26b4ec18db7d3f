"""The tables of a plan in many futures: what was drawn, what the plan comes to there, and what it breaks."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.compare.verdict import unit_words
from planner.results.table import Row, Table
from planner.studies.stress import Stress, Stressed

AS_PLANNED = "as planned"
UNITS = {"least_obligation_cover": "share"}
"""Units of figures that only a future has."""


def of_stress(found: Stress) -> dict[str, Table]:
    """Futures, one row each and by figure, and what one driver does alone."""
    return {
        "futures": (
            ("future", "weight", "lowest_cash_at", "promises_broken", "objective_replanned", "gap_replanned"),
            (
                (
                    one.future.name,
                    one.future.weight,
                    one.record.get("lowest_cash_at"),
                    len(one.record["broken"]) if one.is_known else None,
                    one.replanned,
                    one.gap,
                )
                for one in found.futures
            ),
        ),
        "figures": (("future", "figure", "unit", "value"), _figures(found)),
        "drawn": (
            ("future", "driver", "value", "words"),
            (
                (one.future.name, drawn.driver, drawn.value, drawn.words)
                for one in found.futures
                for drawn in one.future.drawn
            ),
        ),
        "broken": (
            ("future", "rule", "name", "short", "asked", "unit", "at", "first", "times"),
            (
                (one.future.name, *(missed[key] for key in ("rule", "name", "short", "asked", "unit")),
                 missed["at"], missed["first"], missed["times"])
                for one in found.known
                for missed in one.record["broken"]
            ),
        ),
        "one_at_a_time": (("driver", "end", "drawn", "figure", "unit", "value"), _pulls(found)),
    }  # fmt: skip


def _figures(found: Stress) -> Iterator[Row]:
    """Every figure of every future, that of the plan where all comes as planned first."""
    for name, value in found.planned["figures"].items():
        yield AS_PLANNED, name, _unit(found, name), value
    for one in found.known:
        yield from ((one.future.name, *row) for row in _of(found, one))


def _pulls(found: Stress) -> Iterator[Row]:
    for pull in found.pulls:
        for end, one in (("low", pull.low), ("high", pull.high)):
            words = ", ".join(drawn.words for drawn in one.future.drawn)
            yield from ((pull.driver, end, words, *row) for row in _of(found, one))


def _of(found: Stress, one: Stressed) -> Iterator[Row]:
    for name, value in one.record.get("figures", {}).items():
        yield name, _unit(found, name), value


def _unit(found: Stress, figure: str) -> str:
    return UNITS.get(figure) or unit_words(figure, found.base)
