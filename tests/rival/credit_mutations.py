"""Ways to get wrong when customers and suppliers pay: each is a rule of the witness, changed while code runs."""

from __future__ import annotations

from unittest.mock import patch

from tests.rival import effects
from tests.rival.books import Books
from tests.rival.effect import Effect
from tests.rival.figures import Figures
from tests.rival.moments import Moments
from tests.rival.month_mutations import Wrong

_days, _open_before, _value = Figures.paid_late, effects.open_before, Effect.value


def _as_for_all(self: Figures, line: str, _workload: str = "") -> float:
    """A workload's own days are not looked at."""
    return _days(self, line)


def _customers_alone(self: Figures, line: str, workload: str = "") -> float:
    return _days(self, line, workload) if line == "revenue" else 0.0


def _suppliers_alone(self: Figures, line: str, workload: str = "") -> float:
    return 0.0 if line == "revenue" else _days(self, line, workload)


def _rounded_up(_self: Moments, later: int, days: float) -> float:
    """Days that are no whole month count as one more."""
    return float(-(-days // 30) == later)


def _rounded_down(_self: Moments, later: int, days: float) -> float:
    return float(days // 30 == later)


def _a_month_later(_self: Moments, later: int, days: float) -> float:
    return max(0.0, 1.0 - abs(days / 30 + 1 - later))


def _nothing_open_before(figures: Books) -> Effect:
    return Effect.nothing(figures)


def _lost_after_the_end(figures: Books) -> Effect:
    """What was open before and is due after the horizon is forgotten."""
    effect = _open_before(figures)
    effect.owed_by_customers = effect.owed_to_suppliers = 0.0
    return effect


def _without_what_is_open(self: Effect, figures: Books, rate: float = 0.0) -> float:
    """What is open at the end counts nothing."""
    there = self.owed_by_customers, self.owed_to_suppliers
    self.owed_by_customers = self.owed_to_suppliers = 0.0
    worth = _value(self, figures, rate)
    self.owed_by_customers, self.owed_to_suppliers = there
    return worth


WRONG_CREDIT: dict[str, Wrong] = {
    "all customers pay alike": lambda: patch.object(Figures, "paid_late", _as_for_all),
    "suppliers are paid at once": lambda: patch.object(Figures, "paid_late", _customers_alone),
    "customers pay at once": lambda: patch.object(Figures, "paid_late", _suppliers_alone),
    "days are rounded up to months": lambda: patch.object(Moments, "part", _rounded_up),
    "days are rounded down to months": lambda: patch.object(Moments, "part", _rounded_down),
    "everything is paid a month later": lambda: patch.object(Moments, "part", _a_month_later),
    "nothing was open before": lambda: patch.object(effects, "open_before", _nothing_open_before),
    "what is due after the horizon is lost": lambda: patch.object(effects, "open_before", _lost_after_the_end),
    "what is open at the end counts nothing": lambda: patch.object(Effect, "value", _without_what_is_open),
}
"""The rules by what is wrong about them."""
