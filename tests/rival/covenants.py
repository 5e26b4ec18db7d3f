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
    cover: float
    """How many times its debt service is paid at least."""


def asked_years(figures: Books) -> list[Asked]:
    """Fiscal years that lie in the horizon with all their twelve months."""
    covenants = figures.case.finance.covenants
    if covenants is None or covenants.least_debt_service_cover is None:
        return []
    return [
        Asked(year, periods, covenants.least_debt_service_cover)
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
    terms = {c: figures.due(loan, int(c[2]), periods[-1]) for c in columns if c[:2] == ("draw", name)}
    terms |= {c: -1.0 for c in columns if c[:2] == ("repay", name) and int(c[2]) < periods[0]}
    return terms, figures.money(loan.outstanding, 0) * figures.due(loan, 0, periods[-1])


def scheduled(figures: Books, chosen: dict[Column, float]) -> dict[Column, float]:
    """The same of a whole plan."""
    found: dict[Column, float] = {}
    for column in scheduled_columns(figures):
        terms, fixed = _unpaid(figures, str(column[1]), int(column[2]), [*chosen])
        found[column] = max(0.0, fixed + sum(a * chosen[c] for c, a in terms.items()))
    return found


def within(figures: Books, year: Asked, effect: Effect, *lines: str) -> float:
    """What an effect moves in a year on some lines."""
    moved = sum((effect.lines[line] for line in lines if line in effect.lines), np.zeros(len(effect.cash)))
    by_period = figures.moments.by_period(moved)
    return float(sum(by_period[t] for t in year.periods))


def operating_cash(figures: Books, year: Asked, effect: Effect) -> float:
    """Revenue less running costs and tax of a year."""
    return within(figures, year, effect, *EARNED) - within(figures, year, effect, *SPENT)


def way_row(figures: Books, y: int, way: str, fixed: Effect, effects: dict[Column, Effect]) -> Row:
    """What a year must keep to go one way."""
    year = asked_years(figures)[y]
    service = {c: within(figures, year, effect, *EVERY_YEAR) for c, effect in effects.items()}
    service |= {c: 1.0 for c in scheduled_columns(figures) if c[2] == y}
    sure = within(figures, year, fixed, *EVERY_YEAR)
    if way == FREE:
        return f"free: {year.name}", {c: a for c, a in service.items() if a}, -sure
    left = {c: -operating_cash(figures, year, effect) for c, effect in effects.items()}
    left = {c: left.get(c, 0.0) + year.cover * service.get(c, 0.0) for c in {**left, **service}}
    return f"kept: {year.name}", left, operating_cash(figures, year, fixed) - year.cover * sure


def broken_years(figures: Books, total: Effect, chosen: dict[Column, float]) -> list[int]:
    """Years of a whole plan that have debt service and not the cash that is asked for."""
    found = []
    repaid = scheduled(figures, chosen)
    for y, year in enumerate(asked_years(figures)):
        service = within(figures, year, total, *EVERY_YEAR) + sum(x for c, x in repaid.items() if c[2] == y)
        earned, spent = (within(figures, year, total, *lines) for lines in (EARNED, SPENT))
        usual = max(earned, spent, year.cover * service)
        if service >= NOTHING and earned - spent < year.cover * service - NEAR * usual:
            found.append(y)
    return found
