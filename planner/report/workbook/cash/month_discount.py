"""Workings of Liquidity by month: what the money of each month is worth at the start of the horizon.

What moves at the end of a month is dated on its last day, what moves at its start on the last day of the month before.
"""

from __future__ import annotations

from planner.outcome import CLAWBACKS, FINANCING, INVESTMENTS, OPERATING_COSTS
from planner.report.lines import borrowed_lines, cash_lines, finance_costs
from planner.report.workbook.cash.consumption_tax import has_consumption_tax, paid_at_start
from planner.report.workbook.cash.interim import has_interim, rest_of_shield
from planner.report.workbook.cash.working_capital import PAYABLES, PREPAYMENTS, RECEIVABLES, is_laid, sides_of
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HoldingPeriod, Now, Spot, Stack, Whole, falling, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import say

OF_BOTH_ROWS = "of both rows, from Before on"
COSTS = (*OPERATING_COSTS, *INVESTMENTS, *CLAWBACKS)
"""Lines of what hours at work cost, before tax and financing; their present values stand below each other."""


def present_lines(ledger: Ledger) -> tuple[str, ...]:
    """All lines of the cash flow, those of the costs first."""
    there = cash_lines(ledger.case)
    costs = tuple(line for line in COSTS if line in there)
    others = tuple(line for line in there if line not in (*COSTS, *FINANCING))
    return (*costs, *others, *(line for line in FINANCING if line in there))


def lay_month_discount(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the discount factors, the present value of each line, discounted hours, and the flows as XNPV takes them."""
    sheet.workings("discount factor at the end of each month")
    label, note = "days from the day of valuation to the end of the month", "all days so far, of the real calendar"
    since = Now("dated") - (Spot("calendar.start") - 1)
    sheet.line("age_of_money", label, "days", note, opening=since, series=since)
    factor: Term = 1 / (1 + Spot("finance.discount_rate")) ** (Now("age_of_money") / 365)
    note = "1 / (1 + rate) ^ (days / 365)"
    sheet.line("discount", "discount factor", "factor", note, opening=factor, series=factor)
    sheet.workings("present value of each line of the cash flow")
    for line in present_lines(ledger):
        record = CASH_LINES[line]
        words, note, back = say("present value: {line}", line=say(record.label)), "line x factor", 0
        if record.timing == "start":
            note, back = "line x factor of the month before", -1
        sheet.flow(Key("present", line), words, note, series=Now(Key("monthly", line)) * Now("discount", back))
    _groups(ledger, sheet)
    sheet.workings("hours at work, discounted")
    for key, label, hours in (
        ("hours", "accelerator-hours", "accelerator_hours"),
        ("pflops_hours", "PFLOPS-hours", "pflops_hours"),
    ):
        note = "period x share of its hours x factor"
        series = HoldingPeriod(hours) * Now("month.share") * Now("discount")
        sheet.line(Key("monthly", key), f"{label} at work, discounted", label, note, series=series, add_up=True)
    if ledger.has_shield:
        _shield(ledger, sheet)
    _by_turn(ledger, sheet)


def _shield(ledger: Ledger, sheet: Sheet) -> None:
    """What interest saves in tax, in the month in which it is taken out, and what that is worth."""
    sheet.workings("tax that interest saves")
    note = "in the month of the tax, at the end of the horizon at most"
    saved = falling(rest_of_shield(ledger), "shield_month")
    if has_interim(ledger):
        tax, advance = say("tax that interest saves"), falling(Key("advance", "shield"), "shield_advance_month")
        sheet.flow(Key("month_shield", "rest"), say("{what}: rest", what=tax), note, series=saved)
        sheet.flow(Key("month_shield", "advance"), say("{what}: paid in advance", what=tax), note, series=advance)
        saved = total([Key("month_shield", "rest"), Key("month_shield", "advance")])
    sheet.flow("month_shield", "tax that interest saves", note, series=saved)
    value = call("SUMPRODUCT", Whole("month_shield"), Whole("discount"))
    sheet.money("present_shield", "present value of the tax that interest saves", "flow x factor", value=value)


def _groups(ledger: Ledger, sheet: Sheet) -> None:
    """Present values of groups of lines, put together."""
    costs = tuple(Key("present", line) for line in COSTS if line in cash_lines(ledger.case))
    words, note = (
        "present value of costs less grants and resale",
        "running costs + capital expenditure - grants - resale",
    )
    if Key("present", "grants_repaid") in costs:
        note = "running costs + capital expenditure + grants repaid - grants - resale"
    value: Term = call("SUM", Stack(costs, VALUE)) - Spot(Key("present", "grants")) - Spot(Key("present", "resale"))
    sheet.money("present_cost", words, note, value=value)
    label, note = "present value of the net cash flow before financing", "revenue - costs - tax as it is paid"
    value = Spot(Key("present", "revenue")) - Spot("present_cost") - Spot(Key("present", "tax"))
    if has_consumption_tax(ledger.case):
        note = f"{note}; with consumption tax"
        value = value + Spot(Key("present", "output_tax"))
        for line in ("input_tax_energy", "input_tax_operation", "input_tax_investment", "tax_settled"):
            value = value - Spot(Key("present", line))
    if is_laid(ledger):
        note = f"{note}; with working capital"
        value = value + Spot(Key("present", PAYABLES.line)) - Spot(Key("present", RECEIVABLES.line))
    if PREPAYMENTS in sides_of(ledger):
        value = value + Spot(Key("present", PREPAYMENTS.line))
    sheet.money("present_free", label, note, value=value)
    label, note = "present value of loans drawn less interest and repayments", "drawn - interest - repaid"
    lent = finance_costs(ledger.case)
    if len(lent) > 1:
        label = "present value of loans drawn less interest, fees and repayments"
        note = "drawn - interest - fees - repaid"
    value = Spot(Key("present", "loans_drawn"))
    if "interest_capitalised" in borrowed_lines(ledger.case):
        label, note = (
            "present value of what is borrowed less interest, fees and repayments",
            "borrowed - interest - fees - repaid",
        )
        value = value + Spot(Key("present", "interest_capitalised"))
    for line in (*lent, "loans_repaid"):
        value = value - Spot(Key("present", line))
    sheet.money("present_financing", label, note, value=value)


def _by_turn(ledger: Ledger, sheet: Sheet) -> None:
    """The flows on the days on which they are dated: the end of a month, with what moves at the start of the next."""
    sheet.workings("flows by day: at the end of each month, with the start of the next")
    lent = [line for line in finance_costs(ledger.case) if CASH_LINES[line].timing == "months"]
    free: Term = Now("ordinary")
    note = "ordinary balance + interest + investment, grants and tax"
    for line in lent:
        free = free + Now(Key("monthly", line))
    if len(lent) > 1:
        note = "ordinary balance + interest + commitment fees + investment, grants and tax"
    label = "net cash flow of the month before financing"
    sheet.flow("month_free", label, note, series=free + Now("other"))
    label, capex_of_next = "net cash flow before financing, by day", paid_at_start(ledger, 1)
    flow, note = Now("month_free") + paid_at_start(ledger) - capex_of_next, "before: the start of the first month"
    if ledger.has_shield:
        flow, note = flow - Now("month_shield"), "without the tax that interest saves"
    sheet.money("free_by_turn", label, note, opening=0 - capex_of_next, series=flow)
    label = "net cash flow before financing, with the end value"
    last, opening = in_last_month() * Spot("end_value"), Now("free_by_turn")
    sheet.money("irr_flow", label, "the end value on the last day", opening=opening, series=opening + last)
    sheet.money("xnpv_by_day", "value before financing by XNPV", OF_BOTH_ROWS, value=by_xnpv("irr_flow"))


def present_value(flow: RowKey, factor: RowKey = "discount") -> Term:
    """What a row by day is worth at the start of the horizon, by the factors of each day."""
    return call("SUMPRODUCT", Whole(flow, before=True), Whole(factor, before=True))


def by_xnpv(flow: RowKey, rate: str = "finance.discount_rate") -> Term:
    """The same by the function for it, which discounts by itself."""
    return call("XNPV", Spot(rate), Whole(flow, before=True), Whole("dated", before=True))


def in_last_month() -> Term:
    """Whether the month of the formula is the last of the horizon: 1 or 0."""
    return Header("number").compare("=", Spot("month.count"))
