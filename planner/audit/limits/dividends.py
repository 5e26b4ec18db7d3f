"""Limits of what owners are paid: the books, what the case states, and lenders."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.dates import dividend_month
from planner.audit.facts import Facts
from planner.audit.limits.covenants import NOTHING, operations_and_service
from planner.audit.limits.kinds import money_limit
from planner.case.dividends import Dividends
from planner.finance.dividends import distributable
from planner.outcome import About, Accounts, Limit, Quantities
from planner.vocabulary.keys import FiscalYear, Payout
from planner.vocabulary.message import fiscal_year, say


def dividends(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """What is paid for a fiscal year is kept of all profit so far, within its share, as stated, and not locked up.

    A year that pays nothing keeps all but what is stated for it.
    """
    terms = facts.case.finance.dividends
    if terms is None:
        return
    opening, earned, before = facts.money(terms.opening_retained_profit, 0), list[float](), list[float]()
    for year, last in facts.calendar.ended_years.items():
        earned.append(_net_profit(accounts, facts.calendar.fiscal_years[year]))
        if dividend_month(facts.case, year) is None:
            continue
        paid, told = facts.decisions.dividend.get(Payout(year), 0.0), fiscal_year(year.number)
        if year in terms.stated:
            stated = facts.money(terms.stated[year], facts.calendar.fiscal_years[year][0])
            about = About((str(year), "stated"), say("dividend for {year}, as it is stated", year=told), year)
            yield money_limit(facts, "dividends", about, paid, "=", stated, last)
        if paid >= NOTHING:
            most = max(map(abs, (opening, *earned)))
            about = About((str(year), "retained"), say("dividend for {year}, of profit that is kept", year=told), year)
            left = distributable(opening, earned, before)
            yield money_limit(facts, "dividends", about, paid, "<=", left, last, summed=most)
            yield from _of_the_year(facts, accounts, terms, year, paid, earned[-1])
        before.append(paid)


def _of_the_year(
    facts: Facts, accounts: Accounts, terms: Dividends, year: FiscalYear, paid: float, earned: float
) -> Iterator[Limit]:
    """What is asked of the profit and of the debt service of a year that pays."""
    told, last = fiscal_year(year.number), facts.calendar.fiscal_years[year][-1]
    if terms.most_share_of_profit is not None and year not in terms.stated:
        about = About((str(year), "share"), say("dividend for {year}, of its profit after tax", year=told), year)
        most = terms.most_share_of_profit * max(0.0, earned)
        yield money_limit(facts, "dividends", about, paid, "<=", most, last, summed=abs(earned))
    if terms.lock_up_cover is not None and year in facts.calendar.full_years:
        earned, spent, service = operations_and_service(facts, accounts, year)
        if service >= NOTHING:
            words = say("cash from operations of {year}, for its debt service before a dividend", year=told)
            about, least = About((str(year), "lock_up"), words, year), terms.lock_up_cover * service
            summed = max(earned, spent, service)
            yield money_limit(facts, "dividends", about, earned - spent, ">=", least, last, summed=summed)


def _net_profit(accounts: Accounts, periods: tuple[int, ...]) -> float:
    """Profit after tax over some periods, with interest on cash, which is after tax."""
    books, earned = accounts.books, accounts.lines["interest_on_cash"]
    return sum(books.profit[t] - books.tax_charge[t] + earned[t] for t in periods)
