"""Sheet Balance sheet: what there is, to whom it belongs, and where money came from and went."""

from __future__ import annotations

from planner.outcome import INFLOWS
from planner.report.lines import cash_lines, earns_on_cash, pays_dividends, pays_in_instalments
from planner.report.workbook.cash.consumption_tax import OWED, has_consumption_tax
from planner.report.workbook.cash.working_capital import PAYABLES, PREPAYMENTS, RECEIVABLES, Side, sides_of
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Now, Spot, Stack, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.vocabulary.captions import CAPTIONS
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import Text, say

BALANCE = Entry(
    "Balance sheet",
    "assets, debt and equity; sources and uses of money",
    "At the end of each period; the columns of the fiscal years hold what stands at the end of the year.",
    years=True,
)


def lay_balance_sheet(ledger: Ledger) -> None:
    """Lays assets, debt and equity, and then sources and uses of money."""
    sheet = ledger.time_sheet(BALANCE)
    _Balance(ledger, sheet).lay()
    _sources_and_uses(ledger, sheet)


class _Balance:
    """Lays balances, each with what stood there before the first period."""

    def __init__(self, ledger: Ledger, sheet: Sheet) -> None:
        self.ledger, self.sheet = ledger, sheet

    def row(self, key: Key, label: Text, of: RowKey, note: str) -> Key:
        """A balance from another sheet."""
        return self.sheet.money(key, label, note, opening=Now(of), series=Now(of), by_year="end")

    def sum(self, key: RowKey, label: Text, series: Term, note: str) -> None:
        """What balances come to."""
        self.sheet.money(key, label, note, kind="total", opening=series, series=series, by_year="end")

    def lay(self) -> None:
        """All balances."""
        self.sheet.heading("Assets")
        assets = (
            self.row(Key("balance", "cash"), "cash", "cash", "see Cash flow"),
            *self._open(RECEIVABLES, "accounts receivable"),
            self.row(Key("balance", "advances"), "advances", "advances", "see Fixed assets"),
            self.row(Key("balance", "assets"), "fixed assets", "assets", "see Fixed assets"),
        )
        self.sum("all_assets", "all assets", call("SUM", Stack(assets)), "sum")
        self._equity()
        self.sheet.heading("Debt and equity")
        loans = tuple(
            self.row(Key("balance", "debt", loan), say("loan {loan}", loan=loan), Key("debt", loan), "see Cash flow")
            for loan in self.ledger.loans
        )
        owed: tuple[Key, ...] = ()
        if pays_in_instalments(self.ledger.case):
            label = "still to be paid for investments"
            owed = (self.row(Key("balance", "unpaid"), label, "unpaid", "see Cash flow"),)
        owed_to_suppliers = self._open(PAYABLES, "accounts payable")
        owed_in_work = self._open(PREPAYMENTS, "prepayments of customers")
        trade = (*owed_to_suppliers, *owed_in_work, *self._passed_on())
        payable = self.row(Key("balance", "payable"), "tax payable", "tax_payable", "see Profit and tax")
        deferred: tuple[Key, ...] = ()
        if self.ledger.case.finance.tax_books_apart:
            deferred = (self.row(Key("balance", "deferred"), "deferred tax", "deferred_tax", "see Profit and tax"),)
        equity = self.row(Key("balance", "equity"), "equity", "equity", "see above")
        claims = (*loans, *owed, *trade, payable, *deferred, equity)
        self.sum("all_claims", "debt and equity", call("SUM", Stack(claims)), "sum")
        difference = Now("all_assets") - Now("all_claims")
        self.sum("imbalance", "assets less debt and equity", difference, "must be nothing")

    def _open(self, side: Side, label: str) -> tuple[Key, ...]:
        """What customers owe, or what is owed to suppliers, where the case says when they pay or are paid."""
        if side not in sides_of(self.ledger):
            return ()
        key, note = Key("balance", side.name), "see Liquidity by month"
        opening = Spot(side.name, -len(self.ledger.case.calendar.months) - 1)  # the column in front of the first month
        at_end = call("INDEX", Whole(side.name), Now("time.last_month"))
        return (self.sheet.money(key, label, note, opening=opening, series=at_end, by_year="end"),)

    def _passed_on(self) -> tuple[Key, ...]:
        """What is owed to the state of consumption tax, where there is one."""
        if not has_consumption_tax(self.ledger.case):
            return ()
        at_end = call("INDEX", Whole(OWED), Now("time.last_month"))
        label, note = "consumption tax owed to the state", "see Liquidity by month; negative where it comes back"
        return (self.sheet.money(Key("balance", OWED), label, note, opening=0, series=at_end, by_year="end"),)

    def _equity(self) -> None:
        """Rolled forward from profit and funding, so that the two sides come from different sums."""
        self.sheet.heading("Equity")
        words, note = "equity at the start", "equity at the end before"
        self.sheet.money("equity_opening", words, note, series=Now("equity", -1), by_year="start")
        net = CAPTIONS[self.ledger.case.finance.accounts].net_profit
        for key, label, of in (("funding", "funding by owners", "funding"), ("profit", net, "net_profit")):
            self.sheet.flow(Key("equity", key), label, series=Now(of), by_year=True)
        grown: tuple[RowKey, ...] = ("equity_opening", Key("equity", "funding"), Key("equity", "profit"))
        note = "start + funding + net profit; before: assets - loans"
        if earns_on_cash(self.ledger.case):
            label, series = "interest on cash, after tax", Now(Key("line", "interest_on_cash"))
            grown += (self.sheet.flow(Key("equity", "interest"), label, "see Cash flow", series=series, by_year=True),)
            note = "start + funding + net profit + interest on cash; before: assets - loans"
        rolled = call("SUM", Stack(grown))
        if pays_dividends(self.ledger.case):
            label, series = "dividends paid", Now(Key("line", "dividends"))
            paid = self.sheet.flow(Key("equity", "dividends"), label, "see Cash flow", series=series, by_year=True)
            rolled, note = rolled - Now(paid), "start + funding + net profit - dividends; before: assets - loans"
            if earns_on_cash(self.ledger.case):
                note = "start + funding + net profit + interest on cash - dividends; before: assets - loans"
        words = "equity at the end"
        before = Now("all_assets") - Now("debt")
        for side in sides_of(self.ledger)[1:]:
            before = before - Now(Key("balance", side.name))
        self.sheet.money("equity", words, note, kind="total", opening=before, series=rolled, by_year="end")


def _sources_and_uses(ledger: Ledger, sheet: Sheet) -> None:
    """Where the money of a period or fiscal year came from, and where it went; both add up to the same."""

    def flows(prefix: str, lines: tuple[str, ...]) -> tuple[Key, ...]:
        return tuple(
            sheet.flow(
                Key(prefix, line), CASH_LINES[line].label, "see Cash flow", series=Now(Key("line", line)), by_year=True
            )
            for line in lines
        )

    sheet.heading("Sources of money")
    label = "cash at the start"
    start = sheet.money(Key("source", "cash"), label, value=Spot("opening", 0), series=Now("opening"), by_year="start")
    funding = sheet.flow(Key("source", "funding"), "funding", series=Now("funding"), by_year=True)
    rows = (start, funding, *flows("source", tuple(line for line in cash_lines(ledger.case) if line in INFLOWS)))
    _sum(sheet, "sources", "all sources", rows)
    sheet.heading("Uses of money")
    rows = flows("use", tuple(line for line in cash_lines(ledger.case) if line not in INFLOWS))
    end = sheet.money(Key("use", "cash"), "cash at the end", value=Spot("cash", -1), series=Now("cash"), by_year="end")
    _sum(sheet, "uses", "all uses", (*rows, end))
    difference = Now("sources") - Now("uses")
    label, note = "sources less uses", "must be nothing"
    value = Spot("sources") - Spot("uses")
    sheet.money("sources_less_uses", label, note, kind="total", value=value, series=difference, years=difference)


def _sum(sheet: Sheet, key: RowKey, label: Text, rows: tuple[RowKey, ...]) -> None:
    """The sum of rows that stand below each other, over the horizon and by fiscal year as well."""
    added = call("SUM", Stack(rows))
    sheet.money(key, label, kind="total", value=added, series=added, years=added)
