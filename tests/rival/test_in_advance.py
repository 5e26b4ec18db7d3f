"""Planner and witness agree where customers pay in advance, and a witness with a wrong rule is seen."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from tests.rival import effects
from tests.rival.effect import Effect
from tests.rival.figures import Figures
from tests.rival.in_advance import case_in_advance
from tests.rival.known import TERM_CASES, TERM_CHUNK, agree_on, known, sees
from tests.rival.moments import Moments
from tests.rival.month_mutations import Wrong
from tests.rival.statement import statement

TRIED = 16
"""So many cases are tried, until one of them sees that a rule is wrong."""


@pytest.mark.parametrize("first", range(0, TERM_CASES, TERM_CHUNK))
def test_planner_and_witness_agree_on_prepayments(first: int) -> None:
    agree_on(case_in_advance, range(first, first + TERM_CHUNK))


def test_customers_of_many_of_these_plans_pay_in_advance() -> None:
    """Guards the draw."""
    cases = [known(case_in_advance, number) for number in range(12)]
    seen = [statement(case, answer.decisions) for case, answer, _ in cases if answer is not None]
    assert sum(one.lines["prepayments_increase"].any() for one in seen) >= 5


_days, _early, _before = Figures.paid_late, Moments.early, effects.open_before


def _never(self: Figures, line: str, workload: str = "") -> float:
    return max(0.0, _days(self, line, workload))


def _all_at_the_start(self: Moments, amounts: np.ndarray, months: int) -> np.ndarray:
    """The first months are paid for in the first of them."""
    moved = np.zeros(self.count)
    for m in self.months:
        moved[2 * max(0, m - months) + 1] += amounts[2 * m + 1]
    return moved


def _as_profit(self: Effect, figures: Any, line: str, amounts: np.ndarray) -> None:
    """What is paid in advance is profit when it is paid."""
    _pay(self, figures, line, amounts)
    if line == "prepayments_increase":
        self.profit = self.profit + figures.moments.by_period(amounts)


def _none_before(figures: Any) -> Effect:
    """What was paid before the plan comes in once more."""
    effect = _before(figures)
    effect.cash = effect.cash - effect.lines.pop("prepayments_increase", np.zeros(len(effect.cash)))
    return effect


_pay = Effect.pay
WRONG_ADVANCES: dict[str, Wrong] = {
    "customers pay with the work": lambda: patch.object(Figures, "paid_late", _never),
    "a month less in advance": lambda: patch.object(
        Moments, "early", lambda self, amounts, months: _early(self, amounts, months - 1)
    ),
    "the first months are paid for at once": lambda: patch.object(Moments, "early", _all_at_the_start),
    "what is paid in advance is profit": lambda: patch.object(Effect, "pay", _as_profit),
    "what was paid before comes in again": lambda: patch.object(effects, "open_before", _none_before),
}


@pytest.mark.parametrize("name", WRONG_ADVANCES)
def test_a_wrong_rule_about_prepayments_is_seen(name: str) -> None:
    assert any(sees(case_in_advance, number, WRONG_ADVANCES[name]) for number in range(TRIED)), name
