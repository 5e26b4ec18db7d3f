"""Dividends: planner and witness agree, and see a rule that is wrong."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from planner.case.case import Case
from tests.cases.paying import BANK
from tests.cases.toy import mn, toy, yearly
from tests.rival import continuous, owners
from tests.rival.books import Books
from tests.rival.effect import Effect
from tests.rival.known import TERM_CASES, TERM_CHUNK, agree_on, sees, witnessed
from tests.rival.month_mutations import Wrong
from tests.rival.paying import paying_case
from tests.rival.rival import best_plan, judge

TRIED = 12
"""So many cases are tried, until one of them sees that a rule is wrong."""
LENT: dict[str, Any] = {
    "finance__opening_cash": mn(10),
    "finance__loans": {"bank": BANK},
    "finance__cost_of_equity": "10 %",
    "finance__depreciation": {"systems": "4 years"},
    "objective": {"kind": "equity"},
}
ALONE = {**LENT, "finance__loans": {}, "finance__opening_cash": mn(150)}
EDGES: tuple[dict[str, Any], ...] = (
    {**LENT, "finance__dividends": {}},
    {**LENT, "finance__dividends": {"lock_up_cover": 1.53}},
    {**LENT, "finance__dividends": {"lock_up_cover": 1.54}},
    {**LENT, "finance__dividends": {"lock_up_cover": 2, "opening_retained_profit": mn(90)}},
    {**LENT, "finance__dividends": {"lock_up_cover": 1.54}, "finance__covenants": {"least_debt_service_cover": 1.5}},
    {
        **LENT,
        "finance__dividends": {"opening_retained_profit": mn(9)},
        "finance__covenants": {"most_debt_to_equity": 1},
    },
    {**ALONE, "finance__dividends": {}},
    {**ALONE, "finance__dividends": {"opening_retained_profit": mn(-40)}},
    {**ALONE, "finance__dividends": {"opening_retained_profit": mn(-80)}},
    {**ALONE, "finance__dividends": {"most_share_of_profit": "30 %"}, "finance__tax": {"rate": "30 %"}},
    {**ALONE, "finance__dividends": {"stated": {"FY2025": mn(12)}, "most_share_of_profit": 0}},
    {**ALONE, "finance__dividends": {"payment_lag": "13 months"}, "finance__funding": {"2026-03": mn(20)}},
    {**ALONE, "finance__dividends": {}, "finance__interest_on_cash": "5 %", "objective": {"kind": "npv"}},
    # The horizon begins and ends within a fiscal year; the first part of one has no cover, and pays.
    {
        **LENT,
        "calendar": {"start": "2025-07", "period": "half", "periods": 5, "fiscal_year_start_month": 1},
        "finance__dividends": {"lock_up_cover": 3, "opening_retained_profit": mn(20)},
    },
    # Nobody works in 2025, and nothing is owed: the year is open, whatever its operations cost.
    {
        **LENT,
        "finance__opening_cash": mn(60),
        "workloads__training__amount": {"2025-01": 0, "2026-01": 1},
        "sites__east__fleet": [{"system": "cube", "quantity": 1, "arrives": "2024-01"}],
        "sites__east__operations": "1 mn JPY/kW-month",
        "workloads__training__price": yearly(70),
        "finance__dividends": {"opening_retained_profit": mn(30), "lock_up_cover": 5},
    },
)


def edge(number: int) -> Case:
    """A toy case in which what owners are paid decides."""
    return toy(**{"offers__maker__allocation": 1, **EDGES[number]})


@pytest.mark.parametrize("first", range(0, TERM_CASES, TERM_CHUNK))
def test_planner_and_witness_agree_on_dividends(first: int) -> None:
    agree_on(paying_case, range(first, first + TERM_CHUNK))


def test_planner_and_witness_agree_on_dividends_at_the_edges() -> None:
    agree_on(edge, range(len(EDGES)))


def test_dividends_decide_about_many_of_these_plans() -> None:
    """Guards the draw: without its limits, owners would be paid more."""
    decides = 0
    for number in range(12):
        case, _ = witnessed(paying_case, number)
        terms = case.finance.dividends
        assert terms is not None
        free = terms.model_copy(update={"lock_up_cover": None, "most_share_of_profit": None, "stated": {}})
        witness = best_plan(case.model_copy(update={"finance": case.finance.model_copy(update={"dividends": free})}))
        decides += witness is not None and any("dividend" in one for one in judge(case, witness.decisions)[0])
    assert decides >= 2


_years, _net, _kept = owners.years, owners.net_profit, owners.kept_before


def _with(name: str, value: object) -> Wrong:
    return lambda: patch.object(owners, name, value)


def _changed(**changes: Any) -> Wrong:
    """Years with other terms."""

    def years(figures: Books) -> list[owners.Paid]:
        return [
            owners.Paid(**{**vars(one), **{name: change(one) for name, change in changes.items()}})
            for one in _years(figures)
        ]

    return _with("years", years)


def _a_month_later(figures: Books) -> list[owners.Paid]:
    later = [owners.Paid(**{**vars(one), "month": one.month + 1}) for one in _years(figures)]
    return [one for one in later if one.month in figures.moments.months]


def _before_tax(figures: Books, effect: Effect, periods: tuple[int, ...]) -> float:
    return float(sum(effect.profit[t] for t in periods))


def _of_all_flows(figures: Books, effect: Effect) -> float:
    return effect.value(figures)


WRONG_DIVIDENDS: dict[str, Wrong] = {
    "what was kept before does not count": _with("kept_before", lambda _figures: 0.0),
    "what was kept before counts twice": _with("kept_before", lambda figures: 2 * _kept(figures)),
    "only the year's own profit is there": _with("all_periods", lambda year: year.periods),
    "profit is that before tax": _with("net_profit", _before_tax),
    "a tenth more of a year's profit": _changed(share=lambda one: one.share and 1.1 * one.share),
    "no share is asked for": _changed(share=lambda _one: None),
    "no lock-up": _changed(lock_up=lambda _one: None),
    "a lock-up that asks for a tenth less": _changed(lock_up=lambda one: one.lock_up and 0.9 * one.lock_up),
    "what is stated need not be paid": lambda: patch.object(continuous, "stated_rows", lambda *_: None),
    "it is paid a month later": _with("years", _a_month_later),
    "owners count what is earned": lambda: patch.object(continuous, "worth", _of_all_flows),
    "owners put nothing in": lambda: patch.object(continuous, "put_in", lambda *_: 0.0),
    "a year without debt service has to keep the lock-up": _with("FREE", "kept"),
}


@pytest.mark.parametrize("name", WRONG_DIVIDENDS)
def test_a_wrong_rule_about_dividends_is_seen(name: str) -> None:
    tried = [*((edge, number) for number in range(len(EDGES))), *((paying_case, number) for number in range(TRIED))]
    assert any(sees(draw, number, WRONG_DIVIDENDS[name]) for draw, number in tried), name
