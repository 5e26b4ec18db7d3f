"""Limits that lenders set on the accounts of each fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.limits.kinds import money_limit
from planner.finance.lending import debt_service_cover as cover_of
from planner.outcome import DEBT_SERVICE, OPERATING_COSTS, REVENUES, TAXES, About, Accounts, Limit, Quantities
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.keys import FiscalYear
from planner.vocabulary.message import fiscal_year, say

NOTHING = 1.0
"""Debt below one unit of currency is none: it is what binary numbers leave of a loan that is paid back."""


def debt_service_cover(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Revenue less running costs and tax pays for the debt service of a whole fiscal year so many times.

    A year without any debt service keeps it, whatever its operations come to.
    """
    covenants = facts.case.finance.covenants
    if covenants is None or covenants.least_debt_service_cover is None:
        return
    for year in facts.calendar.full_years:
        periods = facts.calendar.fiscal_years[year]
        earned, spent, service = operations_and_service(facts, accounts, year)
        if cover_of(earned - spent, service) is None:
            continue
        words = say("cash from operations of {year}, for its debt service", year=fiscal_year(year.number))
        least, most = covenants.least_debt_service_cover * service, max(earned, spent, service)
        about = About((str(year),), words, year)
        yield money_limit(facts, "debt_service_cover", about, earned - spent, ">=", least, periods[-1], summed=most)


def operations_and_service(facts: Facts, accounts: Accounts, year: FiscalYear) -> tuple[float, float, float]:
    """Revenue of a fiscal year, its running costs with the tax that is paid in it, and its debt service."""
    periods = facts.calendar.fiscal_years[year]

    def moved(lines: tuple[str, ...]) -> float:
        return sum(accounts.lines[line][t] for line in lines for t in periods)

    falls_due = sum(scheduled[t] for scheduled in accounts.books.scheduled.values() for t in periods)
    service = sum(-CASH_LINES[line].sign * moved((line,)) for line in DEBT_SERVICE) + falls_due
    return moved(REVENUES), moved((*OPERATING_COSTS, *TAXES)), service


def year_end_covenants(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Cash, debt, book value and equity at the end of each fiscal year with debt are what lenders ask for.

    Equity is what is there, less what is owed: to lenders and suppliers, for investments, and tax.
    """
    covenants, books = facts.case.finance.covenants, accounts.books
    if covenants is None:
        return
    for year, t in facts.calendar.ended_years.items():
        debt = sum(owed[t] for owed in books.debt.values())
        if debt < NOTHING:
            continue
        assets = (accounts.cash[t], books.receivables[t], books.advances[t], books.fixed_assets[t])
        trade = books.payables[t] + books.prepayments[t] + books.unpaid[t]
        owed = debt + trade + books.consumption_tax[t] + books.tax_payable[t]
        equity, most = sum(assets) - owed, max(abs(one) for one in (*assets, owed))
        told = fiscal_year(year.number)
        if covenants.least_liquidity is not None:
            there = accounts.cash[t] + sum(_still_drawable(facts, accounts, t))
            least = facts.money(covenants.least_liquidity, facts.calendar.fiscal_years[year][0])
            about = About((str(year), "liquidity"), say("liquidity at the end of {year}", year=told), year)
            yield money_limit(facts, "year_end_covenants", about, there, ">=", least, t, summed=most)
        if covenants.most_loan_to_value is not None:
            allowed = covenants.most_loan_to_value * books.fixed_assets[t]
            words = say("debt at the end of {year}, by book value", year=told)
            about = About((str(year), "value"), words, year)
            yield money_limit(facts, "year_end_covenants", about, debt, "<=", allowed, t, summed=most)
        if covenants.most_debt_to_equity is not None:
            allowed = covenants.most_debt_to_equity * equity
            about = About((str(year), "equity"), say("debt at the end of {year}, by equity", year=told), year)
            scale = max(1.0, covenants.most_debt_to_equity)
            yield money_limit(facts, "year_end_covenants", about, debt, "<=", allowed, t, summed=scale * most)


def _still_drawable(facts: Facts, accounts: Accounts, t: int) -> Iterator[float]:
    """What each loan may still be drawn for after a period, whatever is invested: of those that revolve."""
    after = facts.calendar.starts[t].plus(facts.calendar.months_per_period)
    for name, loan in facts.case.finance.loans.items():
        if loan.revolving and loan.share_of_investment is None and loan.draw_window.holds(after):
            yield facts.money(loan.limit, 0) - accounts.books.debt[name][t]
