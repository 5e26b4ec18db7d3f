"""Demand is served or left unserved."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, total
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.demand import DEMAND


def demand(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What is served and what is left unserved make up the demand; by workload w, period t; the workload's metric.

    ``sum_(s,d) throughput[w,s] * serve[w,s,d,t] + unmet[w,t] = amount[w,t]``
    """
    for key in sets.demands:
        works = sets.serving_by_demand.get(key, [])
        served = total(
            (coefficients.demand.throughput[key.workload, work.system], decide.serve[work]) for work in works
        )
        yield Row(DEMAND, key, (served + decide.unmet[key]).equals(coefficients.demand.amount[key]))
