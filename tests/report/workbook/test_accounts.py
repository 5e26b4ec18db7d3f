"""Loans, books, tax and key figures of the workbook: period by period the audit's, and live in every assumption."""

import io
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from rich.console import Console

from planner.audit import audit
from planner.case.calendar import first_day
from planner.case.case import Case
from planner.decisions import Decisions
from planner.outcome import Outcome
from planner.report.headline import headline
from planner.report.lines import cash_lines
from planner.report.summary_file import summary_text
from planner.report.terminal import show
from planner.report.value import lowest_cash, unborrowed
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.functions import serial
from planner.report.workbook.engine.grid import Grid
from planner.report.workbook.engine.keys import Key, OfYear, RowKey
from planner.vocabulary.keys import FiscalYear
from tests.decided import decided
from tests.report.example import CASE, decisions, outcome, outcome_of
from tests.report.workbook.changed import changed, failing, moves_as_audited
from tests.report.workbook.test_edges import BUY_ONE, bare
from tests.report.workbook.test_edges import SHAPES as EDGES
from tests.report.workbook.test_live import Reader
from tests.report.workbook.test_recalculation import assert_another_engine_agrees, in_formualizer

FINANCE: dict[str, Any] = CASE["finance"]
BANK = FINANCE["loans"]["bank"]
LINE = FINANCE["loans"]["credit-line"]
CHOSEN = vars(decisions())
OLDEST = ("H200-8", "ishikari", "2022-10", 3)


def finance(**changes: Any) -> dict[str, Any]:
    return {**FINANCE, **changes}


def sites(**changes: Any) -> dict[str, Any]:
    """The sites, with another first fleet at Ishikari."""
    place = CASE["sites"]["ishikari"]
    return {**CASE["sites"], "ishikari": {**place, "fleet": [{**place["fleet"][0], **changes}, *place["fleet"][1:]]}}


def later_fleet(arrives: str = "2028-01") -> dict[str, Any]:
    """The sites, with systems that are paid for in advance and arrive after the horizon, or too late to be used."""
    place = CASE["sites"]["ishikari"]
    late = {"system": "H200-8", "quantity": 2, "arrives": arrives, "unpaid": "5 USD", "book_value": "40_000_000 JPY"}
    return {**CASE["sites"], "ishikari": {**place, "fleet": [*place["fleet"], late]}}


def with_leave(leave: dict[tuple[str, str, str, int, int], float]) -> Decisions:
    return decided(**{**CHOSEN, "claimed_exit": leave})


def case(**changes: Any) -> Case:
    return Case.model_validate({**CASE, **changes})


SHAPES: dict[str, Outcome] = {
    "example": outcome(),
    "grants as income": outcome_of(case(finance=finance(asset_grants="income")), with_leave({})),
    "no tax": outcome(finance=finance(tax=None)),
    "no loans": outcome_of(case(finance=finance(loans={})), decided(**{**CHOSEN, "draw": {}, "repay": {}})),
    "written off at once": outcome_of(
        case(finance=finance(depreciation={"systems": "0 months", "facility": "0 months"})), with_leave({})
    ),
    "lives that end within a period": outcome(
        finance=finance(depreciation={"systems": "25 months", "facility": "7 months"})
    ),
    "fleet without a price": outcome(sites=sites(book_value=None)),
    "fleet of the last month before": outcome_of(
        case(sites=sites(arrives="2024-03")),
        decided(**{**CHOSEN, "exit": {**CHOSEN["exit"], ("H200-8", "ishikari", "2024-03", 3): 4, OLDEST: 0}}),
    ),
    "systems to come after the end": outcome(sites=later_fleet()),
    "systems that come within the last period": outcome(sites=later_fleet("2027-02")),
    "tax paid at once": outcome(finance=finance(tax={**FINANCE["tax"], "payment_lag": "0 months"})),
    "tax paid after a year": outcome(finance=finance(tax={**FINANCE["tax"], "payment_lag": "12 months"})),
    "rate from the second year": outcome(finance=finance(tax={**FINANCE["tax"], "rate": {"2025-04": "30 %"}})),
    "fiscal year from July": outcome(calendar={**CASE["calendar"], "fiscal_year_start_month": 7}),
    "parts over twenty months": outcome(
        finance=finance(loans={**FINANCE["loans"], "credit-line": {**LINE, "term": "20 months"}})
    ),
    "parts of an old loan": outcome_of(
        case(
            finance=finance(
                loans={**FINANCE["loans"], "bank": {**BANK, "repayment": "equal_parts", "term": "10 years"}}
            )
        ),
        decided(**{**CHOSEN, "repay": {**CHOSEN["repay"], **{("bank", t): 1.5e8 for t in range(12)}}}),
    ),
}


@cache
def laid(shape: str) -> Grid:
    return lay_book(SHAPES[shape]).grid


def rows_of(result: Outcome) -> dict[RowKey, tuple[float, ...]]:
    """What the audit says, by the key of the row that must say the same."""
    accounts, books = result.audit.accounts, result.audit.accounts.books
    there = cash_lines(result.case)  # a case without a programme that takes back, or a property tax, has no such row
    rows = {Key("line", line): amounts for line, amounts in accounts.lines.items() if line in there} | books.charges
    if not any(rows["special_depreciation"]):
        del rows["special_depreciation"]
    calendar = result.case.calendar
    put_in = [sum(accounts.funding[m] for m in calendar.months_of(t)) for t in range(calendar.periods)]
    rows |= {"cash": accounts.cash, "net": accounts.net, "funding": tuple(put_in)}
    rows |= {"profit": books.profit, "tax_charge": books.tax_charge, "tax_payable": books.tax_payable}
    rows |= {"assets": books.fixed_assets, "advances": books.advances}
    return rows | {Key("debt", loan): owed for loan, owed in books.debt.items() if any(owed)}


def months_of(result: Outcome) -> dict[RowKey, tuple[float, ...]]:
    """The same by month, on the sheet Liquidity by month."""
    accounts = result.audit.accounts
    rows: dict[RowKey, tuple[float, ...]] = {
        Key("monthly", line): accounts.by_month[line] for line in cash_lines(result.case)
    }
    rows |= {"month_funding": accounts.funding, "discount": accounts.discount[1:], "cash_at_end": accounts.cash_at_end}
    return rows | {"cash_after_payments": accounts.cash_after_payments}


def assert_rows_come_to(grid: Grid, rows: Mapping[RowKey, Sequence[float]]) -> None:
    """Asserts what stands in each period or month of some rows."""
    for key, amounts in rows.items():
        found = [amount(grid, key, t) for t in range(len(amounts))]
        assert found == pytest.approx(amounts, rel=1e-9, abs=0.01), key


def assert_months_are_the_audits(result: Outcome, grid: Grid) -> None:
    accounts = result.audit.accounts
    assert_rows_come_to(grid, months_of(result))
    by_day = unborrowed(accounts)
    found = [amount(grid, "irr_flow", m) for m in range(-1, len(by_day) - 1)]
    assert found == pytest.approx(by_day, rel=1e-9, abs=0.01)
    assert amount(grid, "xnpv") == pytest.approx(accounts.unlevered, rel=1e-9, abs=0.01)
    lowest, point = lowest_cash(result)
    assert amount(grid, "lowest") == pytest.approx(lowest, rel=1e-9, abs=0.01)
    assert grid.value_of("lowest_month") == serial(first_day(point.month))
    assert grid.value_of("lowest_moment") == grid.say("at its end" if point.at_end else "after payments at its start")


def amount(grid: Grid, key: RowKey, period: int | None = None) -> float:
    return float(str(grid.value_of(key, period) or 0.0))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_period_is_the_audits(shape: str) -> None:
    result = SHAPES[shape]
    grid, accounts = laid(shape), result.audit.accounts
    assert_rows_come_to(grid, rows_of(result))
    assert_months_are_the_audits(result, grid)
    for key, value in (
        ("npv", accounts.npv), ("npv_before_financing", accounts.unlevered), ("end_value", accounts.end_value),
        ("end_tax", accounts.books.end_tax), ("terminal_value", accounts.terminal_value),
    ):  # fmt: skip
        assert amount(grid, key) == pytest.approx(value, rel=1e-9, abs=0.01), key
    for key in ("imbalance", "sources_less_uses"):
        assert max(abs(amount(grid, key, t)) for t in range(12)) < 0.01, key
    failed = [key for key in (Key("check", n) for n in range(int(amount(grid, "checks")))) if grid.value_of(key) != 0]
    assert failed == []


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "no tax"])
def test_tax_of_each_fiscal_year_is_the_audits(shape: str) -> None:
    result = SHAPES[shape]
    grid = laid(shape)
    for year, tax in result.audit.accounts.books.years.items():
        for key, value in (
            ("profit", tax.profit), ("loss_used", tax.loss_used), ("tax_charge", tax.tax),
            ("loss_carried", tax.loss_carried), ("net_profit", tax.profit - tax.tax),
        ):  # fmt: skip
            assert amount(grid, OfYear(key, year)) == pytest.approx(value, rel=1e-9, abs=0.01), (year, key)


def test_the_example_uses_losses_pays_tax_owes_and_sells_with_a_grant() -> None:
    """Or the shapes above would prove little."""
    books, lines = outcome().audit.accounts.books, outcome().audit.accounts.lines
    assert books.years[FiscalYear(2024)].loss_used > 0 and books.years[FiscalYear(2024)].loss_carried > 0
    assert sum(lines["tax"]) > 0 and books.tax_payable[-1] > 0
    assert books.end_tax < 0 < SHAPES["lives that end within a period"].audit.accounts.books.end_tax
    assert all(sum(books.charges[line]) > 0 for line in ("depreciation", "written_off", "compression"))
    assert all(any(books.debt[loan]) for loan in ("bank", "credit-line"))


OTHER_ROWS = ("grants as income", "no tax", "no loans", "systems to come after the end", "parts of an old loan")
"""Shapes whose sheets have other rows or formulas than those of the example."""


@pytest.mark.parametrize("shape", OTHER_ROWS)
def test_values_are_what_formualizer_computes(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(SHAPES[shape], path)
    assert_another_engine_agrees(path)


@pytest.mark.parametrize("shape", ["example", "no tax", "no loans", "grants as income", "written off at once"])
def test_key_figures_are_those_of_the_headline(shape: str) -> None:
    result = SHAPES[shape]
    grid, facts = laid(shape), headline(result)
    for key, figure in (
        ("irr", facts.internal_rate_of_return), ("payback", facts.payback_years), ("turn", facts.sign_changes),
        ("npv_before_financing", facts.npv_before_financing), (Key("here", "loan_costs"), facts.cost_of_loans),
        ("present_terminal_taxed", facts.terminal_value_present),
        ("cost_per_hour", facts.cost_per_accelerator_hour), ("cost_per_pflops_hour", facts.cost_per_pflops_hour),
        ("grant_per_accelerator", facts.grants_per_accelerator), ("grant_per_pflops", facts.grants_per_pflops),
        ("lowest_cover", facts.lowest_debt_service_cover), ("peak_debt", facts.peak_debt),
        ("whole_utilisation", facts.utilisation), ("tax_paid", facts.tax_paid),
    ):  # fmt: skip
        expected = "none" if figure is None else pytest.approx(figure, rel=1e-9, abs=1e-3)
        assert grid.value_of(key) == expected, key


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("book") / "example.xlsx"
    write_workbook(outcome(), path)
    return load_workbook(path)


@pytest.fixture(scope="module")
def reader(source: Workbook) -> Reader:
    return Reader(source, in_formualizer(source))


NATIONAL = CASE["programmes"]["national"]
DEPRECIATION = {"systems": "5 years", "facility": "15 years"}
CHANGES: dict[str, tuple[dict[str, Any], str, float]] = {
    "tax rate": ({"finance": finance(tax={**FINANCE["tax"], "rate": "40 %"})}, "finance.tax.rate", 0.4),
    "tax lag": ({"finance": finance(tax={**FINANCE["tax"], "payment_lag": "7 months"})}, "finance.tax.payment_lag", 7),
    "losses that count": (
        {"finance": finance(tax={**FINANCE["tax"], "loss_use_limit": 1})}, "finance.tax.loss_use_limit", 1,
    ),
    "opening loss": (
        {"finance": finance(tax={**FINANCE["tax"], "opening_loss": "5 bn JPY"})}, "finance.tax.opening_loss", 5e9,
    ),
    "life of systems": (
        {"finance": finance(depreciation={**DEPRECIATION, "systems": "31 months"})}, "finance.depreciation.systems", 31,
    ),
    "life of a hall": (
        {"expansions": {"hall-2": {**CASE["expansions"]["hall-2"], "depreciation_life": "20 months"}}},
        "expansions.hall-2.depreciation_life", 20,
    ),
    "rate of a loan": (
        {"finance": finance(loans={**FINANCE["loans"], "credit-line": {**LINE, "rate": "7 %"}})},
        "finance.loans.credit-line.rate", 0.07,
    ),
    "owed before": (
        {"finance": finance(loans={**FINANCE["loans"], "bank": {**BANK, "outstanding": "2 bn JPY"}})},
        "finance.loans.bank.outstanding", 2e9,
    ),
    "exchange rate": (
        {"finance": finance(exchange_rates={"USD": "170 JPY", "EUR": "160 JPY"})}, "finance.exchange_rates.USD", 170,
    ),
    "book value": ({"sites": sites(book_value="400_000_000 JPY")}, "sites.ishikari.fleet.0.book_value", 4e8),
    "grant": (
        {"programmes": {**CASE["programmes"], "national": {**NATIONAL, "rate": "40 %"}}},
        "programmes.national.rate", 0.4,
    ),
    "grant paid later": (
        {"programmes": {**CASE["programmes"], "national": {**NATIONAL, "payment_lag": "8 months"}}},
        "programmes.national.payment_lag", 8,
    ),
}  # fmt: skip
"""A change of the case, and the cell of Inputs that makes the same change with its value."""


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_cell_gives_what_the_audit_of_the_changed_case_gives(name: str, reader: Reader) -> None:
    changes, path, value = CHANGES[name]
    expected = audit(case(**changes), decisions()).accounts
    moves_as_audited(reader, path, value, expected, outcome().audit.accounts)


def test_a_loan_that_is_drawn_too_far_or_repaid_too_late_fails_its_check(source: Workbook, reader: Reader) -> None:
    sheet = source["Decisions"]
    for label, change in (("draw on bank", 5e9), ("repay bank", -2.5e9), ("draw on credit-line", 9e9)):
        row = next(cell.row for cell in sheet["A"] if cell.value == label)
        column = max(c for c in range(9, 21) if sheet.cell(row, c).value)
        with changed(reader, "Decisions", row, {column: sheet.cell(row, column).value + change}):
            failed = failing(reader)
        wanted = "repaid beyond what is due" if change < 0 else "room below the limit"
        assert wanted in failed, (label, failed)
    assert reader.named("master_check") == "OK"


def test_flows_that_turn_once_are_said_to_have_one_rate() -> None:
    often, never = laid("example"), lay_book(outcome_of(bare(), BUY_ONE)).grid
    assert amount(often, "turn") > 1 and "more than once" in str(often.value_of("irr_warning"))
    assert amount(never, "turn") == 0 and "once at most" in str(never.value_of("irr_warning"))
    assert never.value_of("irr") == "none", "one flow has no rate"


def test_the_summary_file_holds_books_loans_and_tax_by_period_and_year() -> None:
    result, written = outcome(), json.loads(summary_text(outcome()))
    books = result.audit.accounts.books
    assert [period["profit_before_tax"] for period in written["periods"]] == list(books.profit)
    assert written["periods"][0]["debt"] == 4e9
    assert [year["fiscal_year"] for year in written["fiscal_years"]] == ["FY2024", "FY2025", "FY2026"]
    assert [year["paid_in"] for year in written["fiscal_years"]] == ["2025-05", "2026-05", None]
    assert written["decisions"]["draw"][0] == {"loan": "bank", "period": "2024-04", "money": 3e9}
    assert [left["leaves_in"] for left in written["decisions"]["leave"]] == ["2026-07", "2026-07"]
    assert written["end_value"] == result.audit.accounts.end_value
    assert written["headline"]["internal_rate_of_return"] == headline(result).internal_rate_of_return


def test_the_screen_says_return_and_debt_in_a_line_each() -> None:
    console = Console(width=100, record=True, file=io.StringIO())
    show(outcome(), [], console)
    lines = console.export_text().splitlines()
    assert any(line.startswith("rate of return") and "payback 1.8 years; flows turn 7 times" in line for line in lines)
    assert any(line.startswith("debt") and "4.00 bn JPY" in line and "at the peak, 2024-04" in line for line in lines)


def test_a_plan_that_buys_nothing_says_so_and_has_no_payback() -> None:
    plan = EDGES["nothing is bought"]
    console = Console(width=100, record=True, file=io.StringIO())
    show(plan, [], console)
    text = console.export_text()
    assert "nothing to pay back" in text
    assert text.rstrip().endswith("Nothing is bought.")
    assert "Orders by fiscal year" not in text
    assert headline(plan).payback_years is None
    assert lay_book(plan).grid.value_of("payback") == "none"
