"""Which fiscal years pay their owners, read off a plan in which that was left open."""

from __future__ import annotations

from planner.coefficients import CoverTerms, DividendTerms
from planner.model.build import Model
from planner.solving.matrix import Floats
from planner.vocabulary.keys import FiscalYear, Payout

ROUNDING = 1e-7
"""How far the figures of a plan may be off, as a share of the largest of its year."""


def fill_in_dividends(part: Model, values: Floats, found: Floats) -> int | None:
    """Fills in whether each year pays, in place: it may, whether it does, where it has what is asked for.

    Gives the index of the first whole number that the plan does not obey: that of a year that pays and may not. Where
    it is said already that the year does, what is left is whether it serves debt.
    """
    broken, amounts = None, values.tolist() if part.coefficients.dividends.years else []
    for year in part.coefficients.dividends.years:
        switch, paid = part.decide.pays_owners[year.name,].index, values[part.decide.dividend[Payout(year.name)].index]
        earned = part.sums.owners.earned_until(year).value(amounts)
        room = earned - part.sums.owners.paid_until(year).value(amounts)
        if year.share is not None:
            room = min(room, year.share * part.sums.owners.net_profit(year).value(amounts) - paid)
        tolerance = ROUNDING * max(1.0, abs(earned), paid)
        has_profit, is_open = room >= -tolerance, not is_locked_up(part, year, amounts)
        if broken is None and paid > tolerance and not (has_profit and is_open):
            says_so = has_profit and values[switch] > 0.5
            broken = part.decide.serves_debt[year.name,].index if says_so else switch
        found[switch] = float(has_profit and is_open)
    return broken


def is_locked_up(part: Model, year: DividendTerms, amounts: list[float]) -> bool:
    """Whether a year has debt service, and not the cash that lenders ask for before owners are paid."""
    cover = _cover_of(part, year.name)
    if year.lock_up is None or cover is None:
        return False
    cash, service = cash_and_service(part, cover, amounts)
    tolerance = ROUNDING * max(1.0, abs(cash), service)
    return service > tolerance and cash < year.lock_up * service - tolerance


def cash_and_service(part: Model, year: CoverTerms, amounts: list[float]) -> tuple[float, float]:
    """Cash from operations of a fiscal year of a plan, and its debt service."""
    sums = part.sums
    scheduled = (sums.lending.scheduled_in(f, year.periods).value(amounts) for f in part.coefficients.loans)
    service = sums.lenders.finance_costs(year).value(amounts) + sum(max(0.0, amount) for amount in scheduled)
    return sums.lenders.operating_cash(year).value(amounts), service


def _cover_of(part: Model, name: FiscalYear) -> CoverTerms | None:
    return next((year for year in part.coefficients.covers if year.name == name), None)
