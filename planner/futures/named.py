"""Scenarios with a weight are futures as well."""

from __future__ import annotations

from planner.defaults import BASE
from planner.futures.future import Future
from planner.reading.case.file import Reading

_DIGITS = 9
"""Decimals of the weight that is left for the case: thirds cannot be written down exactly."""


def named_futures(reading: Reading) -> tuple[Future, ...]:
    """The scenarios of a case that have a weight, and the case as it stands with what they leave; none without any.

    A scenario of weight zero is left out: it cannot happen.
    """
    weighted = {name: one for name, one in reading.scenarios.items() if one.weight is not None}
    if not weighted:
        return ()
    found = [Future(name, one.weight, dict(one.set)) for name, one in weighted.items() if one.weight]
    rest = round(1 - sum(one.weight for one in found), _DIGITS)
    base = [Future(BASE, rest, {})] if rest > 0 else []
    return (*base, *found)
