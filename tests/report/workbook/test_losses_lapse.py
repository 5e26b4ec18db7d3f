"""Losses that lapse in the workbook: live, the audit's to the yen, in Japanese, and read back."""

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
from tests.cases.lapsing import lapsing_case
from tests.cases.toy import MILLION, toy
from tests.decided import decided
from tests.report.example import CASE, decisions, outcome_of
from tests.report.workbook.mutation import assert_follows
from tests.report.workbook.test_accounts import amount
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short


def example() -> Outcome:
    """The example with foreign losses of earlier years that lapse within the horizon."""
    fields = copy.deepcopy(CASE)
    tax: dict[str, Any] = fields["finance"]["tax"]
    tax.pop("opening_loss", None)
    tax |= {"loss_years": 2, "opening_losses": {"FY2022": "2_000_000 USD", "FY2023": "900_000_000 JPY"}}
    return outcome_of(Case.model_validate(fields), decisions())


def test_every_check_holds_and_another_engine_agrees(tmp_path: Path) -> None:
    plan = example()
    assert any(year.loss_lapsed > MILLION for year in plan.audit.accounts.books.years.values())
    ledger = lay_book(plan)
    assert failed(ledger.grid) == []
    assert_formulas_are_short(ledger.grid)
    write_workbook(plan, tmp_path / "plan.xlsx")
    assert_another_engine_agrees(tmp_path / "plan.xlsx")


def test_it_is_all_in_japanese() -> None:
    assert lay_book(example(), "ja").grid.speaker.missing == set()


def small() -> Outcome:
    """A cube that loses 50 in 2025 and makes 10 and 60 later, with 30 of losses of 2024."""
    chosen = {
        "order": {("maker", "east", 0): 1},
        "serve": {("training", "cube", "east", t): 1.0 for t in range(3)},
    }
    case = lapsing_case(unusual={"systems.cube.price.typical": "round numbers"})
    return outcome_of(case, decided(**chosen))


@pytest.mark.parametrize(
    ("figure", "value"),
    [("loss_years", 2.0), ("loss_years", 3.0), ("opening_losses.FY2024", 10 * MILLION), ("loss_use_limit", 1.0)],
)
def test_a_changed_figure_is_followed(figure: str, value: float) -> None:
    plan = small()
    fields = plan.case.model_dump(mode="json", by_alias=True)
    tax = fields["finance"]["tax"]
    if figure == "opening_losses.FY2024":
        tax["opening_losses"]["FY2024"] = f"{value} JPY"
    else:
        tax[figure] = int(value) if figure == "loss_years" else value
    expected = outcome_of(Case.model_validate(fields), plan.decisions).audit.accounts
    lapsed = sum(year.loss_lapsed for year in expected.books.years.values())
    charged = sum(expected.books.tax_charge)
    then = {"npv": expected.npv, "loss_lapsed": lapsed, "tax_charge": charged}
    assert_follows(lay_book(plan).grid, f"finance.tax.{figure}", value, then)


def test_it_is_read_back_verified_and_told(tmp_path: Path) -> None:
    plan = small()
    assert amount(lay_book(plan).grid, "loss_lapsed") == pytest.approx(75 * MILLION)
    write_workbook(plan, tmp_path / "plan.xlsx")
    assert read_case(tmp_path / "plan.xlsx").case.finance == plan.case.finance
    assert verify_workbook(tmp_path / "plan.xlsx").holds
    assert [year["loss_lapsed"] for year in summary(plan)["fiscal_years"]] == pytest.approx([3e7, 4.5e7, 0])


def test_without_it_a_plan_does_not_speak_of_it() -> None:
    plan = outcome_of(toy(finance__tax={"rate": "25 %"}), decided())
    assert all("loss_lapsed" not in year for year in summary(plan)["fiscal_years"])
    assert "loss_lapsed" not in lay_book(plan).grid and Key("loss_of", "FY2024") not in lay_book(plan).grid
