"""Profit, tax and the balance sheet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add

from planner.audit.facts import Facts
from planner.audit.inventory import advances_of, fixed_assets_of, unpaid_of
from planner.audit.lending import outstanding, owed_of, scheduled_of
from planner.audit.register import Register, opening_value
from planner.case.finance import Tax
from planner.finance.tax import deferred_tax, losses_left, tax_of_year, tax_on_end_value
from planner.outcome import CLAWBACKS, EARNINGS, FINANCE_COSTS, OPERATING_COSTS, Books, TaxYear
from planner.vocabulary.keys import FiscalYear


def profit_of(facts: Facts, lines: dict[str, list[float]], register: Register) -> list[float]:
    """Profit before tax: what is earned and granted, less what running, lenders, wear and leaving early take."""
    return [
        reduce(add, (lines[earned][t] for earned in EARNINGS))
        - sum(lines[cost][t] for cost in OPERATING_COSTS)
        - sum(lines[cost][t] for cost in FINANCE_COSTS)
        - sum(lines[back][t] for back in CLAWBACKS)
        - sum(charge[t] for charge in register.values())
        for t in facts.periods
    ]


def tax_years_of(facts: Facts, profit: list[float]) -> dict[FiscalYear, TaxYear]:
    """Tax by fiscal year, less credits; a loss lowers the tax of later years. Empty where the case counts no tax."""
    terms = facts.case.finance.tax
    if terms is None:
        return {}
    years: dict[FiscalYear, TaxYear] = {}
    carried, stock = facts.money(terms.opening_loss, 0), _opening_losses(facts, terms)
    carried += sum(amount for _, amount in stock)
    for year, periods in facts.calendar.fiscal_years.items():
        gained = sum(profit[t] for t in periods)
        due = tax_of_year(gained, carried, facts.at(terms.rate, periods[0]) or 0.0, terms.loss_use_limit)
        carried, lapsed = due.loss_carried, 0.0
        if terms.loss_years is not None:
            stock, lapsed = losses_left(stock, due.loss_used, year.number, terms.loss_years)
            stock.append((year.number, max(0.0, -gained)))
            carried = sum(amount for _, amount in stock)
        paid_in = _payment_month(facts, periods[-1], terms.payment_lag.months)
        credit = math.fsum(amount for key, amount in facts.decisions.credit.items() if key.year == year)
        advance, advance_in = _advance(facts, terms, periods, years)
        tax = due.tax - credit
        years[year] = TaxYear(gained, due.loss_used, tax, carried, paid_in, credit, lapsed, advance, advance_in)
    return years


def _opening_losses(facts: Facts, terms: Tax) -> list[tuple[int, float]]:
    """Losses of earlier years by the year in which they were made."""
    return [(year.number, facts.money(loss, 0)) for year, loss in terms.opening_losses.items()]


def _advance(
    facts: Facts, terms: Tax, periods: tuple[int, ...], earlier: dict[FiscalYear, TaxYear]
) -> tuple[float, int | None]:
    """What is paid in advance for a year, by the tax of the one before, and the month; nothing for a year that began
    before the horizon."""
    first = facts.calendar.starts[periods[0]]
    began_before = not earlier and first.month != facts.calendar.fiscal_year_start_month
    if terms.interim is None or began_before:
        return 0.0, None
    before, months = facts.money(terms.interim.tax_of_year_before, 0), 12
    if earlier:
        last = max(earlier)
        before, months = earlier[last].tax, facts.calendar.months_per_period * len(facts.calendar.fiscal_years[last])
    month = facts.calendar.number_of(first.plus(terms.interim.after.months - 1 + terms.payment_lag.months))
    return terms.interim.share * before / months * 12, month if month < len(facts.calendar.months) else None


def _payment_month(facts: Facts, last: int, lag_months: int) -> int | None:
    """Number of the month in which the tax of a year that ends with period ``last`` is paid; None after the horizon.

    It is due so many months after the last one of the year: a lag of two months after March is May.
    """
    last_month = facts.calendar.starts[last].plus(facts.calendar.months_per_period - 1)
    due = facts.calendar.number_of(last_month.plus(lag_months))
    return due if due < len(facts.calendar.months) else None


def tax_paid_of(facts: Facts, years: dict[FiscalYear, TaxYear]) -> list[float]:
    """Tax paid in each period."""
    paid = [0.0] * len(facts.periods)
    for year in years.values():
        for month, amount in year.payments:
            if month is not None:
                paid[facts.calendar.period_of(month)] += amount
    return paid


def books_of(
    facts: Facts,
    tax_paid: list[float],
    register: Register,
    profit: list[float],
    taxable: list[float],
    years: dict[FiscalYear, TaxYear],
    terminal_value: float,
    open_balances: Mapping[str, Sequence[float]],
    consumption_tax: Sequence[float],
) -> Books:
    """The books of the plan; the balances are counted, not rolled, so that the balance sheet is a check."""
    charge = [0.0] * len(facts.periods)
    for year, periods in facts.calendar.fiscal_years.items():
        charge[periods[-1]] += years[year].tax if years else 0.0
    payable = [sum(charge[: t + 1]) - sum(tax_paid[: t + 1]) for t in facts.periods]
    finance = facts.case.finance
    fixed_assets, for_tax = fixed_assets_of(facts, finance.depreciation), [0.0]
    if finance.tax_books_apart:
        for_tax = fixed_assets_of(facts, finance.tax_depreciation, for_tax=True)
    debt = {name: tuple(owed_of(facts, name)) for name in facts.case.finance.loans}
    fleets = [fleet for place in facts.case.sites.values() for fleet in place.fleet]
    start, ends = facts.calendar.start, [facts.calendar.months_of(t).stop for t in facts.periods]
    return Books(
        charges={charge: tuple(amounts) for charge, amounts in register.items()},
        profit=tuple(profit),
        tax_charge=tuple(charge),
        fixed_assets=tuple(fixed_assets),
        advances=tuple(advances_of(facts)),
        unpaid=tuple(unpaid_of(facts)),
        debt=debt,
        scheduled={name: scheduled_of(facts, name) for name in facts.case.finance.loans},
        tax_payable=tuple(payable),
        consumption_tax=tuple(consumption_tax[end - 1] for end in ends),
        receivables=tuple(open_balances["receivables_increase"][end] for end in ends),
        payables=tuple(open_balances["payables_increase"][end] for end in ends),
        prepayments=tuple(open_balances["prepayments_increase"][end] for end in ends),
        opening_prepayments=open_balances["prepayments_increase"][0],
        opening_receivables=open_balances["receivables_increase"][0],
        opening_payables=open_balances["payables_increase"][0],
        opening_fixed_assets=math.fsum(opening_value(facts, fleet) for fleet in fleets if fleet.arrives < start),
        opening_advances=math.fsum(opening_value(facts, fleet) for fleet in fleets if fleet.arrives >= start),
        opening_debt=math.fsum(outstanding(facts, name) for name in facts.case.finance.loans),
        years=years,
        end_tax=_end_tax(facts, years, terminal_value - (for_tax if finance.tax_books_apart else fixed_assets)[-1]),
        taxable_profit=tuple(taxable) if finance.tax_books_apart else (),
        tax_value=tuple(for_tax) if finance.tax_books_apart else (),
        deferred_tax=tuple(_deferred_tax(facts, fixed_assets, for_tax)) if finance.tax_books_apart else (),
    )


def _deferred_tax(facts: Facts, fixed_assets: list[float], for_tax: list[float]) -> list[float]:
    """Tax that is put off at the end of each period: what fixed assets are worth more in the books than for tax, at the
    rate of the fiscal year; negative where they are worth less."""
    terms = facts.case.finance.tax
    assert terms is not None
    rates = {
        t: facts.at(terms.rate, periods[0]) or 0.0 for periods in facts.calendar.fiscal_years.values() for t in periods
    }
    return [deferred_tax(fixed_assets[t], for_tax[t], rates[t]) for t in facts.periods]


def _end_tax(facts: Facts, years: dict[FiscalYear, TaxYear], gain: float) -> float:
    """Tax on selling everything on the last day at its terminal value: on what that is above book value."""
    terms = facts.case.finance.tax
    if terms is None or not facts.case.finance.terminal_value:
        return 0.0
    year, periods = [*facts.calendar.fiscal_years.items()][-1]
    return tax_on_end_value(gain, facts.at(terms.rate, periods[0]) or 0.0, years[year].tax)
