"""Blocks that retire, and end values by annuity, in the workbook: live, the audit's to the yen, Japanese, read back."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from planner.reading.budget import read_case
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.keys import Key
from planner.verification.finished import verify_workbook
from tests.cases.retiring import HALL, retiring_case
from tests.cases.toy import mn, programme, yearly
from tests.decided import decided
from tests.report.example import outcome_of
from tests.report.workbook.mutation import assert_follows
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short

BOUGHT: dict[str, Any] = {
    "order": {("maker", "east", 0): 1, ("maker", "east", 2): 1},
    "expand": {("hall", 0): 1, ("hall", 4): 1, ("annex", 1): 1},
    "exit": {("cube", "east", "2025-01 maker", 4): 1},
    "claim": {("aid", "hall", "east", 0): 1.0, ("late", "hall", "east", 0): 1.0, ("late", "annex", "east", 1): 1.0},
    "overlap": {("late", "aid", "hall", "east", 0): 1.0},
    "serve": {("training", "cube", "east", t): 1.0 for t in range(6)},
}
LATE = [{"lag": "3 months", "share": "40 %"}, {"lag": "26 months", "share": "60 %"}]


def fields(**changes: Any) -> Case:
    """Two halls of two years and an annex that stays, with grants that come off them, under tax and property tax."""
    annex = {
        **HALL,
        "useful_life": None,
        "lead_time": "3 months",
        "terminal_life": "15 years",
        "terminal_method": "annuity",
    }
    facility = {"categories": ["facility"]}
    terms: dict[str, Any] = {
        "calendar": {"start": "2025-01", "period": "half", "periods": 6, "fiscal_year_start_month": 7},
        "expansions": {"hall": {**HALL, "terminal_life": "20 months"}, "annex": annex},
        "finance__terminal_value": True,
        "finance__discount_rate": "7 %",
        "workloads__training__price": yearly(240),
        "finance__opening_cash": mn(2000),
        "finance__asset_grants": "reduce_book_value",
        "finance__tax": {"rate": "30 %", "depreciation": {"facility_method": "declining_balance"}},
        "finance__depreciation": {"facility": "12 years"},
        "finance__property_taxes": {"town": {"rate": "2 %"}},
        "sites__east__property_tax": "town",
        "programmes": {
            "aid": programme(0.3, **facility),
            "late": programme(0.2, **facility, milestones=LATE, after=["aid"]),
        },
        "unusual": dict.fromkeys(
            (
                "systems.cube.price.typical",
                "workloads.training.price",
                *(f"expansions.{x}.capex" for x in ("hall", "annex")),
            ),
            "toy",
        ),
    }
    return retiring_case(**{**terms, **changes})


@cache
def plan_of() -> Outcome:
    return outcome_of(fields(), decided(**BOUGHT))


def test_every_check_holds_and_another_engine_agrees(tmp_path: Path) -> None:
    plan = plan_of()
    written_off = plan.audit.accounts.books.charges["written_off"]
    assert written_off[4] > 0 and plan.audit.accounts.terminal_value > 0
    assert {limit.rule for limit in plan.audit.broken} <= {"claim_once"}
    ledger = lay_book(plan)
    assert failed(ledger.grid) == []
    assert_formulas_are_short(ledger.grid)
    write_workbook(plan, tmp_path / "plan.xlsx")
    assert_another_engine_agrees(tmp_path / "plan.xlsx")
    found = read_case(tmp_path / "plan.xlsx").case
    assert found.expansions == plan.case.expansions
    assert verify_workbook(tmp_path / "plan.xlsx").holds


def test_it_is_all_in_japanese() -> None:
    assert lay_book(plan_of(), "ja").grid.speaker.missing == set()


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [("hall", "useful_life", 30.0), ("hall", "useful_life", 40.0), ("annex", "terminal_life", 60.0)],
)
def test_a_changed_life_is_followed(name: str, field: str, value: float) -> None:
    plan = plan_of()
    said = plan.case.model_dump(mode="json", by_alias=True)
    said["expansions"][name][field] = f"{value:.0f} months"
    expected = outcome_of(Case.model_validate(said), plan.decisions).audit.accounts
    then = {
        "npv": expected.npv,
        "terminal_value": expected.terminal_value,
        "assets": expected.books.fixed_assets,
        "written_off": expected.books.charges["written_off"],
        Key("line", "property_tax"): sum(expected.lines["property_tax"]),
    }
    assert_follows(lay_book(plan).grid, f"expansions.{name}.{field}", value, then)


def test_no_rate_leaves_as_much_as_a_straight_line() -> None:
    plan = outcome_of(fields(finance__discount_rate=0), decided(**BOUGHT))
    assert failed(lay_book(plan).grid) == []


def test_without_a_life_of_blocks_no_row_speaks_of_it() -> None:
    hall = {**HALL, "useful_life": None}
    plan = outcome_of(fields(expansions={"hall": hall, "annex": hall}), decided(**BOUGHT))
    sheets = lay_book(plan).grid.sheets.values()
    texts = {str(cell.content) for sheet in sheets for cell in sheet.cells.values()}
    assert not texts & {"hall: retired", "hall: retires in period", "annex: years left", "hall: periods of use"}
