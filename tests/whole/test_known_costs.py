"""Small cases about further terms of cost whose best plan can be worked out by hand; each is decided by its term.

Amounts are in millions of yen. Unless a test says otherwise, a cube costs 100 and earns 60 in each of the years 2025,
2026 and 2027 (periods 0, 1 and 2) in which it works, and nothing is discounted.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.planning import plan_case
from tests.cases.toy import MILLION, mn, programme, toy, yearly
from tests.whole.test_known_answers import best, orders

# --- Selling costs ---


@pytest.mark.parametrize(("share", "npv", "plan"), [("44 %", 0.8, {("maker", 0): 1}), ("45 %", 0, {})])
def test_selling_costs_decide_whether_a_cube_pays(share: str, npv: float, plan: dict[tuple[str, int], int]) -> None:
    # Of 180 in three years 56 % are 100.8, and 55 % are 99: less than the 100 that a cube costs.
    assert orders(best(toy(workloads__training__selling_costs=share), npv)) == plan


def test_selling_costs_decide_which_work_is_done() -> None:
    # A marketplace pays 70 and keeps a third: 46.7 a year. Own customers pay 60. Later it keeps a tenth: 63.
    market = {"metric": "accelerators", "amount": 1, "price": yearly(70)}
    shares = {"2025-01": "1/3", "2027-01": "10 %"}
    case = toy(workloads__market={**market, "selling_costs": shares}, offers__maker__allocation=1)
    outcome = best(case, 60 + 60 + 63 - 100)
    assert {(w, t) for w, _, _, t in outcome.decisions.serve} == {("training", 0), ("training", 1), ("market", 2)}


def test_selling_costs_are_costs_of_least_cost() -> None:
    # All work has to be done; selling takes a tenth of what is earned, which is no cost of the plan but for that.
    changes: dict[str, Any] = {"workloads__training__must_serve": "100 %", "objective": {"kind": "cost"}}
    best(toy(**changes, workloads__training__selling_costs="10 %"), 100 + 18)


@pytest.mark.parametrize(
    ("share", "npv", "plan"),
    [("50 %", 300, {("maker", 0): 1, ("maker", 1): 1}), ("51 %", 194, {("maker", 0): 1})],
)
def test_selling_costs_leave_less_to_pay_with(share: str, npv: float, plan: dict[tuple[str, int], int]) -> None:
    # Cash for one cube, which earns 200 a year. Half of that is just enough for a second one in 2026, which is then
    # worth 200 - 100. Of 98 it has to wait until 2027, and brings no more than 98.
    case = toy(
        workloads__training={"metric": "accelerators", "amount": 2, "price": yearly(200), "selling_costs": share},
        finance__opening_cash=mn(100),
    )
    assert orders(best(case, npv)) == plan


# --- Instalments ---


def parts(*of: tuple[str, int]) -> dict[str, Any]:
    """A cube is paid in shares, so many months after its delivery, or before it."""
    return {
        "offers__maker__payment": {
            "instalments": [
                {"share": share, **({"lag": f"{m} months"} if m >= 0 else {"advance": f"{-m} months"})}
                for share, m in of
            ]
        }
    }


@pytest.mark.parametrize(("months", "npv", "plan"), [(12, 80, {("maker", 0): 1}), (11, 60 - 40, {("maker", 1): 1})])
def test_a_cube_can_be_paid_out_of_what_it_earns(months: int, npv: float, plan: dict[tuple[str, int], int]) -> None:
    # 40 are there and 60 are earned by the end of 2025: enough for 40 at once and 60 after twelve months, not after
    # eleven. Owners bring 60 in 2026: a cube of then earns 120.
    case = toy(
        finance__opening_cash=mn(40), finance__funding={"2026-01": mn(60)}, **parts(("40 %", 0), ("60 %", months))
    )
    assert orders(best(case, npv)) == plan


def test_an_advance_is_due_before_the_delivery() -> None:
    # Delivered in December 2025 and in use from 2026 on: 120 are earned. 100 are due in June, when owners have brought
    # 50 since May; a month earlier they would not be there yet, and the cube of 2026 comes too late to pay.
    changes = {
        "offers__maker__lead_time": "11 months",
        "finance__opening_cash": mn(50),
        "finance__funding": {"2025-06": mn(50)},
    }
    assert orders(best(toy(**changes, **parts(("100 %", -6))), 20)) == {("maker", 0): 1}
    assert orders(best(toy(**changes, **parts(("100 %", -7))), 0)) == {}


def test_to_pay_after_the_horizon_is_not_free() -> None:
    # A cube of 2025 earns 180 and one of 2027 earns 60: to pay 100 for it a year after the horizon helps nobody.
    late = parts(("100 %", 48))
    outcome = best(toy(**late), 80)
    assert orders(outcome) == {("maker", 0): 1}
    assert outcome.audit.accounts.books.unpaid == pytest.approx([100 * MILLION] * 3)
    assert outcome.audit.accounts.lines["system_price"] == (0, 0, 0)
    # Most compute: nothing is there at the start, and what is earned has to pay for all cubes at the end. Two earn 90
    # each in 2027, and 200 are owed; with owners' 20 they can be paid for.
    busy = {
        "objective": {"kind": "compute"},
        "finance__opening_cash": mn(0),
        "workloads__training": {"metric": "accelerators", "amount": 2, "price": yearly(30)},
        "calendar__periods": 3,
        **late,
    }
    for brought, count in ((20, 2), (19, 1)):
        case = toy(**busy, finance__funding={"2027-12": mn(brought)})
        plan = plan_case(case, gap=0.0, time_limit=60.0)
        assert sum(plan.decisions.order.values()) == count


@pytest.mark.parametrize(("limit", "plan"), [(40, {("maker", 0): 1}), (39, {("maker", 1): 1})])
def test_instalments_count_in_the_year_in_which_they_are_paid(limit: int, plan: dict[tuple[str, int], int]) -> None:
    # Of 100 40 are due in 2025 and 60 in 2026; a year later it would be 40 in 2026.
    terms = parts(("40 %", 0), ("60 %", 12))
    outcome = best(toy(finance__capex_limits={"FY2025": mn(limit)}, **terms), 80 if limit == 40 else 20)
    assert orders(outcome) == plan


def test_a_grant_is_worked_out_on_the_whole_price() -> None:
    # Half of 100, wherever the parts of the price fall: 180 - 100 + 50, with 30 still to be paid at the end.
    case = toy(programmes={"state": programme(0.5)}, **parts(("70 %", 0), ("30 %", 40)))
    outcome = best(case, 130)
    assert outcome.audit.accounts.lines["grants"][0] == 50 * MILLION
    assert outcome.audit.accounts.books.unpaid[-1] == pytest.approx(30 * MILLION)


def test_blocks_are_paid_in_instalments_too() -> None:
    # Room for one cube, and a hall of 30 for another: 10 at its start, 20 half a year after it is ready.
    hall = {
        "site": "east",
        "adds": {"power": "1 kW"},
        "capex": mn(30),
        "lead_time": "0 months",
        "blocks": 1,
        "payment": {"instalments": [{"share": "1/3", "event": "order"}, {"share": "2/3", "lag": "6 months"}]},
    }
    case = toy(
        expansions={"hall": hall},
        sites__east__capacity={"power": "1 kW"},
        workloads__training__amount=2,
        finance__opening_cash=mn(210),
    )
    outcome = best(case, 2 * 80 - 30)
    paid = outcome.audit.accounts.by_month["expansion"]
    assert [m for m, amount in enumerate(paid) if amount] == [0, 6]


# --- Maintenance by age ---

CHEAP: dict[str, Any] = {"offers__maker__price": mn(50)}


@pytest.mark.parametrize(
    ("years", "npv", "plan"),
    [
        # A cube costs 45 a year to maintain once its warranty is over. Under one of two years it earns 60, 60 and 15.
        (2, 135 - 100, {("maker", 0): 1}),
        # Of one year: 60, 15 and 15 are less than 100.
        (1, 0, {}),
    ],
)
def test_a_warranty_decides_whether_a_cube_pays(years: int, npv: float, plan: dict[tuple[str, int], int]) -> None:
    steps = [{"age": "0 months", "factor": 0}, {"age": f"{years} years", "factor": 1}]
    changes = {"systems__cube__maintenance_per_year": 0.45, "systems__cube__maintenance_by_age": steps}
    assert orders(best(toy(**changes), npv)) == plan


@pytest.mark.parametrize(("factor", "leaves"), [(6.1, {2: 1}), (5.9, {})])
def test_systems_leave_when_they_are_too_dear_to_maintain(factor: float, leaves: dict[int, int]) -> None:
    # Maintenance of 10 a year is six times as much from two years on, just as much as the 60 that a cube earns.
    steps = [{"age": "2 years", "factor": factor}]
    changes = {"systems__cube__maintenance_per_year": 0.1, "systems__cube__maintenance_by_age": steps}
    stays = 60 - 10 * factor if not leaves else 0
    # 50 and 50 pay for a cube of 100 that stands there, and one of 2026 would earn 50 and 50 as well.
    outcome = best(toy(**changes, offers__maker__order_window={"to": "2025-12"}, **CHEAP), 100 - 50 + stays)
    assert {key.period: count for key, count in outcome.decisions.exit.items()} == leaves


def test_a_fleet_has_its_age_from_the_start() -> None:
    # It came in July 2023, and its warranty ends in July 2025: 10 a year are half of it in 2025, and all of it later.
    steps = [{"age": "0 months", "factor": 0}, {"age": "2 years", "factor": 1}]
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2023-07"}]
    changes = {"systems__cube__maintenance_per_year": 0.1, "systems__cube__maintenance_by_age": steps}
    outcome = best(toy(**changes, sites__east__fleet=fleet), 180 - 5 - 10 - 10)
    assert outcome.audit.accounts.lines["maintenance"] == pytest.approx([5 * MILLION, 10 * MILLION, 10 * MILLION])


# --- Resale ---

HALF_A_YEAR_OLD: dict[str, Any] = {
    "finance__resale": [{"age": "0 months", "share": "50 %"}],
    "workloads__training__amount": {"2025-01": 1, "2026-01": 0},
    "sites__east__rent": "1 mn JPY/kW-month",
}
"""A cube that has work in 2025 only, for 60, and costs 12 a year; used it fetches half of 100, whenever it is sold."""


@pytest.mark.parametrize(
    ("market", "npv", "plan"),
    [
        # 60 - 12 + 50 are less than 100. At a market that pays 5 % more it is 60 - 12 + 52.5 > 100.
        ({"2025-01": 1, "2026-01": 1.05}, 0.5, {("maker", 0): 1}),
        ({"2025-01": 1.05, "2026-01": 1}, 0, {}),
    ],
)
def test_the_market_of_the_month_of_sale_decides(market: dict[str, float], npv: float, plan: dict[Any, int]) -> None:
    assert orders(best(toy(**HALF_A_YEAR_OLD, finance__resale_factor=market), npv)) == plan


def test_a_system_has_its_own_curve_and_its_own_market() -> None:
    # 60 % of a curve of its own, at 90 % of that; those of all systems do not count then: 60 - 12 + 54 - 100.
    own = {
        "systems__cube__resale": [{"age": "0 months", "share": "60 %"}],
        "systems__cube__resale_factor": 0.9,
        "finance__resale_factor": 0.1,
    }
    outcome = best(toy(**HALF_A_YEAR_OLD, **own), 2)
    assert outcome.audit.accounts.lines["resale"] == pytest.approx((0, 54 * MILLION, 0))


def test_a_used_system_never_fetches_more_than_a_new_one() -> None:
    # Three times half would be 150; a cube of a cheaper offer that is open then costs 70.
    scarce = {**HALF_A_YEAR_OLD, "finance__resale_factor": 3, "offers__maker__allocation": 1}
    assert best(toy(**scarce), 60 - 12 + 100 - 100).audit.accounts.lines["resale"][1] == 100 * MILLION
    cheaper = {"system": "cube", "supplier": "other", "price": mn(70), "order_window": {"from": "2026-01"}}
    outcome = best(toy(**scarce, offers__other=cheaper), 60 - 12 + 70 - 100)
    assert outcome.audit.accounts.lines["resale"][1] == 70 * MILLION
