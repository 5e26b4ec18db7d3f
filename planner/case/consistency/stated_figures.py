"""Every figure of a draft, one by one, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from planner.case.consistency.draft import Draft, Path
from planner.case.quantities import Duration, Money, Rate
from planner.case.timeline import Timeline

Value = Money | Rate | Duration | int | float
_NO_FIGURES = {"unusual", "scenarios"}
"""Sections that hold texts, and figures only as those of other sections."""


class StatedFigure(NamedTuple):
    """One value of a case; a figure by month is as many as it has months."""

    path: Path
    """The keys that lead to it."""
    pattern: str
    """The same without names, numbers, years and months: ``offers.*.price``."""
    value: Value


def stated_figures(draft: Draft) -> Iterator[StatedFigure]:
    """All amounts of money, rates, durations and numbers."""
    for section in sorted(Draft.sections() - _NO_FIGURES):
        for path, pattern, said in said_in(getattr(draft, section), (section,), section):
            for where, value in steps_of(said, path):
                if isinstance(value, Value) and (not isinstance(value, int) or type(value) is int):
                    yield StatedFigure(where, pattern, value)  # months and switches are kept as whole numbers as well


def said_in(value: object, path: Path, pattern: str = "") -> Iterator[tuple[Path, str, object]]:
    """All that a noun, and the groups and lists in it, says, with where it stands and the pattern of that."""
    if isinstance(value, BaseModel) and not isinstance(value, Money | Rate | Duration):
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            yield from said_in(getattr(value, name), (*path, key), f"{pattern}.{key}")
    elif isinstance(value, dict | tuple):
        for own, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from said_in(item, (*path, str(own)), f"{pattern}.*")
    else:
        yield path, pattern, value


def steps_of(said: object, path: Path) -> Iterator[tuple[Path, object]]:
    """What is said, or each step of a figure by month, with where it stands."""
    if not isinstance(said, Timeline):
        yield path, said
        return
    for month, step in said.steps:
        yield path if said.is_constant else (*path, str(month)), step
