"""Interest on cash: planner and witness agree, and see a rule that is wrong."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from planner.case.case import Case
from tests.cases.toy import mn, toy, yearly
from tests.rival import effects
from tests.rival.books import Books
from tests.rival.effect import Effect
from tests.rival.idle import idle_case
from tests.rival.known import agree_on, sees
from tests.rival.month_mutations import Wrong
from tests.rival.test_rival import CASES, CHUNK

TRIED = 12
"""So many cases are tried, until one of them sees that a rule is wrong."""
WAITS: dict[str, Any] = {"finance__opening_cash": mn(95), "finance__interest_on_cash": "8 %"}
EDGES: tuple[dict[str, Any], ...] = (
    # 95 grow to more than the 100 of a cube within the first year.
    WAITS,
    {**WAITS, "finance__interest_on_cash": {"2025-01": "8 %", "2026-01": 0}},
    {**WAITS, "finance__cost_of_equity": "9 %", "objective": {"kind": "equity"}},
    {**WAITS, "finance__funding": {"2025-06": mn(4)}, "finance__tax": {"rate": "30 %"}},
    # A cheaper loan beside dear cash is no source of value.
    {**WAITS, "finance__loans": {"bank": {"limit": mn(50), "rate": "1 %", "term": "5 years"}}},
    {**WAITS, "workloads__training__price": yearly(10)},
)


def edge(number: int) -> Case:
    """A toy case in which cash that waits decides."""
    return toy(**{"offers__maker__allocation": 2, **EDGES[number]})


@pytest.mark.parametrize("first", range(0, CASES // 3, CHUNK))
def test_planner_and_witness_agree_on_interest_on_cash(first: int) -> None:
    agree_on(idle_case, range(first, first + CHUNK))


def test_planner_and_witness_agree_on_interest_on_cash_at_the_edges() -> None:
    agree_on(edge, range(len(EDGES)))


_earning, _on_cash = effects.earning, Books.on_cash


def _before_payments(figures: Books, effect: Effect, there: float = 0.0, put_in: np.ndarray | None = None) -> Effect:
    """Cash earns on what was there before the payments at the start of a month."""
    earned, balance = np.zeros(figures.moments.count), there
    moved = effect.cash if put_in is None else effect.cash + put_in
    for m in figures.moments.months:
        earned[2 * m + 1] = figures.on_cash(m) * balance
        balance += moved[2 * m] + moved[2 * m + 1] + earned[2 * m + 1]
    effect.pay(figures, "interest_on_cash", earned)
    return effect


WRONG_INTEREST: dict[str, Wrong] = {
    "cash earns nothing": lambda: patch.object(Books, "on_cash", lambda *_: 0.0),
    "a tenth less is earned": lambda: patch.object(Books, "on_cash", lambda self, m: 0.9 * _on_cash(self, m)),
    "the rate of the month before holds": lambda: patch.object(
        Books, "on_cash", lambda self, m: _on_cash(self, max(0, m - 1))
    ),
    "cash earns before its payments": lambda: patch.object(effects, "earning", _before_payments),
    "interest on cash is worth something": lambda: patch.object(Effect, "for_owners", lambda self: self.cash),
}


@pytest.mark.parametrize("name", WRONG_INTEREST)
def test_a_wrong_rule_about_interest_on_cash_is_seen(name: str) -> None:
    tried = [*((edge, number) for number in range(len(EDGES))), *((idle_case, number) for number in range(TRIED))]
    assert any(sees(draw, number, WRONG_INTEREST[name]) for draw, number in tried), name
