"""Decisions that are made already are as they are, and up to a month there are none besides."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.frozen import FROZEN_BLOCKS, FROZEN_ENTRY, FROZEN_EXIT, FROZEN_ORDER


def frozen(sets: Sets, coefficients: Coefficients, decide: Variables, _sums: Expressions) -> Iterator[Row]:
    """What is frozen is as it is listed; by offer o, site d, expansion x, vintage s,d,k and period t; programme j.

    ``order[o,d,t] = listed[o,d,t]`` and ``expand[x,t] = listed[x,t]`` for all that begins up to the month, zero for
    what is not listed; ``exit[s,d,k,t]`` and ``join[j]`` for what is listed. What cannot be has no decision, and its
    row asks for a number of nothing: then there is no plan.
    """
    listed = coefficients.frozen
    for order in sets.frozen_orders:
        ordered = count(decide.order[key] for key in (order,) if key in decide.order)
        yield Row(FROZEN_ORDER, order, ordered.equals(listed.orders.get(order, 0)))
    for start in sets.frozen_blocks:
        begun = count(decide.expand[key] for key in (start,) if key in decide.expand)
        yield Row(FROZEN_BLOCKS, start, begun.equals(listed.blocks.get(start, 0)))
    for leaving, systems in listed.exits.items():
        left = count(decide.exit[key] for key in (leaving,) if key in decide.exit)
        yield Row(FROZEN_EXIT, leaving, left.equals(systems))
    for programme, is_entered in listed.entered.items():
        joined = count(decide.join[key] for key in ((programme,),) if key in decide.join)
        yield Row(FROZEN_ENTRY, (programme,), joined.equals(is_entered))
