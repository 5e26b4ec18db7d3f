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


def test_the_cases_are_worth_solving() -> None:
    """Guards the draw itself: of the first cases many can be planned, and plans use every kind of decision."""
    answers = [best_plan(tiny_case(number)) for number in range(60)]
    plans = [answer.decisions for answer in answers if answer is not None]
    assert 30 <= len(plans) < 60
    for kind, least in {"order": 20, "expand": 2, "exit": 10, "serve": 30, "claim": 10, "join": 2}.items():
        assert sum(bool(getattr(plan, kind)) for plan in plans) >= least, kind
