"""Part of the sheet Cash flow: what the plan is worth today, as a whole, before financing, and by the hour.

Money is discounted month by month, on the sheet Liquidity by month; here its sums are put together.
"""

from __future__ import annotations

from planner.report.lines import cash_lines
from planner.report.workbook.cash.month_discount import COSTS
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot, Stack, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, call
from planner.vocabulary.message import say

BY_MONTH = "see Liquidity by month"


def lay_present_value(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the end value, the net present value and its parts, and the cost of an hour."""
    sheet.heading("Present value at the start of the horizon")
    _flows(ledger, sheet)
    _end_value(ledger, sheet)
    value = Spot("present") + Spot("present_end")
    sheet.money("npv", "net present value", "net cash flow + end value", kind="total", value=value)
    xnpv = call("XNPV", Spot("finance.discount_rate"), Whole("typed", before=True), Whole("dated", before=True))
    note = "of the flows by day, see Liquidity by month"
    sheet.money("xnpv", "net present value by XNPV", note, value=xnpv)
    _parts(sheet)
    _by_the_hour(sheet)


def _present(*line: str) -> Spot:
    return Spot(Key("present", *line))


def _flows(ledger: Ledger, sheet: Sheet) -> None:
    """Present values of groups of lines, put together."""
    costs = tuple(Key("present", line) for line in COSTS if line in cash_lines(ledger.case))
    words, note = (
        "present value of costs less grants and resale",
        "running costs + capital expenditure - grants - resale",
    )
    if Key("present", "grants_repaid") in costs:
        note = "running costs + capital expenditure + grants repaid - grants - resale"
    value = call("SUM", Stack(costs, VALUE)) - _present("grants") - _present("resale")
    sheet.money("present_cost", words, note, value=value)
    label, note = "present value of the net cash flow before financing", "revenue - costs - tax"
    value = _present("revenue") - Spot("present_cost") - _present("tax")
    sheet.money("present_free", label, note, value=value)
    value = _present("loans_drawn") - _present("interest") - _present("loans_repaid")
    sheet.money("present_financing", "present value of loans drawn less interest and repayments", BY_MONTH, value=value)
    value, note = Spot("present_free") + Spot("present_financing"), "before financing + financing"
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
    value = Spot("present_free") + Spot("present_end") + Spot("present_debt")
    sheet.money("npv_before_financing", label, "as if nothing were borrowed", value=value)
    value = Spot("present_financing") - Spot("present_debt")
    sheet.money("npv_of_financing", "net present value of financing", "what borrowing adds", value=value)
    value = Spot("npv_before_financing") + Spot("npv_of_financing")
    sheet.money("npv_parts", "both parts together", "the net present value", kind="total", value=value)


def _by_the_hour(sheet: Sheet) -> None:
    """What hours at work cost, before tax and financing."""
    sheet.money("present_revenue", "present value of revenue", BY_MONTH, value=_present("revenue"))
    words = "present value of costs less grants, resale and terminal value"
    sheet.money("own_cost", words, "what the hours at work cost", value=Spot("present_cost") - Spot("present_terminal"))
