"""How loans are repaid in the workbook: period by period the audit's, and live in every term of a loan."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.audit import audit
from planner.audit.facts import Facts
from planner.audit.lending import fallen_due, scheduled_of
from planner.case.calendar import first_day
from planner.case.quantities import Month
from planner.outcome import Outcome
from planner.report.headline import headline
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.functions import serial
from planner.report.workbook.engine.grid import Grid
from planner.report.workbook.engine.keys import Key
from tests.report.example import outcome
from tests.report.workbook.changed import changed, opened, row_of
from tests.report.workbook.test_accounts import (
    FINANCE,
    LINE,
    amount,
    assert_months_are_the_audits,
    assert_rows_come_to,
    finance,
    rows_of,
)
from tests.report.workbook.test_live import Reader, figures
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short


def lent(**terms: Any) -> Outcome:
    """The example with other terms of its line."""
    return outcome(finance=finance(loans={**FINANCE["loans"], "credit-line": {**LINE, **terms}}))


SHAPES: dict[str, dict[str, Any]] = {
    "equal parts": {},
    "level payments": {"repayment": "level_payment"},
    "level payments in part of the time": {
        "repayment": "level_payment", "grace": "4 months", "balloon": "30 %", "term": "20 months",
    },
    "equal parts in part of the time": {"grace": "4 months", "balloon": "30 %", "term": "20 months"},
    "interest alone until the end": {"repayment": "level_payment", "grace": "18 months"},
    "no interest at first": {"repayment": "level_payment", "rate": {"2024-04": 0, "2025-04": "6 %"}},
    "at the end": {"repayment": "at_end", "grace": "6 months"},
    "fees on what revolves": {"arrangement_fee": "1 %", "commitment_fee": "0.5 %"},
    "fees in a window": {
        "revolving": False, "arrangement_fee": "2 %", "commitment_fee": "1.1 %", "repayment": "at_end",
        "draw_window": {"from": "2024-05", "to": "2026-02"}, "limit": "30_000_000 USD",
    },
    "interest that is added": {
        "grace": "12 months", "interest_capitalised_until": "2025-02", "rate": {"2024-04": "3 %", "2024-10": "5 %"},
        "term": "5 years",
    },
    "interest that is added, with fees": {
        "revolving": False, "repayment": "at_end", "interest_capitalised_until": "2025-06", "commitment_fee": "1 %",
        "limit": "30_000_000 USD", "term": "4 years",
    },
    "an arrangement fee alone": {"arrangement_fee": "1 %"},
    "a commitment fee alone": {"commitment_fee": "0.5 %", "draw_window": {"from": "2024-05"}},
}  # fmt: skip


@cache
def laid(shape: str) -> tuple[Outcome, Grid]:
    made = lent(**SHAPES[shape])
    return made, lay_book(made).grid


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_due_and_scheduled_by_period_is_the_audits(shape: str) -> None:
    made, grid = laid(shape)
    facts = Facts(made.case, made.decisions)
    for loan in ("bank", "credit-line"):
        for row, expected in (("due", fallen_due(facts, loan)), ("scheduled", scheduled_of(facts, loan))):
            found = [amount(grid, Key(row, "loan", loan), t) for t in facts.periods]
            assert found == pytest.approx(expected, rel=1e-9, abs=0.01), (loan, row)
    assert failed(grid) == []
    assert_formulas_are_short(grid)


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if "fee" in shape or "added" in shape])
def test_fees_and_interest_that_is_added_are_the_audits_by_period_and_by_month(shape: str) -> None:
    (made, grid), accounts = laid(shape), laid(shape)[0].audit.accounts
    assert_months_are_the_audits(made, grid)
    assert_rows_come_to(grid, rows_of(made))
    for key, value in (("npv", accounts.npv), ("npv_before_financing", accounts.unlevered)):
        assert amount(grid, key) == pytest.approx(value, rel=1e-9, abs=0.01)
    assert amount(grid, "lowest_cover") == pytest.approx(headline(made).lowest_debt_service_cover)
    fees = [sum(accounts.lines[line]) for line in ("arrangement_fees", "commitment_fees")]
    assert [fee > 1e6 for fee in fees] == FEES.get(shape, [True, True])
    assert (sum(accounts.lines["interest_capitalised"]) > 1e6) == ("added" in shape)


FEES = {
    "an arrangement fee alone": [True, False],
    "a commitment fee alone": [False, True],
    "interest that is added": [False, False],
    "interest that is added, with fees": [False, True],
}
"""Whether there are arrangement and commitment fees."""


@pytest.mark.parametrize(
    "shape", [one for one in SHAPES if "part of" in one or "no interest" in one or "fees" in one or "added" in one]
)
def test_values_are_what_formualizer_computes(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(laid(shape)[0], path)
    assert_another_engine_agrees(path)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    path = tmp_path_factory.mktemp("book") / "lent.xlsx"
    write_workbook(lent(**SHAPES["level payments in part of the time"]), path)
    return opened(path)


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [("grace", "7 months", 7), ("balloon", "70 %", 0.7), ("term", "25 months", 25), ("rate", "0 %", 0)],
)
def test_a_changed_term_moves_what_is_due(field: str, written: str, value: float, reader: Reader) -> None:
    made = lent(**SHAPES["level payments in part of the time"])
    terms = made.case.model_dump(mode="json", by_alias=True)
    terms["finance"]["loans"]["credit-line"][field] = written
    facts = Facts(type(made.case).model_validate(terms), made.decisions)
    before = fallen_due(Facts(made.case, made.decisions), "credit-line")
    due = fallen_due(facts, "credit-line")
    assert due != pytest.approx(before, abs=1.0)
    own = f"finance.loans.credit-line.{field}"
    columns, row = next((columns, row) for path, columns, row, _ in figures(reader.source) if path == own)
    filled = [column for column in columns if reader.source["Inputs"].cell(row, column).value is not None]
    with changed(reader, "Inputs", row, dict.fromkeys(filled, value)):
        assert row_of(reader, "credit-line: due so far", len(due)) == pytest.approx(due, rel=1e-9, abs=0.01)
        scheduled = scheduled_of(facts, "credit-line")
        found = row_of(reader, "credit-line: scheduled repayment", len(due))
        assert found == pytest.approx(scheduled, rel=1e-9, abs=0.01)


@pytest.mark.parametrize("month", ["2024-08", "2024-06"])
def test_another_month_until_which_interest_is_added_moves_what_is_owed(month: str, tmp_path: Path) -> None:
    made, path = lent(**SHAPES["interest that is added"]), tmp_path / "book.xlsx"
    write_workbook(made, path)
    reader, own = opened(path), "finance.loans.credit-line.interest_capitalised_until"
    terms = made.case.model_dump(mode="json", by_alias=True)
    terms["finance"]["loans"]["credit-line"]["interest_capitalised_until"] = month
    expected = audit(type(made.case).model_validate(terms), made.decisions).accounts
    (columns, row) = next((columns, row) for path, columns, row, _ in figures(reader.source) if path == own)
    with changed(reader, "Inputs", row, dict.fromkeys(columns[:1], serial(first_day(Month.parse(month))))):
        found = row_of(reader, "cash at the end", len(expected.cash))
        gaps = row_of(reader, "assets less debt and equity", len(expected.cash))
    assert found == pytest.approx(expected.cash, rel=1e-9, abs=0.01)
    assert found != pytest.approx(made.audit.accounts.cash, rel=1e-6)
    assert gaps == pytest.approx([0.0] * len(found), abs=0.01)
