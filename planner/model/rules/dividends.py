"""Owners are paid out of profit that is kept, and where lenders let them be paid."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.scale import row_scale
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.money import (
    DISTRIBUTABLE,
    DIVIDEND_STATED,
    LOCK_UP,
    LOCK_UP_KEPT,
    NO_DIVIDEND,
    PAYOUT,
    PAYOUT_KEPT,
    RETAINED_KEPT,
)
from planner.vocabulary.keys import Payout


def dividends(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What is paid to owners for a year whose dividend is due within the horizon; by fiscal year y; money units.

    ``dividend[y] <= most[y] * pays_owners[y]``,
    ``sum_(v <= y) dividend[v] + retained_room[y] <= opening + sum_(v <= y) net_profit[v]``,
    ``dividend[y] + payout_room[y] <= most_share * net_profit[y]``,
    ``operating_cash[y] - lock_up * service[y] >= lock_up_room[y]``, ``dividend[y] >= stated[y]``, both rooms of profit
    ``>= -lowest_retained[y] * (1 - pays_owners[y])`` and ``lock_up_room[y] >= -(deficit[y] + lock_up *
    largest_service[y]) * (1 - pays_owners[y]) - deficit[y] * (1 - serves_debt[y])``

    Net profit is that after tax, with interest on cash. A loss is no sum that owners pay back: whether they are paid at
    all is a whole number, and only years in which they are have to have what is asked for.
    """
    covers = {year.name: year for year in coefficients.covers}
    for year in coefficients.dividends.years:
        y, key = (year.name,), Payout(year.name)
        paid, pays, scale = decide.dividend[key], decide.pays_owners[y], row_scale(year.most)
        yield Row(NO_DIVIDEND, y, scale * paid <= scale * year.most * pays)
        kept = sums.owners.paid_until(year) + decide.retained_room[y]
        yield Row(DISTRIBUTABLE, y, kept <= sums.owners.earned_until(year))
        most, scale = year.lowest_retained, row_scale(year.lowest_retained)
        yield Row(RETAINED_KEPT, y, scale * decide.retained_room[y] - pays * (scale * most) >= -scale * most)
        if year.share is not None:
            asked = decide.payout_room[y] + paid
            yield Row(PAYOUT, y, asked <= sums.owners.net_profit(year) * year.share)
            yield Row(PAYOUT_KEPT, y, scale * decide.payout_room[y] - pays * (scale * most) >= -scale * most)
        if year.lock_up is not None:
            cover, room = covers[year.name], decide.lock_up_room[y]
            asked = sums.lenders.debt_service(cover) * year.lock_up
            yield Row(LOCK_UP, y, sums.lenders.operating_cash(cover) - asked >= room)
            idle = cover.largest_deficit
            most = idle + year.lock_up * cover.largest_service
            scale = row_scale(most)
            left = scale * room - pays * (scale * most) - decide.serves_debt[y] * (scale * idle)
            yield Row(LOCK_UP_KEPT, y, left >= -scale * (most + idle))
        if year.stated is not None:
            yield Row(DIVIDEND_STATED, y, paid >= year.stated)
