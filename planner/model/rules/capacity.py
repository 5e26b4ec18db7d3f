"""Only installed systems can work."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.sites import CAPACITY


def capacity(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What works is at most the available part of what stands; by system s, site d, period t; systems.

    ``sum_w serve[w,s,d,t] <= availability[s] * installed[s,d,t]``
    """
    for key, works in sets.serving_by_place.items():
        working = count(decide.serve[work] for work in works)
        yield Row(CAPACITY, key, working <= coefficients.sites.availability[key.system] * decide.installed[key])
