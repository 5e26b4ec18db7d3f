"""Methods of depreciation: planner and witness agree, and a witness with one rule about them wrong would not."""

from __future__ import annotations

import os
from typing import Any
from unittest.mock import patch

import pytest

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.quantities import Month
from tests.cases.toy import mn, toy
from tests.planned import planned
from tests.rival import wear
from tests.rival.agreement import hold_against
from tests.rival.assets import Assets
from tests.rival.known import agree_on, sees
from tests.rival.month_mutations import Wrong
from tests.rival.rival import best_plan
from tests.rival.wear import Wear
from tests.rival.wearing import apart_case, credited_case, wearing_case

CASES = int(os.environ.get("PLANNER_RIVAL_CASES", "60")) // 12
CHUNK = 5
_left = Assets.left
BY_RATE = {"systems": "3 years", "systems_method": "declining_balance"}
STANDS = [{"system": "cube", "quantity": 1, "arrives": "2024-01", "book_value": mn(30)}]
EDGES: tuple[dict[str, Any], ...] = (
    {"finance__depreciation": BY_RATE},
    {"finance__depreciation": {"systems_method": "macrs"}, "sites__east__fleet": STANDS},
)
"""Three years of three at the declining balance, the last by the revised rate; and a cube that has lost a year."""


def taxed(**changes: Any) -> Case:
    """The toy case with tax and two cubes on offer, one more than there is work for: ten take seconds to try out."""
    return toy(**{"finance__tax": {"rate": "30 %"}, "offers__maker__allocation": 2, **changes})


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_where_tax_has_books_of_its_own(first: int) -> None:
    agree_on(apart_case, range(first, first + CHUNK))


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_where_a_credit_lowers_the_basis(first: int) -> None:
    agree_on(credited_case, range(first, first + CHUNK))


def test_a_witness_that_lowers_no_basis_is_seen() -> None:
    credit = {"kind": "tax_credit", "rate": "10 %", "categories": ["systems"], "basis_reduction": "50 %"}
    case = taxed(finance__tax={"rate": "30 %", "depreciation": BY_RATE}, programmes={"credit": credit})
    outcome = planned(case)
    hold_against(best_plan(case), outcome, case)
    with patch.object(Assets, "basis_reduction", lambda *_: 0.0), pytest.raises(AssertionError):
        hold_against(best_plan(case), outcome, case)


def test_a_witness_that_taxes_the_profit_of_the_books_is_seen() -> None:
    case = taxed(finance__tax={"rate": "30 %", "depreciation": BY_RATE})
    outcome = planned(case)
    hold_against(best_plan(case), outcome, case)
    with patch.object(Assets, "for_tax", False), pytest.raises(AssertionError):
        hold_against(best_plan(case), outcome, case)


def drawn(number: int) -> Case:
    """The case of a number; those at the edges count downwards from -1."""
    return wearing_case(number) if number >= 0 else taxed(**EDGES[number])


def test_planner_and_witness_agree_at_the_edges() -> None:
    agree_on(drawn, range(-len(EDGES), 0))


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_methods_of_depreciation(first: int) -> None:
    agree_on(drawn, range(first, first + CHUNK))


def _from_the_first_month(_self: Wear, _calendar: Calendar, _month: Month, _first: bool) -> int:
    return 12


def _as_new(self: Assets, ready: int, wear: Wear, served: int = 0) -> Any:
    return _left(self, ready, wear, 0)


def _of_all(self: Assets, _programme: str, key: Any, _other: Any = None) -> Any:
    return self.asset(key).left


WRONG: dict[str, Wrong] = {
    "the first year is not by months": lambda: patch.object(Wear, "first_share", lambda _self, _span: 1.0),
    "years are counted from the first use": lambda: patch.object(Wear, "months_of_year", _from_the_first_month),
    "nothing turns to the revised rate": lambda: patch.object(
        wear, "RATES", {years: (rate, 1.0, 0.0) for years, (rate, _, _) in wear.RATES.items()}
    ),
    "what stands there is written off as if it were new": lambda: patch.object(Assets, "left", _as_new),
    "a grant is taken off all of a cost": lambda: patch.object(Assets, "left_of_claim", _of_all),
    "the table is that of seven years": lambda: patch.object(
        wear, "FIVE_YEARS", (14.29, 24.49, 17.49, 12.49, 8.93, 8.92, 8.93, 4.46)
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_about_depreciation_is_seen(name: str) -> None:
    assert any(sees(drawn, number, WRONG[name]) for number in range(-len(EDGES), CASES)), name
