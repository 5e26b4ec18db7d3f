"""Sheet Debt and covenants: what is owed and paid to lenders by fiscal year, and whether covenants are kept."""

from __future__ import annotations

from planner.report.lines import borrowed_lines, finance_costs
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.engine.verdicts import OK
from planner.report.workbook.front.annual import Annual, Here, InYear
from planner.report.workbook.front.annual_statements import annual
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import Text, say

DEBT = annual("Debt and covenants", "loans, debt service and covenants by fiscal year, on one A4")
ROOMS: dict[str, Text] = {
    "cover_room": "cash from operations beyond what is asked for",
    "lock_up_room": "cash from operations beyond the lock-up",
    "liquidity_room": "liquidity beyond what is asked for",
    "value_room": "room below the share of book value",
    "equity_room": "room below the multiple of equity",
}
"""Rows of Key figures that say how much room a covenant leaves, by fiscal year."""
BROKEN = "broken"


def lay_debt(ledger: Ledger) -> None:
    """Lays loans, then debt service and its cover, then each covenant with its verdict."""
    statement, grid = Annual(ledger, DEBT, "debt"), ledger.grid
    if not ledger.loans:
        statement.heading("Nothing is owed, and no loan asks for a fee")
    statement.heading("Loans")
    for line in (*borrowed_lines(ledger.case), *finance_costs(ledger.case), "loans_repaid"):
        statement.row(Key("annual debt", line), CASH_LINES[line].label, InYear(Key("line", line)))
    for loan in ledger.loans:
        words, owed = say("owed on {loan}, at the end", loan=loan), InYear(Key("balance", "debt", loan))
        statement.row(Key("annual debt", "owed", loan), words, owed, start=owed)
    owed = InYear("debt")
    statement.row(Key("annual debt", "owed"), "owed on all loans, at the end", owed, start=owed, kind="total")
    statement.heading("Debt service and its cover")
    for name, label in (
        ("operating_here", "net cash from operations"),
        ("scheduled_here", "scheduled repayments"),
        ("debt_service", "interest, fees and scheduled repayments"),
        ("service_counted", "of that, in fiscal years that are whole"),
    ):
        statement.row(Key("annual debt", name), label, InYear(name))
    statement.row(Key("annual debt", "cover"), "debt service cover", InYear("cover"), unit="ratio", kind="right")
    if Key("covenant", "cover") in grid:
        asked = InYear(Key("covenant", "cover"))
        statement.row(Key("annual debt", "least"), "least debt service cover", asked, unit="ratio", kind="right")
    _covenants(ledger, statement)
    statement.done()


def _covenants(ledger: Ledger, statement: Annual) -> None:
    """The room that each covenant leaves, and whether it is kept; 'none' where nothing is owed."""
    there = {name: label for name, label in ROOMS.items() if Key("covenant", name) in ledger.grid}
    statement.heading("Covenants" if there else "Covenants: the case has none")
    for name, label in there.items():
        room: RowKey = statement.row(Key("annual debt", name), label, InYear(Key("covenant", name)))
        kept: Term = call("IF", call("MIN", Here(room)).compare("<", Literal(-1)), BROKEN, OK)
        told = statement.row(Key("annual debt", name, "kept"), "kept", kept, unit="text", kind="verdict")
        statement.sheet.put(statement.grid.line_of(told).row, 1, "", "text")
