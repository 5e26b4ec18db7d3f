"""Losses of earlier years are set against profit as soon as they can be."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import LinearExpression, Row
from planner.model.scale import row_scale
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import ALL_LOSSES, ALL_PROFIT, LOSSES, LOSSES_LEFT, LOSSES_OFFSET


def loss_carried(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Losses left over are carried to the next year; by fiscal year y; money units.

    ``loss_carried[y] = loss_carried[y-1] + loss[y] - loss_used[y]`` and
    ``loss_used[y] = min(loss_carried[y-1], loss_use_limit * gain[y])``

    The smaller of the two is two limits from above, and one from below that a whole number chooses: either the losses
    are exhausted, or the share of profit that they may offset is.
    """
    largest, before = coefficients.tax.opening_loss, LinearExpression(constant=coefficients.tax.opening_loss)
    for year in coefficients.tax.years:
        y, scale = (year.name,), row_scale(max(largest, year.largest))
        used, exhausted = decide.loss_used[y], decide.exhausted[y]
        most = coefficients.tax.loss_use_limit * decide.gain[y]
        yield Row(LOSSES, y, decide.loss_carried[y].equals(before + decide.loss[y] - used))
        yield Row(LOSSES_LEFT, y, used <= before)
        yield Row(LOSSES_OFFSET, y, used <= most)
        yield Row(ALL_LOSSES, y, scale * used + scale * largest >= scale * before + scale * largest * exhausted)
        yield Row(ALL_PROFIT, y, scale * used >= scale * most - scale * year.largest * exhausted)
        before, largest = LinearExpression() + decide.loss_carried[y], largest + year.largest
