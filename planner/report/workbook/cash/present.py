"""Part of the sheet Cash flow: what the plan is worth today, as a whole, before financing, and by the hour."""

from __future__ import annotations

from planner.report.lines import has_clawback
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.message import say


def lay_present_value(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the discount factor, the end value, the net present value and its parts, and the cost of an hour."""
    sheet.heading("Present value at the start of the horizon")
    label, note = "date of the flows: last day of the period", "before: the day of valuation"
    sheet.line("dated", label, "day", note, opening=Spot("calendar.start") - 1, series=Now("time.end") - 1)
    label, note = "days from the day of valuation to the flows", "all days so far, of the real calendar"
    sheet.line("age_of_money", label, "days", note, series=Now("dated") - (Spot("calendar.start") - 1))
    growth: Term = (1 + Spot("finance.discount_rate")) ** (Now("age_of_money") / 365)
    sheet.line("discount", "discount factor", "factor", "1 / (1 + rate) ^ (days / 365)", series=1 / growth)
    sheet.flow("present", "present value of the net cash flow", "net x factor", series=Now("net") * Now("discount"))
    _end_value(ledger, sheet)
    value = Spot("present") + Spot("present_end")
    sheet.money("npv", "net present value", "net cash flow + end value", kind="total", value=value)
    _as_typed(sheet)
    _parts(sheet)
    _by_the_hour(ledger, sheet)


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


def _as_typed(sheet: Sheet) -> None:
    """The same by the function that finance would type, on the dates above."""
    series = Now("net") + Header("number").compare("=", Spot("time.periods")) * Spot("end_value")
    sheet.money("typed", "net cash flow, last with the end value", "before: nothing", opening=0, series=series)
    xnpv = call("XNPV", Spot("finance.discount_rate"), Whole("typed", before=True), Whole("dated", before=True))
    sheet.money("xnpv", "net present value by XNPV", "of both rows, from Before on", value=xnpv)


def _parts(sheet: Sheet) -> None:
    """The two parts of the net present value: what the plan is worth by itself, and what borrowing adds to it."""
    label, note = "present value of the net cash flow before financing", "before financing x factor"
    sheet.flow("present_free", label, note, series=Now("free") * Now("discount"))
    label = "present value of loans drawn less interest and repayments"
    sheet.flow("present_financing", label, "financing x factor", series=Now("financing") * Now("discount"))
    debt = Spot("debt_end") * Spot("discount", -1)
    sheet.money("present_debt", "present value of loans still owed at the end", value=debt)
    label = "net present value before financing"
    value = Spot("present_free") + Spot("present_end") + Spot("present_debt")
    sheet.money("npv_before_financing", label, "as if nothing were borrowed", value=value)
    value = Spot("present_financing") - Spot("present_debt")
    sheet.money("npv_of_financing", "net present value of financing", "what borrowing adds", value=value)
    value = Spot("npv_before_financing") + Spot("npv_of_financing")
    sheet.money("npv_parts", "both parts together", "the net present value", kind="total", value=value)


def _by_the_hour(ledger: Ledger, sheet: Sheet) -> None:
    """What hours at work cost, before tax and financing."""
    spent, note = Now("running") + Now("capex"), "(running costs + capital expenditure - grants - resale) x factor"
    if has_clawback(ledger.case):
        spent = spent + Now(Key("line", "grants_repaid"))
        note = "(running costs + capital expenditure + grants repaid - grants - resale) x factor"
    spent = spent - Now(Key("line", "grants")) - Now(Key("line", "resale"))
    sheet.flow("present_revenue", "present value of revenue", series=Now(Key("line", "revenue")) * Now("discount"))
    words = "present value of costs less grants and resale"
    sheet.flow("present_cost", words, note, series=spent * Now("discount"))
    words = "present value of costs less grants, resale and terminal value"
    sheet.money("own_cost", words, "what the hours at work cost", value=Spot("present_cost") - Spot("present_terminal"))
    for key, label, hours in (
        ("present_hours", "accelerator-hours", "accelerator_hours"),
        ("present_pflops_hours", "PFLOPS-hours", "pflops_hours"),
    ):
        words = f"{label} at work, discounted"
        sheet.line(key, words, label, "hours x factor", series=Now(hours) * Now("discount"), add_up=True)
