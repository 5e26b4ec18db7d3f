"""Levers on money: cash, budgets of fiscal years, loans, tax, and what subsidies pay and ask for."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.quantities import Money
from planner.coefficients import Coefficients
from planner.coefficients.money import Exchange
from planner.explain.figure import Figure, Path
from planner.explain.lever import Entry, Lever, steps
from planner.model.expressions import Expressions
from planner.model.linear import Key, Row


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
            where = ("finance", "capex_limits", year)
            rate = exchange.rate(limit.currency, figures.fiscal_year_periods(year)[0])
            words = f"at most {limit.words} may be invested in {year}"
            entries = (("capex_limit", (year,), -rate),)
            yield Lever(where, words, entries, (), money_figure(where, limit, home, 1), unit)


def _contracts(case: Case, figures: Coefficients, exchange: Exchange) -> Iterator[Lever]:
    for name, site in case.sites.items():
        for number, entry in enumerate(site.fleet):
            key = (entry.system, name, str(entry.arrives))
            if entry.unpaid is None or not entry.unpaid.amount or key not in figures.fleet:
                continue
            t = figures.fleet[key][0]
            rate = exchange.rate(entry.unpaid.currency, t)
            year = f"FY{case.calendar.fiscal_year(case.calendar.starts[t])}"
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


def programme_levers(case: Case, figures: Coefficients, rows: list[Row]) -> Iterator[Lever]:
    """Caps, floors, minima and retention of programmes, and how much public money one investment may take."""
    exchange, home = Exchange(case, 1.0), case.finance.currency
    for name, cap in figures.caps:
        programme, is_year = case.programmes[name], cap.startswith("FY")
        path: Path = ("programmes", name, *(("fiscal_year_caps", cap) if is_year else (f"{cap}_cap",)))
        yearly = programme.fiscal_year_caps[cap] if is_year else None
        money = yearly or (programme.total_cap if cap == "total" else programme.operator_cap)
        assert money is not None
        rate = exchange.rate(money.currency, figures.fiscal_year_periods(cap)[0] if is_year else 0)
        words = f"{name} pays at most {money.words}" + (f" in {cap}" if is_year else "")
        entries = (("programme_cap", (name, cap), -rate),)
        yield Lever(path, words, entries, (), money_figure(path, money, home, 1), figures.money_unit)
    for duty in figures.obligations:
        numbers = [str(n) for n, other in enumerate(figures.obligations, start=1) if other is duty]
        own = [other for other in figures.obligations if other.programme == duty.programme]
        path = ("programmes", duty.programme, "obligations", str(own.index(duty)), "floor")
        floors: tuple[Entry, ...] = tuple(("obligation", (duty.programme, numbers[0], t), 1.0) for t in duty.periods)
        words = f"{duty.programme} asks for {duty.floor:,.6g} {duty.metric}"
        figure = Figure(path, duty.floor, "amount", -1, most=duty.floor, noun=duty.metric)
        yield Lever(path, words, floors, tuple(duty.periods), figure, most=duty.floor)
    for name in figures.minimum:
        path = ("programmes", name, "minimum_investment")
        least = case.programmes[name].minimum_investment
        assert least is not None
        rate = exchange.rate(least.currency, 0)
        words = f"{name} asks for {least.words} of eligible cost"
        figure = money_figure(path, least, home, -1)
        most = figure.value / figures.money_unit
        yield Lever(path, words, (("minimum_investment", (name,), rate),), (), figure, figures.money_unit, most=most)
    yield from _terms(case, rows)


def _terms(case: Case, rows: list[Row]) -> Iterator[Lever]:
    """Terms of programmes that no single figure of the model stands for."""
    ceiling = case.finance.public_money_ceiling
    for row in rows:
        if row.rule == "public_share":
            path: Path = ("finance", "public_money_ceiling")
            words = f"grants pay at most {ceiling:.0%} of the cost of an investment"
            figure: Figure | None = Figure(path, ceiling, "share", 1, most=1 - ceiling)
            yield Lever(path, words, ((row.rule, row.key, -1.0),), (), figure, exact=False)
        elif row.rule == "retention":
            name = str(row.key[-1])
            path, term = ("programmes", name, "retention"), case.programmes[name].retention
            words = f"what {name} paid for stays for {term}"
            figure = Figure(path, float(term.months), "months", -1, most=float(term.months))
            yield Lever(path, words, ((row.rule, row.key, -1.0),), (), figure, exact=False)
        elif row.rule == "claim_once" and "+" in str(row.key[-1]):
            names = str(row.key[-1]).split("+")
            path = ("programmes", next((n for n in names if case.programmes[n].excludes), names[0]), "excludes")
            words = f"{', '.join(names)} exclude each other: a system is claimed under one of them"
            yield Lever(path, words, ((row.rule, row.key, -1.0),), (), None, exact=False)
        elif row.rule == "useful_life" and row.comparison.sense == "=":
            path = ("systems", str(row.key[0]), "useful_life")
            life = case.systems[str(row.key[0])].useful_life
            figure = Figure(path, float(life.months), "months", 1, most=12.0 * 30)
            words = f"{row.key[0]} serve for {life}"
            yield Lever(path, words, ((row.rule, row.key, 1.0),), (), figure, exact=False)
