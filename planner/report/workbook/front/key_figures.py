"""Sheet Key figures: what investors, lenders and ministries ask for first; how each comes about stands below.

What the rate of return and payback are about stands on Liquidity by month.
"""

from __future__ import annotations

from planner.report.lines import borrowed_lines, finance_costs
from planner.report.workbook.cash.month_added import as_planned
from planner.report.workbook.cash.month_returns import NONE
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Now, Spot, Whole, less
from planner.report.workbook.engine.sheet import Content, Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.front.covenants import lay_covenants
from planner.report.workbook.front.public_money import lay_public_money, public_money
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import Text, price_unit

KEY_FIGURES = Entry(
    "Key figures",
    "rate of return, payback, unit costs, debt service cover, utilisation",
    "Before financing means as if nothing were borrowed, and after tax. 'none' means that there is no such figure.",
    years=True,
)


def lay_key_figures(ledger: Ledger) -> None:
    """Lays the figures, and then their workings."""
    sheet = ledger.time_sheet(KEY_FIGURES)
    _figures(ledger, sheet)
    _cover(ledger, sheet)
    lay_covenants(ledger, sheet)
    _utilisation(sheet)
    lay_public_money(ledger, sheet)


def _figures(ledger: Ledger, sheet: Sheet) -> None:
    money, discounted = ledger.currency, "discounted costs less grants, resale and end value, before tax"

    def row(key: RowKey, label: Text, unit: Text, value: Content, note: str = "") -> None:
        sheet.line(key, label, unit, note, value=value)

    def ratio(over: RowKey, under: RowKey) -> Term:
        return call("IF", Spot(under).compare("=", 0), NONE, Spot(over) / Spot(under))

    if ledger.outcome.something_stands:
        _added(ledger, sheet)
    sheet.heading("Worth of the plan")
    row(Key("key", "npv"), "net present value", money, Spot("npv"), "see Cash flow")
    before, note = Spot("npv_before_financing"), "as if nothing were borrowed"
    row(Key("key", "npv_before"), "value before financing", money, before, note)
    lent, note = Spot(Key("here", "loan_costs")), "more than capital does; cheap loans count nothing"
    row(Key("key", "loan_costs"), "less what loans cost", money, lent, note)
    rate, note = Spot("irr"), "before financing, real days"
    row(Key("key", "irr"), "internal rate of return", "share per year", rate, note)
    row(Key("key", "irr_warning"), "how far the rate of return can be trusted", "text", Spot("irr_warning"))
    if "mirr" in ledger.grid:
        note = "told where several rates would do, at the discount rate"
        row(Key("key", "mirr"), "modified internal rate of return", "share per year", Spot("mirr"), note)
    paid_back = call("IF", Spot("no_payback").compare("=", 1), NONE, Spot("days_paid_back") / 365)
    row("payback", "payback", "years", paid_back, "from the first payment, end value not counted")
    if ledger.case.finance.cost_of_equity is not None:
        note = "after loans, at the cost of equity; see Cash flow"
        row(Key("key", "owners_value"), "value to the owners", money, Spot("owners_value"), note)
        rate, note = Spot(Key("owners", "irr")), "after loans, real days"
        row(Key("key", "owners_irr"), "rate of return of the owners", "share per year", rate, note)
        trust = Spot(Key("owners", "irr_warning"))
        row(Key("key", "owners_warning"), "how far the rate of return of the owners can be trusted", "text", trust)
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


def _added(ledger: Ledger, sheet: Sheet) -> None:
    """What the plan adds to doing nothing further, with what stands already; told while inputs are as planned."""
    money = ledger.currency

    def row(name: str, label: Text, unit: Text, figure: Term, note: str = "") -> None:
        sheet.line(Key("key", "added", name), label, unit, note, value=as_planned(figure))

    sheet.heading("What the plan adds to doing nothing further, while inputs are as planned")
    row("npv", "value added", money, Spot(Key("added", "npv")), "plan - doing nothing; see Liquidity by month")
    label, note = "net present value of doing nothing further", "what stands already, nothing bought"
    row("nothing", label, money, Spot(Key("nothing", "npv")), note)
    if not ledger.decisions.buys_anything:
        return
    label, note = "rate of return of what is added", "before financing, real days"
    row("irr", label, "share per year", Spot(Key("added", "irr")), note)
    label = "how far the rate of return of what is added can be trusted"
    row("warning", label, "text", Spot(Key("added", "irr_warning")))
    note = "from the first further payment, end value not counted"
    row("payback", "payback of what is added", "years", Spot(Key("added", "payback")), note)
    unit, note = price_unit(money, "accelerator-hour"), "discounted costs less grants, resale and end value, before tax"
    row("each", "cost of one added accelerator-hour at work", unit, Spot(Key("added", "each")), note)
    label, note = "cost of one added accelerator-hour at work, before grants", "the same without grants"
    row("each_before", label, unit, Spot(Key("added", "each_before")), note)


def _cover(ledger: Ledger, sheet: Sheet) -> None:
    """How often cash from operations pays interest and scheduled repayments, by fiscal year that is whole."""
    sheet.workings("debt service cover")
    sheet.flow("operating_here", "net cash from operations", "see Cash flow", series=Now("operating"), by_year=True)
    scheduled = Now(Key("all", "scheduled"))
    sheet.flow("scheduled_here", "scheduled repayments", "see Cash flow", series=scheduled, by_year=True)
    lent = [line for line in finance_costs(ledger.case) if CASH_LINES[line].serves_debt]
    service: Term = Now(Key("line", lent[0]))
    for line in lent[1:]:
        service = service + Now(Key("line", line))
    service = service + Now("scheduled_here")
    added = [line for line in borrowed_lines(ledger.case) if CASH_LINES[line].serves_debt]
    service = less(service, [Key("line", line) for line in added])
    label, how = "interest and scheduled repayments", "as the terms oblige; see Cash flow"
    if len(lent) > 1:
        label = "interest, commitment fees and scheduled repayments"
    if added:
        label = "interest that is paid, commitment fees and scheduled repayments"
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
