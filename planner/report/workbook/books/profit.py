"""Sheet Profit and tax: the profit of each period and fiscal year, losses carried forward, and the tax on it."""

from __future__ import annotations

from planner.outcome import OPERATING_COSTS
from planner.report.lines import has_clawback, writes_off_at_once
from planner.report.workbook.books.credits import lay_credits
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Stack, Whole
from planner.report.workbook.engine.sheet import ByYear, Line, Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.programmes.aid import credited
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import Text

PROFIT = Entry(
    "Profit and tax",
    "profit by period and fiscal year, losses carried forward, tax charged and paid",
    "Books and tax are one: profit before tax is the taxable profit. Tax is charged in a year's last period.",
    years=True,
)


def lay_profit(ledger: Ledger) -> None:
    """Lays the profit statement, then the tax of each fiscal year and when it is paid."""
    sheet = ledger.time_sheet(PROFIT)
    _Profit(ledger, sheet).lay()
    if ledger.case.finance.tax is None:
        sheet.heading("Tax: the case counts none")
    else:
        _tax_of_the_year(ledger, sheet)
    _payment(ledger, sheet)


class _Profit:
    """Lays the profit statement from revenue to net profit."""

    def __init__(self, ledger: Ledger, sheet: Sheet) -> None:
        self.case, self.sheet, self.currency = ledger.case, sheet, ledger.currency

    def row(
        self, key: RowKey, label: Text, series: Term, note: str = "see Cash flow", kind: str = "calculation"
    ) -> None:
        """One line with its sum over the horizon and by fiscal year."""
        self.sheet.line(Line(key, label, self.currency, note=note, kind=kind), series=series, add_up=True, by_year=True)

    def lay(self) -> None:
        """All lines; amounts are positive, and labels say which lower the profit."""
        self.sheet.heading("Profit")
        self.row(Key("profit", "revenue"), "revenue", Now(Key("line", "revenue")))
        costs = tuple(Key("profit", line) for line in OPERATING_COSTS)
        for line, key in zip(OPERATING_COSTS, costs, strict=True):
            self.row(key, CASH_LINES[line].label, Now(Key("line", line)))
        before = Now(Key("profit", "revenue")) - call("SUM", Stack(costs))
        self.row("ebitda", "operating profit before depreciation", before, "revenue - running costs", "total")
        self.row(Key("profit", "depreciation"), "depreciation", Now("depreciation"), "see Fixed assets")
        operating = Now("ebitda") - Now(Key("profit", "depreciation"))
        self.row("operating_profit", "operating profit", operating, "after depreciation", "total")
        self.row(Key("profit", "interest"), "interest", Now(Key("line", "interest")))
        ordinary = Now("operating_profit") - Now(Key("profit", "interest"))
        self.row("ordinary_profit", "ordinary profit", ordinary, "operating profit - interest", "total")
        self._special()
        special = Now(Key("profit", "disposals")) + Now(Key("profit", "grants")) - Now(Key("profit", "compression"))
        if has_clawback(self.case):
            special = special - Now(Key("profit", "grants_repaid"))
        if writes_off_at_once(self.case):
            special = special - Now(Key("profit", "special_depreciation"))
        profit = Now("ordinary_profit") + special
        self.row("profit", "profit before tax", profit, "ordinary profit + special items", "total")
        self.row(Key("profit", "tax"), "tax on profit", Now("tax_charge"), "see below")
        self.row(
            "net_profit", "net profit", Now("profit") - Now(Key("profit", "tax")), "profit before tax - tax", "total"
        )

    def _special(self) -> None:
        """Grants, what they take off book value, and systems that are sold above or below book value."""
        self.sheet.heading("Special items")
        self.row(Key("profit", "grants"), "grants: special profit", Now(Key("line", "grants")))
        compression = Now("compression")
        self.row(
            Key("profit", "compression"),
            "reduction of book value by grants: special loss",
            compression,
            "see Fixed assets",
        )
        if has_clawback(self.case):
            self.row(Key("profit", "grants_repaid"), "grants repaid: special loss", Now(Key("line", "grants_repaid")))
        if writes_off_at_once(self.case):
            at_once = Now("special_depreciation")
            self.row(
                Key("profit", "special_depreciation"), "special depreciation: special loss", at_once, "see Fixed assets"
            )
        self.row(Key("profit", "resale"), "resale of systems", Now(Key("line", "resale")))
        self.row(
            Key("profit", "written_off"), "book value of systems that leave", Now("written_off"), "see Fixed assets"
        )
        result = Now(Key("profit", "resale")) - Now(Key("profit", "written_off"))
        self.row(Key("profit", "disposals"), "result of disposals", result, "resale - book value")


def _tax_of_the_year(ledger: Ledger, sheet: Sheet) -> None:
    """By fiscal year, in its last period: a loss is carried forward, a profit is taxed after earlier losses."""
    money, tax = ledger.currency, ledger.case.finance.tax
    assert tax is not None
    opens, closes = Now("time.opens"), Now("time.closes")

    def row(key: RowKey, label: Text, series: Term, note: str, by_year: ByYear = True, add_up: bool = True) -> None:
        sheet.line(Line(key, label, money, note=note), series=series, add_up=add_up, by_year=by_year)

    sheet.heading("Taxable profit of the fiscal year")
    so_far = Now("profit_so_far", -1) * (1 - opens) + Now("profit")
    words, how = "profit of the fiscal year so far", "starts anew with each fiscal year"
    sheet.line(Line("profit_so_far", words, money, note=how), opening=0, series=so_far, by_year="end")
    row("gain", "profit of the year", closes * call("MAX", 0, Now("profit_so_far")), "in its last period")
    sheet.heading("Losses carried forward")
    row("loss_opening", "losses at the start", Now("loss_carried", -1), "losses at the end before", "start", False)
    row("loss_made", "loss of the year", closes * call("MAX", 0, 0 - Now("profit_so_far")), "in its last period")
    most = Spot("finance.tax.loss_use_limit") * Now("gain")
    row("loss_used", "losses used", call("MIN", Now("loss_opening"), most), "as much as the year's profit allows")
    there = ledger.home(tax.opening_loss, "finance.tax.opening_loss") if tax.opening_loss else Literal(0)
    words, how = "losses at the end", "start + made - used"
    figures = Now("loss_opening") + Now("loss_made") - Now("loss_used")
    sheet.line(Line("loss_carried", words, money, note=how, kind="total"), opening=there, series=figures, by_year="end")
    sheet.heading("Tax of the fiscal year")
    row("taxable", "taxable profit", Now("gain") - Now("loss_used"), "profit of the year - losses used")
    words = "tax rate of the fiscal year"
    figures = call("IF", opens.compare("=", 1), Now("finance.tax.rate"), Now("year_rate", -1))
    sheet.line(Line("year_rate", words, "share", note="the rate in its first period"), series=figures, by_year="end")
    tax_before = Now("year_rate") * Now("taxable")
    if not credited(ledger):
        row("tax_of_year", "tax of the year", tax_before, "rate x taxable profit")
        return
    row("tax_before", "tax before credits", tax_before, "rate x taxable profit")
    lay_credits(ledger, sheet)
    sheet.heading("Tax of the fiscal year after credits")
    row("tax_of_year", "tax of the year", Now("tax_before") - Now("credit_used"), "tax before credits - credits used")


def _payment(ledger: Ledger, sheet: Sheet) -> None:
    money, has_tax = ledger.currency, ledger.case.finance.tax is not None
    sheet.heading("Tax charged and paid")
    if has_tax:
        later = call("INT", (Spot("finance.tax.payment_lag") - 1) / Spot("calendar.period"))
        label = "periods from the last period of a year to the payment"
        note = "to the period that holds the last month of the lag"
        sheet.line(Line("tax_shift", label, "period", note=note), value=1 + later)
    charged_then = Header("number") - Spot("tax_shift")
    paid = call("SUMIFS", Whole("tax_charge"), HeaderSpan("number"), charged_then) if has_tax else Literal(0)
    label = "tax payable at the start"
    sheet.line(Line("payable_opening", label, money), series=Now("tax_payable", -1), by_year="start")
    charged = Now("tax_of_year") if has_tax else Literal(0)
    sheet.line(Line("tax_charge", "tax charged", money, note="see above"), series=charged, add_up=True, by_year=True)
    note = "charged that many periods ago"
    sheet.line(Line("tax_paid", "tax paid", money, note=note), series=paid, add_up=True, by_year=True)
    label, note = "tax payable at the end", "start + charged - paid"
    series = Now("payable_opening") + Now("tax_charge") - Now("tax_paid")
    sheet.line(Line("tax_payable", label, money, note=note, kind="total"), opening=0, series=series, by_year="end")
