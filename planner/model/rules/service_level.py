"""A promised share of demand is served."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.demand import SERVICE_LEVEL


def service_level(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What is left unserved is at most what may be; by workload w, period t; the workload's metric.

    ``unmet[w,t] <= (1 - must_serve[w]) * amount[w,t]``, but in periods of which all has happened.
    """
    for key in sets.open_demands:
        most = coefficients.demand.may_go_unserved[key.workload] * coefficients.demand.amount[key]
        yield Row(SERVICE_LEVEL, key, decide.unmet[key] <= most)
