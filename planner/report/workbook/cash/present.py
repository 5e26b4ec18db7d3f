"""Part of the sheet Cash flow: what the plan is worth today, as a whole, before financing, and by the hour.

Money is discounted month by month, on the sheet Liquidity by month; here its sums are put together.
"""

from __future__ import annotations

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, call
from planner.vocabulary.message import say

BY_MONTH = "see Liquidity by month"


def lay_present_value(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the end value, the net present value and its parts, and the cost of an hour."""
    sheet.heading("Present value at the start of the horizon")
    _flows(sheet)
    _end_value(ledger, sheet)
    value = Spot("present") + Spot("present_end")
    sheet.money("npv", "net present value", "net cash flow + end value", kind="total", value=value)
    note = "of the flows by day, see Liquidity by month"
    sheet.money("xnpv", "net present value by XNPV", note, value=Spot("xnpv_by_day"))
    _parts(sheet)
    _by_the_hour(sheet)


def _flows(sheet: Sheet) -> None:
    for key, label in (
        ("free", "present value of the net cash flow before financing"),
        ("financing", "present value of loans drawn less interest and repayments"),
    ):
        sheet.money(Key("here", key), label, BY_MONTH, value=Spot(f"present_{key}"))
    value, note = Spot(Key("here", "free")) + Spot(Key("here", "financing")), "before financing + financing"
    sheet.money("present", "present value of the net cash flow", note, value=value)


def _end_value(ledger: Ledger, sheet: Sheet) -> None:
    """What is left at the end less what is then still owed."""
    sheet.money("terminal_here", "terminal value", "at the end of the horizon, see below", value=Spot("terminal_value"))
    sheet.money("debt_end", "less loans still owed", "at the end of the horizon", value=Spot("debt", -1))
    sheet.money("payable_end", "less tax still to be paid", "see Profit and tax", value=Spot("tax_payable", -1))
    gain = Spot("terminal_value") - Spot("assets", -1) * Spot("finance.terminal_value")
    sheet.money("end_gain", "terminal value above book value", "as if all were sold at the end", value=gain)
    taxed = (
        call("MAX", 0, Spot("end_gain")) * Spot("year_rate", -1) if ledger.case.finance.tax is not None else Literal(0)
    )
    sheet.money(
        "end_tax", "less tax on the terminal value", "last tax rate x that gain; a loss counts nothing", value=taxed
    )
    left = Spot("terminal_here") - Spot("debt_end") - Spot("payable_end") - Spot("end_tax")
    sheet.money("end_value", "end value", "what counts at the end of the horizon", kind="total", value=left)
    for key, label in (("terminal_here", "terminal value"), ("end_value", "end value")):
        own = "present_terminal" if key == "terminal_here" else "present_end"
        words, note = say("present value of the {what}", what=say(label)), f"{label} x last factor"
        sheet.money(own, words, note, value=Spot(key) * Spot("discount", -1))


def _parts(sheet: Sheet) -> None:
    """The two parts of the net present value: what the plan is worth by itself, and what borrowing adds to it."""
    debt = Spot("debt_end") * Spot("discount", -1)
    sheet.money("present_debt", "present value of loans still owed at the end", value=debt)
    label = "net present value before financing"
    value = Spot(Key("here", "free")) + Spot("present_end") + Spot("present_debt")
    sheet.money("npv_before_financing", label, "as if nothing were borrowed", value=value)
    value = Spot(Key("here", "financing")) - Spot("present_debt")
    sheet.money("npv_of_financing", "net present value of financing", "what borrowing adds", value=value)
    value = Spot("npv_before_financing") + Spot("npv_of_financing")
    sheet.money("npv_parts", "both parts together", "the net present value", kind="total", value=value)


def _by_the_hour(sheet: Sheet) -> None:
    """What hours at work cost, before tax and financing."""
    label = "present value of costs less grants and resale"
    sheet.money(Key("here", "cost"), label, BY_MONTH, value=Spot("present_cost"))
    words, value = "present value of costs less grants, resale and terminal value", Spot(Key("here", "cost"))
    sheet.money("own_cost", words, "what the hours at work cost", value=value - Spot("present_terminal"))
    for hours, unit in (("hours", "accelerator-hours"), ("pflops_hours", "PFLOPS-hours")):
        label, value = f"{unit} at work, discounted", Spot(Key("monthly", hours))
        sheet.line(f"present_{hours}", label, unit, BY_MONTH, value=value)
