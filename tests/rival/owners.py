"""What owners are paid for each fiscal year: the rule as its page states it, and the ways in which a year keeps it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.rival import covenants
from tests.rival.books import Books
from tests.rival.effect import Column, Effect
from tests.rival.linear import Continuous, Row
from tests.rival.whole import NEAR

NOTHING = 1.0
"""A dividend below one unit of currency is none."""
NONE, KEPT, FREE = "none", "kept", "free"
"""How a year can go: nothing is paid for it; it has the cash that lenders ask for; or it has no debt service."""


@dataclass(frozen=True)
class Paid:
    """A fiscal year for which owners may be paid."""

    name: int
    periods: tuple[int, ...]
    month: int
    """At whose end that is."""
    stated: float | None
    """Just so much is paid."""
    share: float | None
    """Most of its profit."""
    lock_up: float | None
    """How many times its debt service is paid at least; nothing is asked of a year that the horizon cuts."""


def years(figures: Books) -> list[Paid]:
    """Years that end in the horizon, and for which it is paid in it as well."""
    terms, moments, first = figures.case.finance.dividends, figures.moments, figures.calendar.fiscal_year_start_month
    found = []
    for year, periods in figures.calendar.fiscal_years.items() if terms is not None else ():
        last = moments.months_of(periods[-1])[-1]
        month = last + terms.payment_lag.months
        if moments.first.plus(last + 1).month != first or month not in moments.months:
            continue
        stated = terms.stated.get(year)
        whole = len(periods) * figures.calendar.months_per_period == 12
        found.append(
            Paid(
                year.number,
                periods,
                month,
                None if stated is None else figures.money(stated, periods[0]),
                terms.most_share_of_profit if stated is None else None,
                terms.lock_up_cover if whole and figures.case.finance.loans else None,
            )
        )
    return found


def kept_before(figures: Books) -> float:
    """Profit of earlier years that is there to be paid out; losses come off it."""
    terms = figures.case.finance.dividends
    return 0.0 if terms is None else figures.money(terms.opening_retained_profit, 0)


def dividend_columns(figures: Books) -> list[Column]:
    return [("dividend", year.name) for year in years(figures)]


def of_one(figures: Books, name: int) -> Effect:
    """One unit of money that is paid to owners for a year."""
    effect = Effect.nothing(figures)
    (month,) = [year.month for year in years(figures) if year.name == name]
    effect.pay(figures, "dividends", figures.moments.at("dividends", month))
    return effect


def stated_rows(programme: Continuous, figures: Books) -> None:
    """What is stated is paid."""
    for year in years(figures):
        if year.stated is not None:
            programme.add_equal(f"stated: {year.name}", {("dividend", year.name): 1.0}, year.stated)


def net_profit(figures: Books, effect: Effect, periods: tuple[int, ...]) -> float:
    """Profit after tax over some periods, interest on cash with it."""
    profit = float(sum(effect.profit[t] for t in periods)) + covenants.within_periods(
        figures, periods, effect, "interest_on_cash"
    )
    before = covenants.charged(figures, effect, periods[0] - 1) if periods[0] else 0.0
    return profit - (covenants.charged(figures, effect, periods[-1]) - before)


def all_periods(year: Paid) -> tuple[int, ...]:
    return tuple(range(year.periods[-1] + 1))


def paying_rows(figures: Books, y: int, way: str, fixed: Effect, effects: dict[Column, Effect]) -> list[Row]:
    """What a year keeps that goes one way."""
    year = years(figures)[y]
    own: Column = ("dividend", year.name)
    if way == NONE:
        return [(f"no dividend: {year.name}", {own: 1.0}, 0.0)]
    paid: dict[Column, float] = {("dividend", one.name): 1.0 for one in years(figures)[: y + 1]}
    earned = {c: -net_profit(figures, effect, all_periods(year)) for c, effect in effects.items()}
    rows: list[Row] = [
        (
            f"retained: {year.name}",
            {c: earned.get(c, 0.0) + paid.get(c, 0.0) for c in {**earned, **paid}},
            kept_before(figures) + net_profit(figures, fixed, all_periods(year)),
        )
    ]
    if year.share is not None:
        part = {c: -year.share * net_profit(figures, effect, year.periods) for c, effect in effects.items()}
        part[own] = part.get(own, 0.0) + 1.0
        rows.append((f"share: {year.name}", part, year.share * net_profit(figures, fixed, year.periods)))
    if year.lock_up is not None:
        rows.append(covenants.way_row(figures, _place(figures, year), way, fixed, effects, year.lock_up))
    return rows


def _place(figures: Books, year: Paid) -> int:
    return [one.name.number for one in covenants.asked_years(figures)].index(year.name)


def broken_dividends(
    figures: Books, fixed: Effect, effects: dict[Column, Effect], chosen: dict[Column, float]
) -> list[int]:
    """Years of a whole plan for which owners are paid what they may not."""
    found = []
    for y, year in enumerate(years(figures)):
        if chosen.get(("dividend", year.name), 0.0) < NOTHING:
            continue
        keeps = [
            all(_holds(row, chosen) for row in paying_rows(figures, y, way, fixed, effects)) for way in (KEPT, FREE)
        ]
        if not any(keeps):
            found.append(y)
    return found


def _holds(row: Row, chosen: dict[Column, float]) -> bool:
    """Whether a plan keeps a row; less than one unit of debt service is none."""
    name, coefficients, bound = row
    terms = [a * chosen.get(c, 0.0) for c, a in coefficients.items()]
    allowed = NOTHING if name.startswith("free") else NEAR * max(1e-3, abs(bound), *map(abs, terms))
    return sum(terms) - bound <= allowed


def worth(figures: Books, effect: Effect) -> float:
    """What something adds to what owners get: dividends, and what is left on the last day."""
    ending = effect.terminal - effect.left_to_pay - effect.payable[-1] - effect.debt[-1]
    ending += effect.owed_by_customers - effect.owed_to_suppliers - effect.owed_to_state
    got = effect.lines.get("dividends", np.zeros(figures.moments.count))
    factors = figures.equity_factors
    return float(factors @ got + factors[-1] * (ending + effect.cash.sum()))


def put_in(figures: Books, funding: np.ndarray) -> float:
    """What owners put in, the cash that is there at the start with it, less what of that is left on the last day."""
    there, factors = figures.money(figures.case.finance.opening_cash, 0), figures.equity_factors
    return float(there + factors @ funding - factors[-1] * (there + funding.sum()))
