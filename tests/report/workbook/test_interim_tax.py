"""Tax in advance in the workbook: live, the audit's to the yen, in Japanese, and read back."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from planner.reading.budget import read_case
from planner.report.summary_file import summary
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.keys import Key
from planner.verification.finished import verify_workbook
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.decided import decided
from tests.report.example import CASE, decisions, outcome_of
from tests.report.workbook.mutation import assert_follows
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short

INTERIM: dict[str, dict[str, Any]] = {
    "half": {},
    "by the year before": {"share": 0.7, "after": "9 months", "tax_of_year_before": "4_000_000 USD"},
    "in a cut year": {},
}


def example(shape: str) -> Outcome:
    """The example with loans, losses and grants against book value, and tax in advance."""
    fields = copy.deepcopy(CASE)
    fields["finance"]["tax"]["interim"] = INTERIM[shape]
    if shape == "in a cut year":
        fields["calendar"]["fiscal_year_start_month"] = 1
        fields["finance"].pop("capex_limits")
        fields["programmes"]["national"].pop("fiscal_year_caps")
    return outcome_of(Case.model_validate(fields), decisions())


@pytest.mark.parametrize("shape", INTERIM)
def test_every_check_holds_and_another_engine_agrees(shape: str, tmp_path: Path) -> None:
    plan = example(shape)
    assert any(year.advance > MILLION for year in plan.audit.accounts.books.years.values())
    ledger = lay_book(plan)
    assert failed(ledger.grid) == []
    assert_formulas_are_short(ledger.grid)
    write_workbook(plan, tmp_path / "plan.xlsx")
    assert_another_engine_agrees(tmp_path / "plan.xlsx")


def test_it_is_all_in_japanese() -> None:
    assert lay_book(example("by the year before"), "ja").grid.speaker.missing == set()


def small() -> Outcome:
    """A cube of 100 that earns 65 a year, with a loan and 30 of tax of the year before."""
    interim = {"tax_of_year_before": mn(30)}
    case = toy(
        finance__tax={"rate": "25 %", "interim": interim},
        finance__depreciation={"systems": "4 years"},
        finance__discount_rate=0.1,
        finance__loans={"bank": {"limit": mn(100), "rate": "5 %", "term": "5 years"}},
        workloads__training__price=yearly(65),
        unusual={"systems.cube.price.typical": "round numbers"},
    )
    chosen = {
        "order": {("maker", "east", 0): 1},
        "serve": {("training", "cube", "east", t): 1.0 for t in range(3)},
        "draw": {("bank", 0): 40 * MILLION},
    }
    return outcome_of(case, decided(**chosen))


@pytest.mark.parametrize(
    ("figure", "value"), [("share", 0.8), ("after", 3.0), ("after", 11.0), ("tax_of_year_before", 50 * MILLION)]
)
def test_a_changed_figure_is_followed(figure: str, value: float) -> None:
    plan = small()
    fields = plan.case.model_dump(mode="json", by_alias=True)
    written: dict[str, Any] = {"after": f"{value:.0f} months", "tax_of_year_before": f"{value} JPY"}
    fields["finance"]["tax"]["interim"][figure] = written.get(figure, value)
    expected = outcome_of(Case.model_validate(fields), plan.decisions).audit.accounts
    then = {"npv": expected.npv, Key("line", "tax"): sum(expected.lines["tax"])}
    assert_follows(lay_book(plan).grid, f"finance.tax.interim.{figure}", value, then)


def test_it_is_read_back_verified_and_told(tmp_path: Path) -> None:
    plan = small()
    write_workbook(plan, tmp_path / "plan.xlsx")
    assert read_case(tmp_path / "plan.xlsx").case.finance == plan.case.finance
    assert verify_workbook(tmp_path / "plan.xlsx").holds
    first, second, _ = summary(plan)["fiscal_years"]
    assert (first["advance"], first["advance_in"]) == (15 * MILLION, "2025-08")
    assert second["advance"] == pytest.approx(0.5 * first["tax"])


def test_without_it_a_plan_does_not_speak_of_it() -> None:
    case = toy(finance__tax={"rate": "25 %"})
    assert all("advance" not in year for year in summary(outcome_of(case, decided()))["fiscal_years"])
