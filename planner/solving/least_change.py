"""The plan that differs least from an earlier one among plans that are good enough."""

from __future__ import annotations

from planner.decisions import Decisions
from planner.errors import NoProofError
from planner.model.build import Model
from planner.model.linear import Column, Key, LinearExpression, Row
from planner.outcome import WarmStart
from planner.solving.forced import best_with
from planner.vocabulary.constraints.pool import FURTHER

INFINITY = float("inf")
GAP = 0.01
"""How far from the least change the search may stop, as a share."""
ROUNDING = 1e-6
"""By how much a change may be more than the least that was found, as a share."""


def closest(
    model: Model, before: Decisions, best: Decisions, floor: float, *, gap: float, seconds: float
) -> list[float] | None:
    """The best plan among those that differ least from an earlier one; None where none was found.

    What differs is what is ordered and started, each system and block by its cost at present value.

    Args:
        model: of the case as it now is; it gets columns and rows of this question.
        before: the earlier plan, in the names of this case.
        best: the best plan, where the search begins.
        floor: how good a plan has to be, in the unit of the model; at most, where less is better.
        gap: relative gap of the search for the best of these plans.
        seconds: time for each of the two searches.
    """
    changed = _changed(model, before)
    good = Row(FURTHER, (), model.objective >= floor if model.more_is_better else model.objective <= floor)
    start = WarmStart((best, before))
    try:
        least = best_with(model, [good], gap=GAP, seconds=seconds, objective=changed, start=start)
        if least is None:
            return None
        most = least.objective + ROUNDING * max(1.0, abs(least.objective))
        within = Row(FURTHER, ("change",), changed <= most)
        found = best_with(model, [good, within], gap=gap, seconds=seconds, known=least.values)
    except NoProofError:
        return None
    return least.values if found is None else found.values


def _changed(model: Model, before: Decisions) -> LinearExpression:
    """How much is ordered and started otherwise: a column above both differences, for each that is open."""
    coefficients, decide = model.coefficients, model.decide
    total = LinearExpression()
    pairs: list[tuple[Column, float, float]] = [
        (column, float(before.order.get(order, 0)), coefficients.present_cost(order))
        for order, column in decide.order.items()
        if order.period >= coefficients.frozen.periods
    ]
    pairs += [
        (column, float(before.expand.get(start, 0)), sum(due.amount for due in coefficients.blocks.payments[start]))
        for start, column in decide.expand.items()
        if start.period >= coefficients.frozen.periods
    ]
    for column, was, cost in pairs:
        key: Key = (column.kind, *column.key)
        apart = Column(len(decide.columns), "changed", key, 0.0, INFINITY, False)
        decide.columns.append(apart)
        model.rows.append(Row(FURTHER, ("more", *key), apart >= column - was))
        model.rows.append(Row(FURTHER, ("less", *key), apart >= (column - was) * -1.0))
        total.add_term(apart, max(cost, ROUNDING))
    return total
