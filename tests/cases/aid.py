"""A case with every kind of programme, whose rows can be written down by hand; money in millions of yen.

One order of cubes can be placed, in 2025; they come and are paid for in 2026, cost 100 each, are written off over four
years and have work for 60 a year until 2027. The site has room for two. Profit is taxed at 30 %, in the same year.

* State pays 40 %: a quarter with the order, the rest a year after delivery. Who lets a cube go within two years gives
  back what belongs to the months that are left.
* Town comes after state and pays half of what that leaves.
* Saving takes 10 % off the tax, at most a fifth of it in a year, and is kept for one further year.
* At-once lets 30 % of the cost be written off on delivery.
"""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from tests.cases.toy import mn, programme, toy

PROGRAMMES: dict[str, Any] = {
    "state": programme(
        0.4,
        milestones=[
            {"share": "25 %", "event": "order"},
            {"share": "75 %", "event": "delivery", "lag": "12 months"},
        ],
        retention="2 years",
        early_exit="repay_remaining",
        total_cap=mn(100),
        fiscal_year_caps={"FY2027": mn(50)},
    ),
    "town": programme(0.5, after=["state"], operator_cap=mn(90), minimum_investment=mn(110)),
    "saving": programme(
        0.1, kind="tax_credit", tax_limit="20 %", carry_forward="1 year", fiscal_year_caps={"FY2026": mn(15)}
    ),
    "at-once": programme(0.3, kind="special_depreciation"),
}


def aid_case() -> Case:
    """The case."""
    return toy(
        calendar__periods=4,
        systems__cube__lead_time={"typical": "12 months"},
        offers__maker__order_window={"to": "2025-12"},
        sites__east__capacity__power="2 kW",
        workloads__training__amount={"2025-01": 1, "2028-01": 0},
        finance__public_money_ceiling="60 %",
        finance__tax={"rate": "30 %", "payment_lag": "0 months"},
        finance__depreciation={"systems": "4 years"},
        programmes=PROGRAMMES,
    )
