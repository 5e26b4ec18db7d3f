"""Property tax that programmes spare, in the workbook: live, the audit's to the yen, in Japanese, and read back."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.keys import Key
from planner.verification.finished import verify_workbook
from tests.cases.relieved import relieved_case
from tests.cases.retiring import HALL
from tests.cases.toy import mn
from tests.decided import decided
from tests.report.example import outcome_of
from tests.report.workbook.mutation import assert_follows
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short

OTHER = {"rate": 0, "property_tax_relief": 1, "relief_years": 1, "excludes": ["town"]}
BOUGHT: dict[str, Any] = {
    "order": {("maker", "east", 0): 2, ("maker", "east", 1): 1},
    "expand": {("hall", 0): 1},
    "exit": {("cube", "east", "2025-01 maker", 1): 1},
    "claim": {
        ("town", "maker", "east", 0): 1.5,
        ("town", "hall", "east", 0): 1.0,
        ("works", "maker", "east", 0): 0.5,
        ("works", "maker", "east", 1): 1.0,
    },
    "claimed_exit": {("town", "maker", "east", 0, 1): 0.75, ("works", "maker", "east", 0, 1): 0.25},
    "serve": {("training", "cube", "east", t): 3.0 for t in range(3)},
}


@cache
def plan_of(*, apart: bool = False) -> Outcome:
    """Cubes with a fifth of network, a hall that retires, and two programmes that spare tax of some of it."""
    unusual = ("systems.cube.price.typical", "expansions.hall.capex")
    case = relieved_case(
        town={"categories": ["systems", "facility"], "eligible_share": 0.8},
        calendar__periods=4,
        expansions={"hall": {**HALL, "lead_time": "0 months"}},
        systems__cube__additions={"typical": "20 %"},
        finance__opening_cash=mn(2000),
        finance__property_taxes={"japan": {"rate": "7 %"}},
        unusual=dict.fromkeys(unusual, "toy"),
        **({"finance__depreciation": {"additions": "10 years"}} if apart else {}),
    )
    fields = case.model_dump(mode="json", by_alias=True)
    fields["programmes"]["works"] = {**OTHER, "categories": ["additions"] if apart else ["systems", "additions"]}
    return outcome_of(Case.model_validate(fields), decided(**BOUGHT))


@pytest.mark.parametrize("apart", [False, True])
def test_every_check_holds_and_another_engine_agrees(apart: bool, tmp_path: Path) -> None:
    plan = plan_of(apart=apart)
    ledger = lay_book(plan)
    assert failed(ledger.grid) == []
    assert_formulas_are_short(ledger.grid)
    write_workbook(plan, tmp_path / "plan.xlsx")
    assert_another_engine_agrees(tmp_path / "plan.xlsx")
    if not apart:
        assert verify_workbook(tmp_path / "plan.xlsx").holds
        assert lay_book(plan, "ja").grid.speaker.missing == set()


@pytest.mark.parametrize(
    ("figure", "value"), [("property_tax_relief", 0.25), ("relief_years", 3), ("eligible_share", 1)]
)
def test_a_changed_figure_is_followed(figure: str, value: float) -> None:
    plan = plan_of()
    said = plan.case.model_dump(mode="json", by_alias=True)
    said["programmes"]["town"][figure] = value
    expected = outcome_of(Case.model_validate(said), plan.decisions).audit.accounts
    then = {
        "npv": expected.npv,
        Key("line", "property_tax"): sum(expected.lines["property_tax"]),
        Key("monthly", "property_tax"): expected.by_month["property_tax"],
    }
    assert_follows(lay_book(plan).grid, f"programmes.town.{figure}", float(value), then)


def test_without_it_no_row_speaks_of_it() -> None:
    case = relieved_case(town={"property_tax_relief": None, "relief_years": None, "rate": 0.1})
    grid = lay_book(outcome_of(case, decided())).grid
    texts = {str(cell.content) for sheet in grid.sheets.values() for cell in sheet.cells.values()}
    assert not any("programmes.town.relief" in text or "programmes.town.property" in text for text in texts)
