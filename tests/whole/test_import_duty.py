"""Import duty that is not recovered: part of what systems cost, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.cases.toy import mn, programme, toy


def planned(**changes: Any) -> Outcome:
    return plan_case(toy(**changes), gap=0.0, time_limit=60.0)


def bought(outcome: Outcome) -> int:
    return sum(outcome.decisions.order.values())


def test_duty_decides_from_whom_is_bought() -> None:
    """A cube of 100 from abroad with 10 % of duty costs 110, and one of 105 from here is cheaper."""
    here = {"offers__near": {"system": "cube", "supplier": "near", "price": mn(105)}}
    assert [key.name for key in planned(**here).decisions.order] == ["maker"]
    dutiable = planned(**here, offers__maker__import_duty="10 %")
    assert [key.name for key in dutiable.decisions.order] == ["near"]
    assert dutiable.npv == pytest.approx(75e6)


def test_duty_has_to_be_paid_with_the_price() -> None:
    duty = {"offers__maker__import_duty": "10 %"}
    assert bought(planned(**duty, finance__opening_cash=mn(110))) == 1
    assert bought(planned(**duty, finance__opening_cash=mn(109.9))) == 0


def test_duty_is_part_of_cost_book_value_and_what_a_programme_pays_for() -> None:
    """Additions of 20 % bear it as well: 132 in all, written off over four years; half of 110 is granted."""
    outcome = planned(
        offers__maker__import_duty="10 %",
        offers__maker__additions=0.2,
        finance__depreciation={"systems": "4 years"},
        programmes={"half": programme(0.5)},
    )
    accounts = outcome.audit.accounts
    assert accounts.lines["system_price"][0] == pytest.approx(110e6)
    assert accounts.lines["additions"][0] == pytest.approx(22e6)
    assert accounts.books.fixed_assets == pytest.approx((99e6, 66e6, 33e6))
    assert sum(accounts.lines["grants"]) == pytest.approx(55e6)


def test_a_plan_that_forgets_the_duty_is_refused() -> None:
    plan = planned(finance__opening_cash=mn(105))
    broken = audit(toy(finance__opening_cash=mn(105), offers__maker__import_duty=0.1), plan.decisions).broken
    assert {limit.rule for limit in broken} == {"cash_balance"}


def test_consumption_tax_is_on_the_price_with_its_duty() -> None:
    terms = {"finance__consumption_tax": {"rate": "10 %"}, "offers__maker__import_duty": "10 %"}
    assert bought(planned(**terms, finance__opening_cash=mn(121))) == 1
    assert bought(planned(**terms, finance__opening_cash=mn(120.9))) == 0


def test_less_duty_never_hurts() -> None:
    values = [planned(offers__maker__import_duty=duty).npv for duty in (0.9, 0.5, 0.1, 0)]
    assert values == pytest.approx([0, 30e6, 70e6, 80e6])


EXEMPT: dict[str, Any] = {"offers__maker__import_duty": {"2025-01": "10 %", "2026-01": 0, "2027-01": "10 %"}}
"""A programme exempts what is ordered in 2026."""


def test_an_exemption_is_waited_for_where_cash_is_short() -> None:
    """A cube earns 60 a year. In 2025 it costs 110 and earns 180; in 2026 it costs 100, and earns 120."""
    at_once, waits = (
        planned(**EXEMPT, finance__opening_cash=mn(110)),
        planned(**EXEMPT, finance__opening_cash=mn(109.9)),
    )
    assert [(key.period, outcome.npv) for outcome in (at_once, waits) for key in outcome.decisions.order] == [
        (0, pytest.approx(70e6)),
        (1, pytest.approx(20e6)),
    ]
    assert bought(planned(**EXEMPT, finance__opening_cash=mn(99.9))) == 0


def test_an_exemption_that_is_worth_more_than_the_year_is_waited_for() -> None:
    """The year that is lost is worth 60: a duty of 61 is more."""
    for duty, period in (("59 %", 0), ("61 %", 1)):
        outcome = planned(offers__maker__import_duty={"2025-01": duty, "2026-01": 0})
        assert [key.period for key in outcome.decisions.order] == [period]


def test_an_exemption_is_in_the_books_and_below_a_grant() -> None:
    """Ordered in 2026 the cube costs 100 and half of that is granted; in 2025 it would be 110 and 55."""
    terms = {**EXEMPT, "finance__opening_cash": mn(105), "programmes": {"half": programme(0.5)}}
    accounts = planned(**terms).audit.accounts
    assert accounts.lines["system_price"] == pytest.approx((0, 100e6, 0))
    assert accounts.lines["grants"] == pytest.approx((0, 50e6, 0))
