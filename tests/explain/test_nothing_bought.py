"""A plan that buys nothing says why: what cannot stand there, what does not pay, what is in the way."""

from __future__ import annotations

import pytest

from planner.case.case import Objective
from planner.coefficients import coefficients_of
from planner.explain.nothing_bought import _most, why_nothing
from planner.explain.prices import with_prices
from planner.planning import plan_case
from planner.reading.budget import read_case
from tests.cases.toy import mn, toy, yearly
from tests.places import FAULTS
from tests.rival.generator import tiny_case


def test_what_no_site_can_host_is_named_with_the_reason() -> None:
    outcome = plan_case(read_case(FAULTS / "min-nohost.yaml").case)
    assert why_nothing(outcome) == ["gb300 at hall: gb300-nvl72 needs liquid cooling; hall has air"]


def test_what_does_not_pay_is_told_with_both_sums() -> None:
    outcome = plan_case(toy(workloads__training__price=yearly(20)))
    (line,) = why_nothing(outcome)
    assert line.startswith("maker at east: one costs 100 mn JPY and brings 60 mn JPY at most, ordered in 2025-01")


def test_what_would_pay_is_told_with_the_limit_in_its_way() -> None:
    outcome = with_prices(plan_case(toy(finance__opening_cash=mn(30), finance__minimum_cash=mn(20))))
    (line,) = why_nothing(outcome)
    assert "maker at east: what stands in its way is finance." in line


def test_a_case_without_offers_says_so_and_a_plan_that_buys_says_nothing() -> None:
    assert why_nothing(plan_case(toy(offers={}))) == ["nothing is on offer"]
    assert why_nothing(plan_case(toy())) == []


@pytest.mark.parametrize("number", range(4))
def test_whatever_a_plan_buys_brings_no_more_than_is_said_to_be_the_most(number: int) -> None:
    case = tiny_case(number)
    finance = case.finance.model_copy(update={"tax": None, "loans": {}})
    work = {name: one.model_copy(update={"must_serve": 0.0}) for name, one in case.workloads.items()}
    case = case.model_copy(update={"finance": finance, "programmes": {}, "workloads": work, "expansions": {}})
    case = case.model_copy(update={"objective": Objective()})
    coefficients = coefficients_of(case)
    for order, count in plan_case(case).decisions.order.items():
        assert not count or _most(coefficients, order) >= coefficients.present_cost(order) * (1 - 1e-6)
