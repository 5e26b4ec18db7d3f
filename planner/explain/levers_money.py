"""Levers on money: cash, budgets of fiscal years, loans and tax."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.quantities import Money
from planner.coefficients import Coefficients
from planner.coefficients.money import Exchange
from planner.explain.figure import Figure, Path
from planner.explain.lever import Entry, Lever, steps
from planner.model.expressions import Expressions
from planner.model.linear import Key
from planner.vocabulary.keys import Arrival, Vintage


def money_figure(path: Path, money: Money | None, currency: str, loosens: int) -> Figure:
    """A figure in money; where nothing stands there yet, of nothing."""
    money = money or Money(amount=0.0, currency=currency)
    most = money.amount if loosens < 0 else float("inf")
    return Figure(path, money.amount, "money", loosens, money.currency, most)


def cash_levers(case: Case, figures: Coefficients) -> Iterator[Lever]:
    """Money that is there, comes in, must stay, and is bound by contracts."""
    finance, exchange = case.finance, Exchange(case, 1.0)
    home, unit = finance.currency, figures.money_unit
    sources = "what owners pay in, " if finance.funding else ""
    sources += "loans, " if finance.loans else ""
    words = f"cash comes only from {finance.opening_cash.words} at the start, {sources}revenue, grants and resale"
    words += "" if finance.minimum_cash.amount else ", and may not fall below nothing"
    path: Path = ("finance", "opening_cash")
    figure = money_figure(path, finance.opening_cash, home, 1)
    entries: tuple[Entry, ...]
    yield Lever(path, words, (("cash_balance", (0,), -exchange.rate(figure.currency, 0)),), (), figure, unit)
    for month, money in finance.funding.items():
        t = case.calendar.period_containing(month)
        if t in figures.periods:
            where: Path = ("finance", "funding", str(month))
            entries = (("cash_balance", (t,), -exchange.rate(money.currency, t)),)
            back = money.amount < 0
            own = f"{Money(amount=-money.amount, currency=money.currency).words} go back to owners in {month}"
            figure = money_figure(where, money, home, 1)
            yield Lever(where if back else path, own if back else words, entries, (), figure, unit)
    where = ("finance", "minimum_cash")
    figure = money_figure(where, finance.minimum_cash, home, -1)
    entries = tuple(("cash_balance", (t, "minimum"), exchange.rate(figure.currency, t)) for t in figures.periods)
    most = figure.value / unit
    words = f"at least {finance.minimum_cash.words} must be left at the end of every period"
    yield Lever(where, words, entries, tuple(figures.periods), figure, unit, most=most)
    yield from _contracts(case, figures, exchange)
    for year, limit in finance.capex_limits.items():
        if year in figures.capex_limits:
            where = ("finance", "capex_limits", str(year))
            rate = exchange.rate(limit.currency, figures.fiscal_year_periods(year)[0])
            words = f"at most {limit.words} may be invested in {year}"
            entries = (("capex_limit", (year,), -rate),)
            yield Lever(where, words, entries, (), money_figure(where, limit, home, 1), unit)


def _contracts(case: Case, figures: Coefficients, exchange: Exchange) -> Iterator[Lever]:
    for name, site in case.sites.items():
        for number, entry in enumerate(site.fleet):
            key = Vintage(entry.system, name, Arrival(entry.arrives))
            if entry.unpaid is None or not entry.unpaid.amount or key not in figures.fleet:
                continue
            t = figures.fleet[key][0]
            rate = exchange.rate(entry.unpaid.currency, t)
            year = case.calendar.fiscal_year(case.calendar.starts[t])
            capped = (("capex_limit", (year,), -rate),) if year in figures.capex_limits else ()
            path: Path = ("sites", name, "fleet", str(number), "unpaid")
            figure = money_figure(path, entry.unpaid, case.finance.currency, -1)
            words = f"{entry.unpaid.words} are still owed for the {entry.system} at {name}"
            most = figure.value / figures.money_unit
            yield Lever(
                path, words, (("cash_balance", (t,), -rate), *capped), (t,), figure, figures.money_unit, most=most
            )


def loan_levers(case: Case, figures: Coefficients) -> Iterator[Lever]:
    """Limits, terms and shares of loans."""
    exchange = Exchange(case, 1.0)
    for name, loan in case.finance.loans.items():
        path: Path = ("finance", "loans", name, "limit")
        keys: list[Key] = [(name, t) for t in figures.periods] if loan.revolving else [(name,)]
        entries = tuple(("loan_limit", key, -exchange.rate(loan.limit.currency, 0)) for key in keys)
        words = f"at most {loan.limit.words} of {name} may be {'owed' if loan.revolving else 'drawn in all'}"
        figure = money_figure(path, loan.limit, case.finance.currency, 1)
        yield Lever(path, words, entries, (), figure, figures.money_unit)
        path = ("finance", "loans", name, "term")
        how = "in equal parts over" if loan.repayment == "equal_parts" else "at the end of"
        longer = Figure(path, float(loan.term.months), "months", 1, most=12.0 * 30)
        for t in figures.periods:
            words = f"a draw on {name} is repaid {how} {loan.term}"
            yield Lever(path, words, (("loan_term", (name, t), 1.0),), (t,), longer, exact=False)
        if loan.share_of_investment is not None:
            path, share = ("finance", "loans", name, "share_of_investment"), loan.share_of_investment
            words = f"draws on {name} are at most {share:.0%} of the capital expenditure so far"
            figure = Figure(path, share, "share", 1, most=1 - share)
            for t in figures.periods:
                yield Lever(path, words, (("loan_limit", (name, t, "share"), -1.0),), (t,), figure, exact=False)


def tax_levers(case: Case, figures: Coefficients, sums: Expressions) -> Iterator[Lever]:
    """Tax that is paid within the horizon, and how far losses of earlier years offset profit."""
    tax = case.finance.tax
    if tax is None:
        return
    rates = {
        t: (where, rate)
        for where, rate, held in steps(tax.rate, ("finance", "tax", "rate"), case.calendar)
        for t in held
    }
    for year in figures.tax_years:
        where, rate = rates[year.periods[0]]
        if year.paid_in is not None and rate:
            figure = Figure(where, rate, "share", -1, most=rate)
            words = f"profit is taxed at {figure.text(rate)}"
            entries = (("cash_balance", (year.paid_in,), -1.0),)
            # A lower rate spares no more than the tax that is left after credits: what it spares, no credit takes off.
            yield Lever(
                ("finance", "tax", "rate"), words, entries, year.periods, figure, exact=False, within=sums.tax(year)
            )
        if tax.loss_use_limit < 1:
            path: Path = ("finance", "tax", "loss_use_limit")
            words = f"losses of earlier years offset at most {tax.loss_use_limit:.0%} of a year's profit"
            figure = Figure(path, tax.loss_use_limit, "share", 1, most=1 - tax.loss_use_limit)
            yield Lever(
                path, words, (("loss_carried", (year.name, "profit"), -1.0),), year.periods, figure, exact=False
            )
