"""Small cases about losses that lapse whose plan can be worked out by hand; amounts in millions of yen.

A cube costs 100. Nothing is discounted, and what is left at the end is worth nothing.
"""

from __future__ import annotations

import pytest

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.model.build import build
from planner.planning import plan_case
from tests.cases.lapsing import LAPSING, lapsing_case
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.whole.test_known_answers import best, orders


def years(case: Case) -> list[tuple[float, float, float, float]]:
    """Profit, losses used, lapsed and left, by year."""
    found = plan_case(case, gap=0.0).audit.accounts.books.years.values()
    return [
        tuple(round(x / MILLION, 6) for x in (year.profit, year.loss_used, year.loss_lapsed, year.loss_carried))
        for year in found
    ]


def test_the_rows_of_losses_that_lapse() -> None:
    # Of 2024 by the end of 2025, of 2025 by that of 2026; a number of 30 and what a year can come to switches them.
    rows = build(coefficients_of(lapsing_case())).text("loss_carried")
    assert "loss_carried[FY2025,lapse]: - loss_used[FY2025] - lapsed[FY2025] <= -30" in rows
    told = "loss_carried[FY2026,lapse]: loss[FY2025] - loss_used[FY2025] - loss_used[FY2026]"
    assert f"{told} - lapsed[FY2025] - lapsed[FY2026] <= -30" in rows
    carried = "loss_carried[FY2025]: - loss[FY2025] + loss_used[FY2025] + loss_carried[FY2025] + lapsed[FY2025] = 30"
    assert sorted(carried.split()) in [sorted(row.split()) for row in rows]


def test_the_oldest_losses_are_used_first_and_the_rest_lapse() -> None:
    # Bought in 2025: a loss of 50; 2026 makes 10 and may offset 5. The other 45 lapse, as the 30 of 2024 did.
    early = {"offers__maker__order_window": {"to": "2025-12"}, "workloads__training__must_serve": 0.9}
    assert years(lapsing_case(**early)) == [(-50, 0, 30, 50), (10, 5, 45, 0), (60, 0, 0, 0)]


@pytest.mark.parametrize(("kept", "tax"), [(1, 0.3 * 120), (2, 0.3 * (120 - 85)), (None, 0.3 * (120 - 85))])
def test_losses_are_there_for_as_many_years_as_the_case_says(kept: int | None, tax: float) -> None:
    # A cube written off at once loses 100 in 2025; 2026 makes 20 and may offset 15, and 2027 makes 120.
    case = toy(
        finance__tax={"rate": "30 %", "payment_lag": "0 months", "loss_use_limit": "75 %", "loss_years": kept},
        finance__depreciation={"systems": "12 months"},
        offers__maker__allocation=1,
        offers__maker__order_window={"to": "2025-12"},
        workloads__training__price={"2025-01": yearly(0), "2026-01": yearly(20), "2027-01": yearly(120)},
    )
    paid = plan_case(case, gap=0.0).audit.accounts.lines["tax"]
    assert paid == pytest.approx([0, 0.3 * 5 * MILLION, tax * MILLION])


@pytest.mark.parametrize(("price", "bought"), [(51, {("maker", 0): 1}), (49, {})])
def test_old_losses_that_would_lapse_decide_what_pays(price: float, bought: dict[tuple[str, int], int]) -> None:
    # 150 earned in the first year on a cube of 100 that is written off in it: 50 of profit, and 50 % of tax on it,
    # but for the 50 of 2024, which can be used in 2025 and not later. Less than 0 is earned by what costs more.
    case = toy(
        finance__tax={"rate": "50 %", "loss_years": 1, "opening_losses": {"FY2024": mn(50)}},
        finance__depreciation={"systems": "12 months"},
        workloads__training__price={"2025-01": yearly(100 + price - 50), "2026-01": yearly(0)},
        offers__maker__allocation=1,
    )
    assert orders(plan_case(case, gap=0.0)) == bought


def test_more_years_never_lower_value() -> None:
    worth = [
        plan_case(lapsing_case(finance__tax={**LAPSING, "loss_years": kept, "opening_losses": {}}), gap=0.0).npv
        for kept in (1, 2, 3)
    ]
    assert worth == sorted(worth)


def test_losses_left_are_taxed_nowhere() -> None:
    best(lapsing_case(workloads__training__amount=0), 0)
