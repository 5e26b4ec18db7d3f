"""Every figure of a draft, one by one, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from planner.case.consistency.draft import Draft, Path
from planner.case.quantities import Duration, Money, Rate
from planner.case.timeline import Timeline

Value = Money | Rate | Duration | float


class Figure(NamedTuple):
    """One value of a case; a figure by month is as many as it has months."""

    path: Path
    """The keys that lead to it."""
    pattern: str
    """The same without names, numbers, years and months: ``offers.*.price``."""
    value: Value


def figures_of(draft: Draft) -> Iterator[Figure]:
    """All amounts of money, rates, durations and numbers."""
    for section in sorted(Draft.sections() - {"unusual"}):
        yield from _below(getattr(draft, section), (section,), section)


def _below(value: object, path: Path, pattern: str) -> Iterator[Figure]:
    if isinstance(value, Money | Rate | Duration | float) or (isinstance(value, int) and not _is_no_number(value)):
        yield Figure(path, pattern, value)
    elif isinstance(value, Timeline):
        for month, step in value.steps:
            yield from _below(step, path if value.is_constant else (*path, str(month)), pattern)
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            yield from _below(getattr(value, name), (*path, key), f"{pattern}.{key}")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _below(item, (*path, str(name)), f"{pattern}.*")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _below(item, (*path, str(number)), f"{pattern}.*")


def _is_no_number(value: int) -> bool:
    """Months and switches are kept as whole numbers as well."""
    return type(value) is not int
