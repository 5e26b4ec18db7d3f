"""Prepayments of customers in the workbook: every month is the audit's, in all calendars, and follows its inputs."""

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from planner.audit import audit
from planner.case.case import Case
from planner.outcome import Outcome
from planner.planning import plan
from planner.reading.budget import read_case
from planner.report.workbook.book import lay_book, write_workbook
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
    "rent_days": 45,
    "opening_receivables": {"2024-05": "1000 USD"},
    "opening_prepayments": {"2024-06": "300 USD", "2030-01": "2000 USD"},
}
PERIODS = ("month", "quarter", "half", "year")


def changed(case: Case, months: str | None = "5 months", **terms: Any) -> Case:
    """The case with customers of its first workload who pay in advance."""
    fields = case.model_dump(mode="json", by_alias=True)
    fields["finance"]["working_capital"] = {**TERMS, **terms}
    name = min(fields["workloads"])
    fields["workloads"][name]["paid_in_advance"] = months
    return Case.model_validate(fields)


@cache
def in_advance(period: str) -> Outcome:
    there = dated(period)
    return outcome_of(changed(there.case), there.decisions)


@cache
def laid(period: str) -> Grid:
    return lay_book(in_advance(period)).grid


@pytest.mark.parametrize("period", PERIODS)
def test_every_month_and_period_is_the_audits_and_all_checks_hold(period: str) -> None:
    result, grid = in_advance(period), laid(period)
    books = result.audit.accounts.books
    assert max(books.prepayments) > books.opening_prepayments, "customers pay in advance"
    assert_months_are_the_audits(result, grid)
    rows = rows_of(result) | {Key("balance", "prepayments"): books.prepayments}
    assert_rows_come_to(grid, rows)
    assert amount(grid, "npv") == pytest.approx(result.audit.accounts.npv)
    assert amount(grid, "end_value") == pytest.approx(result.audit.accounts.end_value)
    assert failed(grid) == []
    assert_formulas_are_short(grid)


def test_what_was_paid_before_the_plan_comes_in_no_more() -> None:
    """300 dollars of 150 yen, in June 2024; the 2000 of work after the horizon stay owed, at the rate of 130."""
    grid = laid("year")
    assert amount(grid, Key("due_amount", "finance.working_capital.opening_prepayments.2024-06")) == 45_000
    assert amount(grid, Key("due_amount", "finance.working_capital.opening_prepayments.2030-01")) == 260_000
    assert amount(grid, "prepayments", -1) == pytest.approx(305_000)


def test_a_case_without_prepayments_has_none_of_it() -> None:
    there = dated("quarter")
    fields = changed(there.case, None).model_dump(mode="json", by_alias=True)
    fields["finance"]["working_capital"].pop("opening_prepayments")
    grid = lay_book(outcome_of(Case.model_validate(fields), there.decisions)).grid
    assert "receivables" in grid
    assert [k for k in ("prepayments", Key("balance", "prepayments"), Key("at_end", "prepayments")) if k in grid] == []


def test_all_of_it_is_translated() -> None:
    assert lay_book(in_advance("quarter"), "ja").grid.speaker.missing == set()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("book") / "advance.xlsx"
    write_workbook(in_advance("quarter"), file)
    return file


@pytest.fixture(scope="module")
def reader(path: Path) -> Reader:
    return opened(path)


def test_another_program_computes_the_same(path: Path) -> None:
    assert_another_engine_agrees(path)


@pytest.mark.parametrize("months", [1, 8, 40])
def test_months_in_advance_are_live(reader: Reader, months: int) -> None:
    there = in_advance("quarter")
    expected = audit(changed(there.case, f"{months} months"), there.decisions).accounts
    path = f"workloads.{min(there.case.workloads)}.paid_in_advance"
    moves_as_audited(reader, path, months, expected, there.audit.accounts)


def test_what_was_paid_before_is_live(reader: Reader) -> None:
    there = in_advance("quarter")
    written = {**TERMS["opening_prepayments"], "2024-06": "500 USD"}
    expected = audit(changed(there.case, opening_prepayments=written), there.decisions).accounts
    path = "finance.working_capital.opening_prepayments.2024-06"
    moves_as_audited(reader, path, 500, expected, there.audit.accounts)


TYPED = """  discount_rate: 5 %
  working_capital:
    opening_prepayments: {2024-05: 2 mn JPY, 2030-01: 5 mn JPY}
"""


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the tiny case with customers who pay in advance, planned."""
    folder = tmp_path_factory.mktemp("tiny")
    early = ("    amount: 64\n", "    amount: 64\n    paid_in_advance: 3 months\n")
    result = plan(read_text(folder, tiny_with(("  discount_rate: 5 %\n", TYPED), early)))
    write_workbook(result, folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_the_plan_of_the_workbook_holds_when_it_is_verified(planned: Path) -> None:
    verdict = verify_workbook(planned)
    assert verdict.holds, verdict.words


def test_months_that_were_changed_are_understood(planned: Path, tmp_path: Path) -> None:
    book = load_workbook(planned)
    rows = {str(cell.value): cell.row for cell in book["Inputs"]["B"]}
    base = "finance.working_capital.opening_prepayments"
    book["Inputs"].cell(rows["workloads.rental.paid_in_advance"], 4).value = 6
    book["Inputs"].cell(rows[f"{base}.2024-05.month"], 4).value = datetime.datetime(2024, 9, 1)
    book.save(tmp_path / "other.xlsx")
    case = read_case(tmp_path / "other.xlsx").case
    terms, early = case.finance.working_capital, case.workloads["rental"].paid_in_advance
    assert terms is not None and early is not None
    assert early.months == 6
    found = {str(month): money.amount for month, money in terms.opening_prepayments.items()}
    assert found == {"2024-09": 2e6, "2030-01": 5e6}
