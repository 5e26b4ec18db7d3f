"""Losses of earlier years are set against profit as soon as they can be."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import LinearExpression, Row
from planner.model.scale import row_scale
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import (
    ALL_LOSSES,
    ALL_PROFIT,
    LAPSE_AT_MOST,
    LOSSES,
    LOSSES_LAPSE,
    LOSSES_LEFT,
    LOSSES_OFFSET,
    NO_LAPSE,
)


def loss_carried(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Losses left over are carried to the next year; by fiscal year y; money units.

    ``loss_carried[y] = loss_carried[y-1] + loss[y] - loss_used[y] - lapsed[y]``,
    ``loss_used[y] = min(loss_carried[y-1], loss_use_limit * gain[y])`` and, where losses lapse after n years,
    ``sum_(v <= y) (loss_used[v] + lapsed[v]) >= opening losses up to y-n + sum_(v <= y-n) loss[v]``

    The smaller of the two is two limits from above, and one from below that a whole number chooses: either the losses
    are exhausted, or the share of profit that they may offset is. The oldest losses are used first: by the end of a
    year all that were made n years before it, or earlier, are used or lapse. That no more lapses than must, a whole
    number says: either nothing does, or just what is left of them.
    """
    lapses, gone = {terms.name: terms for terms in coefficients.tax.lapses}, LinearExpression()
    largest, before = coefficients.tax.opening_loss, LinearExpression(constant=coefficients.tax.opening_loss)
    for year in coefficients.tax.years:
        y, scale = (year.name,), row_scale(max(largest, year.largest))
        used, exhausted = decide.loss_used[y], decide.exhausted[y]
        most = coefficients.tax.loss_use_limit * decide.gain[y]
        left = before + decide.loss[y] - used
        gone.add_term(used, 1.0)
        if year.name in lapses:
            terms, lapsed, whether = lapses[year.name], decide.lapsed[y], decide.lapses[y]
            ended = sums.ended_losses(terms) - gone
            all_losses = largest + year.largest
            of = row_scale(all_losses)
            yield Row(LOSSES_LAPSE, y, ended - lapsed <= 0.0)
            yield Row(LAPSE_AT_MOST, y, of * lapsed - of * ended + of * all_losses * whether <= of * all_losses)
            yield Row(NO_LAPSE, y, of * lapsed <= of * all_losses * whether)
            left = left - lapsed
            gone.add_term(lapsed, 1.0)
        yield Row(LOSSES, y, decide.loss_carried[y].equals(left))
        yield Row(LOSSES_LEFT, y, used <= before)
        yield Row(LOSSES_OFFSET, y, used <= most)
        yield Row(ALL_LOSSES, y, scale * used + scale * largest >= scale * before + scale * largest * exhausted)
        yield Row(ALL_PROFIT, y, scale * used >= scale * most - scale * year.largest * exhausted)
        before, largest = LinearExpression() + decide.loss_carried[y], largest + year.largest
