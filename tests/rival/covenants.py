"""What lenders ask of each fiscal year: the rule as its page states it, and the ways in which a year keeps it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.case.quantities import FiscalYear
from tests.rival.books import Books
from tests.rival.effect import Column, Effect
from tests.rival.linear import Continuous, Row
from tests.rival.whole import NEAR

EARNED = ("revenue",)
SPENT = ("energy", "selling_costs", "rent", "operations", "maintenance", "property_tax", "tax")
EVERY_YEAR = ("interest", "commitment_fees")
"""What lenders are owed every year beside what falls due."""
NOTHING = 1.0
"""Debt service below one unit of currency is none."""
KEPT, FREE = "kept", "free"
"""How a year can go: it has the cash that is asked for, or no debt service."""


@dataclass(frozen=True)
class Asked:
    """A fiscal year about which lenders ask."""

    name: FiscalYear
    periods: tuple[int, ...]
    cover: float | None
    """How many times its debt service is paid at least; None where only a lock-up of dividends asks."""


@dataclass(frozen=True)
class YearEnd:
    """The end of a fiscal year at which lenders look at balances."""

    name: FiscalYear
    last: int


def year_ends(figures: Books) -> list[YearEnd]:
    """Fiscal years whose last month lies in the horizon, where anything is asked of balances."""
    covenants, moments = figures.case.finance.covenants, figures.moments
    if covenants is None or (covenants.least_liquidity, *of_books(figures)) == (None, None, None):
        return []
    first = figures.case.calendar.fiscal_year_start_month
    return [
        YearEnd(year, periods[-1])
        for year, periods in figures.calendar.fiscal_years.items()
        if moments.first.plus(moments.months_of(periods[-1])[-1] + 1).month == first
    ]


def of_books(figures: Books) -> tuple[float | None, float | None]:
    """What may be owed at most, as a share of book value and as a multiple of equity."""
    covenants = figures.case.finance.covenants
    return (None, None) if covenants is None else (covenants.most_loan_to_value, covenants.most_debt_to_equity)


def asked_years(figures: Books) -> list[Asked]:
    """Fiscal years that lie in the horizon with all their twelve months."""
    covenants, dividends = figures.case.finance.covenants, figures.case.finance.dividends
    least = None if covenants is None else covenants.least_debt_service_cover
    if least is None and (dividends is None or dividends.lock_up_cover is None):
        return []
    return [
        Asked(year, periods, least)
        for year, periods in figures.calendar.fiscal_years.items()
        if len(periods) * figures.calendar.months_per_period == 12
    ]


def scheduled_columns(figures: Books) -> list[Column]:
    """What each loan obliges to repay in each of these years."""
    return [("scheduled", name, y) for name in figures.case.finance.loans for y in range(len(asked_years(figures)))]


def scheduled_rows(programme: Continuous, figures: Books) -> None:
    """At least what falls due by the end of the year and was not repaid before it."""
    for _kind, name, y in [c for c in programme.columns if c[0] == "scheduled"]:
        terms, fixed = _unpaid(figures, str(name), int(y), programme.columns)
        programme.add(f"scheduled: {name}, {y}", terms | {("scheduled", name, y): -1.0}, -fixed)


def _unpaid(figures: Books, name: str, y: int, columns: list[Column]) -> tuple[dict[Column, float], float]:
    """What falls due of a loan by the end of a year, less what was repaid before it: by column, and what is sure."""
    loan, periods = figures.case.finance.loans[name], asked_years(figures)[y].periods
    end = len(figures.starts)

    def due(u: int) -> float:
        return figures.due(loan, u, periods[-1]) * figures.grown(loan, u, end)

    terms = {c: due(int(c[2])) for c in columns if c[:2] == ("draw", name)}
    repaid = [c for c in columns if c[:2] == ("repay", name) and int(c[2]) < periods[0]]
    terms |= {c: -figures.grown(loan, int(c[2]) + 1, end) for c in repaid}
    return terms, figures.money(loan.outstanding, 0) * due(0)


def scheduled(figures: Books, chosen: dict[Column, float]) -> dict[Column, float]:
    """The same of a whole plan."""
    found: dict[Column, float] = {}
    for column in scheduled_columns(figures):
        terms, fixed = _unpaid(figures, str(column[1]), int(column[2]), [*chosen])
        found[column] = max(0.0, fixed + sum(a * chosen[c] for c, a in terms.items()))
    return found


def within(figures: Books, year: Asked, effect: Effect, *lines: str) -> float:
    """What an effect moves in a year on some lines."""
    return within_periods(figures, year.periods, effect, *lines)


def within_periods(figures: Books, periods: tuple[int, ...], effect: Effect, *lines: str) -> float:
    """What an effect moves in some periods on some lines."""
    moved = sum((effect.lines[line] for line in lines if line in effect.lines), np.zeros(len(effect.cash)))
    by_period = figures.moments.by_period(moved)
    return float(sum(by_period[t] for t in periods))


def interest_and_fees(figures: Books, year: Asked, effect: Effect) -> float:
    """What lenders are paid in a year beside what falls due: not the interest that is added to what is owed."""
    return within(figures, year, effect, *EVERY_YEAR) - within(figures, year, effect, "interest_capitalised")


def operating_cash(figures: Books, year: Asked, effect: Effect) -> float:
    """Revenue less running costs and tax of a year."""
    return within(figures, year, effect, *EARNED) - within(figures, year, effect, *SPENT)


def way_row(
    figures: Books, y: int, way: str, fixed: Effect, effects: dict[Column, Effect], cover: float | None = None
) -> Row:
    """What a year must keep to go one way; with the cover of the covenant, or another one."""
    year = asked_years(figures)[y]
    times = cover or year.cover or 0.0
    service = {c: interest_and_fees(figures, year, effect) for c, effect in effects.items()}
    service |= {c: 1.0 for c in scheduled_columns(figures) if c[2] == y}
    sure = interest_and_fees(figures, year, fixed)
    if way == FREE:
        return f"free: {year.name}", {c: a for c, a in service.items() if a}, -sure
    left = {c: -operating_cash(figures, year, effect) for c, effect in effects.items()}
    left = {c: left.get(c, 0.0) + times * service.get(c, 0.0) for c in {**left, **service}}
    return f"kept: {year.name}", left, operating_cash(figures, year, fixed) - times * sure


def broken_years(figures: Books, total: Effect, chosen: dict[Column, float]) -> list[int]:
    """Years of a whole plan that have debt service and not the cash that is asked for."""
    found = []
    repaid = scheduled(figures, chosen)
    for y, year in enumerate(asked_years(figures)):
        if year.cover is None:
            continue
        service = interest_and_fees(figures, year, total) + sum(x for c, x in repaid.items() if c[2] == y)
        earned, spent = (within(figures, year, total, *lines) for lines in (EARNED, SPENT))
        usual = max(earned, spent, year.cover * service)
        if service >= NOTHING and earned - spent < year.cover * service - NEAR * usual:
            found.append(y)
    return found


Balances = tuple[dict[Column, float], float]
"""A balance of a plan: by column, and what is sure."""


def balances(figures: Books, end: YearEnd, fixed: Effect, effects: dict[Column, Effect]) -> dict[str, Balances]:
    """What is asked about at the end of a year, as sums of what decisions do.

    Equity is what was there at the start, what owners brought since, and profit less the tax on it.
    """
    t, moment = end.last, figures.moments.months_of(end.last)[-1] * 2 + 1

    def of(one: Effect) -> dict[str, float]:
        none = np.zeros(len(one.cash))
        on_cash = one.lines.get("interest_on_cash", none) - one.lines.get("dividends", none)
        return {
            "cash": float(one.cash[: moment + 1].sum()),
            "debt": float(one.debt[t]),
            "value": float(one.assets[t]),
            "equity": float(one.profit[: t + 1].sum() + on_cash[: moment + 1].sum()) - charged(figures, one, t),
        }

    by_column, sure = {column: of(effect) for column, effect in effects.items()}, of(fixed)
    sure["cash"] += _opening_cash(figures, end)
    sure["equity"] += _opening_cash(figures, end) + figures.opening_book_value(there=True)
    sure["equity"] += figures.opening_book_value(there=False) - _opening_debt(figures)
    return {name: ({c: one[name] for c, one in by_column.items()}, sure[name]) for name in sure}


def _opening_cash(figures: Books, end: YearEnd) -> float:
    """Cash at the start and what owners bring until the end of a year."""
    found, last = figures.money(figures.case.finance.opening_cash, 0), figures.moments.months_of(end.last)[-1]
    for month, amount in figures.case.finance.funding.items():
        m = figures.moments.number(month)
        found += figures.money(amount, figures.moments.period_of(m)) if 0 <= m <= last else 0.0
    return found


def _opening_debt(figures: Books) -> float:
    return sum(figures.money(loan.outstanding, 0) for loan in figures.case.finance.loans.values())


def charged(figures: Books, effect: Effect, t: int) -> float:
    """Tax that an effect brings about until the end of a period, paid or owed."""
    paid = figures.moments.by_period(effect.lines.get("tax", np.zeros(figures.moments.count)))
    return float(paid[: t + 1].sum() + effect.payable[t])


def free_lines(figures: Books, end: YearEnd) -> list[str]:
    """Loans that may be drawn in the month after, whatever is invested."""
    after = figures.moments.first.plus(figures.moments.months_of(end.last)[-1] + 1)
    loans = figures.case.finance.loans.items()
    return [n for n, one in loans if one.revolving and one.share_of_investment is None and one.draw_window.holds(after)]


def end_rows(figures: Books, y: int, way: str, fixed: Effect, effects: dict[Column, Effect]) -> list[Row]:
    """What the end of a year keeps that goes one way: without debt, or with all that is asked for."""
    end, covenants = year_ends(figures)[y], figures.case.finance.covenants
    assert covenants is not None
    found = balances(figures, end, fixed, effects)
    debt, owed = found["debt"]
    if way == FREE:
        return [(f"no debt: {end.name}", debt, -owed)]
    rows: list[Row] = []
    for name, most in zip(("value", "equity"), of_books(figures), strict=True):
        if most is not None:
            against, sure = found[name]
            rows.append((f"{name}: {end.name}", {c: debt[c] - most * against[c] for c in debt}, most * sure - owed))
    if covenants.least_liquidity is not None:
        cash, sure = found["cash"]
        lines = free_lines(figures, end)
        drawn = {c: debt[c] if c[0] in ("draw", "repay") and c[1] in lines else 0.0 for c in debt}
        loans = [figures.case.finance.loans[name] for name in lines]
        limits = sum(figures.money(one.limit, 0) - figures.money(one.outstanding, 0) for one in loans)
        least = figures.money(covenants.least_liquidity, figures.calendar.fiscal_years[end.name][0])
        rows.append((f"liquidity: {end.name}", {c: drawn[c] - cash[c] for c in cash}, sure + limits - least))
    return rows


def broken_ends(figures: Books, fixed: Effect, effects: dict[Column, Effect], chosen: dict[Column, float]) -> list[int]:
    """Years of a whole plan that end with debt and not with what is asked for."""
    found = []
    for y, end in enumerate(year_ends(figures)):
        debt, owed = balances(figures, end, fixed, effects)["debt"]
        if owed + sum(a * chosen.get(c, 0.0) for c, a in debt.items()) < NOTHING:
            continue
        for _name, row, bound in end_rows(figures, y, KEPT, fixed, effects):
            terms = [a * chosen.get(c, 0.0) for c, a in row.items()]
            if sum(terms) - bound > NEAR * max(1e-3, abs(bound), *map(abs, terms)):
                found.append(y)
                break
    return found
