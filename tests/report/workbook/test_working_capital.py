"""Working capital in the workbook: every month is the audit's, in all calendars, and follows the days of credit."""

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
    "customer_days": 75,
    "rent_days": 45,
    "energy_days": 30,
    "opening_receivables": {"2024-05": "1000 USD", "2030-01": "2000 USD"},
    "opening_payables": {"2024-06": "30000 JPY"},
}
PERIODS = ("month", "quarter", "half", "year")


def changed(case: Case, **terms: Any) -> Case:
    """The case with other terms of payment."""
    fields = case.model_dump(mode="json", by_alias=True)
    fields["finance"]["working_capital"] = {**TERMS, **terms}
    return Case.model_validate(fields)


@cache
def on_credit(period: str) -> Outcome:
    there = dated(period)
    return outcome_of(changed(there.case), there.decisions)


@cache
def laid(period: str) -> Grid:
    return lay_book(on_credit(period)).grid


@pytest.mark.parametrize("period", PERIODS)
def test_every_month_and_period_is_the_audits_and_all_checks_hold(period: str) -> None:
    result, grid = on_credit(period), laid(period)
    books = result.audit.accounts.books
    assert_months_are_the_audits(result, grid)
    rows = rows_of(result) | {
        Key("balance", "receivables"): books.receivables,
        Key("balance", "payables"): books.payables,
    }
    assert_rows_come_to(grid, rows)
    assert amount(grid, "npv") == pytest.approx(result.audit.accounts.npv)
    assert amount(grid, "end_value") == pytest.approx(result.audit.accounts.end_value)
    assert failed(grid) == []
    assert_formulas_are_short(grid)


def test_what_is_paid_when_was_worked_out_by_hand() -> None:
    """Rent of 10.2 kW is 1,020 a month from April 2025 on: half is paid a month later, half two months later."""
    grid = laid("year")
    late = [amount(grid, Key("late", "payables", Key("monthly", "rent")), m) for m in range(36)]
    assert late[12:15] == pytest.approx([0, 510, 1020])
    open_rent = [amount(grid, Key("open", "payables", Key("monthly", "rent")), m) for m in range(36)]
    assert open_rent[12:15] == pytest.approx([1020, 1530, 1530])
    assert amount(grid, Key("due_amount", "finance.working_capital.opening_receivables.2024-05")) == 150_000
    # Paid after the horizon: it is told at the rate of the last period.
    assert amount(grid, Key("due_amount", "finance.working_capital.opening_receivables.2030-01")) == 260_000
    assert amount(grid, Key("monthly", "receivables_increase"), 1) == pytest.approx(-150_000)
    assert amount(grid, "receivables", -1) == pytest.approx(410_000)


def test_a_case_without_terms_of_payment_has_none_of_it() -> None:
    grid = lay_book(dated("quarter")).grid
    keys = (Key("line", "receivables_increase"), "receivables", Key("balance", "payables"), "constants.days_of_credit")
    assert [key for key in keys if key in grid] == []


def test_all_of_it_is_translated() -> None:
    assert lay_book(on_credit("quarter"), "ja").grid.speaker.missing == set()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("book") / "credit.xlsx"
    write_workbook(on_credit("quarter"), file)
    return file


@pytest.fixture(scope="module")
def reader(path: Path) -> Reader:
    return opened(path)


def test_another_program_computes_the_same(path: Path) -> None:
    assert_another_engine_agrees(path)


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        ("customer_days", 20, 20),
        ("customer_days", 400, 400),
        ("rent_days", 0, 0),
        ("energy_days", 100, 100),
        ("maintenance_days", 60, 60),
        ("operations_days", 60, 60),
        ("opening_receivables.2024-05", 500, {"2024-05": "500 USD", "2030-01": "2000 USD"}),
    ],
)
def test_days_and_amounts_are_live(reader: Reader, field: str, value: float, written: Any) -> None:
    there = on_credit("quarter")
    case = changed(there.case, **{field.partition(".")[0]: written})
    expected = audit(case, there.decisions).accounts
    if field == "operations_days":
        assert expected.npv == there.audit.accounts.npv, "no operations are paid in this case"
        return
    moves_as_audited(reader, f"finance.working_capital.{field}", value, expected, there.audit.accounts)


TYPED = """  discount_rate: 5 %
  working_capital:
    customer_days: 45
    rent_days: 30
    opening_receivables: {2024-05: 20 mn JPY, 2030-01: 5 mn JPY}
"""


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the tiny case with terms of payment, planned."""
    folder = tmp_path_factory.mktemp("tiny")
    result = plan(read_text(folder, tiny_with(("  discount_rate: 5 %\n", TYPED))))
    write_workbook(result, folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_the_plan_of_the_workbook_holds_when_it_is_verified(planned: Path) -> None:
    verdict = verify_workbook(planned)
    assert verdict.holds, verdict.words


def test_a_month_and_days_that_were_changed_are_understood(planned: Path, tmp_path: Path) -> None:
    book = load_workbook(planned)
    rows = {str(cell.value): cell.row for cell in book["Inputs"]["B"]}
    base = "finance.working_capital"
    book["Inputs"].cell(rows[f"{base}.customer_days"], 4).value = 15
    book["Inputs"].cell(rows[f"{base}.opening_receivables.2024-05.month"], 4).value = datetime.datetime(2024, 9, 1)
    book.save(tmp_path / "other.xlsx")
    terms = read_case(tmp_path / "other.xlsx").case.finance.working_capital
    assert terms is not None
    assert (terms.customer_days, terms.rent_days) == (15, 30)
    found = {str(month): money.amount for month, money in terms.opening_receivables.items()}
    assert found == {"2024-09": 20e6, "2030-01": 5e6}
