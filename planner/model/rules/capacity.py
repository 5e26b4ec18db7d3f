"""Only installed systems can work."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.sites import CAPACITY


def capacity(sets: Sets, figures: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What works is at most the available part of what stands; by system s, site d, period t; systems.

    ``sum_w serve[w,s,d,t] <= availability[s] * installed[s,d,t]``
    """
    for s, d, t in sets.serving_by_place:
        working = count(decide.serve[key] for key in sets.serving_by_place[s, d, t])
        yield Row(CAPACITY, (s, d, t), working <= figures.availability[s] * decide.installed[s, d, t])
