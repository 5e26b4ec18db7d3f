"""The planner's best plan is as good as that of an independent witness, which tries every plan of a tiny case."""

from __future__ import annotations

import os
from typing import Any

import pytest

from planner.case.case import Case
from tests.cases.toy import mn, programme, toy, yearly
from tests.rival.agreement import agree
from tests.rival.generator import tiny_case
from tests.rival.known import agree_on, witnessed
from tests.rival.statement import Statement, statement
from tests.rival.subsidised import subsidised_case

CASES = int(os.environ.get("PLANNER_RIVAL_CASES", "10"))
"""So many cases of either kind; a thorough run takes 300."""
CHUNK = 10
HALL = {
    "site": "east",
    "adds": {"power": "1 kW"},
    "capex": mn(30),
    "lead_time": "12 months",
    "blocks": 2,
    "terminal_life": "4 years",
}


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree(first: int) -> None:
    agree_on(tiny_case, range(first, first + CHUNK))


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_programmes(first: int) -> None:
    agree_on(subsidised_case, range(first, first + CHUNK))


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
            "expansions": {"hall": {**HALL, "depreciation_life": "30 months"}},
            "programmes": {"a": programme(0.4, categories=["facility"], payment_lag="12 months")},
        },
    ],
)
def test_planner_and_witness_agree_on_accounts_at_the_edges(changes: dict[str, Any]) -> None:
    agree(toy(**{"offers__maker__allocation": 3, **changes}))


def parts(*shares_events_lags: tuple[float, str, int]) -> list[dict[str, Any]]:
    return [{"share": share, "event": event, "lag": f"{lag} months"} for share, event, lag in shares_events_lags]


BUSY_THEN_IDLE = {
    "workloads__training__amount": {"2025-01": 3, "2026-01": 1},
    "finance__resale": [{"age": "0 months", "share": "95 %"}, {"age": "3 years", "share": "20 %"}],
    "finance__discount_rate": "5 %",
}
REDUCED = {**BUSY_THEN_IDLE, "finance__tax": TAX, "finance__asset_grants": "reduce_book_value"}
LONG = parts((0.3, "order", 0), (0.5, "delivery", 6), (0.2, "delivery", 60))
EARLY = programme(0.3, retention="3 years", early_exit="repay_remaining")
CREDIT = programme(0.3, kind="tax_credit", tax_limit="50 %", carry_forward="1 year")
SPECIAL = programme(0.4, kind="special_depreciation")


@pytest.mark.parametrize(
    "changes",
    [
        # Parts with the order, on delivery, and after the end.
        {"programmes": {"a": programme(0.5, milestones=LONG)}},
        {
            **POOR,
            "systems__cube__lead_time": {"typical": "12 months"},
            "finance__opening_cash": mn(70),
            "programmes": {"a": programme(0.4, milestones=parts((0.75, "order", 0), (0.25, "delivery", 0)))},
        },
        # What leaves before a part is paid.
        {**REDUCED, "programmes": {"a": {**EARLY, "milestones": parts((0.5, "delivery", 0), (0.5, "delivery", 24))}}},
        {**BUSY_THEN_IDLE, "finance__terminal_value": True, "programmes": {"a": {**EARLY, "early_exit": "repay_all"}}},
        {**REDUCED, "finance__terminal_value": True, "programmes": {"a": {**EARLY, "retention": "5 years"}}},
        # One programme lets systems leave and another one, which excludes it, forbids it for a shorter time.
        {
            **BUSY_THEN_IDLE,
            "programmes": {"a": programme(0.2, retention="1 year", excludes=["b"], total_cap=mn(40)), "b": EARLY},
        },
        {
            **REDUCED,
            "programmes": {"a": programme(0.2, retention="1 year", excludes=["b"], total_cap=mn(40)), "b": EARLY},
        },
        # Two stand after a third, exclude each other, and all leave what the other ones leave.
        {
            **REDUCED,
            "programmes": {
                "a": {**EARLY, "total_cap": mn(50)},
                "b": programme(0.4, after=["a"], excludes=["c"], total_cap=mn(40)),
                "c": {**EARLY, "rate": 0.35, "after": ["a"]},
            },
        },
        # More comes first than is left.
        {
            "finance__public_money_ceiling": 1,
            "programmes": {
                "a": programme(0.5),
                "b": programme(0.4),
                "c": programme(1.0, eligible_share=0.7, after=["a", "b"], minimum_investment=mn(5)),
            },
        },
        {"finance__tax": TAX, "programmes": {"a": CREDIT}},
        {"finance__tax": DEEP_LOSS, "programmes": {"a": {**CREDIT, "carry_forward": "2 years"}, "b": CREDIT}},
        {"finance__tax": TAX, "programmes": {"a": {**CREDIT, "carry_forward": "0 years", "total_cap": mn(12)}}},
        {"finance__tax": TAX, "programmes": {"a": programme(0.4), "b": {**CREDIT, "after": ["a"]}}},
        {**REDUCED, "programmes": {"a": SPECIAL}},
        {**REDUCED, "programmes": {"a": {**SPECIAL, "retention": "1 year", "after": ["b"]}, "b": EARLY}},
        {
            **REDUCED,
            "finance__terminal_value": True,
            "finance__depreciation": {"systems": "18 months"},
            "programmes": {"a": SPECIAL, "b": {**EARLY, "retention": "4 years", "excludes": ["a"]}, "c": CREDIT},
        },
        {
            "finance__tax": TAX,
            "finance__terminal_value": True,
            "workloads__training__amount": 3,
            "sites__east__capacity": {"power": "1 kW"},
            "expansions": {"hall": HALL},
            "programmes": {
                "a": programme(0.3, categories=["facility"], milestones=parts((0.5, "order", 0), (0.5, "delivery", 0))),
                "b": programme(0.5, categories=["facility", "systems"], after=["a"], total_cap=mn(20)),
                "c": {**SPECIAL, "categories": ["facility"], "after": ["a", "b"]},
            },
        },
    ],
)
def test_planner_and_witness_agree_on_programmes_at_the_edges(changes: dict[str, Any]) -> None:
    agree(toy(**{"offers__maker__allocation": 3, **changes}))


def test_the_cases_are_worth_solving() -> None:
    """Guards the draw itself: of the first cases many can be planned, and plans use every kind of decision."""
    answers = [witnessed(tiny_case, number) for number in range(100)]
    plans = [answer.decisions for _case, answer in answers if answer is not None]
    assert 50 <= len(plans) < 100
    least_of = {"order": 40, "expand": 5, "exit": 20, "serve": 50, "claim": 20, "join": 5, "draw": 10, "repay": 10}
    for kind, least in least_of.items():
        assert sum(bool(getattr(plan, kind)) for plan in plans) >= least, kind


def test_the_cases_move_money_inside_their_periods() -> None:
    """Guards the draw of months: payments lie inside periods, and so does the day on which there is least."""
    answers = [witnessed(tiny_case, number) for number in range(100)]
    accounts = [(case, statement(case, answer.decisions)) for case, answer in answers if answer is not None]
    least_of = {"system_price": 10, "expansion": 2, "contracted": 3, "grants": 6, "tax": 6}
    for line, least in least_of.items():
        assert sum(pays_inside(case, seen, line) for case, seen in accounts) >= least, line
    assert sum(seen.cash_after_payments.min() < seen.cash.min() - 1 for _case, seen in accounts) >= 40


def pays_inside(case: Case, seen: Statement, line: str) -> bool:
    """Whether something of a line is paid in a month that is not the first of its period."""
    return any(amount and m % case.calendar.months_per_period for m, amount in enumerate(seen.lines[line]))


def test_the_cases_about_programmes_are_worth_solving() -> None:
    """Guards the draw of programmes: plans are paid in parts, deduct, give back, carry credits and write off early."""
    answers = [witnessed(subsidised_case, number) for number in range(60)]
    plans = [(case, answer.decisions) for case, answer in answers if answer is not None]
    least_of = {"claim": 30, "exit": 20, "claimed_exit": 10, "overlap": 5, "overlap_exit": 3, "credit": 5}
    for kind, least in least_of.items():
        assert sum(bool(getattr(plan, kind)) for _case, plan in plans) >= least, kind
    accounts = [statement(case, plan) for case, plan in plans]
    assert sum(one.lines["grants_repaid"].max() > 0 for one in accounts) >= 6
    assert sum(one.charges["special_depreciation"].max() > 0 for one in accounts) >= 4
