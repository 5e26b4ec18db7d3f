"""Consumption tax: the tax on each line by period, and by month what counts, what is settled and what is owed."""

from __future__ import annotations

from collections.abc import Sequence

from planner.case.case import Case
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, HoldingPeriod, Now, Spot, Whole, falling
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.cash_lines import CASH_LINES

_TERMS = "finance.consumption_tax"
RATE = f"{_TERMS}.rate"
OWED = "tax_owed_to_state"
"""The row of what is owed to the state at the end of each month."""
_ON = {
    "output_tax": ("revenue",),
    "input_tax_energy": ("energy", "selling_costs"),
    "input_tax_operation": ("rent", "operations", "maintenance"),
}
"""Lines that run over a period and bear the tax, by the line of the tax."""
_SHARES = {
    "revenue": f"{_TERMS}.taxed_sales",
    "energy": f"{_TERMS}.taxed_energy",
    "selling_costs": f"{_TERMS}.taxed_selling_costs",
    "rent": f"{_TERMS}.taxed_rent",
    "operations": f"{_TERMS}.taxed_operations",
    "maintenance": f"{_TERMS}.taxed_maintenance",
}


def has_consumption_tax(case: Case) -> bool:
    """Whether sales or purchases bear it."""
    return case.finance.consumption_tax is not None


def lay_tax_on(sheet: Sheet, lines: Sequence[str]) -> None:
    """Lays by month how much consumption tax comes on top of some lines."""
    if lines:
        sheet.workings("consumption tax on top of a line, by month")
    for line in lines:
        series = HoldingPeriod(RATE) * Spot(_SHARES[line])
        sheet.line(Key("tax_on", line), CASH_LINES[line].label, "share", "rate x share that bears it", series=series)


def gross(line: str, amount: Term) -> Term:
    """An amount of a line by month with the tax on it."""
    return amount * (1 + Now(Key("tax_on", line)))


def lay_taxed_lines(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the tax on each line by period, on the sheet Cash flow."""
    if not has_consumption_tax(ledger.case):
        return
    sheet.workings("consumption tax")
    for line, taxed in _ON.items():
        there = [one for one in taxed if Key("line", one) in ledger.grid]
        borne: Term = Literal(0)
        for one in there:
            borne = borne + Now(Key("line", one)) * Spot(_SHARES[one])
        sheet.flow(Key("taxed", line), _LABELS[line], "line x share that bears it x rate", series=borne * Now(RATE))
    series = Now("capex") * Spot(f"{_TERMS}.taxed_investment") * Now(RATE)
    note = "capital expenditure x share that bears it x rate"
    sheet.flow(Key("taxed", "input_tax_investment"), "on investment", note, series=series)
    series = falling(Key("monthly", "tax_settled"), "month.period")
    sheet.flow(Key("taxed", "tax_settled"), "settled with the state", "months of the period", series=series)


_LABELS = {
    "output_tax": "on sales",
    "input_tax_energy": "on energy and selling",
    "input_tax_operation": "on rent, operations and maintenance",
}


def lay_settlement(ledger: Ledger, sheet: Sheet) -> None:
    """Lays by month what counts in its tax period, when that is settled, and what is owed."""
    if not has_consumption_tax(ledger.case):
        return
    sheet.workings("consumption tax: settled with the state")
    length = Spot(f"{_TERMS}.tax_period")
    since = call("MONTH", Header("start")) - Spot("calendar.fiscal_year_start_month")
    label, note = "months since the start of the fiscal year", "month - first month of the year"
    sheet.line("tax_since", label, "months", note, series=since + 12 * since.compare("<", 0))
    passed = Now("tax_since") - length * call("INT", Now("tax_since") / length)
    sheet.line("tax_passed", "months since the start of the tax period", "months", series=passed)
    ends = Header("number") + length - 1 - Now("tax_passed")
    sheet.line("tax_period_end", "tax period ends in month", "month number", series=ends)
    paid_in = Now("tax_period_end") + Spot(f"{_TERMS}.settlement_lag")
    sheet.line("tax_settled_in", "settled in month", "month number", "end of the tax period + lag", series=paid_in)
    before = Header("number") - Spot(f"{_TERMS}.deduction_lag")
    invested = call("SUMIFS", Whole(Key("monthly", "input_tax_investment")), HeaderSpan("number"), before)
    sheet.flow("tax_deducted", "tax on investment that counts", "paid so many months before", series=invested)
    counted = Now(Key("monthly", "output_tax")) - Now("tax_deducted")
    for line in ("input_tax_energy", "input_tax_operation"):
        counted = counted - Now(Key("monthly", line))
    label, note = "tax of the month that counts", "received - paid; to be settled"
    sheet.flow("tax_counted", label, note, series=counted)
    moved = Now(Key("monthly", "output_tax")) - Now(Key("monthly", "tax_settled"))
    for line in ("input_tax_energy", "input_tax_operation", "input_tax_investment"):
        moved = moved - Now(Key("monthly", line))
    label, note = "consumption tax owed to the state", "month before + received - paid - settled"
    sheet.money(OWED, label, note, kind="total", opening=0, series=Now(OWED, -1) + moved)
    later = Whole("tax_settled_in").compare(">", Spot("month.count"))
    value = call("SUMPRODUCT", Whole("tax_counted"), later * 1)
    sheet.money("tax_settled_later", "settled after the horizon", "of what counts by then", value=value)
    value = Spot(Key("monthly", "input_tax_investment")) - Spot("tax_deducted")
    sheet.money("tax_deducted_later", "tax on investment that counts after the horizon", "paid - counted", value=value)


def settled_by_month() -> Term:
    """What is settled in the month: of all months whose tax period and lag are over then."""
    return falling("tax_counted", "tax_settled_in")


def investment_by_month() -> Term:
    """Tax on what is paid for investments in the month."""
    return Now("month_capex") * Spot(f"{_TERMS}.taxed_investment") * HoldingPeriod(RATE)


def received_less_paid(ledger: Ledger, rows: str) -> Term:
    """Tax received less paid and settled, of rows of lines; nothing where there is none."""
    if not has_consumption_tax(ledger.case):
        return Literal(0)
    found: Term = Now(Key(rows, "output_tax"))
    for line in ("input_tax_energy", "input_tax_operation", "input_tax_investment", "tax_settled"):
        found = found - Now(Key(rows, line))
    return found


def paid_at_start(ledger: Ledger, shift: int = 0) -> Term:
    """Capital expenditure of a month with the tax on it."""
    capex = Now("month_capex", shift)
    if not has_consumption_tax(ledger.case):
        return capex
    return capex + Now(Key("monthly", "input_tax_investment"), shift)


def parts_of_tax() -> dict[str, list[RowKey]]:
    """Rows of the workings that add up to each line of consumption tax."""
    return {line: [Key("taxed", line)] for line in (*_ON, "input_tax_investment", "tax_settled")}
