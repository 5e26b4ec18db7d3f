"""Workings of Liquidity by month: the flows that the rate of return and payback are about, on the days they fall."""

from __future__ import annotations

from planner.finance.returns import internal_rate_of_return
from planner.report.value import unborrowed
from planner.report.workbook.cash.month_discount import in_last_month
from planner.report.workbook.engine.keys import RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call

NONE = "none"
"""What stands where a figure does not exist."""
SEVERAL = "the flows turn more than once: there may be several such rates, and none says much"


def lay_month_returns(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the workings of the internal rate of return and of payback."""
    _flows(ledger, sheet)
    _from_the_first(sheet)
    _payback(sheet)


def _flows(ledger: Ledger, sheet: Sheet) -> None:
    """The flows that the rate of return is about, what they are worth at it, and how often they turn."""
    sheet.workings("internal rate of return")
    left = Spot("terminal_here") - Spot("payable_end") - Spot("end_tax")
    sheet.money("end_unborrowed", "end value before loans", "terminal value less tax", value=left)
    label, flow = "net cash flow before financing, with the end value", Now("free_by_turn")
    series = flow + in_last_month() * Spot("end_unborrowed")
    sheet.money("irr_flow", label, "before: the start of the first month", opening=flow, series=series)
    found = internal_rate_of_return(unborrowed(ledger.audit.accounts), ledger.case.calendar.days_at_turns)
    flows, days = Whole("irr_from_first", before=True), Whole("irr_dated", before=True)
    rate = call("IFERROR", call("XIRR", flows, days, Spot("irr_guess")), NONE)
    sheet.line("irr", "internal rate of return", "share per year", "of both rows, from Before on", value=rate)
    note = "near the rate as solved"
    figure = ledger.case.finance.discount_rate if found is None else round(found, 2)
    sheet.line("irr_guess", "where the search starts", "share per year", note, kind="constant", value=figure)
    counted = call("IF", call("ISNUMBER", Spot("irr")), Spot("irr"), 0)
    sheet.line("irr_counted", "rate that is counted with", "share per year", value=counted)
    worth = Now("irr_flow") / (1 + Spot("irr_counted")) ** (Now("age_of_money") / 365)
    whole = call("SUM", Whole("at_irr", before=True))
    label = "worth of the flow at that rate"
    sheet.money("at_irr", label, "nothing, added up", value=whole, opening=worth, series=worth)
    sign = Now("irr_flow").compare(">", 0) - Now("irr_flow").compare("<", 0)
    series = call("IF", Now("irr_flow").compare("=", 0), Now("sign", -1), sign)
    label, note = "direction of the money: in 1, out -1", "of the last flow that was not nothing"
    sheet.line("sign", label, "sign", note, opening=sign, series=series)
    turned = (Now("sign") * Now("sign", -1)).compare("<", 0)
    sheet.line("turn", "the direction turns", "count", "against the one before", series=1 * turned, add_up=True)
    sheet.line("irr_several", "what is said where it turns more than once", "text", value=SEVERAL)
    sheet.line("irr_single", "what is said otherwise", "text", value="the flows turn once at most: it is the only one")
    said = call("IF", Spot("turn").compare(">", 1), Spot("irr_several"), Spot("irr_single"))
    sheet.line("irr_warning", "how far the rate of return can be trusted", "text", value=said)


def _from_the_first(sheet: Sheet) -> None:
    """The same from the first flow that is not nothing: some spreadsheet programs find no rate in a row that begins
    with nothing, and say 0 % instead."""
    label = "days before the first flow"
    count = call("SUMPRODUCT", Whole("sign", before=True).compare("=", 0) * 1)
    sheet.line("idle", label, "count", "columns in front of it", value=count)
    position, last = Header("number") + Spot("idle"), Spot("month.count")
    sheet.line("from_first", "column that is taken", "count", series=position + 1, opening=Spot("idle") + 1)
    within = call("MIN", Now("from_first"), last + 1)
    day = call("INDEX", Whole("dated", before=True), within)
    sheet.line("irr_dated", "day, from the first flow on", "day", "the last again at the end", opening=day, series=day)
    flow = call("INDEX", Whole("irr_flow", before=True), within) * Now("from_first").compare("<=", last + 1)
    label, note = "net cash flow, from the first on", "nothing at the end"
    sheet.money("irr_from_first", label, note, opening=flow, series=flow)


def _payback(sheet: Sheet) -> None:
    """The last day on which money is still out, and where on the way to the next it is back."""
    sheet.workings("payback")
    so_far = Now("free_so_far", -1) + Now("free_by_turn")
    sheet.money("free_so_far", "all of it so far", opening=Now("free_by_turn"), series=so_far)
    sheet.line("turn_number", "number of the day", "count", opening=1, series=Header("number") + 1)
    out = Now("turn_number") * Now("free_so_far").compare("<", 0)
    label, note = "number, where money is still out", "nothing where it is back"
    sheet.line("still_out", label, "count", note, opening=out, series=out)
    sheet.line(
        "last_out", "last day on which money is out", "count", value=call("MAX", Whole("still_out", before=True))
    )
    paid = call("IF", Now("free_by_turn").compare("<", 0), Now("age_of_money"), Spot("age_of_money", -1))
    label, note = "days to it, where money goes out", "else all days of the horizon"
    sheet.line("days_of_payment", label, "days", note, opening=paid, series=paid)
    first = call("MIN", Whole("days_of_payment", before=True))
    sheet.line("first_payment", "days to the first payment", "days", value=first)

    def pick(key: RowKey, label: str, unit: str, row: str, number: Term) -> None:
        picked = call("SUMIFS", Whole(row, before=True), Whole("turn_number", before=True), number)
        sheet.line(key, label, unit, value=picked)

    last = Spot("last_out")
    pick("days_out", "days to that day", "days", "age_of_money", last)
    pick("days_back", "days to the next", "days", "age_of_money", last + 1)
    pick("money_out", "money that is out then", sheet.grid.currency, "free_so_far", last)
    pick("money_back", "flow of the next", sheet.grid.currency, "free_by_turn", last + 1)
    part = call("IF", Spot("money_back").compare("=", 0), 0, 0 - Spot("money_out") / Spot("money_back"))
    sheet.line("part_back", "part of the way to the next", "share", "in a straight line", value=part)
    way = Spot("days_out") + (Spot("days_back") - Spot("days_out")) * Spot("part_back")
    since = call("IF", last.compare("=", 0), 0, way - Spot("first_payment"))
    label, note = "days from the first payment until it is back", "nothing where none is ever out"
    sheet.line("days_paid_back", label, "days", note, value=since)
    note = "nothing is invested, or money is still out at the end"
    never = 1 * last.compare(">", Spot("month.count"))
    value = call("IF", Spot("capex").compare("=", 0), 1, never)
    sheet.line("no_payback", "without payback", "yes = 1", note, value=value)
