"""Sheet Key figures: what investors, lenders and ministries ask for first; how each comes about stands below."""

from __future__ import annotations

from planner.finance.returns import internal_rate_of_return
from planner.report.value import unborrowed
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Whole
from planner.report.workbook.engine.sheet import Content, Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.front.public_money import lay_public_money, public_money
from planner.vocabulary.message import Text, price_unit

KEY_FIGURES = Entry(
    "Key figures",
    "rate of return, payback, unit costs, debt service cover, utilisation",
    "Before financing means as if nothing were borrowed, and after tax. 'none' means that there is no such figure.",
    years=True,
)
NONE = "none"
"""What stands where a figure does not exist."""
SEVERAL = "the flows turn more than once: there may be several such rates, and none says much"


def lay_key_figures(ledger: Ledger) -> None:
    """Lays the figures, and then their workings."""
    sheet = ledger.time_sheet(KEY_FIGURES)
    _figures(ledger, sheet)
    _returns(ledger, sheet)
    _payback(ledger, sheet)
    _cover(ledger, sheet)
    _utilisation(sheet)
    lay_public_money(ledger, sheet)


def _figures(ledger: Ledger, sheet: Sheet) -> None:
    money, discounted = ledger.currency, "discounted costs less grants, resale and end value, before tax"

    def row(key: RowKey, label: Text, unit: Text, value: Content, note: str = "") -> None:
        sheet.line(key, label, unit, note, value=value)

    def ratio(over: RowKey, under: RowKey) -> Term:
        return call("IF", Spot(under).compare("=", 0), NONE, Spot(over) / Spot(under))

    sheet.heading("Worth of the plan")
    row(Key("key", "npv"), "net present value", money, Spot("npv"), "see Cash flow")
    before, note = Spot("npv_before_financing"), "as if nothing were borrowed"
    row(Key("key", "npv_before"), "of that, before financing", money, before, note)
    row(Key("key", "npv_financing"), "of that, from financing", money, Spot("npv_of_financing"), "what borrowing adds")
    rate = call("XIRR", Whole("irr_flow"), Whole("dated"), Spot("irr_guess"))
    row("irr", "internal rate of return", "share per year", call("IFERROR", rate, NONE), "before financing, real days")
    turns = call("IF", Spot("turn").compare(">", 1), Spot("irr_several"), Spot("irr_single"))
    row("irr_warning", "how far the rate of return can be trusted", "text", turns)
    row("payback", "payback", "years", _payback_figure(), "before financing, end value not counted")
    sheet.heading("Cost and public money")
    cost, unit = ratio("own_cost", "present_hours"), price_unit(money, "accelerator-hour")
    row("cost_per_hour", "cost of one accelerator-hour at work", unit, cost, discounted)
    cost, unit = ratio("own_cost", "present_pflops_hours"), price_unit(money, "PFLOPS-hour")
    row("cost_per_pflops_hour", "cost of one PFLOPS-hour at work, dense BF16", unit, cost, discounted)
    public: RowKey = Key("line", "grants")
    in_all = public_money(ledger)
    if in_all is not None:
        public = "public_money"
        row(public, "public money in all", money, *in_all)
    each, unit = ratio(public, "aided_accelerators"), price_unit(money, "accelerator")
    note = "all public money, that for sites included"
    row("grant_per_accelerator", "public money for one accelerator bought with it", unit, each, note)
    each, unit = ratio(public, "aided_pflops"), price_unit(money, "PFLOPS")
    row("grant_per_pflops", "public money for one PFLOPS bought with it, dense BF16", unit, each, note)
    sheet.heading("Debt and use")
    row(Key("key", "cover"), "lowest debt service cover of a fiscal year", "ratio", Spot("lowest_cover"), "see below")
    row("peak_debt", "highest debt", money, call("MAX", Whole("debt")), "at the end of a period")
    used = ratio(Key("accelerator_hours", "here"), Key("capacity_hours", "here"))
    row("whole_utilisation", "utilisation over the horizon", "share", used, "accelerator-hours at work / installed")


def _returns(ledger: Ledger, sheet: Sheet) -> None:
    """The flows that the rate of return is about, what they are worth at it, and how often they turn."""
    sheet.workings("internal rate of return")
    left = Spot("terminal_here") - Spot("payable_end") - Spot("end_tax")
    sheet.money("end_unborrowed", "end value before loans", "terminal value less tax", value=left)
    flow = Now("free") + Header("number").compare("=", Spot("time.periods")) * Spot("end_unborrowed")
    sheet.flow("irr_flow", "net cash flow before financing, with the end value", series=flow)
    found = internal_rate_of_return(unborrowed(ledger.audit.accounts), ledger.case.calendar.days_to_end)
    note = "near the rate as solved"
    figure = ledger.case.finance.discount_rate if found is None else round(found, 2)
    sheet.line("irr_guess", "where the search starts", "share per year", note, kind="constant", value=figure)
    rate = call("IF", call("ISNUMBER", Spot("irr")), Spot("irr"), 0)
    sheet.line("irr_counted", "rate that is counted with", "share per year", value=rate)
    value = Now("irr_flow") / (1 + Spot("irr_counted")) ** (Now("age_of_money") / 365)
    sheet.flow("at_irr", "worth of the flow at that rate", "nothing, added up", series=value)
    sign = Now("irr_flow").compare(">", 0) - Now("irr_flow").compare("<", 0)
    label = "direction of the money: in 1, out -1"
    series = call("IF", Now("irr_flow").compare("=", 0), Now("sign", -1), sign)
    sheet.line("sign", label, "sign", "of the last flow that was not nothing", opening=0, series=series)
    turned = (Now("sign") * Now("sign", -1)).compare("<", 0)
    sheet.line("turn", "the direction turns", "count", "against the one before", series=1 * turned, add_up=True)
    sheet.line("irr_several", "what is said where it turns more than once", "text", value=SEVERAL)
    sheet.line("irr_single", "what is said otherwise", "text", value="the flows turn once at most: it is the only one")


def _payback(ledger: Ledger, sheet: Sheet) -> None:
    """The last period in which money is still out, and where in the next one it is back."""
    money = ledger.currency
    sheet.workings("payback")
    sheet.flow("free_here", "net cash flow before financing", series=Now("free"))
    sheet.money("free_so_far", "all of it so far", opening=0, series=Now("free_so_far", -1) + Now("free_here"))
    out = Header("number") * Now("free_so_far").compare("<", 0)
    sheet.line("still_out", "period, where money is still out", "period", "nothing where it is back", series=out)
    sheet.line("last_out", "last period in which money is out", "period", value=call("MAX", Whole("still_out")))
    sheet.line("days_here", "days from the day of valuation to the flows", "days", series=Now("age_of_money"))

    def pick(key: RowKey, label: Text, unit: str, row: str, period: Term) -> None:
        sheet.line(key, label, unit, value=call("SUMIFS", Whole(row), HeaderSpan("number"), period))

    last = Spot("last_out")
    pick("days_out", "days to its end", "days", "days_here", last)
    pick("days_back", "days to the end of the next", "days", "days_here", last + 1)
    pick("money_out", "money that is out then", money, "free_so_far", last)
    pick("money_back", "flow of the next", money, "free_here", last + 1)
    part = call("IF", Spot("money_back").compare("=", 0), 0, 0 - Spot("money_out") / Spot("money_back"))
    sheet.line("part_back", "part of the next that it takes", "share", "in a straight line", value=part)
    note = "nothing is invested, or money is still out at the end"
    value = call("IF", Spot("capex").compare("=", 0), 1, 1 * Spot("last_out").compare("=", Spot("time.periods")))
    sheet.line("no_payback", "without payback", "yes = 1", note, value=value)


def _payback_figure() -> Term:
    days = Spot("days_out") + (Spot("days_back") - Spot("days_out")) * Spot("part_back")
    return call("IF", Spot("no_payback").compare("=", 1), NONE, days / 365)


def _cover(ledger: Ledger, sheet: Sheet) -> None:
    """How often cash from operations pays interest and scheduled repayments, by fiscal year that is whole."""
    sheet.workings("debt service cover")
    sheet.flow("operating_here", "net cash from operations", "see Cash flow", series=Now("operating"), by_year=True)
    service = Now(Key("line", "interest")) + Now(Key("all", "scheduled"))
    label, how = "interest and scheduled repayments", "as the terms oblige; see Cash flow"
    sheet.flow("debt_service", label, how, series=service, by_year=True)
    label, how = "months within the horizon", "12 in a whole fiscal year"
    sheet.line("months_covered", label, "months", how, series=Spot("calendar.period"), by_year=True)
    label, how = "debt service that is counted", "of a fiscal year only if it is whole"
    whole = Now("debt_service") * Now("months_covered").compare("=", 12)
    sheet.money("service_counted", label, how, series=Now("debt_service"), years=whole)
    # Less than one unit of currency is what binary numbers leave of a loan that is paid back.
    service = Now("service_counted")
    covered = call("IF", service.compare("<", 1), NONE, Now("operating_here") / service)
    sheet.line("cover", "debt service cover", "ratio", "operations / debt service", series=covered, years=covered)
    years = ledger.grid.all_years("cover")
    lowest = call("IF", call("COUNT", years).compare("=", 0), NONE, call("MIN", years))
    sheet.line("lowest_cover", "lowest of a fiscal year", "ratio", "of whole years with debt service", value=lowest)


def _utilisation(sheet: Sheet) -> None:
    sheet.workings("utilisation")
    for key, label in (("accelerator_hours", "at work"), ("capacity_hours", "installed")):
        words, note = f"accelerator-hours {label}", "see Fleet and placement"
        sheet.line(Key(key, "here"), words, "accelerator-hours", note, series=Now(key), add_up=True, by_year=True)
    work, there = Now(Key("accelerator_hours", "here")), Now(Key("capacity_hours", "here"))
    used = call("IF", there.compare("=", 0), 0, work / there)
    sheet.line("utilisation", "utilisation", "share", "at work / installed", series=used, years=used)
