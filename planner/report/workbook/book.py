"""The book: its sheets in order, laid in memory and then written at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planner.language import LANGUAGES
from planner.outcome import Outcome
from planner.report.files import replace_file
from planner.report.workbook.books.balance import BALANCE, lay_balance_sheet
from planner.report.workbook.books.fixed_assets import FIXED_ASSETS, lay_fixed_assets
from planner.report.workbook.books.profit import PROFIT, lay_profit
from planner.report.workbook.cash.cash_flow import CASH_FLOW, lay_cash_flow
from planner.report.workbook.cash.liquidity import LIQUIDITY, lay_liquidity
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.writer import Writer
from planner.report.workbook.front.annual_balance import ANNUAL_BALANCE, lay_annual_balance
from planner.report.workbook.front.annual_debt import DEBT, lay_debt
from planner.report.workbook.front.annual_statements import (
    ANNUAL_CASH,
    ANNUAL_PROFIT,
    FUNDING,
    lay_annual_cash,
    lay_annual_profit,
    lay_funding,
)
from planner.report.workbook.front.board import BOARD, add_board_charts, lay_board
from planner.report.workbook.front.case_file import CASE_FILE_SHEET, lay_case_file
from planner.report.workbook.front.chart_data import CHART_DATA, lay_chart_data
from planner.report.workbook.front.charts import add_charts
from planner.report.workbook.front.checks import CHECKS, lay_checks
from planner.report.workbook.front.cover import COVER, lay_cover
from planner.report.workbook.front.decisions import DECISIONS_SHEET, lay_decisions
from planner.report.workbook.front.inputs import (
    INPUTS_SHEET,
    add_validation,
    lay_inputs,
    mark_changes,
    say_what_is_not_live,
)
from planner.report.workbook.front.key_figures import KEY_FIGURES, lay_key_figures
from planner.report.workbook.front.run_log import RUN_LOG_SHEET, lay_run_log
from planner.report.workbook.front.sensitivity import SENSITIVITY, add_tornado, lay_sensitivity
from planner.report.workbook.front.summary import SUMMARY, lay_summary
from planner.report.workbook.front.variance import VARIANCE, lay_variance
from planner.report.workbook.front.what_binds import WHAT_BINDS_SHEET, lay_what_binds
from planner.report.workbook.physical.fleet import FLEET, lay_fleet
from planner.report.workbook.physical.power import POWER, lay_power
from planner.report.workbook.programmes.subsidies import SUBSIDIES, lay_subsidies

SHEETS: tuple[tuple[Entry, Callable[[Ledger], None]], ...] = (
    (COVER, lay_cover),
    (BOARD, lay_board),
    (SUMMARY, lay_summary),
    (ANNUAL_PROFIT, lay_annual_profit),
    (ANNUAL_BALANCE, lay_annual_balance),
    (ANNUAL_CASH, lay_annual_cash),
    (FUNDING, lay_funding),
    (DEBT, lay_debt),
    (INPUTS_SHEET, lay_inputs),
    (DECISIONS_SHEET, lay_decisions),
    (FLEET, lay_fleet),
    (POWER, lay_power),
    (SUBSIDIES, lay_subsidies),
    (CASH_FLOW, lay_cash_flow),
    (LIQUIDITY, lay_liquidity),
    (FIXED_ASSETS, lay_fixed_assets),
    (PROFIT, lay_profit),
    (BALANCE, lay_balance_sheet),
    (KEY_FIGURES, lay_key_figures),
    (CHART_DATA, lay_chart_data),
    (WHAT_BINDS_SHEET, lay_what_binds),
    (CHECKS, lay_checks),
    (RUN_LOG_SHEET, lay_run_log),
    (CASE_FILE_SHEET, lay_case_file),
)
"""Every sheet in the order of the book, and what lays it."""
NAMES = {
    "npv": "npv",
    "terminal_value": "terminal_value",
    "capex": "capex",
    "lowest_cash": "lowest_cash",
    "master_check": "master",
    "changed_inputs": "changes",
    "failed_checks": "failures",
    "broken_limits": "broken",
}
"""Cells with a name, by the key of the cell; the writer puts a prefix in front."""


def lay_book(outcome: Outcome, language: str = LANGUAGES[0]) -> Ledger:
    """Lays all sheets of an outcome in memory, in a language."""
    ledger = Ledger.of(outcome, language, tuple(entry for entry, _ in SHEETS))
    for _, lay in sorted(SHEETS, key=lambda sheet: sheet[0].in_front):
        lay(ledger)
    if outcome.variance is not None:
        lay_variance(ledger, outcome.variance)
    if outcome.sensitivity is not None:
        lay_sensitivity(ledger, outcome.sensitivity)
    ledger.grid.work_out()
    say_what_is_not_live(ledger)
    return ledger


def write_workbook(outcome: Outcome, path: Path, language: str = LANGUAGES[0]) -> None:
    """Writes the workbook of an outcome in a language; the old file or the new one stands there, never a broken one.

    Raises:
        WriteError: the file could not be written; what stood there before is unchanged.
    """
    ledger = lay_book(outcome, language)
    replace_file(path, lambda temporary: _write(ledger, temporary, path.name))


def _write(ledger: Ledger, target: Path, file_name: str) -> None:
    outcome = ledger.outcome
    writer = Writer(
        path=target,
        grid=ledger.grid,
        scale=ledger.scale,
        title=outcome.case.title or outcome.case.name,
        run_id=outcome.input_hash[:12],
        file_name=file_name,
    )
    for entry, _ in SHEETS:
        writer.write(ledger.grid.sheets[entry.name])
    if outcome.variance is not None:  # behind all others, which it is not part of
        writer.write(ledger.grid.sheets[VARIANCE.name])
    if outcome.sensitivity is not None:
        writer.write(ledger.grid.sheets[SENSITIVITY.name])
        add_tornado(ledger, writer, outcome.sensitivity)
    add_validation(ledger, writer)
    mark_changes(ledger, writer)
    add_board_charts(ledger, writer)
    add_charts(ledger, writer, ledger.grid.sheets[SUMMARY.name])
    for name, key in NAMES.items():
        writer.name_cell(name, key)
    writer.close()
