"""Dividends in explanations: what is named where they leave no plan, and what a point of a share is worth."""

from __future__ import annotations

from typing import Any

import pytest

from planner.explain.conflict import no_plan_words
from planner.explain.prices import with_prices
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.cases.paying import paying_case
from tests.cases.toy import mn

STATED = "finance.dividends.stated.FY2025"


def words(**dividends: Any) -> str:
    return no_plan_words(paying_case(finance__dividends=dividends, workloads__training__must_serve=1), {}, 60)


def test_a_lock_up_is_named_where_it_leaves_no_way_to_pay_what_is_stated() -> None:
    """A cube has to be bought with all of the loan: 60 over 39 are 1.538."""
    told = words(lock_up_cover=1.6, opening_retained_profit=mn(50), stated={"FY2025": mn(4)})
    cover = "finance.dividends.lock_up_cover: owners are paid for a fiscal year where cash from operations pays for its"
    assert f"{cover} debt service at least 1.6 times" in told
    assert f"{STATED}: 4 mn JPY are paid to owners for FY2025" in told
    change = next(line for line in told.split("\n") if "finance.dividends.lock_up_cover: 1" in line)
    assert 1.53 <= float(change.rpartition(" ")[2]) <= 60 / 39


def test_profit_is_named_where_more_is_stated_than_there_is() -> None:
    told = words(stated={"FY2025": mn(28)})
    none = "0 JPY of the profit of earlier years may be paid to owners"
    assert f"finance.dividends.opening_retained_profit: {none}" in told
    assert "raise by 2 mn JPY: finance.dividends.opening_retained_profit, now 0 JPY" in told
    assert f"{STATED}: 26 mn JPY" in told


def prices(**changes: Any) -> tuple[Outcome, dict[str, Any]]:
    outcome = with_prices(plan_case(paying_case(**changes), gap=0.0))
    assert outcome.prices is not None
    return outcome, {price.path: price for price in outcome.prices}


@pytest.mark.parametrize(
    ("field", "dividends", "looser"),
    [
        ("most_share_of_profit", {"most_share_of_profit": "50 %"}, "51 %"),
        ("opening_retained_profit", {"opening_retained_profit": mn(20)}, mn(21)),
        ("stated.FY2026", {"most_share_of_profit": 0, "stated": {"FY2026": mn(20)}}, None),
        ("lock_up_cover", {"lock_up_cover": 2, "opening_retained_profit": mn(90)}, 1.99),
    ],
)
def test_a_figure_of_dividends_has_the_price_that_the_changed_case_has(
    field: str, dividends: dict[str, Any], looser: Any
) -> None:
    rich = {"finance__opening_cash": mn(300), "finance__loans": {}}
    if field == "lock_up_cover":
        cheap = {"limit": mn(90), "rate": "5 %", "term": "3 years", "repayment": "equal_parts"}
        rich = {"finance__opening_cash": mn(60), "finance__cost_of_equity": "20 %", "finance__loans": {"bank": cheap}}
    if looser is None:  # what is stated only ever costs those who could use it otherwise
        loan = {"limit": mn(90), "rate": "20 %", "term": "3 years", "repayment": "at_end"}
        rich, looser = {"finance__loans": {"bank": loan}}, mn(19)
    before, found = prices(finance__dividends=dividends, **rich)
    assert f"finance.dividends.{field}" in found, sorted(found)
    price = found[f"finance.dividends.{field}"]
    there = {**dividends, "stated": {"FY2026": looser}} if "stated" in field else {**dividends, field: looser}
    after = plan_case(paying_case(finance__dividends=there, **rich), gap=0.0)
    gained = (after.audit.accounts.equity or 0.0) - (before.audit.accounts.equity or 0.0)
    counted = float(price.unit.strip("+−").split(" ")[0])  # a point, a hundredth, or millions
    steps = {"+1 %": 1.0, "−0.01 times": 1.0}.get(price.unit, counted)
    assert price.gain / steps == pytest.approx(gained, rel=1e-4)
    assert gained > 1


def test_cash_that_owners_put_in_is_worth_what_it_brings_beyond_itself() -> None:
    """With 30 in hand instead of 29 a loan at 20 % is smaller; what is only put in and taken out again has no price."""
    dear = {"limit": mn(90), "rate": "20 %", "term": "3 years", "repayment": "at_end"}
    before, found = prices(finance__loans={"bank": dear}, finance__opening_cash=mn(29), finance__dividends={})
    after = plan_case(
        paying_case(finance__loans={"bank": dear}, finance__opening_cash=mn(30), finance__dividends={}), gap=0.0
    )
    gained = (after.audit.accounts.equity or 0.0) - (before.audit.accounts.equity or 0.0)
    price = found["finance.opening_cash"]
    assert price.unit == "+1 mn JPY"
    assert price.gain == pytest.approx(gained, rel=1e-4)
    _, found = prices(finance__loans={}, finance__opening_cash=mn(300), finance__dividends={})
    assert "finance.opening_cash" not in found
