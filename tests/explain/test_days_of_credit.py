"""Days of credit in explanations: what a day is worth, and what is named where they leave no plan."""

from __future__ import annotations

from typing import Any

import pytest

from planner.explain.conflict import no_plan_words
from planner.explain.prices import with_prices
from planner.planning import plan_case
from tests.cases.toy import mn, toy

SERVED: dict[str, Any] = {
    "sites__east__fleet": [{"system": "cube", "quantity": 1, "arrives": "2024-01"}],
    "sites__east__rent": "2 mn JPY/kW-month",
    "calendar": {"start": "2025-01", "period": "quarter", "periods": 8, "fiscal_year_start_month": 1},
    "workloads__training__must_serve": 1,
    "finance__opening_cash": mn(5),
}
"""A cube that has to stay, and a rent of 6 until customers have paid for three months."""


def test_days_of_customers_are_named_where_there_is_no_plan() -> None:
    """By the end of March 6 of rent are paid; with 5 in hand customers have to pay 1 of January's 5.1 by then."""
    words = no_plan_words(toy(**SERVED, finance__working_capital={"customer_days": 90}), {}, 60)
    assert "finance.working_capital.customer_days: customers pay 90 days later, in 2025-01" in words
    assert "raise by 1 mn JPY: finance.opening_cash" in words
    change = next(line for line in words.split("\n") if "days: finance.working_capital.customer_days" in line)
    # 1 of 5.096 is a fifth of a month: 5.9 of 30 days, and nine tenths of what is offered are too few.
    assert 5.88 <= float(change.split("lower by ")[1].split(" ")[0]) <= 5.89 / 0.9


def test_days_of_one_workload_are_named_by_its_field() -> None:
    words = no_plan_words(toy(**SERVED, workloads__training__customer_days=90), {}, 60)
    assert "workloads.training.customer_days: customers of training pay 90 days later" in words


def test_days_of_a_supplier_and_what_is_open_before_are_named() -> None:
    terms = {"customer_days": 100, "rent_days": 10, "opening_payables": {"2025-02": mn(1)}}
    words = no_plan_words(toy(**{**SERVED, "finance__opening_cash": mn(5.5)}, finance__working_capital=terms), {}, 60)
    assert "finance.working_capital.rent_days: rent is paid 10 days later" in words
    assert "finance.working_capital.opening_payables.2025-02: 1 mn JPY are paid to suppliers in 2025-02" in words


def test_a_day_has_its_price_where_cash_is_scarce() -> None:
    """A day sooner is worth what the plan of the changed case is worth more."""
    changes = {**SERVED, "finance__opening_cash": mn(97), "workloads__training__amount": 2}
    changes |= {"finance__discount_rate": "5 %", "workloads__training__must_serve": 0.5}
    outcome = with_prices(plan_case(toy(**changes, finance__working_capital={"customer_days": 60}), gap=0.0))
    assert outcome.prices is not None
    prices = {price.path: price for price in outcome.prices}
    price = prices["finance.working_capital.customer_days"]
    assert (price.unit, price.value) == ("−1 day", "60 days")
    sooner = plan_case(toy(**changes, finance__working_capital={"customer_days": 59}), gap=0.0)
    assert price.gain == pytest.approx(sooner.npv - outcome.npv, rel=1e-6)


def test_consumption_tax_on_what_is_bought_is_named_where_it_leaves_no_plan() -> None:
    """A cube of 100 has to be bought, and with 105 in hand half of its tax is missing."""
    terms = {"finance__opening_cash": mn(105), "finance__consumption_tax": {"rate": "10 %"}}
    words = no_plan_words(toy(**terms, workloads__training__must_serve=1), {}, 60)
    assert "finance.consumption_tax.taxed_investment: 100 % of capital expenditure bear consumption tax" in words
    assert "raise by 5 mn JPY: finance.opening_cash" in words
    assert "finance.consumption_tax.taxed_investment: 49 %" in words


def test_duty_is_named_where_it_leaves_no_plan() -> None:
    terms = {"finance__opening_cash": mn(105), "offers__maker__import_duty": "10 %"}
    words = no_plan_words(toy(**terms, workloads__training__must_serve=1), {}, 60)
    assert "offers.maker.import_duty: duty of 10 % is paid on the systems of maker" in words
    assert "offers.maker.import_duty: 5 %" in words or "offers.maker.import_duty: 4.9 %" in words


def test_the_step_of_a_duty_is_named_that_leaves_no_plan() -> None:
    duty = {"2025-01": "10 %", "2026-01": "20 %"}
    terms = {"finance__opening_cash": mn(105), "offers__maker__import_duty": duty}
    words = no_plan_words(toy(**terms, workloads__training__must_serve=1), {}, 60)
    assert "offers.maker.import_duty.2025-01: duty of 10 % is paid on the systems of maker" in words
    assert "offers.maker.import_duty.2025-01: 5 %" in words or "offers.maker.import_duty.2025-01: 4.9 %" in words
