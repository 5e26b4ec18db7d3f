"""The bridge between two plans: its parts add up to the yen, and each part is what it is called."""

from __future__ import annotations

import math
from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.errors import NoPlanError
from planner.studies.bridge import Bridge, bridge_of
from planner.studies.compare import Comparison, compare_tasks
from tests.audit.test_financing import revenue
from tests.cases.toy import MILLION, mn, programme, toy, yearly
from tests.studies.changed import changed_fields, engine, task


def compared(*cases: Case, **options: Any) -> Comparison:
    named = [task(cases[0]), *(task(case, f"scenario-{number}") for number, case in enumerate(cases[1:]))]
    return compare_tasks(named, engine(**{"gap": 0.0, **options}))


def bridge(base: Case, scenario: Case) -> Bridge:
    found = compared(base, scenario).scenarios[0].difference
    assert found is not None
    return found.bridge


def millions(bridge: Bridge) -> dict[str, float]:
    return {part: pytest.approx(amount / MILLION, abs=1e-6) for part, amount in bridge.parts.items() if abs(amount) > 1}


def with_a_plan(number: int) -> Comparison:
    """A generated case beside changes of it; where it has no plan, the case of another number."""
    try:
        return compared(*(Case.model_validate(fields) for fields in changed_fields(number)))
    except NoPlanError:
        return with_a_plan(number + 100)


@pytest.mark.parametrize("number", range(18))
def test_the_parts_add_up_to_the_yen_on_generated_cases(number: int) -> None:
    found = with_a_plan(number)
    bridges = [one.difference.bridge for one in found.scenarios if one.difference is not None]
    assert bridges
    for one in bridges:
        assert abs(math.fsum(one.parts.values()) - one.difference) < 0.5
        assert abs(math.fsum(effect.total for effect in one.effects) - one.difference) < 0.5
        assert one.same_decisions is not None and one.allowed is not None and one.ex_post is not None
        figures = math.fsum(effect.figures + effect.figures_timing for effect in one.effects)
        assert figures == pytest.approx(one.same_decisions - one.allowed, abs=0.5)
        if one.ex_post.whole:
            assert one.allowed == one.base


def test_a_dearer_system_is_a_price_effect() -> None:
    # The cube costs 110 instead of 100, and is bought all the same: 3 * 60 - 110.
    found = bridge(toy(), toy(systems__cube__price={"typical": mn(110)}))
    assert millions(found) == {"price": -10}


def test_another_customer_is_a_volume_effect() -> None:
    # Work for two: a second cube adds 3 * 60 - 100.
    found = bridge(toy(), toy(workloads__training__amount=2))
    assert millions(found) == {"volume": 80}


LATE = {
    "a site that opens late": {"sites__east__opens": "2026-01"},
    "a delivery that comes late": {"offers__maker": {"system": "cube", "supplier": "maker", "lead_time": "12 months"}},
}


@pytest.mark.parametrize("how", LATE)
def test_what_comes_late_is_no_price_effect(how: str) -> None:
    # Every price is as before; the cube serves two years instead of three.
    assert millions(bridge(toy(), toy(**LATE[how]))) == {"volume": -60}


def test_a_late_hall_is_no_price_effect_beside_a_price_that_changes() -> None:
    # The cube costs 110 and comes a year later: one year less of 60, and 10 more for what is bought all the same.
    later = {"system": "cube", "supplier": "maker", "lead_time": "12 months", "price": mn(110)}
    assert millions(bridge(toy(), toy(offers__maker=later))) == {"volume": -60, "price": -10}


def test_less_demand_is_a_volume_effect_and_no_price_effect() -> None:
    # Work for one of two cubes: the second one would stand idle, and is not bought.
    found = bridge(toy(workloads__training__amount=2), toy())
    assert millions(found) == {"volume": -80}


def test_an_interest_that_rises_is_a_timing_effect() -> None:
    # Everything is as before, but money of later years counts less: known from the present values alone.
    one, other = toy(finance__discount_rate="5 %"), toy(finance__discount_rate="6 %")
    found = bridge(one, other)
    assert set(millions(found)) == {"timing"}
    # The price is paid on the first day; income comes by the day, and counts at the ends of its months.
    assert found.parts["timing"] / MILLION == pytest.approx(revenue(0.06) - revenue(0.05))


def test_a_grant_that_comes_later_is_told_apart_from_one_that_is_smaller() -> None:
    terms = {"finance__discount_rate": "5 %"}
    now = toy(**terms, programmes={"half": programme(0.5)})
    later = toy(**terms, programmes={"half": programme(0.5, payment_lag="12 months")})
    found = bridge(now, later)
    later_by = 50 / 1.05 ** (396 / 365) - 50 / 1.05 ** (31 / 365)  # at the end of January 2026, not of 2025
    assert millions(found) == {"grants": pytest.approx(later_by)}
    (effect,) = [one for one in found.effects if one.line == "grants"]
    assert (effect.figures, effect.figures_timing / MILLION) == pytest.approx((0, later_by))


def test_tax_and_loans_have_parts_of_their_own() -> None:
    plain = toy()
    taxed = toy(finance__tax={"rate": "30 %", "payment_lag": "0 months"})
    found = bridge(plain, taxed)
    assert found.parts["tax"] < 0
    assert found.parts["tax"] == pytest.approx(found.difference, abs=0.5)
    loan = {"limit": mn(100), "rate": "2 %", "term": "36 months"}
    poor = {"finance__opening_cash": mn(30)}
    lent = bridge(toy(**poor), toy(**poor, finance__loans={"bank": loan}))
    # A cube can be bought; 70 are borrowed for a year, 10 of them for two, and at 0 % of discount all interest costs.
    assert millions(lent) == {"volume": 80, "financing": pytest.approx(-0.02 * (70 + 10 + 1.4))}
    assert math.fsum(lent.parts.values()) == pytest.approx(lent.difference, abs=0.5)


def test_a_cheap_loan_is_no_part_and_a_dear_one_costs_with_what_it_saves_in_tax_taken_out() -> None:
    owed = {"limit": mn(50), "outstanding": mn(50), "term": "1 year", "rate": "2 %"}
    terms = {
        "finance__discount_rate": "5 %",
        "finance__tax": {"rate": "30 %", "payment_lag": "0 months"},
        "finance__depreciation": {"systems": "3 years"},
        "finance__opening_cash": mn(110),
    }
    cheap, dear = (toy(**terms, finance__loans={"bank": owed | {"rate": rate}}) for rate in ("2 %", "8 %"))
    found = bridge(cheap, dear)
    # 8 % of 50 are 4 of interest in 2025, in place of 1: 3 more. The tax falls by 0.9 at the end of the year, which is
    # taken out again.
    month_ends = (31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)
    cost = sum(50 * 0.08 / 12 / 1.05 ** (days / 365) for days in month_ends) + 50 / 1.05 - 50
    assert millions(found) == {"tax": pytest.approx(0.9 / 1.05), "financing": pytest.approx(-0.9 / 1.05 - cost)}
    told = {one.line: one.total / MILLION for one in found.effects if abs(one.total) > 1}
    assert told == {
        "tax": pytest.approx(0.9 / 1.05),
        "interest_shield": pytest.approx(-0.9 / 1.05),
        "loan_costs": pytest.approx(-cost),
    }


def test_base_decisions_that_the_scenario_does_not_allow_are_counted_and_left_out() -> None:
    one, other = toy(programmes={"half": programme(0.5)}), toy()
    found = bridge(one, other)
    assert found.ex_post is not None
    assert (found.ex_post.dropped, found.ex_post.broken) == (1, 0)
    assert millions(found) == {"grants": -50}


def test_a_delivery_that_comes_later_takes_its_exits_with_it() -> None:
    # A cube of one year of life, bought twice; with a year of lead time both come and leave a year later.
    short = {"systems__cube__useful_life": "12 months", "workloads__training__price": yearly(150)}
    one = toy(**short)
    other = toy(**short, offers__maker={"system": "cube", "supplier": "maker", "lead_time": "12 months"})
    found = bridge(one, other)
    assert found.ex_post is not None
    # What was ordered in the last year would come after the horizon. All that comes leaves when its life ends.
    gone = {str(vintage.arrival.month): t for vintage, t in found.ex_post.decisions.exit}
    assert gone == {"2026-01": 2}
    assert not [limit for limit in found.ex_post.audit.broken if limit.rule in ("fleet_balance", "useful_life")]


def test_nothing_is_left_of_an_order_that_the_scenario_does_not_have() -> None:
    # A cube of one year of life, half paid by a grant, bought once a year and sold at its end for 20.
    terms = {
        "systems__cube__useful_life": "12 months",
        "workloads__training__price": yearly(150),
        "finance__resale": [{"age": "0 months", "share": "20 %"}],
        "programmes": {"half": programme(0.5)},
    }
    found = bridge(toy(**terms), toy(**terms, offers={}))
    assert found.ex_post is not None
    left = found.ex_post.decisions
    assert (left.order, left.exit, left.claim, left.serve) == ({}, {}, {}, {})
    assert found.same_decisions == pytest.approx(0)
    assert found.allowed == pytest.approx(0)
    assert found.parts["price"] == pytest.approx(0, abs=1e-6)  # what is not bought any more is no matter of prices
    assert found.parts["volume"] + found.parts["grants"] == pytest.approx(found.difference)


def test_other_periods_cannot_be_carried_over() -> None:
    longer = toy(calendar={"start": "2025-01", "period": "year", "periods": 4, "fiscal_year_start_month": 1})
    found = bridge(toy(), longer)
    assert (found.ex_post, found.same_decisions) == (None, None)
    assert millions(found) == {"volume": pytest.approx(60 * 8784 / 8760)}  # 2028 has a day more


def test_a_bridge_to_itself_is_empty() -> None:
    outcome = compared(toy(), toy(workloads__training__amount=2)).base
    found = bridge_of(outcome, outcome)
    assert not any(found.parts.values())
    assert audit(outcome.case, outcome.decisions).accounts.npv == found.same_decisions
