"""Ways to get further terms of cost wrong: each is a rule of the witness, changed while a block of code runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import numpy as np

from planner.case.offer import Payment, PriceInstalment
from planner.case.quantities import Money
from tests.rival.arrivals import arrival_month, arrival_of
from tests.rival.continuous import Rest
from tests.rival.figures import Figures, Purchase
from tests.rival.moments import LINES
from tests.rival.month_mutations import Wrong
from tests.rival.running import Running

_by_terms, _wear, _share = Figures.by_terms, Running.wear, Running.resale_share


def _selling_costs(line: dict[str, Any]) -> Wrong:
    return lambda: patch.dict(LINES, {"selling_costs": replace(LINES["selling_costs"], **line)})


def _of_the_first_period(self: Running, workload: str, system: str, t: int) -> float:
    kept = self.case.workloads[workload].selling_costs
    return (kept.at(self.starts[0]) or 0.0) * self.revenue(workload, system, t) if kept else 0.0


_SELLING: dict[str, Wrong] = {
    "selling costs nothing": lambda: patch.object(Running, "selling_costs", lambda *_: 0.0),
    "selling costs never change": lambda: patch.object(Running, "selling_costs", _of_the_first_period),
    "selling costs are paid in equal months": _selling_costs({"moves": "months"}),
    "selling costs lower no profit": _selling_costs({"profit": False}),
}


def _due(month: Callable[[PriceInstalment, int, int], int]) -> Wrong:
    return lambda: patch.object(
        Figures, "instalment_month", lambda _self, one, ordered, lead: month(one, ordered, lead)
    )


def _terms(change: Callable[[Any], Any]) -> Wrong:
    """What is left to pay after the horizon is another amount."""

    def by_terms(self: Figures, *of: Any) -> tuple[np.ndarray, float]:
        payments, left = _by_terms(self, *of)
        return payments, change(left)

    return lambda: patch.object(Figures, "by_terms", by_terms)


def _at_the_rate_of_the_order(
    self: Figures, line: str, price: Money, terms: Payment, t: int, lead: int
) -> tuple[np.ndarray, float]:
    home = Money(amount=self.money(price, t), currency=self.case.finance.currency)
    return _by_terms(self, line, home, terms, t, lead)


_INSTALMENTS: dict[str, Wrong] = {
    "instalments count from delivery only": _due(
        lambda one, ordered, lead: ordered + max(0, lead + one.lag.months - one.advance.months)
    ),
    "an advance is no advance": _due(
        lambda one, ordered, lead: ordered + one.lag.months + (lead if one.event == "delivery" else 0)
    ),
    "instalments come a month late": _due(
        lambda one, ordered, lead: ordered + 1 + max(0, (one.event == "delivery") * lead + one.lag.months)
    ),
    "what is paid after the horizon is never paid": _terms(lambda _left: 0.0),
    "instalments take the exchange rate of the order": lambda: patch.object(
        Figures, "by_terms", _at_the_rate_of_the_order
    ),
    "what is paid after the horizon need not be there": lambda: patch.object(
        Rest, "kept_at_the_end", property(lambda _self: 0.0)
    ),
    "what is paid after the horizon is not eligible": lambda: patch.object(
        Purchase, "cost_of", lambda self, category: float(self.paid.get(category, np.zeros(1)).sum())
    ),
}


def _worn(change: Callable[[Running, str, str, int], tuple[Any, ...]]) -> Wrong:
    return lambda: patch.object(Running, "wear", lambda self, *of: _wear(self, *change(self, *of)))


def _at_the_start(self: Running, system: str, arrival: str, t: int) -> float:
    """The factor of the age at the start of a period holds for all of it."""
    age, factor = self.moments.months_of(t)[0] - self.moments.number(arrival_month(arrival)), 1.0
    for step in self.case.systems[system].maintenance_by_age:
        factor = step.factor if age >= step.age.months else factor
    return factor


_MAINTENANCE: dict[str, Wrong] = {
    "maintenance never changes": lambda: patch.object(Running, "wear", lambda *_: 1.0),
    "age counts from the start of the horizon": _worn(
        lambda self, system, _arrival, t: (system, arrival_of(self.starts[0]), t)
    ),
    "a step inside a period waits for the next": lambda: patch.object(Running, "wear", _at_the_start),
}


def _sold(share: Callable[[Running, str, int, int], float]) -> Wrong:
    return lambda: patch.object(Running, "resale_share", share)


def _market(self: Running, system: str, t: int) -> float:
    market = self.case.systems[system].resale_factor or self.case.finance.resale_factor
    return (market.at(self.starts[t]) or 0.0) if market else 1.0


def _of_all(self: Running, system: str, months: int, t: int) -> float:
    return min(1.0, _market(self, system, t) * self.by_age([*self.case.finance.resale], months))


def _without_bounds(self: Running, system: str, months: int, t: int) -> float:
    curve = self.case.systems[system].resale or self.case.finance.resale
    return _market(self, system, t) * self.by_age([*curve], months)


_RESALE: dict[str, Wrong] = {
    "all systems have one curve": _sold(_of_all),
    "the market of a sale is that of the start": _sold(lambda self, system, age, _t: _share(self, system, age, 0)),
    "a market knows no bounds": _sold(_without_bounds),
}
WRONG_COSTS = {
    "selling costs": _SELLING,
    "instalments": _INSTALMENTS,
    "maintenance by age": _MAINTENANCE,
    "resale": _RESALE,
}
"""Every rule that the witness can have wrong, by term."""
