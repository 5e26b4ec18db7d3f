"""Which way each fiscal year goes, in its tax and in a covenant, read off a plan in which that was left open.

Losing money and making it in one year, or leaving losses unused, hardly ever pays: it means to pay tax earlier than one
must. So a plan found without these whole numbers (indicator binaries) nearly always obeys them, and needs no search.
Whether a year has any debt service, or debt at its end, is read off its amounts as well; it is searched for among
blocks and programmes, since a bound that leaves it open would know little of the covenant.
"""

from __future__ import annotations

import math

import numpy as np

from planner.model.build import Model
from planner.solving.matrix import Floats, Integers
from planner.solving.payouts import ROUNDING, cash_and_service, fill_in_dividends
from planner.solving.solvable import Solvable

SIGNS = ("profitable", "exhausted", "lapses", "serves_debt", "owes", "pays_owners")
"""Kinds of whole-number decisions that only say which way a year goes."""


def indicator_columns(model: Solvable) -> Integers:
    """Indexes of the whole numbers that only say which way a year goes."""
    return np.array([column.index for column in model.columns if column.kind in SIGNS], dtype=np.int32)


def with_indicators(model: Solvable, values: Floats) -> Floats | None:
    """The same plan with the whole numbers of its tax years filled in; None where it breaks what they stand for."""
    found, broken = read_indicators(model, values)
    return found if broken is None else None


def read_indicators(model: Solvable, values: Floats, *, keeps_covenants: bool = True) -> tuple[Floats, int | None]:
    """The same plan with the whole numbers of its years filled in, and the first that it does not obey.

    The latter is the index of the column that says which of two ways the year must go: a year that makes a profit and
    a loss at once, one that neither uses up all losses of earlier years nor all the profit that they may offset, or one
    that has debt service, or debt at its end, and not what a covenant asks for. Where covenants may be broken, a year
    must keep them if it has any debt, and nothing tells whether it does.
    """
    found, broken = values.copy(), None
    for first, part in model.parts:
        here = slice(first, first + len(part.columns))
        wrong = _fill_in(part, values[here], found[here], keeps_covenants)
        broken = broken if broken is not None or wrong is None else first + wrong
    return found, broken


def _fill_in(model: Model, values: Floats, found: Floats, keeps_covenants: bool) -> int | None:
    """The same for the tax years of one operator, in place."""
    decide, coefficients, broken = model.decide, model.coefficients, None
    before = coefficients.tax.opening_loss
    for year in coefficients.tax.years:
        y = (year.name,)
        gain, loss = values[decide.gain[y].index], values[decide.loss[y].index]
        used, usable = values[decide.loss_used[y].index], coefficients.tax.loss_use_limit * gain
        tolerance = ROUNDING * max(1.0, gain, loss, before)
        if broken is None and min(gain, loss) > tolerance:
            broken = decide.profitable[y].index
        if broken is None and used < min(before, usable) - tolerance:
            broken = decide.exhausted[y].index
        found[decide.profitable[y].index] = float(gain > loss)
        found[decide.exhausted[y].index] = float(before <= usable)
        before = values[decide.loss_carried[y].index]
    lapsed = _fill_in_lapses(model, values, found)
    broken = lapsed if broken is None else broken
    for fill_in in (_fill_in_covers, _fill_in_year_ends):
        short = fill_in(model, values, found, keeps_covenants)
        broken = short if broken is None else broken
    short = fill_in_dividends(model, values, found)
    return short if broken is None else broken


def _fill_in_lapses(part: Model, values: Floats, found: Floats) -> int | None:
    """The same for losses that lapse: no more than what is left of them."""
    decide, broken = part.decide, None
    terms = {one.name: one for one in part.coefficients.tax.lapses}
    amounts, gone = values.tolist() if terms else [], 0.0
    for year in part.coefficients.tax.years if terms else ():
        y = (year.name,)
        gone += values[decide.loss_used[y].index]
        if year.name in terms:
            ended, lapsed = part.sums.ended_losses(terms[year.name]).value(amounts), values[decide.lapsed[y].index]
            left, tolerance = max(0.0, ended - gone), ROUNDING * max(1.0, ended, gone)
            if broken is None and lapsed > left + tolerance:
                broken = decide.lapses[y].index
            found[decide.lapses[y].index] = float(left > 0.0)
            gone += lapsed
    return broken


def _fill_in_covers(part: Model, values: Floats, found: Floats, keeps: bool) -> int | None:
    """The same for the covenant on debt service. A year that keeps it may have debt service, whether it has any, but
    not without it one whose owners could not be paid then."""
    broken, amounts = None, values.tolist() if part.coefficients.covers else []
    lock_ups = {year.name: year.lock_up or 0.0 for year in part.coefficients.dividends.years}
    for year in part.coefficients.covers:
        switch = part.decide.serves_debt[year.name,].index
        cash, service = cash_and_service(part, year, amounts)
        tolerance = ROUNDING * max(1.0, abs(cash), service)
        is_kept = year.least is None or cash >= year.least * service - tolerance
        if keeps and broken is None and not is_kept and service > tolerance:
            broken = switch
        is_free = service <= tolerance and cash < lock_ups.get(year.name, -math.inf) * service
        found[switch] = float(is_kept and not is_free if keeps else service > tolerance)
    return broken


def _fill_in_year_ends(part: Model, values: Floats, found: Floats, keeps: bool) -> int | None:
    """The same for the covenants on balances: a year that keeps them may end with debt, whether it has any."""
    lenders, broken, amounts = part.sums.lenders, None, values.tolist() if part.decide.owes else []
    for year in part.coefficients.year_ends:
        switch = part.decide.owes.get((year.name,))
        if switch is None:
            continue
        debt = lenders.debt(year.last).value(amounts)
        tolerance = ROUNDING * max(1.0, year.largest_debt)
        rooms = [
            *([] if year.least_liquidity is None else [lenders.liquidity(year).value(amounts) - year.least_liquidity]),
            *(
                []
                if year.loan_to_value is None
                else [year.loan_to_value * lenders.book_value(year).value(amounts) - debt]
            ),
            *(
                []
                if year.debt_to_equity is None
                else [year.debt_to_equity * lenders.equity(year).value(amounts) - debt]
            ),
        ]
        is_kept = min(rooms) >= -tolerance
        if keeps and broken is None and not is_kept and debt > tolerance:
            broken = switch.index
        found[switch.index] = float(is_kept if keeps else debt > tolerance)
    return broken
