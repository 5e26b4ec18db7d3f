"""Small cases about property tax whose best plan can be worked out by hand; each is decided by one rule.

Amounts are in millions of yen. A cube costs 100, and its statutory value is 81.55 on the first of January after it
came and 51.45805 a year later. Nothing is discounted, and what is left at the end is worth nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from planner.errors import NoPlanError
from planner.planning import plan_case
from tests.cases.toy import MILLION, mn, programme, toy, yearly
from tests.whole.test_known_answers import best, orders

HALVES = {"start": "2025-01", "period": "half", "periods": 4, "fiscal_year_start_month": 1}


def taxed(rate: str, terms: dict[str, Any] | None = None, **changes: Any) -> Case:
    """A cube that earns 36 a year in three years, and so is worth 8 before property tax."""
    usual: dict[str, Any] = {
        "finance__property_taxes": {"japan": {"rate": rate, **(terms or {})}},
        "sites__east__property_tax": "japan",
        "workloads__training__price": yearly(36),
    }
    return toy(**{**usual, **changes})


@pytest.mark.parametrize(("rate", "npv", "plan"), [("6.01 %", 8 - 7.993784, {("maker", 0): 1}), ("6.02 %", 0, {})])
def test_property_tax_decides_whether_a_cube_pays(rate: str, npv: float, plan: dict[tuple[str, int], int]) -> None:
    # 8 / (81.55 + 51.45805) is 6.0147 %.
    assert orders(best(taxed(rate), npv)) == plan


@pytest.mark.parametrize(
    ("terms", "assessed"),
    [
        ({"valuation": "straight_line"}, (80, 60)),
        ({"valuation": "straight_line", "least_share": "70 %"}, (80, 70)),
        ({"valuation": "table", "assessed_shares": [{"share": 0.9}]}, (90, 90)),
        ({"relief": "50 %", "relief_years": 1}, (81.55 / 2, 51.45805)),
        ({"relief": "50 %", "relief_years": 3}, (81.55 / 2, 51.45805 / 2)),
        ({"assessed_in": 7}, (81.55, 51.45805, 32.47002955)),
    ],
)
def test_what_is_assessed(terms: dict[str, Any], assessed: tuple[float, ...]) -> None:
    best(taxed("1 %", terms), 8 - sum(assessed) / 100)


def test_network_and_storage_may_live_longer() -> None:
    # Of 50 for network with a life of ten years, by 20.6 % a year, 44.85 and 35.6109 are assessed; it costs 50 more.
    longer = {"finance__depreciation": {"additions": "10 years"}, "offers__maker__additions": 0.5}
    worth = 180 - 150 - 0.8155 - 0.5145805 - 0.4485 - 0.356109
    best(taxed("1 %", **longer, workloads__training__price=yearly(60)), worth)


def test_a_grant_takes_nothing_off_what_is_assessed() -> None:
    aid = {"programmes": {"aid": programme(0.5)}, "finance__asset_grants": "reduce_book_value"}
    best(taxed("6.01 %", **aid), 50 + 8 - 7.993784)


def test_what_leaves_on_the_day_is_assessed_and_what_left_before_is_not() -> None:
    # Work ends with 2025. Kept idle to the end of its life in January, a cube is assessed; sold before it is not.
    sold = {
        "calendar": HALVES,
        "workloads__training": {
            "metric": "accelerators",
            "amount": {"2025-01": 1, "2025-07": 0},
            "price": yearly(120),
        },
        "finance__resale": [{"age": "0 months", "share": "60 %"}],
    }
    plan = best(taxed("10 %", **sold), 120 * 181 / 365 + 60 - 100)
    (leave,) = plan.decisions.exit
    assert leave.period == 1
    kept = {**sold, "workloads__training__amount": {"2025-01": 1, "2026-01": 0}}
    plan = best(taxed("1 %", **kept), 120 + 60 - 100 - 0.8155)
    (leave,) = plan.decisions.exit
    assert leave.period == 2


def test_what_is_assessed_and_not_yet_due_is_owed_at_the_end() -> None:
    plan = best(taxed("1 %"), 8 - 0.8155 - 0.5145805)
    last = plan.audit.accounts.by_month["property_tax"]
    assert sum(last) == pytest.approx((0.8155 + 0.75 * 0.5145805) * MILLION)
    assert plan.audit.accounts.end_value == pytest.approx(-0.25 * 0.5145805 * MILLION)


def test_it_lowers_the_profit_that_is_taxed() -> None:
    # What is paid in a year: nothing, three quarters of the first tax, and the last of it with three of the second.
    terms = {"finance__tax": {"rate": "25 %"}, "finance__depreciation": {"systems": "5 years"}}
    plan = plan_case(taxed("2 %", **terms, workloads__training__price=yearly(60)), gap=0.0)
    profits = [year.profit / MILLION for year in plan.audit.accounts.books.years.values()]
    first, second = 0.02 * 81.55, 0.02 * 51.45805
    expected = [40, 40 - 0.75 * first, 40 - 0.25 * first - 0.75 * second]
    assert profits == pytest.approx(expected)


def idle_fleet(cash: float) -> Case:
    """A cube of June 2023 without work, which still owes the last quarter of 8.155 and all of 5.145805, at 10 %."""
    old = {"system": "cube", "quantity": 1, "arrives": "2023-06", "acquisition_cost": mn(100)}
    return taxed(
        "10 %",
        sites__east__fleet=[old],
        finance__opening_cash=mn(cash),
        finance__minimum_cash=mn(1),
        workloads__training__amount=0,
    )


def test_what_stood_there_before_the_plan_still_pays_for_that() -> None:
    plan = best(idle_fleet(8.185), -0.25 * 8.155 - 5.145805)
    paid = {m: amount / MILLION for m, amount in enumerate(plan.audit.accounts.by_month["property_tax"]) if amount}
    quarter = pytest.approx(0.25 * 5.145805)
    assert paid == {1: pytest.approx(0.25 * 8.155), 3: quarter, 6: quarter, 11: quarter, 13: quarter}


def test_where_it_cannot_be_paid_its_rate_is_named() -> None:
    with pytest.raises(NoPlanError) as none:
        plan_case(idle_fleet(8.18), gap=0.0)
    assert "property" in str(none.value)


def test_a_higher_rate_never_adds_value() -> None:
    worth = [plan_case(taxed(f"{rate} %"), gap=0.0).npv for rate in (0, 1, 3, 6, 9)]
    assert worth == sorted(worth, reverse=True) and worth[-1] == 0
