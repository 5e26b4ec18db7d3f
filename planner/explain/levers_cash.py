"""Levers on cash that comes in and what it earns, on what is owed under contracts, and on the rate of tax."""

from __future__ import annotations

import math
from collections.abc import Iterator

from planner.case.consistency.bounds import BOUNDS
from planner.case.quantities import Money
from planner.coefficients.money import Exchange
from planner.explain.figure import Figure, Path, step_path
from planner.explain.lever import Entry, Ground, Lever
from planner.vocabulary.constraints.money import CAPEX_LIMIT, CASH_BALANCE, RUNNING
from planner.vocabulary.keys import Arrival, CashPoint, Vintage

MONTHS_OF_A_YEAR = 12


def money_in(ground: Ground) -> Iterator[Lever]:
    """Money that is there at the start, and what owners pay in and take out."""
    finance, exchange, unit = ground.case.finance, Exchange(ground.case, 1.0), ground.coefficients.money_unit
    sources = "what owners pay in, " if finance.funding else ""
    sources += "loans, " if finance.loans else ""
    words = f"cash comes only from {finance.opening_cash.words} at the start, {sources}revenue, grants and resale"
    words += "" if finance.minimum_cash.amount else ", and may not fall below nothing"
    path: Path = ("finance", "opening_cash")
    rate = exchange.rate(finance.opening_cash.currency, 0)
    entries = (_paid_at_start(ground, 0, -rate),)
    figure = _money(path, finance.opening_cash, 1)
    yield Lever(path, words, entries, (), figure, unit, put_in=rate * _put_in(ground, 0))
    for month, money in finance.funding.items():
        t = ground.case.calendar.period_containing(month)
        if t in ground.coefficients.periods:
            number = ground.case.calendar.number_of(month)
            where: Path = ("finance", "funding", str(month))
            back = money.amount < 0
            own = f"{Money(amount=-money.amount, currency=money.currency).words} go back to owners in {month}"
            rate, figure = exchange.rate(money.currency, t), _money(where, money, 1)
            entries, put_in = (_paid_at_start(ground, number, -rate),), rate * _put_in(ground, number)
            yield Lever(where if back else path, own if back else words, entries, (), figure, unit, put_in=put_in)


def _put_in(ground: Ground, month: int) -> float:
    """What one unit of money that is there in a month takes off the objective: where it is what owners get, they have
    put it in."""
    coefficients = ground.coefficients
    discount = coefficients.budget.equity_discount
    counts = coefficients.objective.kind == "equity" and coefficients.dividends.is_stated
    return discount.dated("start", month) if counts and discount is not None else 0.0


def contracts(ground: Ground) -> Iterator[Lever]:
    """What is still owed for systems under contract."""
    coefficients, exchange, unit = ground.coefficients, Exchange(ground.case, 1.0), ground.coefficients.money_unit
    for name, site in ground.case.sites.items():
        for number, entry in enumerate(site.fleet):
            key = Vintage(entry.system, name, Arrival(entry.arrives))
            if entry.unpaid is None or not entry.unpaid.amount or key not in coefficients.vintages.fleet:
                continue
            month = max(0, ground.case.calendar.number_of(entry.arrives))
            t = ground.case.calendar.period_of(month)
            rate = exchange.rate(entry.unpaid.currency, t)
            entries = (_paid_at_start(ground, month, -rate), (CAPEX_LIMIT, (ground.fiscal_year(t),), -rate))
            path: Path = ("sites", name, "fleet", str(number), "unpaid")
            figure = _money(path, entry.unpaid, -1)
            words = f"{entry.unpaid.words} are still owed for the {entry.system} at {name}"
            yield Lever(path, words, entries, (t,), figure, unit, most=figure.value / unit)


def tax_rates(ground: Ground) -> Iterator[Lever]:
    """Tax that is paid within the horizon.

    A lower rate spares no more than the tax that is left after credits: what it spares, no credit takes off.
    """
    tax, starts = ground.case.finance.tax, ground.case.calendar.starts
    path: Path = ("finance", "tax", "rate")
    if tax is None:
        return
    for year in ground.coefficients.tax.years:
        start = starts[year.periods[0]]
        where, rate = step_path(tax.rate, path, start, starts[0]), tax.rate.at(start)
        if year.due and rate:
            figure = Figure(where, rate, "share", -1, most=rate)
            words = f"profit is taxed at {figure.text(rate)}"
            entries = tuple(cash_at_end(ground, month, -part) for month, part in year.due)
            within = ground.sums.tax(year)
            yield Lever(path, words, entries, year.periods, figure, exact=False, within=within)


def property_tax_rates(ground: Ground) -> Iterator[Lever]:
    """Property tax that is paid within the horizon; a lower rate spares no more than all of it."""
    taxes, starts = ground.case.finance.property_taxes, ground.case.calendar.starts
    for assessment, terms in ground.coefficients.property_taxes.assessments.items():
        name = ground.case.sites[assessment.site].property_tax
        assert name is not None
        t = max(0, ground.case.calendar.period_containing(assessment.day.month))
        path: Path = ("finance", "property_taxes", name, "rate")
        where, rate = step_path(taxes[name].rate, path, starts[t], starts[0]), taxes[name].rate.at(starts[t])
        if rate:
            figure = Figure(where, rate, "share", -1, most=rate)
            words = f"what stands at {assessment.site} is under a property tax of {figure.text(rate)}"
            for month, share in terms.due:
                within = share * ground.sums.decide.assessed[assessment]
                entries = (cash_at_end(ground, month, -1.0),)
                period = ground.case.calendar.period_of(month)
                yield Lever(path, words, entries, (period,), figure, exact=False, within=within)


def _paid_at_start(ground: Ground, month: int, weight: float) -> Entry:
    return CASH_BALANCE, (CashPoint(ground.case.calendar.months[month]),), weight


def cash_at_end(ground: Ground, month: int, weight: float) -> Entry:
    """The row that feels money which moves at the end of a month, by its number."""
    return CASH_BALANCE, (CashPoint(ground.case.calendar.months[month], at_end=True),), weight


def in_equal_months(ground: Ground, t: int) -> Entry:
    """The row to which what comes in equal months of a period adds."""
    calendar = ground.case.calendar
    if ground.sums.decide.monthly:
        return RUNNING, (t, "months"), -1.0
    return cash_at_end(ground, calendar.months_of(t)[-1], -1.0)


def interest_on_cash(ground: Ground) -> Iterator[Lever]:
    """What cash earns while it waits: a higher rate, up to what a bank may pay, on what each month has."""
    rate, starts = ground.case.finance.interest_on_cash, ground.case.calendar.starts
    path: Path = ("finance", "interest_on_cash")
    if rate is None:
        return
    for number, month in enumerate(ground.case.calendar.months):
        start = starts[ground.case.calendar.period_of(number)]
        where, share = step_path(rate, path, start, starts[0]), rate.at(start) or 0.0
        most = BOUNDS[".".join(path)].most - share
        if most > 0:
            figure = Figure(where, share, "share", 1, most=most)
            words = f"cash earns {figure.text(share)} a year"
            within = ground.sums.decide.cash[CashPoint(month),] * (most / MONTHS_OF_A_YEAR)
            about = (ground.case.calendar.period_of(number),)
            entries = (cash_at_end(ground, number, -1.0),)
            yield Lever(path, words, entries, about, figure, exact=False, within=within)


def _money(path: Path, money: Money, loosens: int) -> Figure:
    return Figure(path, money.amount, "money", loosens, money.currency, money.amount if loosens < 0 else math.inf)
