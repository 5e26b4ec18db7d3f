"""What was planned, held where things come otherwise: known answers by hand, and what must hold for any case."""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from planner.holding import hold_plan
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.cases.paying import paying_case
from tests.cases.toy import MILLION, mn, programme, toy, yearly
from tests.planned import planned
from tests.rival.generator import tiny_case


def held(case: Case, plan: Outcome) -> Outcome:
    return hold_plan(case, plan.decisions, scenario="otherwise")


def otherwise(before: dict[str, Any], after: dict[str, Any]) -> Outcome:
    """The plan of a toy, held in the same toy with other figures."""
    return held(toy(**before, **after), plan_case(toy(**before), gap=0.0))


def broken(outcome: Outcome) -> list[tuple[str, float, float]]:
    """The limits that a plan breaks, with both sides, money in millions."""
    scale = {"JPY": MILLION}
    return [
        (limit.rule, limit.left / scale.get(limit.unit, 1.0), limit.right / scale.get(limit.unit, 1.0))
        for limit in outcome.audit.broken
    ]


def test_what_comes_as_planned_is_worth_as_much() -> None:
    plan = plan_case(toy(), gap=0.0)
    outcome = held(toy(), plan)
    assert outcome.decisions == plan.decisions
    assert outcome.npv == plan.npv == pytest.approx(80 * MILLION)
    assert outcome.doing_nothing is not None and outcome.doing_nothing.audit.accounts.npv == 0.0
    assert broken(outcome) == []


def test_cash_that_is_missing_is_told_and_the_order_stands() -> None:
    # 100 in hand for a cube of 100; it costs 130, and 30 are missing until the end of the year: 3 * 60 - 130.
    outcome = otherwise({"finance__opening_cash": mn(100)}, {"offers__maker__price": mn(130)})
    assert outcome.npv == pytest.approx(50 * MILLION)
    assert ("cash_balance", pytest.approx(-30), 0) in broken(outcome)


def test_a_dear_order_that_cash_can_pay_breaks_nothing() -> None:
    outcome = otherwise({"finance__opening_cash": mn(130)}, {"offers__maker__price": mn(130)})
    assert outcome.npv == pytest.approx(50 * MILLION)
    assert broken(outcome) == []


RESALE = {"finance__resale": [{"age": "1 year", "share": "50 %"}]}


def test_systems_leave_where_their_work_is_gone() -> None:
    # Work ends after a year: the cube is sold for 50 then, where the plan kept it for three years.
    gone = {"workloads__training__price": {"2025-01": yearly(60), "2026-01": yearly(0)}}
    outcome = otherwise(RESALE, gone)
    assert outcome.npv == pytest.approx((60 + 50 - 100) * MILLION)
    assert [key.period for key in outcome.decisions.exit] == [1]


def test_nothing_is_sold_cheaply_for_the_sake_of_a_month() -> None:
    # 160 in hand for a cube of 100, and of the 110 that a contract takes in 2026 only 50 + 2 * 60 is there.
    contract = {"finance__funding": {"2026-01": mn(-130)}}
    outcome = otherwise(RESALE | {"finance__opening_cash": mn(160)}, contract)
    assert outcome.decisions.exit == {}
    assert ("cash_balance", pytest.approx(-10), 0) in broken(outcome)


def test_what_a_supplier_cannot_give_yet_is_bought_as_soon_as_it_can() -> None:
    # None is to be had in the first year: bought in the second, it earns two years. 2 * 60 - 100.
    outcome = otherwise({}, {"offers__maker__allocation": {"2025-01": 0, "2026-01": 5}})
    assert [key.period for key in outcome.decisions.order] == [1]
    assert outcome.npv == pytest.approx(20 * MILLION)


def test_what_has_no_room_yet_waits_for_its_hall() -> None:
    # A hall of 1 for two cubes; where it takes a year, the second cube is bought then. 180 + 120 - 200 - 1, not 159.
    before = {
        "sites__east__capacity": {"power": "1 kW"},
        "expansions": {"hall": {"site": "east", "adds": {"power": "1 kW"}, "capex": mn(1), "lead_time": "0 months",
                                "blocks": 1}},
        "workloads__training__amount": 2,
        "finance__resale": [{"age": "0 months", "share": "50 %"}],
    }  # fmt: skip
    plan = plan_case(toy(**before), gap=0.0)
    assert plan.npv == pytest.approx(159 * MILLION)
    late = dict(before, expansions={"hall": {**before["expansions"]["hall"], "lead_time": "12 months"}})
    outcome = hold_plan(toy(**late), plan.decisions, scenario="late")
    assert {key.period: count for key, count in outcome.decisions.order.items()} == {0: 1, 1: 1}
    assert outcome.npv == pytest.approx(99 * MILLION)
    assert broken(outcome) == []


def test_what_cannot_be_had_at_all_is_not_bought() -> None:
    outcome = otherwise({}, {"offers__maker__allocation": 0})
    assert outcome.decisions.order == {}
    assert outcome.npv == 0.0


def test_no_more_is_bought_than_planned_though_it_would_pay() -> None:
    outcome = otherwise({}, {"workloads__training__amount": 5})
    assert outcome.npv == pytest.approx(80 * MILLION)


def test_a_floor_that_is_missed_is_told() -> None:
    # Half of the cube is paid for as long as one stands; none can be had before 2026, and 2025 is missed.
    aid = programme(0.5, obligations=[{"metric": "bf16_pflops", "floor": 1, "from": "2025-01"}])
    before = {"programmes__grant": aid, "finance__opening_cash": mn(100)}
    outcome = otherwise(before, {"offers__maker__allocation": {"2025-01": 0, "2026-01": 5}})
    assert [(rule, left, right) for rule, left, right in broken(outcome) if rule == "obligation"] == [
        ("obligation", 0.0, 1.0)
    ]
    assert outcome.decisions.join == {"grant": True}


def test_compute_is_held_as_well_and_no_grant_is_left_lying() -> None:
    before = {"objective": {"kind": "compute"}, "programmes__grant": programme(0.5), "finance__opening_cash": mn(500)}
    plan = plan_case(toy(**before), gap=0.0)
    outcome = held(toy(**before, workloads__training__price=yearly(50)), plan)
    assert outcome.decisions.order == plan.decisions.order
    assert outcome.decisions.claim == plan.decisions.claim
    assert outcome.proof.objective == pytest.approx(plan.proof.objective)


LENT = {
    "finance__opening_cash": mn(10),
    "finance__loans": {"bank": {"limit": mn(90), "rate": "10 %", "term": "3 years", "repayment": "equal_parts"}},
    "finance__covenants": {"least_debt_service_cover": 1.5},
}


def test_a_covenant_breaks_by_what_is_missing_of_its_cover() -> None:
    # 90 are borrowed, back in three parts at 10 %: the first year must earn 1.5 * (30 + 9) = 58.5, and earns 45.
    # Nothing is bridged in place of the loan, since that is made as dear as can be.
    plan, less = plan_case(toy(**LENT), gap=0.0), toy(**LENT, workloads__training__price=yearly(45))
    outcome = hold_plan(less, plan.decisions, scenario="otherwise", bridge_rate=10.0)
    (missed,) = [limit for limit in outcome.audit.broken if limit.rule == "debt_service_cover"][:1]
    assert (missed.right - missed.left) / MILLION == pytest.approx(13.5)
    assert sum(outcome.decisions.draw.values()) == pytest.approx(90 * MILLION)
    kept = otherwise(LENT, {"workloads__training__price": yearly(58.5 + 1e-6)})
    assert broken(kept) == []


def test_owners_get_less_where_less_is_earned() -> None:
    # A cube of 100 loses 25 of its value a year: at 60 it leaves a profit of 35 a year, at 50 one of 25.
    before = {
        "offers__maker__allocation": 1,
        "finance__opening_cash": mn(100),
        "finance__cost_of_equity": "10 %",
        "finance__depreciation": {"systems": "4 years"},
        "finance__dividends": {},
        "objective": {"kind": "equity"},
    }
    outcome = otherwise(before, {"workloads__training__price": yearly(50)})
    assert [round(amount / MILLION, 3) for amount in outcome.decisions.dividend.values()] == [25, 25]
    assert broken(outcome) == []


@pytest.mark.parametrize("first", range(0, 20, 10))
def test_a_plan_held_in_its_own_case_is_that_plan(first: int) -> None:
    """For a plan that is the best of its case, nothing is left to adapt for the better."""
    seen = 0
    for number in range(first, first + 10):
        case = tiny_case(number)
        plan = planned(case)
        if plan is None or plan.proof.relative_gap > 1e-9:
            continue
        outcome = held(case, plan)
        seen += 1
        assert broken(outcome) == []
        assert outcome.proof.objective == pytest.approx(plan.proof.objective, rel=1e-7, abs=1.0), number
    assert seen >= 5


def test_no_plan_that_breaks_nothing_is_better_than_the_best_of_the_case() -> None:
    compared = 0
    for number in range(20):
        case = tiny_case(number)
        plan = planned(case)
        if plan is None:
            continue
        dear = case.model_copy(update={"finance": case.finance.model_copy(update={"discount_rate": 0.2})})
        best = planned(dear)
        outcome = held(dear, plan)
        if best is not None and not broken(outcome) and best.proof.kind == "npv":
            compared += 1
            assert outcome.npv <= best.npv + 1e-6 * abs(best.npv) + 1.0, number
    assert compared >= 3


OWNERS = [{"finance__dividends": None}, {}, {"finance__dividends": {"opening_retained_profit": mn(5)}}]


@pytest.mark.parametrize("terms", OWNERS, ids=["no dividends", "paid by rules", "paid freely"])
def test_a_plan_for_owners_that_comes_as_planned_borrows_and_pays_as_planned(terms: dict[str, Any]) -> None:
    """Cash that is missing costs whole money under every objective that counts money, so nothing is bridged."""
    case = paying_case(**terms)
    plan = plan_case(case, gap=0.0)
    outcome = held(case, plan)
    assert sum(outcome.decisions.draw.values()) == pytest.approx(90 * MILLION)
    assert broken(outcome) == []
    assert outcome.audit.objective == pytest.approx(plan.audit.objective)
    assert outcome.npv == pytest.approx(plan.npv)


def test_owners_are_not_paid_out_of_cash_that_is_missing() -> None:
    """At 20 a year the cube earns less than the 25 that it loses in the books: nothing is there to be paid."""
    terms: dict[str, Any] = {"finance__dividends": {"opening_retained_profit": mn(5)}}
    outcome = held(
        paying_case(**terms, workloads__training__price=yearly(20)), plan_case(paying_case(**terms), gap=0.0)
    )
    assert outcome.decisions.dividend == {}
    assert {rule for rule, *_ in broken(outcome)} == {"cash_balance"}


def test_a_dividend_that_is_stated_is_a_promise_that_may_be_broken() -> None:
    """4 were stated for 2025, when the cube earns 40 and serves its debt 1.03 times: the lock-up forbids them."""
    outcome = held(paying_case(workloads__training__price=yearly(40)), plan_case(paying_case(), gap=0.0))
    assert outcome.decisions.dividend == {}
    assert ("dividends", pytest.approx(0), pytest.approx(4)) in broken(outcome)
