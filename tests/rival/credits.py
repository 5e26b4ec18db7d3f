"""Limits on tax credits: how much of a year's tax they take off, and for how long they are kept."""

from __future__ import annotations

from tests.rival.books import Books
from tests.rival.effect import Column
from tests.rival.granting import amounts, terms_of
from tests.rival.linear import Continuous


def credit_columns(figures: Books) -> list[Column]:
    """Credits that can be used, by programme and fiscal year."""
    names = [name for name, one in figures.case.programmes.items() if one.kind == "tax_credit"]
    return [("credit", name, year.name) for name in names for year in figures.years]


def credit_rows(programme: Continuous, figures: Books) -> None:
    """No more is used than is earned and not out of date, nor than the tax of the year, or a share of it."""
    credits = [c for c in programme.columns if c[0] == "credit"]
    for y, year in enumerate(figures.years):
        tax = {("gain", y): -year.rate, ("used", y): year.rate}
        used = [c for c in credits if c[2] == year.name]
        if used:
            programme.add(f"tax_credit: all, {year.name}", tax | dict.fromkeys(used, 1.0), 0.0)
        for c in used:
            limit = figures.case.programmes[c[1]].tax_limit
            programme.add(f"tax_credit: {c}", {k: limit * a for k, a in tax.items()} | {c: 1.0}, 0.0)
    for name in dict.fromkeys(c[1] for c in credits):
        _window_rows(programme, figures, name)


def _window_rows(programme: Continuous, figures: Books, name: str) -> None:
    """What is used in some years in a row was earned in them, or in the years before from which it may be carried."""
    years = [year.name for year in figures.years]
    carried = figures.case.programmes[name].carry_forward.months // 12
    earned = amounts(programme, figures, name)
    year_of = {c: figures.calendar.fiscal_year(figures.starts[terms_of(figures, c).ready]).number for c in earned}
    for first in years:
        for last in (year for year in years if year >= first):
            used = {("credit", name, year): 1.0 for year in years if first <= year <= last}
            there = {c: -amount for c, amount in earned.items() if first - carried <= year_of[c] <= last}
            programme.add(f"tax_credit: {name}, {first} to {last}", used | there, 0.0)


def within_tax(figures: Books, chosen: dict[Column, float]) -> dict[Column, float]:
    """The choice with no more credits than the tax of each year bears: a linear programme may pass it by a yen."""
    kept = dict(chosen)
    for y, year in enumerate(figures.years):
        tax = left = max(0.0, year.rate * (chosen["gain", y] - chosen["used", y]))
        for column in [c for c in kept if c[0] == "credit" and c[2] == year.name]:
            kept[column] = min(kept[column], figures.case.programmes[column[1]].tax_limit * tax, left)
            left -= kept[column]
    return kept
