"""Sheet Cash flow: every line of the plan's money by what it is for, and the balance; its workings below."""

from __future__ import annotations

from collections.abc import Sequence

from planner.outcome import CLAWBACKS, CONSUMPTION_TAX, FINANCE_COSTS, INVESTMENTS
from planner.report.lines import (
    borrowed_lines,
    cash_lines,
    earns_on_cash,
    finance_costs,
    has_clawback,
    operating_costs,
    pays_dividends,
)
from planner.report.workbook.cash.consumption_tax import (
    has_consumption_tax,
    lay_taxed_lines,
    parts_of_tax,
    received_less_paid,
)
from planner.report.workbook.cash.investment import lay_investment
from planner.report.workbook.cash.loans import lay_loans
from planner.report.workbook.cash.operation import lay_operation, maintained, serving_pairs, sold_at_a_cost
from planner.report.workbook.cash.present import lay_present_value
from planner.report.workbook.cash.property_tax import lay_property_tax
from planner.report.workbook.cash.property_tax_paid import PAID
from planner.report.workbook.cash.resale import lay_curve, lay_prices_when_new, lay_proceeds
from planner.report.workbook.cash.spend import lay_spend
from planner.report.workbook.cash.terminal import lay_terminal
from planner.report.workbook.cash.working_capital import (
    PREPAYMENTS,
    is_laid,
    lay_revenue_by_workload,
    more_open,
    sides_of,
)
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Now, Spot, Stack, falling, holds_month, less, more, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call, times
from planner.report.workbook.physical.placements import fleets
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import Text, say

CASH_FLOW = Entry(
    "Cash flow",
    "every line of money, the balance, present value, and the workings",
    "Amounts are positive whichever way they flow. The workings of every line stand below the statement.",
    years=True,
)


def lay_cash_flow(ledger: Ledger) -> None:
    """Lays the statement, the balance and the present value, and then how each line comes about."""
    sheet = ledger.time_sheet(CASH_FLOW)
    _statement(ledger, sheet)
    _balance(ledger, sheet)
    lay_present_value(ledger, sheet)
    lay_loans(ledger, sheet)
    lay_curve(ledger, sheet)
    _funding(ledger, sheet)
    lay_investment(ledger, sheet)
    lay_spend(ledger, sheet)
    lay_operation(ledger, sheet)
    lay_property_tax(ledger, sheet)
    _working_capital(ledger, sheet)
    lay_taxed_lines(ledger, sheet)
    lay_prices_when_new(ledger, sheet)
    lay_proceeds(ledger, sheet)
    lay_terminal(ledger, sheet)


def line_parts(ledger: Ledger) -> dict[str, Sequence[RowKey]]:
    """Rows of the workings that add up to each line of the cash flow."""
    choices = ledger.choices
    sites = sorted({site for _, site in ledger.placements})
    unpaid = [path for path, (_, fleet) in fleets(ledger).items() if fleet.unpaid is not None]
    parts: dict[str, Sequence[RowKey]] = {
        "revenue": [Key("revenue", workload, system) for workload, system in serving_pairs(ledger)],
        "grants": ["granted"],
        "resale": [Key("resale", *vintage) for vintage in choices.exits],
        "energy": [Key("energy", site) for site in sites],
        "rent": [Key("rent", site) for site in sites if ledger.case.sites[site].rent is not None],
        "operations": [Key("operations", site) for site in sites if ledger.case.sites[site].operations is not None],
        "maintenance": [Key("maintenance", system) for system in maintained(ledger)],
        "selling_costs": [Key("selling_costs", workload, system) for workload, system in sold_at_a_cost(ledger)],
        "property_tax": PAID.laid(ledger),
        "system_price": [Key("paid", offer) for offer in choices.offers],
        "additions": [Key("additions", offer) for offer in choices.offers],
        "expansion": [Key("paid", name) for name in choices.expansions],
        "contracted": [Key("contracted", path) for path in unpaid],
        "grants_repaid": ["clawback"],
        "tax": ["tax_paid"],
        **parts_of_tax(),
        "receivables_increase": [Key("more", "receivables")],
        "payables_increase": [Key("more", "payables")],
        "prepayments_increase": [Key("more", "prepayments")],
        "loans_drawn": [Key("all", "drawn")],
        **{line: [Key("all", line)] for line in (*FINANCE_COSTS, "interest_capitalised")},
        "loans_repaid": [Key("all", "repaid")],
        "interest_on_cash": ["cash_interest"],
        "dividends": ["dividend_paid"],
    }
    return {line: parts[line] for line in cash_lines(ledger.case)}


class _Statement:
    """Lays the lines of the cash flow, and what they come to."""

    def __init__(self, ledger: Ledger, sheet: Sheet) -> None:
        self.sheet, self.parts = sheet, line_parts(ledger)

    def lines(self, *lines: str) -> Term:
        """Lays some lines and gives their sum."""
        for line in lines:
            label, note = CASH_LINES[line].label, f"see {CASH_LINES[line].workings}"
            self.sheet.flow(Key("line", line), label, note, series=total(self.parts[line]), by_year=True)
        return call("SUM", Stack(tuple(Key("line", line) for line in lines)))

    def sum(self, key: RowKey, label: Text, series: Term, note: str = "") -> None:
        """Lays what some lines come to."""
        self.sheet.flow(key, label, note, kind="total", series=series, by_year=True)


def _statement(ledger: Ledger, sheet: Sheet) -> None:
    rows = _Statement(ledger, sheet)
    sheet.heading("Operations")
    rows.lines("revenue")
    rows.sum("running", "running costs", rows.lines(*operating_costs(ledger.case)))
    rows.lines("tax")
    operating = Now(Key("line", "revenue")) - Now("running") - Now(Key("line", "tax"))
    rows.sum("operating", "net cash from operations", operating, "revenue - running costs - tax")
    earned: RowKey = "operating"
    if is_laid(ledger):
        rows.lines(*(side.line for side in sides_of(ledger)))
        earned, label = "operating_paid", "net cash from operations, as it is paid"
        note = "operations - receivables + payables"
        if PREPAYMENTS in sides_of(ledger):
            note = "operations - receivables + payables + prepayments"
        rows.sum(earned, label, Now("operating") + more_open(ledger, "line"), note)
    sheet.heading("Investment")
    rows.sum("capex", "capital expenditure", rows.lines(*INVESTMENTS))
    rows.lines("grants", "resale")
    investing = Now(Key("line", "grants")) + Now(Key("line", "resale")) - Now("capex")
    note = "grants + resale - capital expenditure"
    if has_clawback(ledger.case):
        rows.lines(*CLAWBACKS)
        investing, note = investing - Now(Key("line", "grants_repaid")), f"{note} - grants repaid"
    rows.sum("investing", "net cash from investment", investing, note)
    free, note = Now(earned) + Now("investing"), "operations + investment"
    if has_consumption_tax(ledger.case):
        sheet.heading("Consumption tax")
        rows.lines(*CONSUMPTION_TAX)
        words = "consumption tax received less paid and settled"
        rows.sum("passed_on", words, received_less_paid(ledger, "line"), "received - paid - settled")
        free, note = free + Now("passed_on"), "operations + investment + consumption tax"
    sheet.heading("Before financing")
    rows.sum("free", "net cash flow before financing", free, note)
    sheet.heading("Financing")
    borrowed, costs = borrowed_lines(ledger.case), finance_costs(ledger.case)
    rows.lines(*borrowed, *costs, "loans_repaid")
    there = more([Key("line", line) for line in borrowed])
    financing = less(there, [Key("line", line) for line in (*costs, "loans_repaid")])
    note = "loans drawn - interest - repaid" if len(costs) == 1 else "loans drawn - interest - fees - repaid"
    if len(borrowed) > 1:
        note = "what is borrowed - interest - fees - repaid"
    rows.sum("financing", "net cash from financing", financing, note)
    _net(ledger, sheet, rows)
    assert set(rows.parts) == set(cash_lines(ledger.case))


def _net(ledger: Ledger, sheet: Sheet, rows: _Statement) -> None:
    """What is left of all lines, with what the bank pays and owners are paid."""
    sheet.heading("Net cash flow")
    net, note = Now("free") + Now("financing"), "before financing + financing"
    if earns_on_cash(ledger.case):
        rows.lines("interest_on_cash")
        net, note = net + Now(Key("line", "interest_on_cash")), "before financing + financing + interest on cash"
    if pays_dividends(ledger.case):
        rows.lines("dividends")
        net = net - Now(Key("line", "dividends"))
        note = "before financing + financing - dividends"
        if earns_on_cash(ledger.case):
            note = "before financing + financing + interest on cash - dividends"
    rows.sum("net", "net cash flow before funding", net, note)


def _balance(ledger: Ledger, sheet: Sheet) -> None:
    finance = ledger.case.finance
    opening = ledger.home(finance.opening_cash, "finance.opening_cash")
    sheet.heading("Cash")
    sheet.money("opening", "cash at the start", "cash at the end before", series=Now("cash", -1), by_year="start")
    series = total([Key("funding", month) for month in finance.funding])
    sheet.flow("funding", "funding", "see the workings below", series=series, by_year=True)
    sheet.flow("net_again", "net cash flow", series=Now("net"), by_year=True)
    label, note = "cash at the end", "start + funding + net"
    series = call("SUM", Stack(("opening", "funding", "net_again")))
    sheet.money("cash", label, note, kind="total", opening=opening, series=series, by_year="end")
    least = times(Spot("finance.minimum_cash"), ledger.rate(finance.minimum_cash.currency))
    sheet.money("minimum", "least cash that must be left", "at any time, see Liquidity by month", series=least)


def _working_capital(ledger: Ledger, sheet: Sheet) -> None:
    """What of the months of each period is paid later, or was open before."""
    if is_laid(ledger):
        lay_revenue_by_workload(ledger, sheet)
        sheet.workings("working capital")
        for side in sides_of(ledger):
            series = falling(Key("monthly", side.line), "month.period")
            label, note = CASH_LINES[side.line].label, "months of the period"
            sheet.flow(Key("more", side.name), label, note, series=series)
    if earns_on_cash(ledger.case):
        sheet.workings("interest on cash")
        series = falling(Key("monthly", "interest_on_cash"), "month.period")
        sheet.flow("cash_interest", "interest on cash", "months of the period", series=series)
    if pays_dividends(ledger.case):
        sheet.workings("dividends")
        series, note = (
            falling("dividend_for", "dividend_period"),
            "those that are due in the period, see Profit and tax",
        )
        sheet.flow("dividend_paid", "dividends paid", note, series=series)


def _funding(ledger: Ledger, sheet: Sheet) -> None:
    funding = ledger.case.finance.funding
    if funding:
        sheet.workings("funding")
    for month in funding:
        falls = holds_month(Spot(f"finance.funding.{month}.month"))
        label = say("funding of {month} comes in", month=month)
        sheet.line(Key("falls", month), label, "yes = 1", "the period holds it", series=falls)
    for month, money in funding.items():
        amount = times(Now(Key("falls", month)), Spot(f"finance.funding.{month}"), ledger.rate(money.currency))
        sheet.flow(Key("funding", month), say("funding of {month}", month=month), series=amount)
