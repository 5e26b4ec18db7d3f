"""Workings of Liquidity by month: what the money of each month is worth at the start of the horizon.

What moves at the end of a month is dated on its last day, what moves at its start on the last day of the month before.
"""

from __future__ import annotations

from planner.outcome import CLAWBACKS, FINANCING, INVESTMENTS, OPERATING_COSTS
from planner.report.lines import cash_lines
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HoldingPeriod, Now, Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import say

COSTS = (*OPERATING_COSTS, *INVESTMENTS, *CLAWBACKS)
"""Lines of what hours at work cost, before tax and financing; their present values stand below each other."""


def present_lines(ledger: Ledger) -> tuple[str, ...]:
    """All lines of the cash flow, those of the costs first."""
    there = cash_lines(ledger.case)
    costs = tuple(line for line in COSTS if line in there)
    others = tuple(line for line in there if line not in (*COSTS, *FINANCING))
    return (*costs, *others, *FINANCING)


def lay_month_discount(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the discount factors, the present value of each line, discounted hours, and the flows as XNPV takes them."""
    sheet.workings("discount factor at the end of each month")
    words, note = "days from the day of valuation to the end of the month", "all days so far, of the real calendar"
    since = Now("dated") - (Spot("calendar.start") - 1)
    sheet.line("age_of_money", words, "days", note, opening=since, series=since)
    factor: Term = 1 / (1 + Spot("finance.discount_rate")) ** (Now("age_of_money") / 365)
    note = "1 / (1 + rate) ^ (days / 365)"
    sheet.line("discount", "discount factor", "factor", note, opening=factor, series=factor)
    sheet.workings("present value of each line of the cash flow")
    for line in present_lines(ledger):
        record = CASH_LINES[line]
        label, note, back = say("present value: {line}", line=say(record.label)), "line x factor", 0
        if record.timing == "start":
            note, back = "line x factor of the month before", -1
        sheet.flow(Key("present", line), label, note, series=Now(Key("month", line)) * Now("discount", back))
    sheet.workings("hours at work, discounted")
    for key, label, hours in (
        ("present_hours", "accelerator-hours", "accelerator_hours"),
        ("present_pflops_hours", "PFLOPS-hours", "pflops_hours"),
    ):
        words, note = f"{label} at work, discounted", "period x share of its hours x factor"
        series = HoldingPeriod(hours) * Now("month.share") * Now("discount")
        sheet.line(key, words, label, note, series=series, add_up=True)
    _by_turn(sheet)


def _by_turn(sheet: Sheet) -> None:
    """The flows on the days on which they are dated: at the end of a month, with what moves at the start of the next."""
    sheet.workings("flows by day: at the end of each month, with the start of the next")
    note = "before: the start of the first month"
    label, start_of_next = "net cash flow, last with the end value", Now("moves_at_start", 1)
    flow = Now("moves_at_end") + start_of_next
    sheet.money("typed", label, note, opening=start_of_next, series=flow + in_last_month() * Spot("end_value"))
    free = Now("ordinary") + Now(Key("month", "interest")) + Now("other")
    label = "net cash flow of the month before financing"
    sheet.flow("month_free", label, "ordinary balance + interest + investment, grants and tax", series=free)
    label, capex_of_next = "net cash flow before financing, by day", Now("month_capex", 1)
    flow = Now("month_free") + Now("month_capex") - capex_of_next
    sheet.money("free_by_turn", label, note, opening=0 - capex_of_next, series=flow)


def in_last_month() -> Term:
    """Whether the month of the formula is the last of the horizon: 1 or 0."""
    return Header("number").compare("=", Spot("month.count"))
