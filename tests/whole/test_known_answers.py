"""Small cases whose best plan can be worked out by hand; at least one for every rule, where that rule decides.

Amounts are in millions of yen. Unless a test says otherwise, a cube costs 100 and earns 60 in each of the years 2025,
2026 and 2027 (periods 0, 1 and 2) in which it works, and nothing is discounted.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from planner.errors import NoPlanError
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.audit.test_financing import revenue
from tests.cases.toy import CUBE, HOURS, MILLION, mn, programme, toy, yearly
from tests.decided import laid_flat


def best(case: Case, npv: float) -> Outcome:
    """The plan of a case, after a look at what it is worth, in millions."""
    outcome = plan_case(case, gap=0.0, time_limit=60.0)
    assert outcome.proof.label == "verified optimal"
    assert outcome.proof.objective == pytest.approx(npv * MILLION, rel=1e-9, abs=1.0)
    return outcome


def orders(outcome: Outcome) -> dict[tuple[str, int], int]:
    """Systems ordered, by offer and period."""
    return {(offer, t): units for (offer, _site, t), units in outcome.decisions.order.items()}


def grants(outcome: Outcome) -> list[float]:
    """Grants by period, in millions."""
    return [pytest.approx(amount / MILLION, abs=1e-6) for amount in outcome.audit.accounts.lines["grants"]]


def test_the_toy_itself() -> None:
    # One cube at once: 3 * 60 - 100 = 80. A second has no work.
    assert orders(best(toy(), 80)) == {("maker", 0): 1}


def test_discounting_by_real_days() -> None:
    # 100 go on the day of valuation, and each month's share of 60 a year comes at its end. Were it to come evenly, a
    # year would be worth 60 * (1 - 1/1.1) / ln 1.1 = 57.230 at its start, half a month later 57.230 / 1.1^(1/24) =
    # 57.003, and three years 57.003 * (1 + 1/1.1 + 1/1.21) = 155.93.
    npv = revenue(0.1) - 100
    assert npv == pytest.approx(55.93, abs=0.01)
    best(toy(finance__discount_rate="10 %"), npv)


@pytest.mark.parametrize(("months", "npv", "plan"), [(12, 20, {("maker", 0): 1}), (24, 0, {})])
def test_fleet_balance_waits_for_the_delivery(months: int, npv: float, plan: dict[tuple[str, int], int]) -> None:
    # A lead time of one year leaves two years of work: 2 * 60 - 100 = 20; of two years one: 60 - 100 < 0.
    assert orders(best(toy(systems__cube__lead_time={"typical": f"{months} months"}), npv)) == plan


def test_fleet_balance_counts_what_is_there_and_what_is_under_contract() -> None:
    # One cube stands there, one comes in 2026 with 30 to pay; three units of work at 60. Earned: 60 + 120 + 120.
    # A cube bought at once adds 80, another one bought with it would work in 2025 only: 60 - 100 < 0.
    fleet = [
        {"system": "cube", "quantity": 1, "arrives": "2024-01"},
        {"system": "cube", "quantity": 1, "arrives": "2026-01", "unpaid": mn(30)},
    ]
    outcome = best(toy(sites__east__fleet=fleet, workloads__training__amount=3), 300 - 30 + 80)
    assert orders(outcome) == {("maker", 0): 1}


def test_useful_life_ends() -> None:
    # Cubes earn 150 a year and last one: one a year, 3 * (150 - 100) = 150; the last leaves with the horizon.
    case = toy(systems__cube__useful_life="12 months", workloads__training__price=yearly(150))
    outcome = best(case, 150)
    assert orders(outcome) == {("maker", 0): 1, ("maker", 1): 1, ("maker", 2): 1}
    assert laid_flat(outcome.decisions.exit) == {
        ("cube", "east", "2025-01 maker", 1): 1,
        ("cube", "east", "2026-01 maker", 2): 1,
    }


def test_capacity_counts_availability() -> None:
    # At 50 % availability each cube does half of the one unit of work, worth 120 a year: 2 * (3 * 60 - 100) = 160.
    case = toy(systems__cube__availability="50 %", workloads__training__price=yearly(120))
    assert orders(best(case, 160)) == {("maker", 0): 2}


def test_site_resource_power() -> None:
    # Work for five cubes, power for two: 2 * 80.
    case = toy(workloads__training__amount=5, sites__east__capacity={"power": "2.5 kW"})
    assert orders(best(case, 160)) == {("maker", 0): 2}


def test_site_resource_racks_count_density() -> None:
    # A rack carries 2.5 kW, so two cubes of 1 kW although 42 would fit by height; two racks, so four cubes: 4 * 80.
    case = toy(
        workloads__training__amount=5,
        sites__east__capacity={"power": "10 kW", "racks": 2},
        sites__east__rack_power="2.5 kW",
    )
    assert orders(best(case, 320)) == {("maker", 0): 4}


def test_a_system_too_dense_for_the_racks_is_not_bought() -> None:
    # Racks of 0.8 kW cannot take even one cube of 1 kW.
    assert orders(best(toy(sites__east__rack_power="0.8 kW"), 0)) == {}


@pytest.mark.parametrize(("capex", "npv", "blocks"), [(200, 200, 1), (250, 160, 0)])
def test_site_resource_expansion(capex: float, npv: float, blocks: int) -> None:
    # Power for two cubes, work for five. A block adds room for three: 3 * 80 = 240 pays for 200, not for 250.
    block = {"site": "east", "adds": {"power": "3 kW"}, "capex": mn(capex), "lead_time": "0 months", "blocks": 2}
    case = toy(workloads__training__amount=5, sites__east__capacity={"power": "2 kW"}, expansions={"hall": block})
    outcome = best(case, npv)
    assert sum(outcome.decisions.expand.values()) == blocks
    assert orders(outcome) == {("maker", 0): 2 + 3 * blocks}


@pytest.mark.parametrize(
    ("limit", "npv", "plan"),
    [
        # One a year: 80 now, 2 * 60 - 100 = 20 in 2026, and 60 - 100 < 0 in 2027.
        ({"available": 1}, 100, {("maker", 0): 1, ("maker", 1): 1}),
        # One in all until 2026, two from then on: the same plan.
        ({"allocation": {"2025-01": 1, "2026-01": 2}}, 100, {("maker", 0): 1, ("maker", 1): 1}),
        ({"allocation": 1}, 80, {("maker", 0): 1}),
        # The first step stands in 2026, so nothing can be had before.
        ({"available": {"2026-01": 2}}, 40, {("maker", 1): 2}),
    ],
)
def test_supply(limit: dict[str, Any], npv: float, plan: dict[tuple[str, int], int]) -> None:
    case = toy(offers__maker={"system": "cube", "supplier": "maker", **limit}, workloads__training__amount=3)
    assert orders(best(case, npv)) == plan


def test_supply_chain_share() -> None:
    # Work for four. From abroad a cube costs 90, from home 100, and at most half may be spent abroad:
    # two and two is 180 of 380; three abroad would be 270 of 370. Worth 4 * 180 - 380 = 340.
    case = toy(
        offers={
            "abroad": {"system": "cube", "supplier": "abroad", "price": mn(90), "tags": ["import"]},
            "home": {"system": "cube", "supplier": "home"},
        },
        supply_chain_limits={"import": "50 %"},
        workloads__training__amount=4,
    )
    assert orders(best(case, 340)) == {("abroad", 0): 2, ("home", 0): 2}


@pytest.mark.parametrize(("price", "npv", "cubes"), [(60, 80, 1), (80, 160, 2)])
def test_demand_ends(price: float, npv: float, cubes: int) -> None:
    # Work for one and a half: the second cube earns 3 * 30 = 90 < 100 at a price of 60, and 3 * 40 = 120 at 80.
    case = toy(workloads__training={"metric": "accelerators", "amount": 1.5, "price": yearly(price)})
    assert orders(best(case, npv)) == {("maker", 0): cubes}


@pytest.mark.parametrize(("share", "npv", "cubes"), [(0.0, 0, 0), (1.0, -40, 1)])
def test_service_level(share: float, npv: float, cubes: int) -> None:
    # At a price of 20 a cube loses 100 - 60 = 40, and is bought only where the work has to be done.
    case = toy(workloads__training={"metric": "accelerators", "amount": 1, "price": yearly(20), "must_serve": share})
    assert sum(orders(best(case, npv)).values()) == cubes


def test_service_level_out_of_reach() -> None:
    # All work must be done from 2025 on, and the first cube comes in 2026.
    with pytest.raises(NoPlanError):
        plan_case(toy(workloads__training__must_serve=1, systems__cube__lead_time={"typical": "1 year"}), gap=0.0)


@pytest.mark.parametrize(
    ("terms", "npv", "paid"),
    [
        # The dearer of the two that exclude each other: 80 + 50.
        ({"excludes": ["second"]}, 130, 50),
        # Both: 80 + 50 + 30.
        ({}, 160, 80),
        # The first pays 25 at most, so for half a cube; the second pays 30 % of the other half: 80 + 25 + 15.
        ({"excludes": ["second"], "total_cap": mn(25)}, 120, 40),
    ],
)
def test_claim_once(terms: dict[str, Any], npv: float, paid: float) -> None:
    outcome = best(toy(programmes={"first": programme(0.5, **terms), "second": programme(0.3)}), npv)
    assert grants(outcome) == [paid, 0, 0]


def test_public_share() -> None:
    # 50 % and 30 % of 100, but no more than 60 % in all: 80 + 60.
    case = toy(programmes={"first": programme(0.5), "second": programme(0.3)}, finance__public_money_ceiling="60 %")
    assert grants(best(case, 140)) == [60, 0, 0]


@pytest.mark.parametrize(
    ("terms", "npv", "paid"),
    [
        # Two cubes are worth 160, and half their price would be 100.
        ({}, 260, [100, 0, 0]),
        ({"total_cap": mn(40)}, 200, [40, 0, 0]),
        ({"operator_cap": mn(30), "total_cap": mn(40)}, 190, [30, 0, 0]),
        ({"fiscal_year_caps": {"FY2025": mn(20)}}, 180, [20, 0, 0]),
        # Paid a year later, the grant falls into a year without a cap.
        ({"fiscal_year_caps": {"FY2025": mn(20)}, "payment_lag": "1 year"}, 260, [0, 100, 0]),
        # Paid after the horizon, it is no grant.
        ({"payment_lag": "3 years"}, 160, [0, 0, 0]),
    ],
)
def test_programme_cap(terms: dict[str, Any], npv: float, paid: list[float]) -> None:
    case = toy(programmes={"first": programme(0.5, **terms)}, workloads__training__amount=2)
    assert grants(best(case, npv)) == paid


@pytest.mark.parametrize(("rate", "npv", "cubes"), [(0.5, 80, 1), (0.8, 120, 3)])
def test_obligation(rate: float, npv: float, cubes: int) -> None:
    # Three PFLOPS are three cubes, with work for one: 180 - 300 + 3 * 50 = 30 is less than 80 without the programme;
    # at 80 % it is 180 - 300 + 240 = 120.
    duty = {"metric": "bf16_pflops", "floor": 3, "from": "2025-06"}
    outcome = best(toy(programmes={"first": programme(rate, obligations=[duty])}), npv)
    assert orders(outcome) == {("maker", 0): cubes}
    assert outcome.decisions.join.get("first", False) == (cubes == 3)


@pytest.mark.parametrize(("rate", "npv", "cubes"), [(0.4, 80, 1), (0.6, 100, 2)])
def test_minimum_investment(rate: float, npv: float, cubes: int) -> None:
    # 150 of investment are two cubes, with work for one: 180 - 200 + 2 * 40 = 60 is less than 80; at 60 % it is 100.
    outcome = best(toy(programmes={"first": programme(rate, minimum_investment=mn(150))}), npv)
    assert orders(outcome) == {("maker", 0): cubes}
    assert outcome.decisions.join.get("first", False) == (cubes == 2)


@pytest.mark.parametrize(
    ("retention", "npv", "leaves", "paid"),
    [
        # One cube to be had. Work in 2025 only, upkeep 12 a year, resale at 90: -100 + 50 + 60 - 12 + 90.
        ("0 months", 88, 1, 50),
        # One more year of upkeep.
        ("24 months", 76, 2, 50),
        # It could not leave at all: 50 + 60 - 100 - 36 = -26. Better without the grant: -100 + 60 - 12 + 90 = 38.
        ("36 months", 38, 1, 0),
    ],
)
def test_retention(retention: str, npv: float, leaves: int, paid: float) -> None:
    case = toy(
        workloads__training__amount={"2025-01": 1, "2026-01": 0},
        offers__maker__allocation=1,
        sites__east__operations="1 mn JPY/kW-month",
        finance__resale=[{"age": "0 months", "share": "90 %"}],
        programmes={"first": programme(0.5, retention=retention)},
    )
    outcome = best(case, npv)
    assert laid_flat(outcome.decisions.exit) == {("cube", "east", "2025-01 maker", leaves): 1}
    assert grants(outcome) == [paid, 0, 0]


@pytest.mark.parametrize(
    ("cash", "lag", "npv", "plan"),
    [
        # Two cubes at once, with half their price back in 2027: 2 * (180 - 100 + 50).
        (200, 24, 260, {("maker", 0): 2}),
        # What 2025 earns pays for none of 2025: one now (180 - 100 + 50), and one in 2026 (120 - 100).
        (199, 24, 150, {("maker", 0): 1, ("maker", 1): 1}),
        # The grant of the first comes in December 2025, and 100 - 100 + 60 + 50 pay for one in 2026: 120 - 100 + 50.
        (100, 11, 200, {("maker", 0): 1, ("maker", 1): 1}),
        # At the end of January 2026 it is too late for that: 100 - 100 + 60 < 100.
        (100, 12, 130, {("maker", 0): 1}),
        # Not even one: what is paid with the delivery comes at the end of its month.
        (99, 0, 0, {}),
    ],
)
def test_cash_balance(cash: float, lag: int, npv: float, plan: dict[tuple[str, int], int]) -> None:
    case = toy(
        finance__opening_cash=mn(cash),
        programmes={"first": programme(0.5, payment_lag=f"{lag} months")},
        workloads__training__amount=2,
    )
    assert orders(best(case, npv)) == plan


@pytest.mark.parametrize(
    ("month", "npv", "plan"),
    [
        # The 40 make 100 of 60, and come at the start of their month: in time for a cube of 2025,
        ("2025-01", 80, {("maker", 0): 1}),
        # in time for one of 2026, 2 * 60 - 100 = 20,
        ("2025-02", 20, {("maker", 1): 1}),
        ("2026-01", 20, {("maker", 1): 1}),
        # or too late for all but one of 2027, which earns 60.
        ("2026-02", 0, {}),
    ],
)
def test_funding_comes_in_its_month(month: str, npv: float, plan: dict[tuple[str, int], int]) -> None:
    case = toy(finance__opening_cash=mn(60), finance__funding={month: mn(40)})
    assert orders(best(case, npv)) == plan


def test_capex_limit() -> None:
    # Work for two, 100 to spend in 2025: one now (80), one in 2026 (20).
    case = toy(finance__capex_limits={"FY2025": mn(100)}, workloads__training__amount=2)
    assert orders(best(case, 100)) == {("maker", 0): 1, ("maker", 1): 1}


def test_early_exit_with_resale() -> None:
    # Work in 2025 only; at one year a cube fetches 70, at two 40: -100 + 60 + 70 = 30.
    case = toy(
        workloads__training__amount={"2025-01": 1, "2026-01": 0},
        finance__resale=[{"age": "1 year", "share": "70 %"}, {"age": "2 years", "share": "40 %"}],
    )
    assert laid_flat(best(case, 30).decisions.exit) == {("cube", "east", "2025-01 maker", 1): 1}


def test_terminal_value_lies_on_the_line_between_two_points() -> None:
    # Between 70 % at two years and 50 % at four, a cube of three years fetches 60: 80 + 60.
    # To leave earlier costs work.
    resale = [{"age": "2 years", "share": "70 %"}, {"age": "4 years", "share": "50 %"}]
    outcome = best(toy(finance__resale=resale, finance__terminal_value=True), 140)
    assert outcome.audit.accounts.terminal_value == pytest.approx(60 * MILLION)


def test_payment_terms_and_exchange_rates() -> None:
    # 1 million USD, half at the order in 2025 at 100, half at the delivery in 2026 at 120, 10 % additions on the same
    # terms: 110 and 11. Two years of work at 70: 140 - 121 = 19.
    case = toy(
        finance__exchange_rates={"USD": {"2025-01": "100 JPY", "2026-01": "120 JPY"}},
        offers__maker={
            "system": "cube",
            "supplier": "maker",
            "price": "1 mn USD",
            "additions": "10 %",
            "lead_time": "1 year",
            "payment": {"at_order": "50 %"},
        },
        workloads__training__price=yearly(70),
    )
    outcome = best(case, 19)
    assert outcome.audit.accounts.lines["system_price"] == pytest.approx((50 * MILLION, 60 * MILLION, 0))
    assert outcome.audit.accounts.lines["additions"] == pytest.approx((5 * MILLION, 6 * MILLION, 0))


def test_running_costs() -> None:
    # Energy: 1 kW at 8,760 h, PUE 1.5, 1,000 JPY/kWh: 13.14 a year busy, half of it idle. Busy half of the time:
    # 9.855. Rent 0.5 and upkeep 0.25 per kW-month: 6 and 3. Maintenance 5 % of 100. Revenue 60 on half a unit of
    # work at 120. Worth 3 * (60 - 9.855 - 6 - 3 - 5) - 100 = 8.435.
    case = toy(
        workloads__training={"metric": "accelerators", "amount": 0.5, "price": yearly(120)},
        systems__cube__installation={"power": "1 kW", "idle_power_share": 0.5, "rack_units": 1, "cooling": ["air"]},
        systems__cube__maintenance_per_year="5 %",
        sites__east__pue=1.5,
        sites__east__energy_price="1000 JPY/kWh",
        sites__east__rent="0.5 mn JPY/kW-month",
        sites__east__operations="0.25 mn JPY/kW-month",
    )
    lines = best(case, 8.435).audit.accounts.lines
    yearly_costs = {"energy": 9.855, "rent": 6, "operations": 3, "maintenance": 5}
    assert {line: lines[line][1] / MILLION for line in yearly_costs} == pytest.approx(yearly_costs)


def test_objective_compute() -> None:
    # Work for three at 10 a year and 200 of cash: two cubes leave 200 - 200 + 20 = 20 by 2026 and 40 by 2027, so a
    # third never fits.
    changes: dict[str, Any] = {
        "workloads__training": {"metric": "accelerators", "amount": 3, "price": yearly(10)},
        "finance__opening_cash": mn(200),
    }
    served = best(toy(**changes, objective={"kind": "compute"}), 2 * 3 * HOURS / MILLION)
    assert orders(served) == {("maker", 0): 2}
    # Two PFLOPS in the middle of 2027, whenever they are bought.
    installed = best(toy(**changes, objective={"kind": "compute", "installed_by": "2027-06"}), 2 / MILLION)
    assert sum(orders(installed).values()) == 2


def test_objective_cost() -> None:
    # All work has to be done from 2026. Bought then a cube costs 80 and two years of upkeep at 12; bought in 2025 it
    # would cost 100 and three. Revenue does not count: 80 + 24.
    case = toy(
        objective={"kind": "cost"},
        offers__maker={"system": "cube", "supplier": "maker", "price": {"2025-01": mn(100), "2026-01": mn(80)}},
        sites__east__operations="1 mn JPY/kW-month",
        workloads__training={
            "metric": "accelerators",
            "amount": {"2026-01": 1},
            "price": yearly(60),
            "must_serve": 1,
        },
    )
    assert orders(best(case, 104)) == {("maker", 1): 1}


@pytest.mark.parametrize("names", [("aaa", "zzz"), ("zzz", "aaa")])
def test_tie_goes_to_the_earliest_name(names: tuple[str, str]) -> None:
    # Two offers alike, in either order of the file: one case has one plan.
    case = toy(offers={name: {"system": "cube", "supplier": "maker"} for name in names})
    assert orders(best(case, 80)) == {("aaa", 0): 1}


def test_tie_goes_to_the_least_money_spent() -> None:
    # Both cubes do the same work, which is all that counts; the cheaper one comes second by name.
    dear, cheap = ({"system": "cube", "supplier": "maker", "price": mn(price)} for price in (100, 90))
    case = toy(offers={"aaa": dear, "zzz": cheap}, objective={"kind": "compute"})
    assert orders(best(case, 3 * HOURS / MILLION)) == {("zzz", 0): 1}


def test_a_system_without_the_memory_does_no_work() -> None:
    # The work needs 100 GB in one system; the small cube has 80, the big one 160 and costs 150: 180 - 150 = 30.
    big = {**CUBE, "performance": {"bf16_tflops_dense": 1000, "memory_gb": 160}, "price": {"typical": mn(150)}}
    case = toy(
        systems__big=big,
        offers__large={"system": "big", "supplier": "maker"},
        workloads__training__memory_gb=100,
    )
    assert orders(best(case, 30)) == {("large", 0): 1}


# --- Nothing pays for itself that nobody uses ---


def test_a_retained_system_is_worth_no_more_than_its_owner_paid_for_it() -> None:
    # No work. A cube costs 100, half of it granted, and would fetch 90 at the end: but sold, it owes the 50 again.
    # Bought at the end it brings 50 - 100 + (90 - 50) = -10; without the debt it would bring 40 for nothing.
    idle = {"metric": "accelerators", "amount": 0, "price": yearly(60)}
    resale = [{"age": "0 months", "share": "90 %"}]
    changes = {"workloads__training": idle, "finance__resale": resale, "finance__terminal_value": True}
    held = toy(**changes, programmes={"half": programme(0.5, retention="5 years")})
    assert plan_case(held, gap=0.0).decisions.order == {}
    assert plan_case(held, gap=0.0).audit.accounts.npv == 0


def test_a_fleet_that_an_earlier_grant_holds_is_not_sold_before() -> None:
    # Ten idle cubes would fetch 90 each at once and less every year; the grant holds them until 2027.
    idle = {"metric": "accelerators", "amount": 0, "price": yearly(60)}
    resale = [{"age": f"{months} months", "share": share} for months, share in ((0, 0.9), (12, 0.6), (36, 0.3))]
    fleet = [{"system": "cube", "quantity": 10, "arrives": "2024-01"}]
    free = toy(workloads__training=idle, finance__resale=resale, sites__east__fleet=fleet)
    assert laid_flat(plan_case(free, gap=0.0).decisions.exit) == {("cube", "east", "2024-01", 0): 10}
    held = toy(
        workloads__training=idle,
        finance__resale=resale,
        sites__east__fleet=[{**fleet[0], "retained_until": "2027-01"}],
    )
    assert laid_flat(plan_case(held, gap=0.0).decisions.exit) == {("cube", "east", "2024-01", 2): 10}


@pytest.mark.parametrize(("rack_power", "cubes"), [("42.9 kW", 3), ("42.8 kW", 2)])
def test_three_servers_of_14_3_kw_fit_into_42_9_kw(rack_power: str, cubes: int) -> None:
    # One rack, and work for ten: 42.9 / 14.3 is three, although binary numbers make it a little less.
    case = toy(
        systems__cube__installation={"power": "14.3 kW", "rack_units": 1, "cooling": ["air"]},
        sites__east__capacity={"power": "1 MW", "racks": 1},
        sites__east__rack_power=rack_power,
        workloads__training={"metric": "accelerators", "amount": 10, "price": yearly(60)},
    )
    assert sum(plan_case(case, gap=0.0).decisions.order.values()) == cubes


def test_a_case_without_offers_is_planned_as_it_stands() -> None:
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2024-01"}]
    case = toy(offers={}, sites__east__fleet=fleet)
    assert plan_case(case, gap=0.0).audit.accounts.npv == pytest.approx(180e6)


def test_a_programme_without_a_cap_still_has_to_be_joined() -> None:
    # The obligation of 1,000 accelerators cannot be met, so no grant is paid, however small.
    duty = {"metric": "accelerators", "floor": 1000, "from": "2025-01"}
    case = toy(programmes={"grand": programme(0.5, obligations=[duty])}, sites__east__capacity={"power": "100 MW"})
    outcome = plan_case(case, gap=0.0)
    assert outcome.decisions.claim == {}
    assert outcome.audit.accounts.npv == pytest.approx(80e6)
