"""Part of the sheet Cash flow: what the plan is worth today, as a whole, before financing, and by the hour."""

from __future__ import annotations

from planner.report.lines import gives_back
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, WholeAndBefore
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call


def lay_present_value(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the discount factor, the end value, the net present value and its parts, and the cost of an hour."""
    sheet.heading("Present value at the start of the horizon")
    sheet.line(
        "dated", "date of the flows: last day of the period", "day", opening=Spot("calendar.start") - 1,
        series=Now("time.end") - 1, note="before: the day of valuation",
    )  # fmt: skip
    sheet.line(
        "age_of_money", "days from the day of valuation to the flows", "days",
        series=Now("dated") - (Spot("calendar.start") - 1), note="all days so far, of the real calendar",
    )  # fmt: skip
    growth: Term = (1 + Spot("finance.discount_rate")) ** (Now("age_of_money") / 365)
    sheet.line("discount", "discount factor", "factor", series=1 / growth, note="1 / (1 + rate) ^ (days / 365)")
    sheet.line(
        "present", "present value of the net cash flow", ledger.currency, series=Now("net") * Now("discount"),
        add_up=True, note="net x factor",
    )  # fmt: skip
    _end_value(ledger, sheet)
    sheet.line(
        "npv", "net present value", ledger.currency, kind="total", value=Spot("present") + Spot("present_end"),
        note="net cash flow + end value",
    )  # fmt: skip
    _as_typed(ledger, sheet)
    _parts(ledger, sheet)
    _by_the_hour(ledger, sheet)


def _end_value(ledger: Ledger, sheet: Sheet) -> None:
    """What is left at the end less what is then still owed."""
    finance, money = ledger.case.finance, ledger.currency

    def at_the_end(key: RowKey, label: str, value: Term, note: str, kind: str = "calculation") -> None:
        sheet.line(key, label, money, value=value, note=note, kind=kind)

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
        at_the_end(own, f"present value of the {label}", Spot(key) * Spot("discount", -1), f"{label} x last factor")


def _as_typed(ledger: Ledger, sheet: Sheet) -> None:
    """The same by the function that finance would type, on the dates above."""
    ends = Header("number").compare("=", Spot("time.periods"))
    sheet.line(
        "typed", "net cash flow, last with the end value", ledger.currency, opening=0,
        series=Now("net") + ends * Spot("end_value"), note="before: nothing",
    )  # fmt: skip
    xnpv = call("XNPV", Spot("finance.discount_rate"), WholeAndBefore("typed"), WholeAndBefore("dated"))
    note = "of both rows, from Before on"
    sheet.line("xnpv", "net present value by XNPV", ledger.currency, value=xnpv, note=note)


def _parts(ledger: Ledger, sheet: Sheet) -> None:
    """The two parts of the net present value: what the plan is worth by itself, and what borrowing adds to it."""
    money = ledger.currency
    sheet.line(
        "present_free", "present value of the net cash flow before financing", money, add_up=True,
        series=Now("free") * Now("discount"), note="before financing x factor",
    )  # fmt: skip
    sheet.line(
        "present_financing", "present value of loans drawn less interest and repayments", money, add_up=True,
        series=Now("financing") * Now("discount"), note="financing x factor",
    )  # fmt: skip
    debt = Spot("debt_end") * Spot("discount", -1)
    sheet.line("present_debt", "present value of loans still owed at the end", money, value=debt)
    sheet.line(
        "npv_before_financing", "net present value before financing", money,
        value=Spot("present_free") + Spot("present_end") + Spot("present_debt"), note="as if nothing were borrowed",
    )  # fmt: skip
    sheet.line(
        "npv_of_financing", "net present value of financing", money,
        value=Spot("present_financing") - Spot("present_debt"), note="what borrowing adds",
    )  # fmt: skip
    sheet.line(
        "npv_parts", "both parts together", money, kind="total",
        value=Spot("npv_before_financing") + Spot("npv_of_financing"), note="the net present value",
    )  # fmt: skip


def _by_the_hour(ledger: Ledger, sheet: Sheet) -> None:
    """What hours at work cost, before tax and financing."""
    spent, spending = Now("running") + Now("capex"), "running costs + capital expenditure"
    if gives_back(ledger.case):
        spent, spending = spent + Now(Key("line", "grants_repaid")), f"{spending} + grants repaid"
    spent = spent - Now(Key("line", "grants")) - Now(Key("line", "resale"))
    sheet.line(
        "present_revenue",
        "present value of revenue",
        ledger.currency,
        series=Now(Key("line", "revenue")) * Now("discount"),
        add_up=True,
    )
    sheet.line(
        "present_cost", "present value of costs less grants and resale", ledger.currency,
        series=spent * Now("discount"),
        add_up=True,
        note=f"({spending} - grants - resale) x factor",
    )  # fmt: skip
    sheet.line(
        "own_cost", "present value of costs less grants, resale and terminal value", ledger.currency,
        value=Spot("present_cost") - Spot("present_terminal"), note="what the hours at work cost",
    )  # fmt: skip
    for key, label, hours in (
        ("present_hours", "accelerator-hours", "accelerator_hours"),
        ("present_pflops_hours", "PFLOPS-hours", "pflops_hours"),
    ):
        sheet.line(
            key, f"{label} at work, discounted", label, add_up=True, series=Now(hours) * Now("discount"),
            note="hours x factor",
        )  # fmt: skip
