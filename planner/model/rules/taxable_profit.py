"""A fiscal year makes a profit or a loss, never both."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.scale import row_scale
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import END_LOSS, END_TAX, GAIN, LOSS, PROFIT


def taxable_profit(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Profit before tax is gain or loss; by fiscal year y; money units.

    ``gain[y] - loss[y] = revenue + grants + resale - opex - interest - depreciation - written off - compression
    - written off at once - grants given back``,
    ``gain[y] <= largest[y] * profitable[y]``, ``loss[y] <= largest[y] * (1 - profitable[y])``, and at the end of the
    horizon ``end_tax >= rate * (terminal value - book value)`` and ``end_tax >= -tax[last year]``

    Depreciation takes its share of the cost of what stands, by whichever method; what leaves early is written off at
    once. Where grants lower book values, compression takes the grant off them when it is paid and lowers later
    depreciation; the part that was already written off by then stays income. What a programme lets write off at once is
    treated alike, without being income. Without the whole number a plan could make a gain and a loss
    at once, and so pay tax early where cash is plentiful, to save it where cash is short.
    At the end everything is taxed as if it were sold for its terminal value on the last day; a loss on that saves tax
    as it would on sale, at most the tax of the last fiscal year.
    """
    for year in coefficients.tax.years:
        y, scale = (year.name,), row_scale(year.largest)
        gain, loss = decide.gain[y], decide.loss[y]
        yield Row(PROFIT, y, (gain - loss).equals(sums.profit(year.periods)))
        yield Row(GAIN, y, scale * gain <= scale * year.largest * decide.profitable[y])
        yield Row(LOSS, y, scale * loss + scale * year.largest * decide.profitable[y] <= scale * year.largest)
    for (t,), column in decide.end_tax.items():
        yield Row(END_TAX, (t,), column >= coefficients.tax.end_rate * sums.end_gain())
        yield Row(END_LOSS, (t,), column >= sums.tax(coefficients.tax.years[-1]) * -1.0)
