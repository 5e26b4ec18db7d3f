"""Suppliers deliver no more than they have."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.sites import ALLOCATION, AVAILABLE


def supply(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Orders stay within what a supplier offers, per period and as an allocation; by offer o, period t; systems.

    ``sum_d order[o,d,t] <= available[o,t]`` and ``sum_d sum_(u<=t) order[o,d,u] <= allocation[o,t]``
    """
    for o, t in coefficients.offers.available:
        ordered = count(decide.order[key] for key in sets.offer_orders_at.get((o, t), []))
        yield Row(AVAILABLE, (o, t), ordered <= coefficients.offers.available[o, t])
    for o, t in coefficients.offers.allocation:
        ordered = count(decide.order[key] for key in sets.offer_orders[o] if key.period <= t)
        yield Row(ALLOCATION, (o, t), ordered <= coefficients.offers.allocation[o, t])
