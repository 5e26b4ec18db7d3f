"""Sheet Profit and tax: the profit of each period and fiscal year, losses carried forward, and the tax on it."""

from __future__ import annotations

from planner.report.lines import finance_costs, has_clawback, operating_costs, writes_off_at_once
from planner.report.workbook.books.credits import lay_credits
from planner.report.workbook.books.dividends import lay_dividends
from planner.report.workbook.books.interim import lay_interim, lay_interim_shield
from planner.report.workbook.books.lapses import lay_lapses
from planner.report.workbook.cash.interim import has_interim, rest_of_tax
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Stack, Whole, falling, less
from planner.report.workbook.engine.sheet import ByYear, Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.programmes.aid import credited
from planner.vocabulary.captions import CAPTIONS
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import Text

PROFIT = Entry(
    "Profit and tax",
    "profit by period and fiscal year, losses carried forward, tax charged and paid",
    "Books and tax are one: profit before tax is the taxable profit. Tax is charged in a year's last period.",
    years=True,
)

APART = "Tax is reckoned on books of its own and charged in a year's last period; what it puts off is deferred tax."


def lay_profit(ledger: Ledger) -> None:
    """Lays the profit statement, then the tax of each fiscal year and when it is paid."""
    apart = ledger.case.finance.tax_books_apart
    sheet = ledger.time_sheet(PROFIT._replace(remark=APART) if apart else PROFIT)
    _Profit(ledger, sheet).lay()
    if ledger.case.finance.tax is None:
        sheet.heading("Tax: the case counts none")
    else:
        _tax_of_the_year(ledger, sheet)
    if ledger.case.finance.tax_books_apart:
        _deferred_tax(sheet)
    _payment(ledger, sheet)
    if ledger.has_shield:
        _shield(ledger, sheet)
    lay_dividends(ledger, sheet)


class _Profit:
    """Lays the profit statement from revenue to net profit, each line with its sum over the horizon and by year."""

    def __init__(self, ledger: Ledger, sheet: Sheet) -> None:
        self.case, self.sheet = ledger.case, sheet
        self.captions = CAPTIONS[ledger.case.finance.accounts]

    def row(self, name: str, label: Text, series: Term, note: str = "see Cash flow") -> None:
        """What raises or lowers the profit."""
        self.sheet.flow(Key("profit", name), label, note, series=series, by_year=True)

    def result(self, key: str, label: Text, series: Term, note: str) -> None:
        """What is left so far."""
        self.sheet.flow(key, label, note, kind="total", series=series, by_year=True)

    def lay(self) -> None:
        """All lines; amounts are positive, and labels say which lower the profit."""
        self.sheet.heading("Profit")
        for line in ("revenue", *operating_costs(self.case)):
            self.row(line, CASH_LINES[line].label, Now(Key("line", line)))
        costs = call("SUM", Stack(tuple(Key("profit", line) for line in operating_costs(self.case))))
        before = Now(Key("profit", "revenue")) - costs
        self.result("ebitda", self.captions.before_depreciation, before, "revenue - running costs")
        self.row("depreciation", "depreciation", Now("depreciation"), "see Fixed assets")
        if self.captions.special_apart:
            self._in_japan()
        else:
            self._elsewhere()
        self.row("tax", self.captions.tax, Now("tax_charge"), "see below")
        net = Now("profit") - Now(Key("profit", "tax"))
        how = "profit before tax - tax" if self.captions.special_apart else "before tax - tax"
        if self.case.finance.tax_books_apart:
            self.row("deferred_tax", "deferred tax", Now("deferred_tax") - Now("deferred_tax", -1), "see below")
            net = net - Now(Key("profit", "deferred_tax"))
            how = "profit before tax - tax - deferred tax"
            if not self.captions.special_apart:
                how = "before tax - tax - deferred tax"
        self.result("net_profit", self.captions.net_profit, net, how)

    def _in_japan(self) -> None:
        """Ordinary profit after what lenders get, and special items behind it."""
        operating = Now("ebitda") - Now(Key("profit", "depreciation"))
        self.result("operating_profit", self.captions.operating_profit, operating, "after depreciation")
        lent = finance_costs(self.case)
        for line in lent:
            self.row(line, CASH_LINES[line].bar, Now(Key("line", line)))
        ordinary = less(Now("operating_profit"), [Key("profit", line) for line in lent])
        note = "operating profit - interest" if len(lent) == 1 else "operating profit - interest - fees"
        self.result("ordinary_profit", "ordinary profit", ordinary, note)
        profit = Now("ordinary_profit") + self._special()
        self.result("profit", self.captions.profit, profit, "ordinary profit + special items")

    def _elsewhere(self) -> None:
        """Operating profit with all that is earned and lost beside the sales, and what lenders get behind it."""
        special = self._special()
        operating = Now("ebitda") - Now(Key("profit", "depreciation")) + special
        self.sheet.heading("After other income and expenses")
        self.result("operating_profit", self.captions.operating_profit, operating, "after depreciation and other items")
        lent = finance_costs(self.case)
        for line in lent:
            self.row(line, CASH_LINES[line].bar, Now(Key("line", line)))
        profit = less(Now("operating_profit"), [Key("profit", line) for line in lent])
        self.result("profit", self.captions.profit, profit, "after interest and fees")

    def _special(self) -> Term:
        """Grants, what they take off book value, and systems that are sold above or below book value; their sum."""
        books, captions = "see Fixed assets", self.captions
        self.sheet.heading(captions.special)
        self.row("grants", captions.grants, Now(Key("line", "grants")))
        self.row("compression", captions.compression, Now("compression"), books)
        if has_clawback(self.case):
            self.row("grants_repaid", captions.grants_repaid, Now(Key("line", "grants_repaid")))
        if writes_off_at_once(self.case):
            self.row("special_depreciation", captions.special_depreciation, Now("special_depreciation"), books)
        self.row("resale", "resale of systems", Now(Key("line", "resale")))
        self.row("written_off", "book value of systems that leave", Now("written_off"), books)
        result = Now(Key("profit", "resale")) - Now(Key("profit", "written_off"))
        self.row("disposals", "result of disposals", result, "resale - book value")
        special = Now(Key("profit", "disposals")) + Now(Key("profit", "grants")) - Now(Key("profit", "compression"))
        if has_clawback(self.case):
            special = special - Now(Key("profit", "grants_repaid"))
        if writes_off_at_once(self.case):
            special = special - Now(Key("profit", "special_depreciation"))
        return special


def _tax_of_the_year(ledger: Ledger, sheet: Sheet) -> None:
    """By fiscal year, in its last period: a loss is carried forward, a profit is taxed after earlier losses."""
    _money, tax = ledger.currency, ledger.case.finance.tax
    assert tax is not None
    opens, closes = Now("time.opens"), Now("time.closes")

    def row(key: RowKey, label: Text, series: Term, note: str, by_year: ByYear = True, add_up: bool = True) -> None:
        sheet.money(key, label, note, series=series, add_up=add_up, by_year=by_year)

    sheet.heading("Taxable profit of the fiscal year")
    of_period = "profit"
    if ledger.case.finance.tax_books_apart:
        of_period = "taxable_of_period"
        _taxable_profit(sheet)
    so_far = Now("profit_so_far", -1) * (1 - opens) + Now(of_period)
    words, how = "profit of the fiscal year so far", "starts anew with each fiscal year"
    sheet.money("profit_so_far", words, how, opening=0, series=so_far, by_year="end")
    row("gain", "profit of the year", closes * call("MAX", 0, Now("profit_so_far")), "in its last period")
    sheet.heading("Losses carried forward")
    row("loss_opening", "losses at the start", Now("loss_carried", -1), "losses at the end before", "start", False)
    row("loss_made", "loss of the year", closes * call("MAX", 0, 0 - Now("profit_so_far")), "in its last period")
    most = Spot("finance.tax.loss_use_limit") * Now("gain")
    row("loss_used", "losses used", call("MIN", Now("loss_opening"), most), "as much as the year's profit allows")
    there = ledger.home(tax.opening_loss, "finance.tax.opening_loss") if tax.opening_loss else Literal(0)
    for made_in, loss in tax.opening_losses.items():
        there = there + ledger.home(loss, f"finance.tax.opening_losses.{made_in}")
    words, how = "losses at the end", "start + made - used"
    figures = Now("loss_opening") + Now("loss_made") - Now("loss_used")
    if tax.loss_years is not None:
        lay_lapses(ledger, sheet)
        figures, how = figures - Now("loss_lapsed"), "start + made - used - lapsed"
    sheet.money("loss_carried", words, how, kind="total", opening=there, series=figures, by_year="end")
    sheet.heading("Tax of the fiscal year")
    row("taxable", "taxable profit", Now("gain") - Now("loss_used"), "profit of the year - losses used")
    words = "tax rate of the fiscal year"
    figures = call("IF", opens.compare("=", 1), Now("finance.tax.rate"), Now("year_rate", -1))
    sheet.line("year_rate", words, "share", "the rate in its first period", series=figures, by_year="end")
    tax_before = Now("year_rate") * Now("taxable")
    if not credited(ledger):
        row("tax_of_year", "tax of the year", tax_before, "rate x taxable profit")
        return
    row("tax_before", "tax before credits", tax_before, "rate x taxable profit")
    lay_credits(ledger, sheet)
    sheet.heading("Tax of the fiscal year after credits")
    row("tax_of_year", "tax of the year", Now("tax_before") - Now("credit_used"), "tax before credits - credits used")


def _taxable_profit(sheet: Sheet) -> None:
    """Profit in the books of tax: back what the books take off assets, and off what those of tax take off."""
    more = Now("assets_gone") - Now(Key("tax", "assets_gone"))
    label, note = "taken off in the books, less taken off for tax", "see Fixed assets"
    sheet.flow("taken_back", label, note, series=more, by_year=True)
    label, note = "profit before tax in the books of tax", "profit before tax + the line above"
    sheet.flow("taxable_of_period", label, note, series=Now("profit") + Now("taken_back"), by_year=True)


def _deferred_tax(sheet: Sheet) -> None:
    """Tax that is put off: on what fixed assets are worth more in the books than for tax, at the rate of the year."""
    sheet.heading("Deferred tax")
    more = Now("assets") - Now(Key("tax", "assets"))
    label, note = "fixed assets: book value less tax value", "see Fixed assets"
    sheet.money("put_off", label, note, series=more, by_year="end")
    label, note = "deferred tax at the end", "rate of the fiscal year x difference; negative: an asset"
    series = Now("year_rate") * Now("put_off")
    sheet.money("deferred_tax", label, note, kind="total", opening=0, series=series, by_year="end")


def _payment(ledger: Ledger, sheet: Sheet) -> None:
    _money, has_tax = ledger.currency, ledger.case.finance.tax is not None
    sheet.heading("Tax charged and paid")
    if has_tax:
        later = call("INT", (Spot("finance.tax.payment_lag") - 1) / Spot("calendar.period"))
        label = "periods from the last period of a year to the payment"
        sheet.line("tax_shift", label, "period", "to the period that holds the last month of the lag", value=1 + later)
        label, note = "month in which tax charged in the period is paid", "last month of the period + lag"
        series = Now("time.last_month") + Spot("finance.tax.payment_lag")
        sheet.line("tax_month", label, "month number", note, series=series)
    charged_then = Header("number") - Spot("tax_shift")
    paid = call("SUMIFS", Whole(rest_of_tax(ledger)), HeaderSpan("number"), charged_then) if has_tax else Literal(0)
    if has_interim(ledger):
        lay_interim(ledger, sheet)
        paid = paid + falling(Key("advance", "tax"), "advance_period")
    sheet.money("payable_opening", "tax payable at the start", series=Now("tax_payable", -1), by_year="start")
    charged = Now("tax_of_year") if has_tax else Literal(0)
    sheet.flow("tax_charge", "tax charged", "see above", series=charged, by_year=True)
    sheet.flow("tax_paid", "tax paid", "charged that many periods ago", series=paid, by_year=True)
    label, note = "tax payable at the end", "start + charged - paid"
    series = Now("payable_opening") + Now("tax_charge") - Now("tax_paid")
    sheet.money("tax_payable", label, note, kind="total", opening=0, series=series, by_year="end")


def _shield(ledger: Ledger, sheet: Sheet) -> None:
    """What interest saves in tax, which the value before financing takes out again; of years without tax as well."""
    sheet.heading("Tax that interest saves")
    so_far, costs = Now("interest_so_far", -1) * (1 - Now("time.opens")), finance_costs(ledger.case)
    for line in costs:
        so_far = so_far + Now(Key("line", line))
    words, how = "interest of the fiscal year so far", "starts anew with each fiscal year"
    if len(costs) > 1:
        words = "interest and fees of the fiscal year so far"
    sheet.money("interest_so_far", words, how, opening=0, series=so_far, by_year="end")
    saved = Now("time.closes") * Now("year_rate") * Now("interest_so_far")
    words, how = "tax that interest saves", "tax rate x interest of the year, in its last period"
    sheet.flow("shield", words, how, series=saved, by_year=True)
    taken_out = call("MIN", Now("tax_month"), Spot("time.last_month", -1))
    words, how = (
        "month in which it is taken out of the value",
        "when the tax is paid, at the end of the horizon at most",
    )
    sheet.line("shield_month", words, "month number", how, series=taken_out)
    if has_interim(ledger):
        lay_interim_shield(sheet)
