"""Small cases about tax in advance whose plan can be worked out by hand.

Amounts are in millions of yen. A cube costs 100, is written off over four years, and earns 65 a year: 40 of profit in
each of the years 2025, 2026 and 2027, of which 25 % are 10. Nothing is discounted, and what is left is worth nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from planner.planning import plan_case
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.whole.test_known_answers import best, orders

TAX: dict[str, Any] = {"rate": "25 %", "interim": {}}


def taxed(**changes: Any) -> Case:
    """The case, with changes."""
    terms = {"finance__tax": TAX, "finance__depreciation": {"systems": "4 years"}, "offers__maker__allocation": 1}
    return toy(**{**terms, "workloads__training__price": yearly(65), **changes})


def paid(case: Case) -> dict[int, float]:
    """Tax by month of the horizon, in millions."""
    accounts = plan_case(case, gap=0.0).audit.accounts
    return {m: pytest.approx(amount / MILLION) for m, amount in enumerate(accounts.by_month["tax"]) if amount}


def test_half_of_the_tax_of_the_year_before_is_paid_in_august_and_the_rest_in_february() -> None:
    # A year ends in December and its half in June; the lag is two months.
    assert paid(taxed()) == {13: 10, 19: 5, 25: 5, 31: 5}
    plan = best(taxed(), 195 - 100 - 30)
    assert plan.audit.accounts.books.tax_payable == pytest.approx([10 * MILLION, 5 * MILLION, 5 * MILLION])


def test_what_was_paid_too_much_comes_back() -> None:
    # 2026 earns nothing and loses 25 of depreciation; 2027 makes 40, less the loss.
    case = taxed(workloads__training__price={"2025-01": yearly(65), "2026-01": yearly(0), "2027-01": yearly(65)})
    assert paid(case) == {13: 10, 19: 5, 25: -5}


def test_the_tax_of_the_year_before_the_horizon_is_paid_in_advance_and_comes_off() -> None:
    before = {**TAX, "interim": {"tax_of_year_before": mn(30)}}
    assert paid(taxed(finance__tax=before)) == {7: 15, 13: -5, 19: 5, 25: 5, 31: 5}


def test_a_year_that_the_horizon_cuts_counts_as_twelve_months() -> None:
    # Of the second half of 2025 20 of profit make 5 of tax, and 10 of twelve months: half of them is paid in advance.
    calendar = {"start": "2025-07", "period": "half", "periods": 5, "fiscal_year_start_month": 1}
    assert paid(taxed(calendar=calendar, workloads__training__price=yearly(65))) == {
        7: pytest.approx(5, rel=0.02), 13: pytest.approx(5, rel=0.02), 19: pytest.approx(5, rel=0.02),
        25: pytest.approx(5, rel=0.02),
    }  # fmt: skip


@pytest.mark.parametrize(("cash", "bought"), [(115, {("maker", 0): 1}), (114.99, {})])
def test_an_advance_decides_whether_cash_lasts(cash: float, bought: dict[tuple[str, int], int]) -> None:
    # All of the 65 come in December: before that the cube is paid for, and 15 of tax in August.
    late = {"2025-01": yearly(0), "2025-12": f"{65 * MILLION / (31 * 24)!r} JPY/accelerator-hour"}
    case = taxed(
        calendar={"start": "2025-01", "period": "month", "periods": 12, "fiscal_year_start_month": 1},
        finance__opening_cash=mn(cash),
        offers__maker__order_window={"to": "2025-01"},
        finance__tax={**TAX, "interim": {"tax_of_year_before": mn(30)}},
        workloads__training__price=late,
        finance__terminal_value=True,
        finance__resale=[{"age": "1 year", "share": "80 %"}],
    )
    assert orders(plan_case(case, gap=0.0)) == bought


def test_less_in_advance_never_lowers_value() -> None:
    worth = [
        plan_case(taxed(finance__tax={**TAX, "interim": {"share": share}}, finance__discount_rate="10 %"), gap=0.0).npv
        for share in (1.0, 0.5, 0.0)
    ]
    without = plan_case(taxed(finance__tax={"rate": "25 %"}, finance__discount_rate="10 %"), gap=0.0).npv
    assert worth == sorted(worth) and worth[-1] == pytest.approx(without)
