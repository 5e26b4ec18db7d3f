"""Sheet Key figures: what investors, lenders and ministries ask for first; how each comes about stands below."""

from __future__ import annotations

from planner.finance.returns import internal_rate_of_return
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import KEY_FIGURES, Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Whole
from planner.report.workbook.engine.sheet import Content, Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.front.public_money import lay_public_money, public_money
from planner.report.worth import unborrowed

REMARK = "Before financing means as if nothing were borrowed, and after tax. 'none' means that there is no such figure."
NONE = "none"
"""What stands where a figure does not exist."""
SEVERAL = "the flows turn more than once: there may be several such rates, and none says much"


def lay_key_figures(ledger: Ledger) -> None:
    """Lays the figures, and then their workings."""
    sheet = ledger.time_sheet(KEY_FIGURES, "Key figures", REMARK, years=True)
    _figures(ledger, sheet)
    _returns(ledger, sheet)
    _payback(ledger, sheet)
    _cover(ledger, sheet)
    _utilisation(sheet)
    lay_public_money(ledger, sheet)


def _figures(ledger: Ledger, sheet: Sheet) -> None:
    money = ledger.currency

    discounted = "discounted costs less grants, resale and end value, before tax"

    def row(key: RowKey, label: str, unit: str, value: Content, note: str = "") -> None:
        sheet.line(key, label, unit, value=value, note=note)

    def ratio(over: RowKey, under: RowKey) -> Term:
        return call("IF", Spot(under).compare("=", 0), NONE, Spot(over) / Spot(under))

    sheet.heading("Worth of the plan")
    row(Key("key", "npv"), "net present value", money, Spot("npv"), "see Cash flow")
    row(
        Key("key", "npv_before"),
        "of that, before financing",
        money,
        Spot("npv_before_financing"),
        "as if nothing were borrowed",
    )
    row(Key("key", "npv_financing"), "of that, from financing", money, Spot("npv_of_financing"), "what borrowing adds")
    rate = call("XIRR", Whole("irr_flow"), Whole("dated"), Spot("irr_guess"))
    row("irr", "internal rate of return", "share per year", call("IFERROR", rate, NONE), "before financing, real days")
    turns = call("IF", Spot("turn").compare(">", 1), Spot("irr_several"), Spot("irr_single"))
    row("irr_warning", "how far the rate of return can be trusted", "text", turns)
    row("payback", "payback", "years", _payback_figure(), "before financing, end value not counted")
    sheet.heading("Cost and public money")
    row("cost_per_hour", "cost of one accelerator-hour at work", f"{money}/accelerator-hour",
        ratio("own_cost", "present_hours"), discounted)  # fmt: skip
    row("cost_per_pflops_hour", "cost of one PFLOPS-hour at work, dense BF16", f"{money}/PFLOPS-hour",
        ratio("own_cost", "present_pflops_hours"), discounted)  # fmt: skip
    public: RowKey = Key("line", "grants")
    in_all = public_money(ledger)
    if in_all is not None:
        public = "public_money"
        row(public, "public money in all", money, *in_all)
    row("grant_per_accelerator", "public money for one accelerator bought with it", f"{money}/accelerator",
        ratio(public, "aided_accelerators"), "all public money, that for sites included")  # fmt: skip
    row("grant_per_pflops", "public money for one PFLOPS bought with it, dense BF16", f"{money}/PFLOPS",
        ratio(public, "aided_pflops"), "all public money, that for sites included")  # fmt: skip
    sheet.heading("Debt and use")
    row(Key("key", "cover"), "lowest debt service cover of a fiscal year", "ratio", Spot("lowest_cover"), "see below")
    row("peak_debt", "highest debt", money, call("MAX", Whole("debt")), "at the end of a period")
    row(
        "whole_utilisation",
        "utilisation over the horizon",
        "share",
        ratio(Key("accelerator_hours", "here"), Key("capacity_hours", "here")),
        "accelerator-hours at work / installed",
    )


def _returns(ledger: Ledger, sheet: Sheet) -> None:
    """The flows that the rate of return is about, what they are worth at it, and how often they turn."""
    money, accounts = ledger.currency, ledger.audit.accounts
    sheet.heading("Workings: internal rate of return")
    left = Spot("terminal_here") - Spot("payable_end") - Spot("end_tax")
    sheet.line("end_unborrowed", "end value before loans", money, value=left, note="terminal value less tax")
    ends = Header("number").compare("=", Spot("time.periods"))
    flow = Now("free") + ends * Spot("end_unborrowed")
    sheet.line("irr_flow", "net cash flow before financing, with the end value", money, series=flow, add_up=True)
    found = internal_rate_of_return(unborrowed(accounts), ledger.case.calendar.days_to_end)
    sheet.line(
        "irr_guess", "where the search starts", "share per year", kind="constant",
        value=ledger.case.finance.discount_rate if found is None else round(found, 2), note="near the rate as solved",
    )  # fmt: skip
    rate = call("IF", call("ISNUMBER", Spot("irr")), Spot("irr"), 0)
    sheet.line("irr_counted", "rate that is counted with", "share per year", value=rate)
    worth = Now("irr_flow") / (1 + Spot("irr_counted")) ** (Now("age_of_money") / 365)
    sheet.line("at_irr", "worth of the flow at that rate", money, series=worth, add_up=True, note="nothing, added up")
    sign = Now("irr_flow").compare(">", 0) - Now("irr_flow").compare("<", 0)
    sheet.line(
        "sign", "direction of the money: in 1, out -1", "sign", opening=0, note="of the last flow that was not nothing",
        series=call("IF", Now("irr_flow").compare("=", 0), Now("sign", -1), sign),
    )  # fmt: skip
    turned = (Now("sign") * Now("sign", -1)).compare("<", 0)
    sheet.line("turn", "the direction turns", "count", series=1 * turned, add_up=True, note="against the one before")
    sheet.line("irr_several", "what is said where it turns more than once", "text", value=SEVERAL)
    sheet.line("irr_single", "what is said otherwise", "text", value="the flows turn once at most: it is the only one")


def _payback(ledger: Ledger, sheet: Sheet) -> None:
    """The last period in which money is still out, and where in the next one it is back."""
    money = ledger.currency
    sheet.heading("Workings: payback")
    sheet.line("free_here", "net cash flow before financing", money, series=Now("free"), add_up=True)
    so_far = Now("free_so_far", -1) + Now("free_here")
    sheet.line("free_so_far", "all of it so far", money, opening=0, series=so_far)
    out = Header("number") * Now("free_so_far").compare("<", 0)
    sheet.line("still_out", "period, where money is still out", "period", series=out, note="nothing where it is back")
    sheet.line("last_out", "last period in which money is out", "period", value=call("MAX", Whole("still_out")))
    sheet.line("days_here", "days from the day of valuation to the flows", "days", series=Now("age_of_money"))

    def pick(key: RowKey, label: str, unit: str, row: str, period: Term) -> None:
        sheet.line(key, label, unit, value=call("SUMIFS", Whole(row), HeaderSpan("number"), period))

    last = Spot("last_out")
    pick("days_out", "days to its end", "days", "days_here", last)
    pick("days_back", "days to the end of the next", "days", "days_here", last + 1)
    pick("money_out", "money that is out then", money, "free_so_far", last)
    pick("money_back", "flow of the next", money, "free_here", last + 1)
    part = call("IF", Spot("money_back").compare("=", 0), 0, 0 - Spot("money_out") / Spot("money_back"))
    sheet.line("part_back", "part of the next that it takes", "share", value=part, note="in a straight line")
    never = Spot("last_out").compare("=", Spot("time.periods"))
    sheet.line(
        "no_payback", "without payback", "yes = 1", value=call("IF", Spot("capex").compare("=", 0), 1, 1 * never),
        note="nothing is invested, or money is still out at the end",
    )  # fmt: skip


def _payback_figure() -> Term:
    days = Spot("days_out") + (Spot("days_back") - Spot("days_out")) * Spot("part_back")
    return call("IF", Spot("no_payback").compare("=", 1), NONE, days / 365)


def _cover(ledger: Ledger, sheet: Sheet) -> None:
    """How often cash from operations pays interest and scheduled repayments, by fiscal year that is whole."""
    money = ledger.currency
    sheet.heading("Workings: debt service cover")
    sheet.line(
        "operating_here", "net cash from operations", money, series=Now("operating"), add_up=True, by_year=True,
        note="see Cash flow",
    )  # fmt: skip
    service = Now(Key("line", "interest")) + Now(Key("all", "scheduled"))
    sheet.line(
        "debt_service", "interest and scheduled repayments", money, series=service, add_up=True, by_year=True,
        note="as the terms oblige; see Cash flow",
    )  # fmt: skip
    sheet.line(
        "months_covered", "months within the horizon", "months", series=Spot("calendar.period"), by_year=True,
        note="12 in a whole fiscal year",
    )  # fmt: skip
    sheet.line(
        "service_counted", "debt service that is counted", money, series=Now("debt_service"),
        years=Now("debt_service") * Now("months_covered").compare("=", 12), note="of a fiscal year only if it is whole",
    )  # fmt: skip
    # Less than one unit of currency is what binary numbers leave of a loan that is paid back.
    service = Now("service_counted")
    covered = call("IF", service.compare("<", 1), NONE, Now("operating_here") / service)
    sheet.line("cover", "debt service cover", "ratio", series=covered, years=covered, note="operations / debt service")
    years = ledger.grid.all_years("cover")
    lowest = call("IF", call("COUNT", years).compare("=", 0), NONE, call("MIN", years))
    note = "of whole years with debt service"
    sheet.line("lowest_cover", "lowest of a fiscal year", "ratio", value=lowest, note=note)


def _utilisation(sheet: Sheet) -> None:
    sheet.heading("Workings: utilisation")
    for key, label in (("accelerator_hours", "at work"), ("capacity_hours", "installed")):
        sheet.line(
            Key(key, "here"), f"accelerator-hours {label}", "accelerator-hours", series=Now(key), add_up=True,
            by_year=True, note="see Fleet and placement",
        )  # fmt: skip
    work, there = Now(Key("accelerator_hours", "here")), Now(Key("capacity_hours", "here"))
    used = call("IF", there.compare("=", 0), 0, work / there)
    sheet.line("utilisation", "utilisation", "share", series=used, years=used, note="at work / installed")
