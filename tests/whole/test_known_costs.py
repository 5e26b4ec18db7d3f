"""Small cases about further terms of cost whose best plan can be worked out by hand; each is decided by its term.

Amounts are in millions of yen. Unless a test says otherwise, a cube costs 100 and earns 60 in each of the years 2025,
2026 and 2027 (periods 0, 1 and 2) in which it works, and nothing is discounted.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.toy import mn, toy, yearly
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
