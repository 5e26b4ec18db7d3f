"""Ways to get the months of money wrong: each is a rule of the witness, changed while a block of code runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import numpy as np

from planner.case.quantities import Money, Month
from tests.rival import moments, pieces
from tests.rival.figures import Figures
from tests.rival.moments import LINES, Moments
from tests.rival.running import Running

Wrong = Callable[[], AbstractContextManager[Any]]
ALL = (*LINES, "funding")
PURCHASES = ("system_price", "additions", "expansion")
_moment, _over, _paid = Moments.moment, Moments.over, Figures.paid


def _at(line: str, place: str) -> Wrong:
    """A line moves at the other end of its month."""
    if line == "funding":
        return lambda: patch.object(moments, "FUNDING", replace(moments.FUNDING, moves=place))
    return lambda: patch.dict(LINES, {line: replace(LINES[line], moves=place)})


def _in(month: Callable[[Moments, int], int], *lines: str) -> Wrong:
    """Lines move in another month, as far as that is in the horizon."""

    def moment(self: Moments, line: str, m: int) -> int:
        other = month(self, m) if line in lines else m
        return _moment(self, line, other if other in self.months else m)

    return lambda: patch.object(Moments, "moment", moment)


def _late(_moments: Moments, m: int) -> int:
    return m + 1


def _first(self: Moments, m: int) -> int:
    return self.months_of(self.period_of(m))[0]


def _last(self: Moments, m: int) -> int:
    return self.months_of(self.period_of(m))[-1]


def _next_period(self: Moments, m: int) -> int:
    """The first month of a period: this one, or that of the next period."""
    return -(-m // self.length) * self.length


def _spread(parts: Callable[[np.ndarray], np.ndarray], *lines: str) -> Wrong:
    """Lines run over the months of their period in other parts."""

    def over(self: Moments, line: str, t: int, amount: float = 1.0) -> np.ndarray:
        if line not in lines:
            return _over(self, line, t, amount)
        here, amounts = np.array(self.months_of(t)), np.zeros(self.count)
        weights = parts(self.days[here])
        amounts[2 * here + 1] = amount * weights / weights.sum()
        return amounts

    return lambda: patch.object(Moments, "over", over)


def _equally(days: np.ndarray) -> np.ndarray:
    return np.ones(len(days))


def _by_days(days: np.ndarray) -> np.ndarray:
    return days


def _at_the_end(days: np.ndarray) -> np.ndarray:
    return np.arange(len(days)) == len(days) - 1


def _due(lead: Callable[[Figures, int], int]) -> Wrong:
    """What is due on delivery is paid so many months after the order."""

    def paid(self: Figures, line: str, price: Money, at_order: float, t: int, months: int) -> np.ndarray:
        ordered, other = self.moments.months_of(t)[0], lead(self, months)
        return _paid(self, line, price, at_order, t, other if ordered + other in self.moments.months else months)

    return lambda: patch.object(Figures, "paid", paid)


def _rate(period: Callable[[Figures, int, int], int]) -> Wrong:
    """What is due on delivery is paid at the exchange rate of another period, by that of the order and the lead."""

    def paid(self: Figures, line: str, price: Money, at_order: float, t: int, lead: int) -> np.ndarray:
        ordered, rate = self.moments.months_of(t)[0], self.exchange(price.currency, period(self, t, lead))
        with_order = self.moments.at(line, ordered, at_order * self.money(price, t))
        return with_order + self.moments.at(line, ordered + lead, (1 - at_order) * price.amount * rate)

    return lambda: patch.object(Figures, "paid", paid)


def _contracts(month: Callable[[Moments, int], int]) -> Wrong:
    def due(self: Running, arrives: Month) -> int:
        m = self.moments.number(arrives)
        return month(self.moments, m) if m in self.moments.months else max(0, m)

    return lambda: patch.object(Running, "due_on_arrival", due)


def _property(name: str, value: Callable[[Moments], Any]) -> Wrong:
    return lambda: patch.object(Moments, name, property(value))


def _ages_at_period_ends(self: Moments) -> np.ndarray:
    ends = self.days.cumsum()
    return np.array([ends[_last(self, m)] for m in self.months]).repeat(2)


def _months_of_equal_length(self: Moments) -> np.ndarray:
    return np.array([(k + 1) // 2 for k in range(self.count)]) * 365 / 12


def _goes_back_at_once() -> AbstractContextManager[Any]:
    """A part of a grant goes back when the system leaves, even if it is paid later."""
    return patch.object(pieces, "month_back", lambda figures, u, _m: figures.moments.months_of(u)[0])


WRONG_RULES: dict[str, Wrong] = {
    "what is due on delivery is paid a month late": _due(lambda _figures, lead: lead + 1),
    "what is due on delivery is paid with the order": _due(lambda _figures, _lead: 0),
    "what is due on delivery is paid when it is in use": _due(
        lambda figures, lead: _next_period(figures.moments, lead)
    ),
    "orders are paid at the end of their month": _at("system_price", "end"),
    "blocks are paid at the end of their month": _at("expansion", "end"),
    "purchases are paid at the end of their period": _in(_last, *PURCHASES),
    "deliveries take the exchange rate of their order": _rate(lambda _figures, t, _lead: t),
    "deliveries take the exchange rate of when they are in use": _rate(
        lambda figures, t, lead: t + _next_period(figures.moments, lead) // figures.moments.length
    ),
    "contracts are paid when they stand": _contracts(_next_period),
    "contracts are paid at the start of their period": _contracts(_first),
    "contracts are paid at the end of their month": _at("contracted", "end"),
    "the floor holds at the end of periods only": _property(
        "watched", lambda self: range(2 * self.length - 1, self.count, 2 * self.length)
    ),
    "the floor holds at the end of months only": _property("watched", lambda self: range(1, self.count, 2)),
    "the floor holds at the start of months only": _property("watched", lambda self: range(0, self.count, 2)),
    "all is discounted from the end of its period": _property("age", _ages_at_period_ends),
    "what moves at a start is discounted from the end": _property("age", lambda self: self.days.cumsum().repeat(2)),
    "ages count from the first day": _property(
        "age", lambda self: np.stack([self.days.cumsum() - self.days, self.days.cumsum() - 1], axis=1).ravel()
    ),
    "all months are equally long": _property("age", _months_of_equal_length),
    "owners pay at the end of the month": _at("funding", "end"),
    "owners pay at the start of the period": _in(_first, "funding"),
    "owners pay in the last month of the period": _in(_last, "funding"),
    "grants come at the start of their month": _at("grants", "start"),
    "grants come a month late": _in(_late, "grants"),
    "grants come at the start of their period": _in(_first, "grants"),
    "grants come at the end of their period": _in(_last, "grants"),
    "parts that come later go back before": _goes_back_at_once,
    "grants go back at the end of the period": _in(_last, "grants_repaid"),
    "grants go back at the start of the month": _at("grants_repaid", "start"),
    "resale is paid at the start of its month": _at("resale", "start"),
    "resale is paid at the end of its period": _in(_last, "resale"),
    "tax is paid a month late": _in(_late, "tax"),
    "tax is paid at the start of its month": _at("tax", "start"),
    "tax is paid at the end of its period": _in(_last, "tax"),
    "loans are drawn at the end of their month": _at("loans_drawn", "end"),
    "loans are drawn at the end of their period": _in(_last, "loans_drawn"),
    "loans are repaid at the start of their month": _at("loans_repaid", "start"),
    "loans are repaid in the first month of their period": _in(_first, "loans_repaid"),
    "interest is paid at the end of the period": _spread(_at_the_end, "interest"),
    "interest runs with the hours": _spread(_by_days, "interest"),
    "revenue comes at the end of the period": _spread(_at_the_end, "revenue"),
    "revenue comes in equal months": _spread(_equally, "revenue"),
    "energy is paid at the end of the period": _spread(_at_the_end, "energy"),
    "energy is paid in equal months": _spread(_equally, "energy"),
    "rent, operations and maintenance are paid at the end of the period": _spread(
        _at_the_end, "rent", "operations", "maintenance"
    ),
    "rent runs with the hours": _spread(_by_days, "rent"),
    "operations run with the hours": _spread(_by_days, "operations"),
    "maintenance runs with the hours": _spread(_by_days, "maintenance"),
}
"""Every rule that the witness can have wrong about when money moves."""
