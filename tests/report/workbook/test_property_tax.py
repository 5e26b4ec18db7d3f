"""Property tax in the workbook: live, the audit's to the yen, in Japanese, and read back."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from planner.reading.budget import read_case
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.keys import Key
from planner.verification.finished import verify_workbook
from tests.cases.taxed import taxed_case
from tests.cases.toy import MILLION
from tests.decided import decided
from tests.report.example import CASE, decisions, outcome_of
from tests.report.workbook.mutation import assert_follows
from tests.report.workbook.test_accounts import amount
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short

QUARTERLY_IN_JAPAN = {"rate": {"2024-01": "1.4 %", "2026-01": "2 %"}, "relief": 0.5, "relief_years": 2}
ABROAD = {
    "rate": "1 %",
    "valuation": "table",
    "assessed_shares": [{"share": "85 %"}, {"share": "60 %"}],
    "assessed_in": 11,
    "instalments": [{"lag": "13 months", "share": 0.4}, {"lag": "1 month", "share": 0.6}],
}
SHAPES: dict[str, dict[str, Any]] = {
    "in quarters": QUARTERLY_IN_JAPAN,
    "when periods begin": {"rate": "1.4 %", "assessed_in": 4, "instalments": [{"lag": "0 months", "share": 1}]},
    "in a straight line": {"rate": "1.4 %", "valuation": "straight_line", "least_share": 0.5},
}


def example(shape: str) -> Outcome:
    """The example with two property taxes: what stood there, orders, blocks, exits, foreign prices, grants."""
    fields = copy.deepcopy(CASE)
    fields["finance"]["property_taxes"] = {"japan": SHAPES[shape], "abroad": ABROAD}
    fields["sites"]["ishikari"]["property_tax"] = "japan"
    fields["sites"]["tokyo"]["property_tax"] = "abroad"
    if shape == "in quarters":
        fields["finance"]["depreciation"]["additions"] = "10 years"
    fields["sites"]["ishikari"]["fleet"][0]["acquisition_cost"] = "2_000_000 USD"
    return outcome_of(Case.model_validate(fields), decisions())


@pytest.mark.parametrize("shape", SHAPES)
def test_every_check_holds_and_another_engine_agrees(shape: str, tmp_path: Path) -> None:
    plan = example(shape)
    assert sum(plan.audit.accounts.lines["property_tax"]) > 10 * MILLION
    ledger = lay_book(plan)
    assert failed(ledger.grid) == []
    assert_formulas_are_short(ledger.grid)
    write_workbook(plan, tmp_path / "plan.xlsx")
    assert_another_engine_agrees(tmp_path / "plan.xlsx")


def test_it_is_all_in_japanese() -> None:
    assert lay_book(example("in quarters"), "ja").grid.speaker.missing == set()


def test_several_lots_that_stood_there_before_the_horizon_are_assessed_together(tmp_path: Path) -> None:
    fields = copy.deepcopy(example("in quarters").case.model_dump(mode="json", by_alias=True))
    first = fields["sites"]["ishikari"]["fleet"][0]
    fields["sites"]["ishikari"]["fleet"].insert(1, {**first, "arrives": "2022-05"})
    plan = outcome_of(Case.model_validate(fields), decisions())
    assert failed(lay_book(plan).grid) == []
    write_workbook(plan, tmp_path / "plan.xlsx")
    assert_another_engine_agrees(tmp_path / "plan.xlsx")


def small() -> Outcome:
    """The case of the rows: two old cubes, one that leaves in 2026, and one that is bought."""
    chosen = {
        "order": {("maker", "east", 0): 1},
        "exit": {("cube", "east", "2023-06", 1): 1},
        "serve": {("training", "cube", "east", t): 1.0 for t in range(3)},
    }
    dear = dict.fromkeys(("systems.cube.price.typical", "expansions.hall.capex"), "round numbers")
    return outcome_of(taxed_case(unusual=dear), decided(**chosen))


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("finance.property_taxes.japan.rate", 0.03),
        ("finance.property_taxes.japan.least_share", 0.6),
        ("finance.property_taxes.japan.assessed_in", 7.0),
        ("finance.property_taxes.japan.relief", 0.25),
        ("finance.property_taxes.japan.relief_years", 2.0),
        ("finance.property_taxes.japan.instalments.0.lag", 9.0),
        ("finance.depreciation.systems", 48.0),
        ("sites.east.fleet.0.acquisition_cost", 300.0 * MILLION),
    ],
)
def test_a_changed_figure_is_followed(figure: str, value: float) -> None:
    """What the workbook makes of a changed figure is what the audit makes of the changed case."""
    plan = small()
    grid = lay_book(plan).grid
    assert amount(grid, "property_tax_owed") == pytest.approx(0.25 * 1.007253 * MILLION, rel=1e-6)
    fields = plan.case.model_dump(mode="json", by_alias=True)
    *parents, last = figure.split(".")
    place: Any = fields
    for parent in parents:
        place = place[int(parent) if parent.isdecimal() else parent]
    written = {"lag": f"{value:.0f} months", "systems": f"{value:.0f} months", "acquisition_cost": f"{value} JPY"}
    place[last] = written.get(last, int(value) if last in ("assessed_in", "relief_years") else value)
    expected = outcome_of(Case.model_validate(fields), plan.decisions).audit.accounts
    then = {
        "npv": expected.npv,
        Key("line", "property_tax"): sum(expected.lines["property_tax"]),
        Key("monthly", "property_tax"): expected.by_month["property_tax"],
    }
    assert_follows(grid, figure, value, then)


def test_it_is_read_back_and_verified(tmp_path: Path) -> None:
    plan = small()
    write_workbook(plan, tmp_path / "plan.xlsx")
    found = read_case(tmp_path / "plan.xlsx").case
    assert (found.finance, found.sites) == (plan.case.finance, plan.case.sites)
    assert verify_workbook(tmp_path / "plan.xlsx").holds


def test_without_it_no_row_speaks_of_it() -> None:
    grid = lay_book(outcome_of(taxed_case(sites__east__property_tax=None, finance__property_taxes={}), decided())).grid
    texts = [
        cell.content.lower()
        for sheet in grid.sheets.values()
        for cell in sheet.cells.values()
        if isinstance(cell.content, str)
    ]
    assert not any("property" in text for text in texts)
