"""Consumption tax in the workbook: every month is the audit's, in all calendars, and follows its figures."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.outcome import Outcome
from planner.planning import plan
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.cash.consumption_tax import OWED
from planner.report.workbook.engine.grid import Grid
from planner.report.workbook.engine.keys import Key
from planner.verification.finished import verify_workbook
from tests.reading.helpers import read_text, tiny_with
from tests.report.example import outcome_of
from tests.report.workbook.changed import moves_as_audited, opened
from tests.report.workbook.test_accounts import amount, assert_months_are_the_audits, assert_rows_come_to, rows_of
from tests.report.workbook.test_liquidity import dated
from tests.report.workbook.test_live import Reader
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short

TERMS: dict[str, Any] = {
    "rate": {"2024-01": "8 %", "2025-10": "10 %"},
    "tax_period": "3 months",
    "deduction_lag": "1 month",
    "taxed_operations": 0.5,
}
CREDIT = {"customer_days": 75, "rent_days": 45}


def changed(case: Case, *, on_credit: bool = True, duty: float | dict[str, float] | None = None, **terms: Any) -> Case:
    """The case with other terms of the tax, and a duty on what is bought."""
    fields = case.model_dump(mode="json", by_alias=True)
    fields["finance"]["consumption_tax"] = {**TERMS, **terms}
    fields["finance"]["working_capital"] = CREDIT if on_credit else None
    fields["offers"]["maker"]["import_duty"] = duty
    return Case.model_validate(fields)


@cache
def taxed(period: str, *, on_credit: bool = True) -> Outcome:
    there = dated(period)
    return outcome_of(changed(there.case, on_credit=on_credit), there.decisions)


@cache
def laid(period: str, *, on_credit: bool = True) -> Grid:
    return lay_book(taxed(period, on_credit=on_credit)).grid


@pytest.mark.parametrize(("period", "on_credit"), [("month", True), ("quarter", False), ("half", True), ("year", True)])
def test_every_month_and_period_is_the_audits_and_all_checks_hold(period: str, *, on_credit: bool) -> None:
    result, grid = taxed(period, on_credit=on_credit), laid(period, on_credit=on_credit)
    assert_months_are_the_audits(result, grid)
    rows = rows_of(result) | {Key("balance", OWED): result.audit.accounts.books.consumption_tax}
    assert_rows_come_to(grid, rows)
    assert amount(grid, "npv") == pytest.approx(result.audit.accounts.npv)
    assert failed(grid) == []
    assert_formulas_are_short(grid)


def test_all_of_it_is_translated() -> None:
    for on_credit in (True, False):
        assert lay_book(taxed("quarter", on_credit=on_credit), "ja").grid.speaker.missing == set()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("book") / "taxed.xlsx"
    write_workbook(taxed("quarter"), file)
    return file


@pytest.fixture(scope="module")
def reader(path: Path) -> Reader:
    return opened(path)


def test_another_program_computes_the_same(path: Path) -> None:
    assert_another_engine_agrees(path)


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        ("tax_period", 12, "1 year"),
        ("settlement_lag", 5, "5 months"),
        ("deduction_lag", 7, "7 months"),
        ("taxed_sales", 0.4, 0.4),
        ("taxed_investment", 0, 0),
        ("taxed_energy", 0.5, 0.5),
        ("taxed_rent", 0.5, 0.5),
    ],
)
def test_terms_are_live(reader: Reader, field: str, value: float, written: Any) -> None:
    there = taxed("quarter")
    expected = audit(changed(there.case, **{field: written}), there.decisions).accounts
    moves_as_audited(reader, f"finance.consumption_tax.{field}", value, expected, there.audit.accounts)


def test_the_plan_of_the_workbook_holds_when_it_is_verified(tmp_path: Path) -> None:
    typed = "  discount_rate: 5 %\n  consumption_tax: {rate: 10 %, tax_period: 3 months}\n"
    write_workbook(plan(read_text(tmp_path, tiny_with(("  discount_rate: 5 %\n", typed)))), tmp_path / "plan.xlsx")
    verdict = verify_workbook(tmp_path / "plan.xlsx")
    assert verdict.holds, verdict.words


def test_duty_is_live_and_all_checks_hold_with_it(tmp_path: Path) -> None:
    there = dated("quarter")
    bought = outcome_of(changed(there.case, duty=0.125), there.decisions)
    assert failed(lay_book(bought, "ja").grid) == []
    assert lay_book(bought, "ja").grid.speaker.missing == set()
    write_workbook(bought, tmp_path / "duty.xlsx")
    expected = audit(changed(there.case, duty=0.25), there.decisions).accounts
    moves_as_audited(opened(tmp_path / "duty.xlsx"), "offers.maker.import_duty", 0.25, expected, bought.audit.accounts)


def test_duty_by_month_is_live_and_all_checks_hold_with_it(tmp_path: Path) -> None:
    """A programme exempts from January on; each period is a cell of its own."""
    there = dated("quarter")
    (ordered,) = {str(there.case.calendar.starts[key.period]) for key in there.decisions.order}
    duty = {ordered: 0.125, "2025-01": 0.0}
    bought = outcome_of(changed(there.case, duty=duty), there.decisions)
    grid = lay_book(bought, "ja").grid
    assert failed(grid) == []
    assert grid.speaker.missing == set()
    assert bought.audit.accounts.npv < outcome_of(changed(there.case), there.decisions).audit.accounts.npv
    write_workbook(bought, tmp_path / "duty.xlsx")
    expected = audit(changed(there.case, duty=0.25), there.decisions).accounts
    moves_as_audited(opened(tmp_path / "duty.xlsx"), "offers.maker.import_duty", 0.25, expected, bought.audit.accounts)
