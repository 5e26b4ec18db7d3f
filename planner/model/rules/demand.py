"""Demand is served or left unserved."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, total
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.demand import DEMAND


def demand(sets: Sets, figures: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What is served and what is left unserved make up the demand; by workload w, period t; the workload's metric.

    ``sum_(s,d) throughput[w,s] * serve[w,s,d,t] + unmet[w,t] = amount[w,t]``
    """
    for w, t in sets.demands:
        served = total(
            (figures.throughput[w, key[1]], decide.serve[key]) for key in sets.serving_by_demand.get((w, t), [])
        )
        yield Row(DEMAND, (w, t), (served + decide.unmet[w, t]).equals(figures.amount[w, t]))
