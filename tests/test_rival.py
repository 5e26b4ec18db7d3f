"""The planner's best plan is as good as that of an independent witness, which tries every plan of a tiny case."""

from __future__ import annotations

from typing import Any

import pytest
from cases.toy import mn, programme, toy, yearly
from rival.agreement import agree
from rival.generator import tiny_case
from rival.rival import best_plan

CASES = 300
CHUNK = 10


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree(first: int) -> None:
    for number in range(first, first + CHUNK):
        agree(tiny_case(number))


LATER_IDLE = {
    "workloads__training__amount": {"2025-01": 2, "2026-01": 1},
    "sites__east__operations": "1 mn JPY/kW-month",
    "finance__resale": [{"age": "0 months", "share": "90 %"}],
}
KEPT = programme(0.5, retention="3 years")
DUTY = {"metric": "bf16_pflops", "floor": 1, "from": "2020-01", "to": "2024-06"}


def fleet(arrives: str) -> list[dict[str, Any]]:
    return [{"system": "cube", "quantity": 1, "arrives": arrives}]


@pytest.mark.parametrize(
    "changes",
    [
        # Systems under contract and systems that are ordered arrive together, and only the latter are claimed.
        {
            **LATER_IDLE,
            "sites__east__fleet": fleet("2025-01"),
            "programmes": {"a": KEPT},
        },
        {**LATER_IDLE, "sites__east__fleet": fleet("2024-12")},
        {**LATER_IDLE, "sites__east__fleet": fleet("2025-02")},
        {**LATER_IDLE, "sites__east__fleet": fleet("2023-01"), "systems__cube__useful_life": "2 years"},
        # What is claimed would have to be kept for longer than it lives.
        {
            "systems__cube__useful_life": "1 year",
            "workloads__training__price": yearly(150),
            "programmes": {"a": KEPT},
        },
        # Three programmes in a ring, each of which names one that it excludes.
        {
            "programmes": {
                "a": programme(0.5, excludes=["b"], total_cap=mn(20)),
                "b": programme(0.4, excludes=["c"], total_cap=mn(30)),
                "c": programme(0.3, excludes=["a"]),
            }
        },
        {"programmes": {"a": programme(0.5, obligations=[DUTY])}},
        {"programmes": {"a": programme(0.5, total_cap=mn(0))}},
        {"finance__capex_limits": {"FY2025": mn(0)}},
        {"finance__opening_cash": mn(0), "finance__funding": {"2024-06": mn(500)}},
        {"finance__opening_cash": mn(-10)},
        {"systems__cube__availability": 0},
        {"workloads__training__amount": 0},
        {"offers__maker__price": {"2026-01": mn(10)}},
    ],
)
def test_planner_and_witness_agree_at_the_edges(changes: dict[str, Any]) -> None:
    agree(toy(**{"offers__maker__allocation": 3, **changes}))


TAX = {"rate": "30 %", "payment_lag": "2 months"}
DEEP_LOSS = {"rate": {"2025-01": "10 %", "2026-01": "40 %"}, "loss_use_limit": "50 %", "opening_loss": mn(40)}
BANK = {"limit": mn(60), "rate": "4 %", "term": "18 months"}
POOR = {"finance__opening_cash": mn(20), "finance__discount_rate": "5 %"}
USED = {
    **LATER_IDLE,
    "finance__asset_grants": "reduce_book_value",
    "finance__tax": DEEP_LOSS,
    "finance__terminal_value": True,
    "programmes": {"a": programme(0.5, retention="1 year"), "b": programme(0.2, payment_lag="1 year")},
}


@pytest.mark.parametrize(
    "changes",
    [
        {**POOR, "finance__loans": {"bank": {**BANK, "term": "0 months"}}},
        {**POOR, "finance__loans": {"bank": {**BANK, "repayment": "equal_parts", "outstanding": mn(10)}}},
        {**POOR, "finance__loans": {"bank": {**BANK, "rate": {"2026-01": "4 %"}, "revolving": True}}},
        {**POOR, "finance__loans": {"a": {**BANK, "limit": mn(10)}, "b": {**BANK, "share_of_investment": "20 %"}}},
        # Owed to a foreign bank, and more than can be paid back.
        {
            **POOR,
            "finance__exchange_rates": {"USD": {"2025-01": "100 JPY", "2026-01": "120 JPY"}},
            "finance__loans": {"bank": {**BANK, "limit": "0.6 mn USD", "outstanding": "0.3 mn USD"}},
        },
        {**POOR, "finance__loans": {"bank": {**BANK, "outstanding": mn(60), "term": "6 months"}}},
        {"finance__tax": {**TAX, "loss_use_limit": 0, "opening_loss": mn(50)}},
        {"finance__tax": {**TAX, "rate": {"2026-06": "30 %"}}},
        # Fiscal years that begin in the middle of the plan's years.
        {"finance__tax": TAX, "calendar__fiscal_year_start_month": 7, "calendar__period": "half"},
        {"finance__tax": TAX, "finance__depreciation": {"systems": "0 months"}},
        {"finance__tax": TAX, "finance__depreciation": {"systems": "17 months"}, "finance__terminal_value": True},
        # What a fleet is worth in the books: too old for any, with two lots in one, under contract, after the end.
        {
            **LATER_IDLE,
            "finance__tax": TAX,
            "finance__terminal_value": True,
            "sites__east__fleet": [
                {"system": "cube", "quantity": 1, "arrives": "2018-01", "book_value": mn(5), "unpaid": mn(3)},
                {"system": "cube", "quantity": 1, "arrives": "2023-01", "book_value": mn(50)},
                {"system": "cube", "quantity": 1, "arrives": "2023-01", "book_value": mn(10)},
                {"system": "cube", "quantity": 1, "arrives": "2025-02", "book_value": mn(30), "unpaid": mn(60)},
                {"system": "cube", "quantity": 1, "arrives": "2029-01", "book_value": mn(30), "unpaid": mn(60)},
            ],
        },
        USED,
        {**USED, "programmes": {"a": programme(0.5, excludes=["b"]), "b": programme(0.2, retention="2 years")}},
        {**USED, "finance__depreciation": {"systems": "2 years"}, "systems__cube__useful_life": "18 months"},
        {**USED, "finance__asset_grants": "income", "objective": {"kind": "cost"}},
        {
            **USED,
            "workloads__training__amount": 3,
            "sites__east__capacity": {"power": "1 kW"},
            "expansions": {
                "hall": {
                    "site": "east",
                    "adds": {"power": "1 kW"},
                    "capex": mn(30),
                    "lead_time": "12 months",
                    "blocks": 2,
                    "terminal_life": "4 years",
                    "depreciation_life": "30 months",
                }
            },
            "programmes": {"a": programme(0.4, categories=["facility"], payment_lag="12 months")},
        },
    ],
)
def test_planner_and_witness_agree_on_accounts_at_the_edges(changes: dict[str, Any]) -> None:
    agree(toy(**{"offers__maker__allocation": 3, **changes}))


def test_the_cases_are_worth_solving() -> None:
    """Guards the draw itself: of the first cases many can be planned, and plans use every kind of decision."""
    answers = [best_plan(tiny_case(number)) for number in range(100)]
    plans = [answer.decisions for answer in answers if answer is not None]
    assert 50 <= len(plans) < 100
    least_of = {"order": 40, "expand": 5, "exit": 20, "serve": 50, "claim": 20, "join": 5, "draw": 10, "repay": 10}
    for kind, least in least_of.items():
        assert sum(bool(getattr(plan, kind)) for plan in plans) >= least, kind
