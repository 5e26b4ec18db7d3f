"""Covenants: what lenders ask of each fiscal year, and how far a year can be from it."""

from __future__ import annotations

from planner.case.case import Case
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.largest import largest_property_tax, largest_results, largest_running_costs, most_that_fits
from planner.coefficients.money import Exchange
from planner.coefficients.records import CoverTerms, LoanTerms, YearEndTerms
from planner.vocabulary.keys import FiscalYear


def covers_of(case: Case, known: Coefficients) -> tuple[CoverTerms, ...]:
    """What is asked of the debt service cover, for each fiscal year that lies in the horizon as a whole."""
    covenants, dividends = case.finance.covenants, case.finance.dividends
    least = None if covenants is None else covenants.least_debt_service_cover
    if (least is None and (dividends is None or dividends.lock_up_cover is None)) or not known.loans:
        return ()
    fits = most_that_fits(known)
    running, on_property = largest_running_costs(known, fits), largest_property_tax(known, fits)
    spent = [running[t] + on_property[t] for t in known.periods]  # by all that fits, which earns nothing
    return tuple(_cover(known, year, least, spent) for year in case.calendar.full_years)


def _cover(known: Coefficients, year: FiscalYear, least: float | None, spent: list[float]) -> CoverTerms:
    periods = known.fiscal_year_periods(year)
    scheduled = {name: _largest_scheduled(loan, periods) for name, loan in known.loans.items()}
    costs = sum(loan.limit + loan.outstanding for loan in known.loans.values())  # a year's interest is no more
    costs += sum(loan.limit * sum(loan.commitment_fee[t] for t in periods) for loan in known.loans.values())
    return CoverTerms(
        name=year,
        periods=periods,
        least=least,
        largest_scheduled=scheduled,
        largest_service=sum(scheduled.values()) + costs,
        largest_deficit=sum(spent[t] for t in periods) + _largest_tax(known, periods),
    )


def _largest_scheduled(loan: LoanTerms, periods: tuple[int, ...]) -> float:
    """A generous bound: all that can be owed, and of what revolves as much again in every period."""
    return (loan.limit + loan.outstanding) * (1 + len(periods) * loan.revolving)


def _largest_tax(known: Coefficients, periods: tuple[int, ...]) -> float:
    """The highest tax that can be paid in the year."""
    months = {month for t in periods for month in known.calendar.months_of(t)}
    tax = sum(
        year.rate * year.largest * part for year in known.tax.years for m, part in year.due if m in months and part > 0
    )
    return tax + sum(amount for month, amount in known.tax.before if month in months and amount > 0)


def year_ends_of(case: Case, exchange: Exchange, known: Coefficients) -> tuple[YearEndTerms, ...]:
    """What is asked of the balances at the end of each fiscal year that ends within the horizon."""
    covenants, calendar = case.finance.covenants, case.calendar
    if covenants is None or not known.loans:
        return ()
    liquidity, value, equity = (
        covenants.least_liquidity,
        covenants.most_loan_to_value,
        covenants.most_debt_to_equity,
    )
    if liquidity is None and not covenants.of_the_balance_sheet:
        return ()
    opening = known.budget.opening_cash - sum(loan.outstanding for loan in known.loans.values())
    opening += sum(exchange.money(fleet.book_value, 0) for place in case.sites.values() for fleet in place.fleet)
    opening += known.trade.open_before("receivables_increase") - known.trade.open_before("payables_increase")
    opening -= known.trade.open_before("prepayments_increase")
    results = largest_results(case, known) if covenants.of_the_balance_sheet else [0.0] * calendar.periods
    lowers = any(terms.lowers_book_value for terms in known.claims.terms.values())
    found = []
    for year, last in calendar.ended_years.items():
        first = calendar.fiscal_years[year][0]
        after = calendar.starts[last].plus(calendar.months_per_period)
        funding = [money for month, money in known.budget.funding.items() if month <= calendar.months_of(last)[-1]]
        lowest = 2 * sum(results[: last + 1]) + abs(opening) + sum(abs(money) for money in funding)
        found.append(
            YearEndTerms(
                name=year,
                last=last,
                least_liquidity=None if liquidity is None else exchange.money(liquidity, first),
                lines=tuple(
                    name
                    for name, loan in case.finance.loans.items()
                    if loan.revolving and loan.share_of_investment is None and loan.draw_window.holds(after)
                ),
                loan_to_value=value,
                debt_to_equity=equity,
                put_in=opening + sum(funding),
                largest_debt=sum(loan.limit + loan.outstanding for loan in known.loans.values()),
                lowest_value=lowest if lowers else 0.0,
                lowest_equity=lowest,
            )
        )
    return tuple(found)
