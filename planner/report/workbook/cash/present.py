"""Part of the sheet Cash flow: what the plan is worth today, as a whole, before financing, and by the hour."""

from __future__ import annotations

from planner.report.lines import has_clawback
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, WholeAndBefore
from planner.report.workbook.engine.sheet import Line, Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.message import Text, say


def lay_present_value(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the discount factor, the end value, the net present value and its parts, and the cost of an hour."""
    sheet.heading("Present value at the start of the horizon")
    label, note = "date of the flows: last day of the period", "before: the day of valuation"
    sheet.line(Line("dated", label, "day", note=note), opening=Spot("calendar.start") - 1, series=Now("time.end") - 1)
    label, note = "days from the day of valuation to the flows", "all days so far, of the real calendar"
    sheet.line(Line("age_of_money", label, "days", note=note), series=Now("dated") - (Spot("calendar.start") - 1))
    growth: Term = (1 + Spot("finance.discount_rate")) ** (Now("age_of_money") / 365)
    sheet.line(Line("discount", "discount factor", "factor", note="1 / (1 + rate) ^ (days / 365)"), series=1 / growth)
    label, note = "present value of the net cash flow", "net x factor"
    sheet.line(Line("present", label, ledger.currency, note=note), series=Now("net") * Now("discount"), add_up=True)
    _end_value(ledger, sheet)
    label = "net present value"
    value = Spot("present") + Spot("present_end")
    sheet.line(Line("npv", label, ledger.currency, note="net cash flow + end value", kind="total"), value=value)
    _as_typed(ledger, sheet)
    _parts(ledger, sheet)
    _by_the_hour(ledger, sheet)


def _end_value(ledger: Ledger, sheet: Sheet) -> None:
    """What is left at the end less what is then still owed."""
    finance, money = ledger.case.finance, ledger.currency

    def at_the_end(key: RowKey, label: Text, value: Term, note: str, kind: str = "calculation") -> None:
        sheet.line(Line(key, label, money, note=note, kind=kind), value=value)

    at_the_end("terminal_here", "terminal value", Spot("terminal_value"), "at the end of the horizon, see below")
    at_the_end("debt_end", "less loans still owed", Spot("debt", -1), "at the end of the horizon")
    at_the_end("payable_end", "less tax still to be paid", Spot("tax_payable", -1), "see Profit and tax")
    gain = Spot("terminal_value") - Spot("assets", -1) * Spot("finance.terminal_value")
    at_the_end("end_gain", "terminal value above book value", gain, "as if all were sold at the end")
    taxed = call("MAX", 0, Spot("end_gain")) * Spot("year_rate", -1) if finance.tax is not None else Literal(0)
    at_the_end("end_tax", "less tax on the terminal value", taxed, "last tax rate x that gain; a loss counts nothing")
    left = Spot("terminal_here") - Spot("debt_end") - Spot("payable_end") - Spot("end_tax")
    at_the_end("end_value", "end value", left, "what counts at the end of the horizon", "total")
    for key, label in (("terminal_here", "terminal value"), ("end_value", "end value")):
        own = "present_terminal" if key == "terminal_here" else "present_end"
        at_the_end(
            own,
            say("present value of the {what}", what=say(label)),
            Spot(key) * Spot("discount", -1),
            f"{label} x last factor",
        )


def _as_typed(ledger: Ledger, sheet: Sheet) -> None:
    """The same by the function that finance would type, on the dates above."""
    ends = Header("number").compare("=", Spot("time.periods"))
    label, how = "net cash flow, last with the end value", "before: nothing"
    sheet.line(Line("typed", label, ledger.currency, note=how), opening=0, series=Now("net") + ends * Spot("end_value"))
    xnpv = call("XNPV", Spot("finance.discount_rate"), WholeAndBefore("typed"), WholeAndBefore("dated"))
    note = "of both rows, from Before on"
    sheet.line(Line("xnpv", "net present value by XNPV", ledger.currency, note=note), value=xnpv)


def _parts(ledger: Ledger, sheet: Sheet) -> None:
    """The two parts of the net present value: what the plan is worth by itself, and what borrowing adds to it."""
    money = ledger.currency
    label, note = "present value of the net cash flow before financing", "before financing x factor"
    sheet.line(Line("present_free", label, money, note=note), series=Now("free") * Now("discount"), add_up=True)
    label = "present value of loans drawn less interest and repayments"
    series = Now("financing") * Now("discount")
    sheet.line(Line("present_financing", label, money, note="financing x factor"), series=series, add_up=True)
    debt = Spot("debt_end") * Spot("discount", -1)
    sheet.line(Line("present_debt", "present value of loans still owed at the end", money), value=debt)
    label = "net present value before financing"
    value = Spot("present_free") + Spot("present_end") + Spot("present_debt")
    sheet.line(Line("npv_before_financing", label, money, note="as if nothing were borrowed"), value=value)
    label = "net present value of financing"
    value = Spot("present_financing") - Spot("present_debt")
    sheet.line(Line("npv_of_financing", label, money, note="what borrowing adds"), value=value)
    value = Spot("npv_before_financing") + Spot("npv_of_financing")
    sheet.line(Line("npv_parts", "both parts together", money, note="the net present value", kind="total"), value=value)


def _by_the_hour(ledger: Ledger, sheet: Sheet) -> None:
    """What hours at work cost, before tax and financing."""
    spent, spending = Now("running") + Now("capex"), "(running costs + capital expenditure - grants - resale) x factor"
    if has_clawback(ledger.case):
        spent, spending = (
            spent + Now(Key("line", "grants_repaid")),
            "(running costs + capital expenditure + grants repaid - grants - resale) x factor",
        )
    spent = spent - Now(Key("line", "grants")) - Now(Key("line", "resale"))
    series = Now(Key("line", "revenue")) * Now("discount")
    sheet.line(Line("present_revenue", "present value of revenue", ledger.currency), series=series, add_up=True)
    words, note = "present value of costs less grants and resale", spending
    sheet.line(Line("present_cost", words, ledger.currency, note=note), series=spent * Now("discount"), add_up=True)
    words = "present value of costs less grants, resale and terminal value"
    value = Spot("present_cost") - Spot("present_terminal")
    sheet.line(Line("own_cost", words, ledger.currency, note="what the hours at work cost"), value=value)
    for key, label, hours in (
        ("present_hours", "accelerator-hours", "accelerator_hours"),
        ("present_pflops_hours", "PFLOPS-hours", "pflops_hours"),
    ):
        words = f"{label} at work, discounted"
        sheet.line(Line(key, words, label, note="hours x factor"), series=Now(hours) * Now("discount"), add_up=True)
