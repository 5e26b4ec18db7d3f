"""Workings of Liquidity by month: the flows that a rate of return and a payback are about, on the days they fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.finance.payback import ROUNDING
from planner.report.value import LEAST_FLOW, Returns, are_paid_first, returns_of, to_owners, unborrowed
from planner.report.workbook.cash.month_discount import OF_BOTH_ROWS
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call

NONE = "none"
"""What stands where a figure does not exist."""
SEVERAL_RATES = "several"
"""What stands for a rate on the first pages where several would do: then none of them says much."""
SEVERAL = "the flows turn more than once, and several rates would do: none of them says much"
ALONE = "the flows turn more than once, and as the plan was made no other rate would do"
SINGLE = "the flows turn once at most: it is the only one"


@dataclass(frozen=True)
class Rate:
    """Flows by day of which a rate of return is told."""

    title: str
    flow: RowKey
    """The row that holds them."""
    flows: Sequence[float]
    """The same as the plan was made."""
    returns: Returns
    """What they yield then."""
    of: str = ""
    """What its rows are called by; nothing for those before financing."""
    starts_paying: bool = False
    """Whether there is a rate only where the first flow is paid."""
    is_told: bool = True
    """Whether that was so as the plan was made."""

    def key(self, row: str) -> RowKey:
        """The key of one of its rows."""
        return Key(self.of, row) if self.of else row


def rates_of(ledger: Ledger) -> list[Rate]:
    """Rates of return that the plan has by itself: before financing, and of the owners where it is known."""
    accounts, equity = ledger.audit.accounts, ledger.case.finance.cost_of_equity
    found = [Rate("internal rate of return", "irr_flow", unborrowed(accounts), ledger.returns)]
    if equity is not None:
        title, flows = "rate of return of the owners", to_owners(ledger.case, accounts)
        yielded, is_told = returns_of(flows, ledger.case, equity), are_paid_first(flows)
        found.append(Rate(title, "owners_flow", flows, yielded, "owners", starts_paying=True, is_told=is_told))
    return found


def lay_month_returns(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the workings of the rates of return and of payback."""
    sheet.workings("what is said of rates of return")
    for key, label, words in (
        ("irr_several", "where the flows turn more than once, and several rates would do", SEVERAL),
        ("irr_alone", "where they do, and as the plan was made no other rate would do", ALONE),
        ("irr_single", "what is said otherwise", SINGLE),
    ):
        sheet.line(key, label, "text", value=words)
    for rate in rates_of(ledger):
        lay_rate(ledger, sheet, rate)
    if ledger.returns.modified is not None:
        _modified(sheet)
    sheet.workings("payback")
    label, note = "share of the largest flow that rounding leaves of nothing", "definition"
    sheet.line("rounding_share", label, "ratio", note, kind="constant", value=ROUNDING)
    lay_payback(sheet, "free_by_turn")
    never = 1 * Spot("last_out").compare(">", Spot("month.count"))
    note, value = (
        "nothing is invested, or money is still out at the end",
        call("IF", Spot("capex").compare("=", 0), 1, never),
    )
    sheet.line("no_payback", "without payback", "yes = 1", note, value=value)


def lay_rate(ledger: Ledger, sheet: Sheet, rate: Rate) -> None:
    """Lays a rate of return, what its flows are worth at it, how often they turn, and what that says of the rate."""
    key = rate.key
    sheet.workings(rate.title)
    flow = Now(rate.flow)
    found = rate.returns.internal_rate_of_return
    searched = call(
        "XIRR", Whole(key("irr_from_first"), before=True), Whole(key("irr_dated"), before=True), Spot(key("irr_guess"))
    )
    searched = call("IFERROR", searched, NONE)
    if rate.starts_paying:
        sheet.line(key("irr_found"), "rate that is found", "share per year", OF_BOTH_ROWS, value=searched)
        pays = Spot(key("begins"), -1).compare("<", 0)
        searched, note = call("IF", pays, Spot(key("irr_found")), NONE), "where owners pay first"
        sheet.line(key("irr"), rate.title, "share per year", note, value=searched)
    else:
        sheet.line(key("irr"), rate.title, "share per year", OF_BOTH_ROWS, value=searched)
    note = "near the rate as solved"
    figure = ledger.case.finance.discount_rate if found is None else round(found, 2)
    sheet.line(key("irr_guess"), "where the search starts", "share per year", note, kind="constant", value=figure)
    counted = call("IF", call("ISNUMBER", Spot(key("irr"))), Spot(key("irr")), 0)
    sheet.line(key("irr_counted"), "rate that is counted with", "share per year", value=counted)
    worth = flow / (1 + Spot(key("irr_counted"))) ** (Now("age_of_money") / 365)
    whole = call("SUM", Whole(key("at_irr"), before=True))
    label = "worth of the flow at that rate"
    sheet.money(key("at_irr"), label, "nothing, added up", value=whole, opening=worth, series=worth)
    _turns(sheet, rate)
    _from_the_first(sheet, rate)
    told = call("IF", Spot(key("irr_rates")).compare(">", 1), SEVERAL_RATES, Spot(key("irr")))
    label, note = "rate that is told on the first pages", "none where several rates would do"
    sheet.line(key("irr_told"), label, "share per year", note, value=told)


def _turns(sheet: Sheet, rate: Rate) -> None:
    """How often the flows turn, and what that says of the rate."""
    key, flow = rate.key, Now(rate.flow)
    sign = flow.compare(">", 0) - flow.compare("<", 0)
    series = call("IF", flow.compare("=", 0), Now(key("sign"), -1), sign)
    label, note = "direction of the money: in 1, out -1", "of the last flow that was not nothing"
    sheet.line(key("sign"), label, "sign", note, opening=sign, series=series)
    turned = (Now(key("sign")) * Now(key("sign"), -1)).compare("<", 0)
    label = "the direction turns"
    sheet.line(key("turn"), label, "count", "against the one before", series=1 * turned, add_up=True)
    if rate.starts_paying:
        first = sign * call("ABS", flow).compare(">=", LEAST_FLOW)
        series = call("IF", Now(key("begins"), -1).compare("=", 0), first, Now(key("begins"), -1))
        label, note = "direction of the first money", "of at least one unit of currency"
        sheet.line(key("begins"), label, "sign", note, opening=first, series=series)
    label, note = "rates between -99 % and 1,000 % that would do", "as the plan was made; does not move with inputs"
    sheet.line(key("irr_rates"), label, "count", note, kind="constant", value=rate.returns.rates if rate.is_told else 0)
    often = call("IF", Spot(key("irr_rates")).compare(">", 1), Spot("irr_several"), Spot("irr_alone"))
    sheet.line(key("irr_often"), "what is said where it turns more than once", "text", value=often)
    said = call("IF", Spot(key("turn")).compare(">", 1), Spot(key("irr_often")), Spot("irr_single"))
    sheet.line(key("irr_warning"), "how far the rate of return can be trusted", "text", value=said)


def _from_the_first(sheet: Sheet, rate: Rate) -> None:
    """The same from the first flow that is not nothing: some spreadsheet programs find no rate in a row that begins
    with nothing, and say 0 % instead."""
    key, label = rate.key, "days before the first flow"
    count = call("SUMPRODUCT", Whole(key("sign"), before=True).compare("=", 0) * 1)
    sheet.line(key("idle"), label, "count", "columns in front of it", value=count)
    position, last = Header("number") + Spot(key("idle")), Spot("month.count")
    sheet.line(key("from_first"), "column that is taken", "count", series=position + 1, opening=Spot(key("idle")) + 1)
    within = call("MIN", Now(key("from_first")), last + 1)
    day, label = call("INDEX", Whole("dated", before=True), within), "day, from the first flow on"
    sheet.line(key("irr_dated"), label, "day", "the last again at the end", opening=day, series=day)
    flow = call("INDEX", Whole(rate.flow, before=True), within) * Now(key("from_first")).compare("<=", last + 1)
    label, note = "net cash flow, from the first on", "nothing at the end"
    sheet.money(key("irr_from_first"), label, note, opening=flow, series=flow)


def _modified(sheet: Sheet) -> None:
    """What is told where several rates would do: flows are borrowed and put aside at the discount rate until then."""
    sheet.workings("modified internal rate of return")
    moved = Now("age_of_money") * Now("irr_flow").compare("<>", 0)
    label, note = "days to it, where money moves", "else nothing"
    sheet.line("days_of_flow", label, "days", note, opening=moved, series=moved)
    first = call("INDEX", Whole("age_of_money", before=True), Spot("idle") + 1)
    sheet.line("mirr_first", "days to the first flow", "days", value=first)
    last = call("MAX", Whole("days_of_flow", before=True))
    sheet.line("mirr_last", "days to the last flow", "days", value=last)
    flow, factor = Whole("irr_flow", before=True), Whole("discount", before=True)
    for key, sign, label in (
        ("mirr_in", ">", "present value of what comes in"),
        ("mirr_out", "<", "present value of what goes out"),
    ):
        value = call("SUMPRODUCT", flow.compare(sign, 0) * flow * factor)
        sheet.money(key, label, "flow x factor", value=value)
    years = (Spot("mirr_last") - Spot("mirr_first")) / 365
    sheet.line("mirr_years", "years between the first and the last flow", "years", value=years)
    grown = (0 - Spot("mirr_in") / Spot("mirr_out")) ** (1 / Spot("mirr_years"))
    rate = grown * (1 + Spot("finance.discount_rate")) - 1
    label, note = "modified internal rate of return", "at the discount rate"
    sheet.line("mirr", label, "share per year", note, value=call("IFERROR", rate, NONE))


def lay_payback(sheet: Sheet, flow: RowKey, of: str = "") -> None:
    """The last day on which money is still out, and where on the way to the next it is back."""

    def key(row: str) -> RowKey:
        return Key(of, row) if of else row

    largest = call("MAX", call("MAX", Whole(flow, before=True)), 0 - call("MIN", Whole(flow, before=True)))
    label, note = "what rounding leaves of nothing", "share of the largest flow"
    sheet.money(key("rounding"), label, note, value=largest * Spot("rounding_share"))

    def back(so_far: Term) -> Term:
        """All of it is back where only rounding is left: by a hair of nothing it would be back a year later."""
        return call("IF", call("ABS", so_far).compare("<=", Spot(key("rounding"))), 0, so_far)

    so_far = Now(key("free_so_far"), -1) + Now(flow)
    sheet.money(key("free_so_far"), "all of it so far", opening=back(Now(flow)), series=back(so_far))
    sheet.line(key("turn_number"), "number of the day", "count", opening=1, series=Header("number") + 1)
    out = Now(key("turn_number")) * Now(key("free_so_far")).compare("<", 0)
    label, note = "number, where money is still out", "nothing where it is back"
    sheet.line(key("still_out"), label, "count", note, opening=out, series=out)
    last_out = call("MAX", Whole(key("still_out"), before=True))
    sheet.line(key("last_out"), "last day on which money is out", "count", value=last_out)
    paid = call("IF", Now(flow).compare("<", 0), Now("age_of_money"), Spot("age_of_money", -1))
    label, note = "days to it, where money goes out", "else all days of the horizon"
    sheet.line(key("days_of_payment"), label, "days", note, opening=paid, series=paid)
    first = call("MIN", Whole(key("days_of_payment"), before=True))
    sheet.line(key("first_payment"), "days to the first payment", "days", value=first)

    def pick(row: str, label: str, unit: str, of_row: RowKey, number: Term) -> None:
        picked = call("SUMIFS", Whole(of_row, before=True), Whole(key("turn_number"), before=True), number)
        sheet.line(key(row), label, unit, value=picked)

    last = Spot(key("last_out"))
    pick("days_out", "days to that day", "days", "age_of_money", last)
    pick("days_back", "days to the next", "days", "age_of_money", last + 1)
    pick("money_out", "money that is out then", sheet.grid.currency, key("free_so_far"), last)
    pick("money_back", "flow of the next", sheet.grid.currency, flow, last + 1)
    next_flow = Spot(key("money_back"))
    part = call("IF", next_flow.compare("=", 0), 0, 0 - Spot(key("money_out")) / next_flow)
    sheet.line(key("part_back"), "part of the way to the next", "share", "in a straight line", value=part)
    way = Spot(key("days_out")) + (Spot(key("days_back")) - Spot(key("days_out"))) * Spot(key("part_back"))
    since = call("IF", last.compare("=", 0), 0, way - Spot(key("first_payment")))
    label, note = "days from the first payment until it is back", "nothing where none is ever out"
    sheet.line(key("days_paid_back"), label, "days", note, value=since)
