"""Ways to get wrong what a plan is worth: each is a rule of the witness, changed while a block of code runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np

from planner.case.case import Case
from tests.rival import borrowing, continuous
from tests.rival.books import Books
from tests.rival.continuous import Rest
from tests.rival.effect import Column, Effect
from tests.rival.figures import Figures
from tests.rival.linear import Continuous

Wrong = Callable[[], AbstractContextManager[Any]]
Costs = Callable[[Rest, dict[Column, float]], dict[str, float]]
Rows = Callable[[Continuous, Books, Mapping[Column, Effect]], None]
_value, _known_price, _last_tax, _made = Effect.value, Figures.used_price, Rest._last_tax, Figures.__init__
_loan_worth = borrowing.loan_worth


@contextmanager
def _loans(costs: Costs, rows: Rows) -> Iterator[None]:
    """Loans cost something else, in a plan that is known and in one that is looked for."""
    with patch.object(Rest, "loan_costs", costs), patch.object(continuous, "loan_cost_rows", rows):
        yield


def _nothing(rest: Rest, _chosen: dict[Column, float]) -> dict[str, float]:
    return dict.fromkeys(rest.figures.case.finance.loans, 0.0)


def _no_rows(_programme: Continuous, _figures: Books, _known: Mapping[Column, Effect]) -> None:
    pass


def _together(rest: Rest, chosen: dict[Column, float]) -> dict[str, float]:
    """The first loan bears what all of them lack, so a cheap one pays for a dear one."""
    worth = 0.0
    for name in rest.figures.case.finance.loans:
        of_one, fixed = _loan_worth(rest.figures, name, rest.effects)
        worth += fixed + sum(a * chosen.get(c, 0.0) for c, a in of_one.items())
    names = [*rest.figures.case.finance.loans]
    return dict.fromkeys(names, 0.0) | {name: max(0.0, -worth) for name in names[:1]}


def _one_row(programme: Continuous, figures: Books, known: Mapping[Column, Effect]) -> None:
    costs = {c: -1.0 for c in programme.columns if c[0] == "loan_cost"}
    if costs:
        parts = [_loan_worth(figures, name, known) for name in figures.case.finance.loans]
        worth = {c: -a for of_one, _fixed in parts for c, a in of_one.items()}
        programme.add("loan_cost: all", costs | worth, sum(fixed for _of_one, fixed in parts))


@contextmanager
def _whole_present_value() -> Iterator[None]:
    """A cheap loan adds what it is worth."""

    def value(self: Effect, figures: Books, rate: float = 0.0) -> float:
        return _value(self, figures, rate) + (0.0 if figures.counts_equity else self.loan_value(figures))

    with patch.object(Effect, "value", value), _loans(_nothing, _no_rows):
        yield


@contextmanager
def _owed_at_the_start(share: float) -> Iterator[None]:
    """What is owed at the start counts as drawn there in part only."""

    def worth(figures: Books, name: str, known: Mapping[Column, Effect]) -> tuple[dict[Column, float], float]:
        of_one, fixed = _loan_worth(figures, name, known)
        return of_one, fixed - (1 - share) * figures.money(figures.case.finance.loans[name].outstanding, 0)

    with patch.object(borrowing, "loan_worth", worth), patch.object(continuous, "loan_worth", worth):
        yield


def _without_debt(self: Effect, figures: Books) -> float:
    return float(figures.capital_factors @ self.borrowed())


def _no_shield(self: Books, _interest: np.ndarray) -> np.ndarray:
    return np.zeros(self.moments.count)


def _shield_in_its_year(self: Books, interest: np.ndarray) -> np.ndarray:
    """What interest saves counts at the end of its year, and not when the tax is paid."""
    saved = np.zeros(self.moments.count)
    for year in self.years:
        for t in year.periods:
            saved[self.moments.moment("tax", self.moments.months_of(year.periods[-1])[-1])] += year.rate * interest[t]
    return saved


def _shield_within(self: Books, interest: np.ndarray) -> np.ndarray:
    """What interest saves is lost where the tax of its year is paid after the horizon."""
    saved = np.zeros(self.moments.count)
    for year in self.years:
        if year.paid_in is not None:
            saved[self.moments.moment("tax", year.paid_in)] += year.rate * sum(interest[t] for t in year.periods)
    return saved


def _saves(share: float) -> Wrong:
    """A loss at the end saves another share of the tax of the last year at most."""
    return lambda: patch.object(Books, "end_loss_saves", share)


def _before_credits(self: Rest) -> dict[Column, float]:
    return {column: a for column, a in _last_tax(self).items() if column[0] != "credit"}


def _price(price: Callable[[Figures, str, int], float]) -> Wrong:
    """Used systems fetch a share of another price."""
    return lambda: patch.object(Figures, "used_price", price)


def _typical(self: Figures, system: str, t: int) -> float:
    return self.money(self.case.systems[system].price.typical, t)


def _offers(self: Figures, system: str, t: int, *, is_open: bool) -> list[float]:
    prices = [
        self.price(name, t)
        for name, offer in self.case.offers.items()
        if offer.system == system and (offer.order_window.holds(self.starts[t]) or not is_open)
    ]
    return [self.money(price, t) for price in prices if price]


def _any_offer(self: Figures, system: str, t: int) -> float:
    return min([_typical(self, system, t), *_offers(self, system, t, is_open=False)])


def _always_of_offers(self: Figures, system: str, t: int) -> float:
    return min(_offers(self, system, t, is_open=True), default=_typical(self, system, t))


def _dearest_offer(self: Figures, system: str, t: int) -> float:
    return min(_typical(self, system, t), max(_offers(self, system, t, is_open=True), default=float("inf")))


def _price_before(self: Figures, system: str, t: int) -> float:
    return _known_price(self, system, max(0, t - 1))


def _owners_at_the_cost_of_capital(self: Figures, case: Case) -> None:
    _made(self, case)
    self.equity_factors = self.discount = self.capital_factors


WRONG_VALUES: dict[str, Wrong] = {
    "a loan counts with its whole present value": _whole_present_value,
    "loans cost nothing": lambda: _loans(_nothing, _no_rows),
    "a cheap loan pays for a dear one": lambda: _loans(_together, _one_row),
    "what was owed at the start is not counted as drawn": lambda: _owed_at_the_start(0.0),
    "what is owed at the end costs nothing": lambda: patch.object(Effect, "loan_value", _without_debt),
    "the interest shield is forgotten": lambda: patch.object(Books, "shield", _no_shield),
    "the interest shield counts in its own year": lambda: patch.object(Books, "shield", _shield_in_its_year),
    "the interest shield is lost after the horizon": lambda: patch.object(Books, "shield", _shield_within),
    "a loss at the end is worth nothing": _saves(0.0),
    "a loss at the end is worth half the tax of the year": _saves(0.5),
    "a loss at the end is worth more than the tax of the year": _saves(2.0),
    "a loss at the end saves tax before credits": lambda: patch.object(Rest, "_last_tax", _before_credits),
    "used systems are not capped": _price(_typical),
    "used systems are capped by offers that are closed": _price(_any_offer),
    "used systems fetch more where offers are dear": _price(_always_of_offers),
    "used systems are capped by the dearest offer": _price(_dearest_offer),
    "used systems are capped by what was asked before": _price(_price_before),
    "owners count at the cost of capital": lambda: patch.object(Figures, "__init__", _owners_at_the_cost_of_capital),
}
"""Every rule that the witness can have wrong about what a plan is worth."""
