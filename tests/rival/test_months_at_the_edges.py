"""Planner and witness agree where months are at an edge: of a period, of the horizon, of a fiscal year, of the cash."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.toy import mn, programme, toy, yearly
from tests.rival.agreement import agree

HALVES = {"start": "2025-01", "period": "half", "periods": 4, "fiscal_year_start_month": 7}
QUARTERS = {"start": "2024-12", "period": "quarter", "periods": 5, "fiscal_year_start_month": 3}
MONTHS = {"start": "2024-02", "period": "month", "periods": 4, "fiscal_year_start_month": 4}
EARNED = {"half": 150, "quarter": 240, "month": 900}
"""Millions that a cube earns in a year, so that it pays within the horizon."""
FALLING = {"EUR": {"2024-01": "100 JPY", "2025-02": "110 JPY", "2025-07": "125 JPY", "2026-01": "140 JPY"}}
BANK = {"limit": mn(70), "rate": "4 %", "term": "7 months"}
AID = programme(0.5, retention="18 months", early_exit="repay_remaining")
PARTS = [
    {"share": 0.4, "event": "order", "lag": "2 months"},
    {"share": 0.4, "event": "delivery", "lag": "5 months"},
    {"share": 0.2, "event": "delivery", "lag": "9 months"},
]
BRIEF = {
    "workloads__training__amount": {"2024-01": 2, "2025-09": 0},
    "finance__resale": [{"age": "0 months", "share": "95 %"}, {"age": "2 years", "share": "60 %"}],
}
HALL = {
    "site": "east",
    "adds": {"power": "1 kW"},
    "capex": "0.2 mn EUR",
    "lead_time": "8 months",
    "blocks": 1,
    "payment": {"at_order": 0.4},
    "terminal_life": "4 years",
}


def fleet(arrives: str, **terms: Any) -> list[dict[str, Any]]:
    return [{"system": "cube", "quantity": 1, "arrives": arrives, **terms}]


@pytest.mark.parametrize(
    "changes",
    [
        # Cash for one cube on the day of its delivery, to the yen, and a yen too little.
        {
            "offers__maker__lead_time": "5 months",
            "finance__opening_cash": mn(0),
            "finance__funding": {"2025-06": mn(100)},
        },
        {
            "offers__maker__lead_time": "5 months",
            "finance__opening_cash": mn(0),
            "finance__funding": {"2025-06": mn(99)},
        },
        {
            "offers__maker__lead_time": "5 months",
            "finance__opening_cash": mn(0),
            "finance__funding": {"2025-07": mn(500)},
        },
        # Owners take money out on the first of the month in which the rest of a price is due.
        {
            "offers__maker__lead_time": "4 months",
            "offers__maker__payment": {"at_order": 0.5},
            "finance__opening_cash": mn(150),
            "finance__funding": {"2025-05": mn(-80), "2025-06": mn(80)},
        },
        # Paid in three periods with three exchange rates.
        {
            "offers__maker__price": "0.9 mn EUR",
            "offers__maker__lead_time": "7 months",
            "offers__maker__payment": {"at_order": 0.2},
            "finance__minimum_cash": "0.1 mn EUR",
            "finance__exchange_rates": FALLING,
            "expansions": {"hall": HALL},
            "sites__east__capacity": {"power": "1 kW"},
            "workloads__training__amount": 2,
            "finance__terminal_value": True,
        },
        # Contracts: of before, of the first day, of a month inside a period, of the last period, and of after the end.
        *(
            {
                "sites__east__fleet": fleet(arrives, unpaid="0.3 mn EUR", book_value=mn(20)),
                "finance__exchange_rates": FALLING,
                "finance__tax": {"rate": "30 %"},
                "finance__terminal_value": True,
            }
            for arrives in ("2024-02", "2025-01", "2025-05", "2025-12", "2026-11", "2027-01")
        ),
        # A draw that falls due inside a period, and interest that has to be paid before anything is earned.
        {"finance__opening_cash": mn(45), "finance__loans": {"bank": BANK}},
        {
            "finance__opening_cash": mn(101),
            "finance__loans": {
                "bank": {**BANK, "repayment": "equal_parts", "outstanding": mn(40), "term": "10 months"}
            },
            "offers__maker__lead_time": "3 months",
        },
        # Tax on the last day of the fiscal year, in the middle of a period, and after the horizon.
        *(
            {"finance__tax": {"rate": "40 %", "payment_lag": lag}, "finance__opening_cash": mn(130)}
            for lag in ("0 months", "1 month", "4 months", "7 months", "30 months")
        ),
        # Parts of a grant by month, what goes back of them, and a cap on the year of their payment.
        {**BRIEF, "programmes": {"a": {**AID, "milestones": PARTS}}},
        {**BRIEF, "offers__maker__lead_time": "2 months", "programmes": {"a": {**AID, "milestones": PARTS}}},
        {
            "finance__opening_cash": mn(130),
            "finance__asset_grants": "reduce_book_value",
            "finance__tax": {"rate": "30 %"},
            "programmes": {"a": {**AID, "milestones": PARTS, "fiscal_year_caps": {"FY2025": mn(30)}}},
        },
        # Rent and energy eat the cash before the sales of the month.
        {
            "sites__east__rent": "3 mn JPY/kW-month",
            "sites__east__energy_price": "900 JPY/kWh",
            "finance__opening_cash": mn(201),
        },
    ],
)
@pytest.mark.parametrize("calendar", [HALVES, QUARTERS, MONTHS], ids=lambda one: one["period"])
def test_planner_and_witness_agree_on_months_at_the_edges(calendar: dict[str, Any], changes: dict[str, Any]) -> None:
    price = yearly(EARNED[calendar["period"]])
    usual = {
        "calendar": calendar,
        "offers__maker__allocation": 2,
        "workloads__training__price": price,
        "finance__discount_rate": "7 %",
    }
    agree(toy(**{**usual, **changes}))
