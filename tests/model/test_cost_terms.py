"""Rows of further terms of cost, written down by hand; money in millions of yen, see ``cases/toy.py``."""

from __future__ import annotations

from typing import Any

from planner.coefficients import coefficients_of
from planner.model.build import build
from tests.cases.toy import toy


def rows(rule: str, *starts: str, **changes: Any) -> list[str]:
    """The rows of a rule in the toy case with changes whose texts start so."""
    return [text for text in build(coefficients_of(toy(**changes))).text(rule) if text.startswith(starts)]


def test_selling_costs_come_off_what_goes_with_the_hours() -> None:
    # A cube at work earns 60 a year, of which 20 % and later 40 % go to others.
    shares = {"2025-01": "20 %", "2026-01": "40 %"}
    assert rows(
        "cash_balance",
        "cash_balance[2025-01,hours",
        "cash_balance[2026-01,hours",
        **{"workloads__training__selling_costs": shares},
    ) == [
        "cash_balance[2025-01,hours,running]: - 48 serve[training,cube,east,2025-01] + hourly[2025-01] = 0",
        "cash_balance[2026-01,hours,running]: - 36 serve[training,cube,east,2026-01] + hourly[2026-01] = 0",
    ]


def test_selling_costs_lower_the_profit() -> None:
    # Half of 60 is profit; 100 are written off over five years.
    found = rows(
        "taxable_profit",
        "taxable_profit[FY2025]",
        workloads__training__selling_costs="50 %",
        finance__tax={"rate": "40 %"},
    )
    left = "20 order[maker,east,2025-01] - 30 serve[training,cube,east,2025-01] + gain[FY2025] - loss[FY2025]"
    assert found == [f"taxable_profit[FY2025]: {left} = 0"]


PARTS = [
    {"share": "20 %", "event": "order"},
    {"share": "30 %", "advance": "4 months"},
    {"share": "40 %", "lag": "1 month"},
    {"share": "10 %", "lag": "25 months"},
]
IN_PARTS = {
    "offers__maker__lead_time": "3 months",
    "offers__maker__additions": "10 %",
    "offers__maker__payment": {"instalments": PARTS},
    "offers__maker__order_window": {"to": "2025-01"},
}


def test_instalments_are_paid_at_the_start_of_their_months() -> None:
    # An advance of four months before a delivery in April is due with the order: 22 + 33, then 44 in May.
    starts = [f"cash_balance[2025-0{month} start]" for month in (1, 4, 5)]
    assert rows("cash_balance", *starts, **IN_PARTS) == [
        "cash_balance[2025-01 start]: 55 order[maker,east,2025-01] + cash[2025-01 start] = 1000",
        "cash_balance[2025-04 start]: - cash[2025-03 end] + cash[2025-04 start] = 0",
        "cash_balance[2025-05 start]: 44 order[maker,east,2025-01] - cash[2025-04 end] + cash[2025-05 start] = 0",
    ]


def test_what_falls_after_the_horizon_has_to_be_there_at_its_end() -> None:
    # 25 months after April 2025 are past December 2026, the end of a horizon of two years, and within three.
    minimum = "cash_balance[2026-12 end,minimum]"
    assert rows("cash_balance", minimum, **IN_PARTS) == [f"{minimum}: cash[2026-12 end] >= 0"]
    left = "- 11 order[maker,east,2025-01] + cash[2026-12 end] >= 0"
    assert rows("cash_balance", minimum, **IN_PARTS, calendar__periods=2) == [f"{minimum}: {left}"]


def test_maintenance_by_age_is_that_of_old_systems_and_what_young_ones_cost_less() -> None:
    # 24 % of 100 a year once two years are over, a quarter of that in the first eighteen months, and half until then.
    steps = [{"age": "0 months", "factor": 0.25}, {"age": "18 months", "factor": 0.5}, {"age": "2 years", "factor": 1}]
    changes = {
        "systems__cube__maintenance_per_year": 0.24,
        "systems__cube__maintenance_by_age": steps,
        "offers__maker__order_window": {"to": "2025-12"},
    }
    starts = [f"cash_balance[{year}-01,months" for year in (2025, 2026, 2027)]
    # In 2025 all of them are 6 instead of 24; in 2026 half a year of 6 and half a year of 12 a year, which is 9.
    assert rows("cash_balance", *starts, **changes) == [
        "cash_balance[2025-01,months,running]: - 18 order[maker,east,2025-01] + 24 installed[cube,east,2025-01]"
        " + monthly[2025-01] = 0",
        "cash_balance[2026-01,months,running]: - 15 order[maker,east,2025-01]"
        " + 15 exit[cube,east,2025-01 maker,2026-01] + 24 installed[cube,east,2026-01] + monthly[2026-01] = 0",
        "cash_balance[2027-01,months,running]: 24 installed[cube,east,2027-01] + monthly[2027-01] = 0",
    ]


def test_what_leaves_fetches_its_share_at_the_market_of_the_month() -> None:
    # Half of 100, at 80 % of that from 2026 on, and never more than a new one.
    changes = {
        "finance__resale": [{"age": "0 months", "share": "50 %"}],
        "finance__resale_factor": {"2025-01": 1, "2026-01": 0.8, "2027-01": 3},
        "offers__maker__order_window": {"to": "2025-12"},
    }
    found = rows("cash_balance", "cash_balance[2026-01 end]: ", "cash_balance[2027-01 end]: ", **changes)
    exits = [text.split("]")[0] + text.split("]: ")[1].split(" exit")[0] for text in found]
    assert exits == ["cash_balance[2026-01 end- 40", "cash_balance[2027-01 end- 100"]
