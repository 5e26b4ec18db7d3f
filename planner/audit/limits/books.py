"""Checks of the books: both sides of each are worked out in different ways."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.limits.kinds import in_period, money_limit
from planner.audit.payments import basis_reduction
from planner.outcome import About, Accounts, Limit, Quantities
from planner.vocabulary.message import fiscal_year, say


def taxable_profit(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """The balance sheet balances: what is there, counted, is what is owed and what profit and owners left, rolled."""
    books = accounts.books
    equity = (
        facts.money(facts.case.finance.opening_cash, 0)
        + books.opening_advances
        + books.opening_fixed_assets
        + books.opening_receivables
        - books.opening_payables
        - books.opening_prepayments
        - books.opening_debt
    )
    for t in facts.periods:
        months = facts.calendar.months_of(t)
        equity += sum(accounts.funding[m] for m in months) + books.profit[t] - books.tax_charge[t]
        equity -= books.deferred_in(t)
        equity += accounts.lines["interest_on_cash"][t]  # after tax, and no part of the taxable profit
        equity -= accounts.lines["dividends"][t]
        assets = (accounts.cash[t], books.receivables[t], books.advances[t], books.fixed_assets[t])
        state = (books.consumption_tax[t], books.tax_payable[t], *books.deferred_tax[t : t + 1])
        owed = (books.payables[t], books.prepayments[t], books.unpaid[t], *state)
        claims = (*(owed_to[t] for owed_to in books.debt.values()), *owed, equity)
        balances = (*accounts.cash_after_payments[: months.stop], *accounts.cash_at_end[: months.stop])
        largest = max(abs(amount) for amount in (*assets, *claims, *balances))
        about = About((), say("assets against debt, tax owed and equity{when}", when=in_period(facts, t)))
        yield money_limit(facts, "taxable_profit", about, sum(assets), "=", sum(claims), t, summed=largest)
    if not books.tax_value:
        return
    later = 0.0
    for t in facts.periods:
        later += books.profit[t] - books.taxable_profit[t]
        about = About((), say("fixed assets in the books of tax{when}", when=in_period(facts, t)))
        rolled = books.fixed_assets[t] - later - _basis_taken_off(facts, t)
        largest = max(abs(books.fixed_assets[t]), abs(later))
        yield money_limit(facts, "taxable_profit", about, books.tax_value[t], "=", rolled, t, summed=largest)


def _basis_taken_off(facts: Facts, t: int) -> float:
    """What tax credits have taken off the cost that may be written off for tax, by the end of a period."""
    return sum(
        basis_reduction(facts.case, award) * award.amount
        for award in facts.awards
        if facts.ready(award.investment) <= t
    )


def loss_carried(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Every year's tax is paid or still owed, and no loss is lost or used twice."""
    terms, books = facts.case.finance.tax, accounts.books
    if terms is None:
        return
    settled = sum(accounts.lines["tax"]) + books.tax_payable[-1]
    charged = sum(year.tax for year in books.years.values())
    about = About(("tax",), say("tax paid and still owed at the end"))
    yield money_limit(facts, "loss_carried", about, settled, "=", charged)
    losses, largest = facts.money(terms.opening_loss, 0), 0.0
    losses += sum(facts.money(loss, 0) for loss in terms.opening_losses.values())
    for year, result in books.years.items():
        losses += max(0.0, -result.profit) - result.loss_used - result.loss_lapsed
        largest = max(largest, abs(result.profit), losses)
        last = facts.calendar.fiscal_years[year][-1]
        words = say("losses left{when}", when=say(" at the end of {year}", year=fiscal_year(year.number)))
        about = About(("losses",), words)
        yield money_limit(facts, "loss_carried", about, result.loss_carried, "=", losses, last, summed=largest)
