"""Dividends: for which fiscal years owners may be paid within the horizon, when, and how far they can be from it."""

from __future__ import annotations

import math

from planner.case.case import Case
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.largest import largest_results
from planner.coefficients.money import Exchange
from planner.coefficients.records import Dividends, DividendTerms


def dividends_of(case: Case, exchange: Exchange, known: Coefficients) -> Dividends:
    """What may be paid for each fiscal year that ends, and is paid for, within the horizon."""
    said, calendar, loans = case.finance.dividends, case.calendar, known.loans
    if said is None:
        return Dividends()
    opening, results = exchange.money(said.opening_retained_profit, 0), largest_results(case, known)
    covered = {year.name for year in known.covers}
    found, most_before = list[DividendTerms](), 0.0
    there = known.budget.opening_cash + sum(max(0.0, money) for money in known.budget.funding.values())
    there += sum(loan.limit * (1 + len(known.periods) * loan.revolving) for loan in loans.values())
    for year, last in calendar.ended_years.items():
        month = calendar.months_of(last)[-1] + said.payment_lag.months
        if month >= len(calendar.months):
            continue
        earned = sum(results[: last + 1])
        on_cash = math.prod((1 + rate) ** calendar.months_per_period for rate in known.budget.interest_on_cash) - 1
        most = max(0.0, opening) + earned + on_cash * (there + sum(results))
        stated, periods = said.stated.get(year), calendar.fiscal_years[year]
        amount = None if stated is None else exchange.money(stated, periods[0])
        most_before += most if amount is None else amount
        found.append(
            DividendTerms(
                name=year,
                periods=periods,
                month=month,
                stated=amount,
                most=most if amount is None else max(1.0, amount),
                share=said.most_share_of_profit if stated is None else None,
                lowest_retained=2 * earned + abs(opening) + most_before,
                lock_up=said.lock_up_cover if year in covered else None,
            )
        )
    return Dividends(is_stated=True, opening=opening, years=tuple(found))
