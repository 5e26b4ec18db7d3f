"""A lever: one figure of the case as a column that loosens the rows which the figure limits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from planner.case.calendar import Calendar
from planner.case.timeline import Timeline
from planner.explain.figure import Figure, Path
from planner.model.linear import Key, Sum

Entry = tuple[str, Key, float]
"""Rule and key of a row, and what one unit of the lever adds to its left side, all terms brought there."""


@dataclass(frozen=True)
class Lever:
    """What loosening one statement of the case does to the rows of the model."""

    statement: Path
    """Path of the statement; the steps of a figure by month are one statement."""
    words: str
    """What the statement says."""
    entries: tuple[Entry, ...]
    periods: tuple[int, ...] = ()
    """Periods that it is about; none where it is about the plan as a whole."""
    figure: Figure | None = None
    """The figure to change; None where there is none that could be changed alone."""
    scale: float = 1.0
    """How much of the figure one unit of the lever is."""
    exact: bool = True
    """Whether the lever does to the rows just what the figure does."""
    most: float = math.inf
    """Most units of the lever."""
    within: Sum | None = None
    """A sum of columns that the lever may not exceed; the entries stand for a factor that is one at most."""


def steps[T](timeline: Timeline[T], path: Path, calendar: Calendar) -> Iterator[tuple[Path, T | None, tuple[int, ...]]]:
    """The steps of a figure by month: path, value, and the periods in which it holds; None before the first step."""
    found: dict[Path, tuple[T | None, list[int]]] = {}
    for t, start in enumerate(calendar.starts):
        months = [month for month, _ in timeline.steps if month <= start]
        if timeline.is_constant:
            where: Path = path
        else:
            where = (*path, str(months[-1] if months else calendar.starts[0]))
        found.setdefault(where, (timeline.at(start), []))[1].append(t)
    for where, (value, periods) in found.items():
        yield where, value, tuple(periods)
