"""Sheet Summary: the headline figures, what to order when, cash by fiscal year, and the charts."""

from __future__ import annotations

from planner.report.verdict import verdict
from planner.report.workbook.cash.month_added import as_planned
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, OfYear, RowKey
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Spot, Whole
from planner.report.workbook.engine.sheet import Content, Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.engine.widths import NOTE_POINTS, PADDING, ROW_POINTS, TEXT_SIZE
from planner.report.workbook.front.charts import rows_of_charts
from planner.report.workbook.front.checks import computed
from planner.report.workbook.front.master_check import while_fit
from planner.report.workbook.physical.placements import bought_row, metric_label
from planner.report.workbook.programmes.aid import counted_key, credited, whole_cap, whole_key
from planner.report.xlsx.measures import wrapped_lines
from planner.vocabulary.message import Text, price_unit, say, verbatim

SUMMARY = Entry("Summary", "headline figures, charts, what to order when", over_time=False, in_front=True)
LABEL, FIGURE, UNIT, NOTE, LAST = range(5)
WIDTHS = (44, 22, 20, 42, 18)
"""So narrow that nine points are eight on a page of A4, in programs that draw columns wider than others too."""
PFLOPS_OF_AN_EFLOPS = 1000
MOST_ORDERS = 40
"""Orders beyond this are left to the sheet Decisions."""


def lay_summary(ledger: Ledger) -> None:
    """Lays what a reader wants to know first."""
    sheet = ledger.plain_sheet(SUMMARY, WIDTHS)
    sheet.put(2, LABEL, "Master check", "strong")
    sheet.put(2, FIGURE, Spot("master"), "verdict")
    sheet.put(2, NOTE, Spot("broken_told"), "text")
    sheet.next_row = 3
    _headlines(ledger, sheet)
    _years(ledger, sheet)
    sheet.heading("Charts")
    sheet.marks["charts"] = sheet.next_row
    sheet.next_row += sum(rows_of_charts(ledger))
    _bought(ledger, sheet)
    _orders(ledger, sheet)


def _row(sheet: Sheet, label: Text, figure: Content | int, unit: Text, note: Text = "", key: RowKey = "") -> None:
    row = sheet.next_row
    sheet.next_row += 1
    sheet.put(row, LABEL, label, "label")
    sheet.put(row, FIGURE, figure, "headline text" if unit == "text" else "headline", unit, key=key)
    sheet.put(row, UNIT, unit, "unit", unit)
    sheet.put(row, NOTE, note, "note")
    _heighten(sheet, row, NOTE)


def _headlines(ledger: Ledger, sheet: Sheet) -> None:
    money = ledger.currency
    sheet.heading("Headline figures")
    _added(ledger, sheet)
    note = "at the start of the horizon, funding not counted"
    if ledger.outcome.doing_nothing is not None:
        note = "with what stands already; funding not counted"
        if not ledger.outcome.something_stands:
            note = "all of it is added by the plan: nothing stands already; funding not counted"
    _row(sheet, "net present value", while_fit(Spot("npv")), money, note)
    note, terminal = "present value of what is installed at the end, after its tax", Spot("present_terminal_taxed")
    _row(sheet, "of that, terminal value", while_fit(terminal), money, note)
    share = call("IF", Spot("npv").compare("=", 0), 0, terminal / Spot("npv"))
    _row(sheet, "terminal value as a share of net present value", share, "share")
    if ledger.loans:
        note = "more than capital does, already taken off; cheap loans count nothing"
        _row(sheet, "what loans cost", Spot("loan_costs"), money, note)
    if ledger.case.finance.cost_of_equity is not None:
        note = "after loans, at the cost of equity"
        _row(sheet, "value to the owners", while_fit(Spot("owners_value")), money, note)
        note = "after loans and tax, by real days"
        _row(sheet, "rate of return of the owners", while_fit(Spot(Key("owners", "irr_told"))), "share per year", note)
    rate = while_fit(Spot("irr_told"))
    _row(sheet, "internal rate of return", rate, "share per year", "before financing, after tax, by real days")
    if "mirr" in ledger.grid:
        note = "told where several rates would do, at the discount rate"
        _row(sheet, "modified internal rate of return", while_fit(Spot("mirr")), "share per year", note)
    _row(
        sheet,
        "payback",
        while_fit(Spot("payback")),
        "years",
        "from the first payment, before financing, end value not counted",
    )
    _row(sheet, "capital expenditure", while_fit(Spot("capex")), money, "paid within the horizon")
    _grants(ledger, sheet)
    _row(sheet, "lowest cash at any time", Spot("lowest"), money, "see Liquidity by month", "lowest_cash")
    _row(sheet, "in the month", Spot("lowest_month"), "date")
    _row(sheet, "when in that month", Spot("lowest_moment"), "text")
    if ledger.loans:
        _row(sheet, "highest debt", Spot("peak_debt"), money, "at the end of a period")
        _row(sheet, "lowest debt service cover of a fiscal year", Spot("lowest_cover"), "ratio", "see Key figures")
    cost = call("IF", Spot("present_hours").compare("=", 0), 0, Spot("own_cost") / Spot("present_hours"))
    note = "before tax: discounted costs less grants, resale and terminal value, over discounted hours"
    _row(sheet, "cost of one accelerator-hour at work", cost, price_unit(money, "accelerator-hour"), note)
    peak, note = call("MAX", Whole(Key("all", "used"))), "highest draw of installed systems, all sites"
    _row(sheet, "power used at the peak", peak, "kW", note)
    _obligations(ledger, sheet)
    _proof(ledger, sheet)


def _added(ledger: Ledger, sheet: Sheet) -> None:
    """What the plan adds to doing nothing further, where something stands already; or why that is not known."""
    if not ledger.outcome.something_stands:
        if ledger.outcome.no_doing_nothing:
            _row(sheet, "value added", "unknown", "text", ledger.outcome.no_doing_nothing)
        return
    money = ledger.currency

    def row(name: str, label: str, unit: Text, note: str) -> None:
        told = as_planned(Spot(Key("added", "irr_told")))
        figure = told if name == "irr" else Spot(Key("key", "added", name))
        _row(sheet, label, figure, unit, note)

    row("npv", "value added", money, "against doing nothing further, while inputs are as planned")
    label = "net present value of doing nothing further"
    row("nothing", label, money, "what stands already, nothing bought; as it was planned")
    if not ledger.decisions.buys_anything:
        return
    label, note = "rate of return of what is added", "before financing, after tax, by real days"
    row("irr", label, "share per year", note)
    note = "from the first further payment, before financing, end value not counted"
    row("payback", "payback of what is added", "years", note)
    unit, note = price_unit(money, "accelerator-hour"), "discounted costs less grants, resale and end value, before tax"
    row("each", "cost of one added accelerator-hour at work", unit, note)
    label, note = "cost of one added accelerator-hour at work, before grants", "the same without grants"
    row("each_before", label, unit, note)


def _grants(ledger: Ledger, sheet: Sheet) -> None:
    for programme, rules in ledger.case.programmes.items():
        label = say(rules.aid.headline, programme=programme)
        _row(sheet, label, Spot(counted_key(ledger, programme)), ledger.currency, "within the horizon")
        if programme in credited(ledger):
            used = Spot(Key("credit_used", programme))
            label = say("tax credit of {programme}, used", programme=programme)
            _row(sheet, label, used, ledger.currency, "within the horizon")
        if rules.early_exit != "forbidden":
            repaid = Spot(Key("clawback", programme))
            label = say("grants repaid to {programme}", programme=programme)
            _row(sheet, label, repaid, ledger.currency, "within the horizon")
        if cap := whole_cap(ledger, programme):
            most, which = cap
            left = most - Spot(whole_key(ledger, programme))
            label = say("room below the cap of {programme}", programme=programme)
            _row(sheet, label, left, ledger.currency, which, Key("room", programme))


def _obligations(ledger: Ledger, sheet: Sheet) -> None:
    for programme, rules in ledger.case.programmes.items():
        for position, duty in enumerate(rules.obligations):
            there: Term = Spot(Key("then", f"programmes.{programme}.obligations.{position}"))
            if duty.first < ledger.case.calendar.start:
                there = Spot(Key("metric", duty.metric), 0)
            unit, note = metric_label(duty.metric), "from {month}"
            label = say("installed when the obligation of {programme} begins", programme=programme)
            if duty.metric.endswith("pflops"):
                word = "PFLOPS"
                if duty.floor >= PFLOPS_OF_AN_EFLOPS:  # 48 PFLOPS would be 0.05 EFLOPS
                    there, word = there / Spot("constants.per_thousand"), "EFLOPS"
                note, unit = f"{note}; {word} count dense throughput only", unit.replace("PFLOPS", word)
            _row(sheet, label, there, unit, say(note, month=str(duty.first)))


def _proof(ledger: Ledger, sheet: Sheet) -> None:
    proof = ledger.proof
    _row(sheet, "the plan", "checked", "text", verdict(ledger.outcome))
    _row(sheet, "state of the proof", proof.label, "text", ledger.outcome.gap_words)
    if proof.kind == "compute":
        _row(sheet, "compute", computed(ledger), proof.unit)
    _row(sheet, "objective of the plan", proof.objective, proof.unit, "as solved")
    _row(sheet, "no plan can be better than", proof.bound, proof.unit, "as solved")
    _row(sheet, "gap: a better plan could bring at most", proof.gap, proof.unit, "as solved")


def _table(sheet: Sheet, titles: tuple[Text, ...]) -> None:
    for column, title in enumerate(titles):
        sheet.put(sheet.next_row, column, title, "header wrapped" if column in (FIGURE, UNIT, LAST) else "header text")
        _heighten(sheet, sheet.next_row, column)
    sheet.next_row += 1


def _heighten(sheet: Sheet, row: int, column: int) -> None:
    """Makes a row as high as a text in it that is wrapped; programs do not all do so by themselves."""
    lines = wrapped_lines(sheet.text(row, column), WIDTHS[column] - PADDING, TEXT_SIZE)
    if lines > 1:
        height = ROW_POINTS + NOTE_POINTS * (lines - 1)
        sheet.heights[row] = max(height, sheet.heights.get(row, 0.0))


def _bought(ledger: Ledger, sheet: Sheet) -> None:
    sheet.heading("What is bought")
    price = say("Price and additions, {unit}", unit=ledger.scale.unit)
    _table(sheet, ("Offer", "Systems", "Accelerators", "System", price))
    for offer in ledger.choices.offers:
        row, system = sheet.next_row, ledger.case.offers[offer].system
        bought = Spot(Key("ordered", offer))
        sheet.put(row, LABEL, verbatim(offer), "label")
        sheet.put(row, FIGURE, bought, "headline", "systems")
        sheet.put(row, UNIT, bought * Spot(f"systems.{system}.accelerators"), "headline", "accelerators")
        sheet.put(row, NOTE, verbatim(system), "indented")
        sheet.put(row, LAST, Spot(Key("paid", offer)) + Spot(Key("additions", offer)), "headline", ledger.currency)
        sheet.next_row += 1
    for name in ledger.choices.expansions:
        row = sheet.next_row
        sheet.put(row, LABEL, verbatim(name), "label")
        sheet.put(row, FIGURE, Spot(Key("expand", name)), "headline", "blocks")
        sheet.put(row, NOTE, "blocks of halls", "indented")
        sheet.put(row, LAST, 1 * Spot(Key("paid", name)), "headline", ledger.currency)
        sheet.next_row += 1
    if Key("line", "contracted") in ledger.grid:
        sheet.put(sheet.next_row, LABEL, "bills for what was ordered before the plan", "label")
        sheet.put(sheet.next_row, LAST, 1 * Spot(Key("line", "contracted")), "headline", ledger.currency)
        sheet.next_row += 1
    row = sheet.next_row
    sheet.put(row, LABEL, "capital expenditure", "strong")
    sheet.put(row, LAST, Spot("capex"), "headline", ledger.currency)
    sheet.next_row += 1


def _orders(ledger: Ledger, sheet: Sheet) -> None:
    bought = ledger.choices.by_date
    sheet.heading("What to order when")
    _table(sheet, ("Order in", "Units", "", "From and for"))
    for t, name, site in bought[:MOST_ORDERS]:
        row = sheet.next_row
        sheet.put(row, LABEL, Spot("time.start", t), "strong", "date")
        key, unit = bought_row(ledger, name, site)
        sheet.put(row, FIGURE, Spot(key, t), "headline", unit)
        sheet.put(row, UNIT, unit, "unit", unit)
        sheet.put(row, NOTE, at_site(name, site or ledger.case.expansions[name].site), "indented")
        sheet.next_row += 1
    if len(bought) > MOST_ORDERS:
        sheet.remark(say("{count} more on the sheet Decisions", count=len(bought) - MOST_ORDERS))


def _years(ledger: Ledger, sheet: Sheet) -> None:
    sheet.heading("Cash by fiscal year")
    money = ("Net cash flow, {unit}", "Funding, {unit}", "Cash at the end, {unit}")
    net, funding, cash = (say(title, unit=ledger.scale.unit) for title in money)
    _table(sheet, ("Fiscal year", net, funding, "", cash))
    for year, periods in ledger.case.calendar.fiscal_years.items():
        row = sheet.next_row
        sheet.put(row, LABEL, Spot("time.fiscal_year", periods[-1]), "strong", "fiscal year")
        for column, key in ((FIGURE, "net"), (UNIT, "funding")):
            sheet.put(row, column, Spot(OfYear(key, year)), "headline", ledger.currency)
        sheet.put(row, LAST, Spot("cash", periods[-1]), "headline", ledger.currency)
        sheet.next_row += 1
