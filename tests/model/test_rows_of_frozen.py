"""The rows of what is frozen, written down by hand: the toy with a hall and a programme that asks for a cube."""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.model.build import build
from tests.cases.toy import mn, programme, toy

HALL = {"site": "east", "adds": {"power": "2 kW"}, "capex": mn(10), "lead_time": "0 months", "blocks": 1}
DUTY = {"metric": "accelerators", "floor": 1, "from": "2025-01", "to": "2026-12"}
FROZEN: dict[str, Any] = {
    "until": "2026-12",
    "orders": [{"offer": "maker", "site": "east", "month": "2025-01", "systems": 2}],
    "blocks": [{"expansion": "hall", "month": "2026-01", "blocks": 1}],
    "exits": [
        {"system": "cube", "site": "east", "arrived": "2025-01", "offer": "maker", "month": "2026-01", "systems": 1}
    ],
    "claims": [{"programme": "town", "investment": "maker", "site": "east", "month": "2025-01", "units": 1.5}],
    "draws": [{"loan": "bank", "month": "2025-01", "money": mn(20)}],
    "repayments": [{"loan": "bank", "month": "2026-01", "money": mn(5)}],
    "programmes": {"state": False},
}
BANK = {"limit": mn(50), "rate": 0, "term": "10 years"}
LISTED = {
    # By year; the programme is left out.
    "frozen": """
frozen[maker,east,2025-01]: order[maker,east,2025-01] = 2
frozen[maker,east,2026-01]: order[maker,east,2026-01] = 0
frozen[hall,2025-01,blocks]: expand[hall,2025-01] = 0
frozen[hall,2026-01,blocks]: expand[hall,2026-01] = 1
frozen[cube,east,2025-01 maker,2026-01,exit]: exit[cube,east,2025-01 maker,2026-01] = 1
frozen[town,maker,east,2025-01,claim]: claim[town,maker,east,2025-01] = 1.5
frozen[bank,2025-01,draw]: draw[bank,2025-01] = 20
frozen[bank,2026-01,repay]: repay[bank,2026-01] = 5
frozen[state,entered]: join[state] = 0
""",
    # Complete: up to 2026 nothing else leaves, is claimed, drawn or repaid.
    "complete": """
frozen[cube,east,2025-01 maker,2026-01,exit]: exit[cube,east,2025-01 maker,2026-01] = 1
frozen[state,maker,east,2025-01,claim]: claim[state,maker,east,2025-01] = 0
frozen[state,maker,east,2026-01,claim]: claim[state,maker,east,2026-01] = 0
frozen[town,maker,east,2025-01,claim]: claim[town,maker,east,2025-01] = 1.5
frozen[town,maker,east,2026-01,claim]: claim[town,maker,east,2026-01] = 0
frozen[bank,2025-01,draw]: draw[bank,2025-01] = 20
frozen[bank,2026-01,draw]: draw[bank,2026-01] = 0
frozen[bank,2025-01,repay]: repay[bank,2025-01] = 0
frozen[bank,2026-01,repay]: repay[bank,2026-01] = 5
""",
}


def everything_frozen(**changes: Any) -> Case:
    """The toy in which one of each is frozen."""
    programmes = {"state": programme(0.5, obligations=[DUTY]), "town": programme(0.1)}
    terms = {"expansions__hall": HALL, "programmes": programmes, "finance__loans": {"bank": BANK}}
    return toy(frozen={**FROZEN, **changes}, **terms)


def test_rows_of_what_is_frozen() -> None:
    assert build(coefficients_of(everything_frozen())).text("frozen") == LISTED["frozen"].strip().split("\n")


def test_a_complete_list_leaves_nothing_open() -> None:
    rows = build(coefficients_of(everything_frozen(complete=True))).text("frozen")
    kinds = ("exit]", "claim]", "draw]", "repay]")
    assert [row for row in rows if row.partition(":")[0].endswith(kinds)] == LISTED["complete"].strip().split("\n")


def test_what_cannot_be_has_a_row_that_nothing_keeps() -> None:
    """A decision that no window or lead time leaves is not passed over."""
    case = everything_frozen(
        until="2025-01", orders=[{**FROZEN["orders"][0], "site": "nowhere"}], exits=[], blocks=[], claims=[]
    )
    texts = build(coefficients_of(case)).text("frozen")
    assert "frozen[maker,nowhere,2025-01]: 0 = 2" in texts


def test_without_anything_frozen_there_is_no_row() -> None:
    assert build(coefficients_of(toy())).text("frozen") == []
