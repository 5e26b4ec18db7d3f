"""Part of the sheet Cash flow: what the plan is worth today, as a whole, before financing, and by the hour.

Money is discounted month by month, on the sheet Liquidity by month; here its sums are put together.
"""

from __future__ import annotations

from planner.report.lines import pays_dividends, pays_in_instalments
from planner.report.workbook.cash.consumption_tax import OWED, has_consumption_tax
from planner.report.workbook.cash.month_financing import loan_costs
from planner.report.workbook.cash.working_capital import PAYABLES, PREPAYMENTS, RECEIVABLES, is_laid, sides_of
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.message import say

BY_MONTH = "see Liquidity by month"


def lay_present_value(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the end value, the net present value and its parts, and the cost of an hour."""
    sheet.heading("Present value at the start of the horizon")
    _end_value(ledger, sheet)
    _before_financing(ledger, sheet)
    cost, note = loan_costs(ledger), "see Liquidity by month; cheap loans count nothing"
    sheet.money(Key("here", "loan_costs"), "less what loans cost", note, value=cost)
    value, note = Spot("npv_before_financing") - Spot(Key("here", "loan_costs")), "before financing - cost of loans"
    sheet.money("npv", "net present value", note, kind="total", value=value)
    if ledger.case.finance.cost_of_equity is not None:
        _owners(ledger, sheet)
    _by_the_hour(ledger, sheet)


def _before_financing(ledger: Ledger, sheet: Sheet) -> None:
    """What the plan is worth as if nothing were borrowed, without the tax that interest saves."""
    label, note = "present value of the net cash flow before financing", "tax as it is paid; see Liquidity by month"
    value: Term = Spot(sheet.money(Key("here", "free"), label, note, value=Spot("present_free")))
    if ledger.has_shield:
        label = "less present value of the tax that interest saves"
        shield = sheet.money(Key("here", "shield"), label, BY_MONTH, value=Spot("present_shield"))
        value = value - Spot(shield)
    label, note = "value before financing", "flows + end value, as if nothing were borrowed"
    value = value + Spot("present_end")
    sheet.money("npv_before_financing", label, note, kind="total", value=value)
    note = "of the flows by day, see Liquidity by month"
    sheet.money("xnpv", "value before financing by XNPV", note, value=Spot("xnpv_by_day"))


def _owners(ledger: Ledger, sheet: Sheet) -> None:
    """What is left for owners, loans counted, at what they expect."""
    sheet.heading("Value to the owners")
    sheet.money("debt_end", "loans still owed", "at the end of the horizon", value=Spot("debt", -1))
    label, value = "end value less loans still owed", Spot("end_value") - Spot("debt_end")
    if pays_dividends(ledger.case):
        label, value = "end value less loans still owed, with all cash", value + Spot("cash", -1)
    sheet.money("end_owners", label, "what counts for owners", value=value)
    label, note = "value to the owners", "at the cost of equity; see Liquidity by month"
    sheet.money("owners_value", label, note, kind="total", value=Spot("owners_value_by_day"))
    note = "of the flows by day, see Liquidity by month"
    sheet.money("owners_xnpv", "value to the owners by XNPV", note, value=Spot("owners_xnpv_by_day"))


def _end_value(ledger: Ledger, sheet: Sheet) -> None:
    """What is left at the end less tax that is still to be paid, and what of it is told beside the value."""
    sheet.money("terminal_here", "terminal value", "at the end of the horizon, see below", value=Spot("terminal_value"))
    sheet.money("payable_end", "less tax still to be paid", "see Profit and tax", value=Spot("tax_payable", -1))
    assets: RowKey = Key("tax", "assets") if ledger.case.finance.tax_books_apart else "assets"
    gain = Spot("terminal_value") - Spot(assets, -1) * Spot("finance.terminal_value")
    sheet.money("end_gain", "terminal value above book value", "as if all were sold at the end", value=gain)
    taxed: Term = Literal(0)
    if ledger.case.finance.tax is not None:
        taxed = call("MAX", Spot("year_rate", -1) * Spot("end_gain"), 0 - Spot("tax_of_year", -1))
    note = "last tax rate x that gain; a loss saves the tax of its year at most"
    sheet.money("end_tax", "less tax on the terminal value", note, value=taxed)
    left = Spot("terminal_here") - Spot("payable_end") - Spot("end_tax")
    if pays_in_instalments(ledger.case):
        label, note = "less what is still to be paid for investments", "at the end of the horizon, see below"
        sheet.money("unpaid_end", label, note, value=Spot("unpaid", -1))
        left = left - Spot("unpaid_end")
    if has_consumption_tax(ledger.case):
        label, note = "less consumption tax owed to the state", "on the last day; see Liquidity by month"
        left = left - Spot(sheet.money(Key("at_end", OWED), label, note, value=Spot(OWED, -1)))
    if is_laid(ledger):
        told = {
            RECEIVABLES: "plus receivables",
            PAYABLES: "less payables",
            PREPAYMENTS: "less prepayments of customers",
        }
        for side, label in ((side, told[side]) for side in sides_of(ledger)):
            note = "at their nominal value, on the last day; see Liquidity by month"
            sheet.money(Key("at_end", side.name), label, note, value=Spot(side.name, -1))
        left = left + Spot(Key("at_end", RECEIVABLES.name)) - Spot(Key("at_end", PAYABLES.name))
        if PREPAYMENTS in sides_of(ledger):
            left = left - Spot(Key("at_end", PREPAYMENTS.name))
    sheet.money("end_value", "end value", "what counts at the end of the horizon", kind="total", value=left)
    for key, label in (("terminal_here", "terminal value"), ("end_value", "end value")):
        own = "present_terminal" if key == "terminal_here" else "present_end"
        words, note = say("present value of the {what}", what=say(label)), f"{label} x last factor"
        sheet.money(own, words, note, value=Spot(key) * Spot("discount", -1))
    label, value = "present value of the terminal value after its tax", Spot("terminal_here") - Spot("end_tax")
    sheet.money("present_terminal_taxed", label, "both x last factor", value=value * Spot("discount", -1))


def _by_the_hour(ledger: Ledger, sheet: Sheet) -> None:
    """What hours at work cost, before tax and financing."""
    label = "present value of costs less grants and resale"
    sheet.money(Key("here", "cost"), label, BY_MONTH, value=Spot("present_cost"))
    words = "present value of costs less grants, resale and terminal value"
    value: Term = Spot(Key("here", "cost"))
    if pays_in_instalments(ledger.case):
        label = "present value of what is still to be paid for investments"
        owed = Spot("unpaid_end") * Spot("discount", -1)
        value = value + Spot(sheet.money("present_unpaid", label, "owed x last factor", value=owed))
    sheet.money("own_cost", words, "what the hours at work cost", value=value - Spot("present_terminal"))
    for hours, unit in (("hours", "accelerator-hours"), ("pflops_hours", "PFLOPS-hours")):
        label, value = f"{unit} at work, discounted", Spot(Key("monthly", hours))
        sheet.line(f"present_{hours}", label, unit, BY_MONTH, value=value)
