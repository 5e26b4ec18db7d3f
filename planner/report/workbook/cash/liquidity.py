"""Sheet Liquidity by month: when money moves, in the order in which banks ask for it, and what cash is left each time.

Its columns are the months of the horizon. What runs over a period has its part in each of its months; what is dated
stands in its month. Cash is looked at twice a month: after what is paid at its start, and at its end.
"""

from __future__ import annotations

from planner.outcome import CLAWBACKS, CONSUMPTION_TAX, INVESTMENTS
from planner.report.lines import (
    borrowed_lines,
    cash_lines,
    earns_on_cash,
    finance_costs,
    operating_costs,
    pays_dividends,
    pays_in_instalments,
)
from planner.report.value import LEAST_FLOW
from planner.report.workbook.cash.consumption_tax import (
    has_consumption_tax,
    lay_settlement,
    paid_at_start,
    received_less_paid,
)
from planner.report.workbook.cash.month_added import lay_month_added
from planner.report.workbook.cash.month_calendar import lay_month_calendar
from planner.report.workbook.cash.month_discount import lay_month_discount
from planner.report.workbook.cash.month_financing import lay_month_financing
from planner.report.workbook.cash.month_payments import lay_month_payments, line_by_month
from planner.report.workbook.cash.month_returns import lay_month_returns
from planner.report.workbook.cash.prepayments import lay_prepayments
from planner.report.workbook.cash.working_capital import (
    PREPAYMENTS,
    is_laid,
    lay_working_capital,
    more_open,
    sides_of,
)
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import (
    Header,
    HeaderSpan,
    HoldingPeriod,
    Now,
    Spot,
    Stack,
    Whole,
    less,
    more,
    total,
)
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import Text

LIQUIDITY = Entry(
    "Liquidity by month",
    "cash month by month, as banks ask for it, and when it is lowest",
    "Orders, deliveries and loans drawn move money at the start of a month, before its income; all else at its end.",
    by_month=True,
    years=True,
)
HOW = {
    "start": "at the start of its month",
    "end": "at the end of its month",
    "hours": "period x share of its hours",
    "months": "period / months in a period",
}
"""How the amount of a month comes about, by what a line says of its timing."""


def lay_liquidity(ledger: Ledger) -> None:
    """Lays the statement of cash by month, then how each line comes about, and what it is worth."""
    sheet = ledger.time_sheet(LIQUIDITY)
    _Statement(ledger, sheet).lay()
    _cash(ledger, sheet)
    _lowest(sheet)
    lay_month_calendar(sheet)
    lay_month_payments(ledger, sheet)
    lay_working_capital(ledger, sheet)
    lay_prepayments(ledger, sheet)
    lay_settlement(ledger, sheet)
    _differences(ledger, sheet)
    lay_month_discount(ledger, sheet)
    lay_month_financing(ledger, sheet)
    lay_month_returns(ledger, sheet)
    lay_month_added(ledger, sheet)


class _Statement:
    """Lays the lines of the cash flow by month, in the groups of a Japanese statement of liquidity."""

    def __init__(self, ledger: Ledger, sheet: Sheet) -> None:
        self.ledger, self.sheet, self.laid = ledger, sheet, set[str]()

    def lay(self) -> None:
        """Ordinary receipts and payments, the others, and those of financing."""
        sheet = self.sheet
        sheet.heading("Carried over")
        start, note = Now("cash_at_end", -1), "cash at the end of the month before"
        sheet.money("cash_at_start", "cash at the start of the month", note, series=start, by_year="start")
        sheet.heading("Ordinary receipts and payments")
        self._lines("revenue")
        lent, at_start = _costs_of_loans(self.ledger)
        note = "running costs + interest" if len(lent) == 1 else "running costs + interest + commitment fees"
        costs = self._lines(*operating_costs(self.ledger.case), *lent)
        self._sum("ordinary_out", "ordinary payments", costs, note)
        self._ordinary()
        sheet.heading("Investment, grants and tax")
        self._sum("other_in", "other receipts", self._lines("grants", "resale"), "grants + resale")
        self._sum("month_capex", "capital expenditure", self._lines(*INVESTMENTS))
        also = tuple(line for line in (*CLAWBACKS, "tax") if line in cash_lines(self.ledger.case))
        other = Now("other_in") - Now("month_capex") - self._lines(*also)
        if has_consumption_tax(self.ledger.case):
            self._lines(*CONSUMPTION_TAX)
            other = other + received_less_paid(self.ledger, "monthly")
        self._sum("other", "balance of investment, grants and tax", other, "receipts - payments")
        sheet.heading("Funding and loans")
        funding = total([Key("monthly", "funding", month) for month in self.ledger.case.finance.funding])
        sheet.flow("month_funding", "funding", HOW["start"], series=funding, by_year=True)
        borrowed = borrowed_lines(self.ledger.case)
        self._lines(*borrowed, *at_start, "loans_repaid")
        moved = more(["month_funding", *(Key("monthly", line) for line in borrowed)])
        moved = less(moved, [Key("monthly", line) for line in (*at_start, "loans_repaid")])
        note = "funding + loans drawn - fees - loans repaid" if at_start else "funding + loans drawn - loans repaid"
        if len(borrowed) > 1:
            note = "funding + what is borrowed - fees - loans repaid"
        self._sum("month_financing", "balance of financing", moved, note)
        all_of_it, note = Now("ordinary") + Now("other") + Now("month_financing"), "sum of the three balances"
        if earns_on_cash(self.ledger.case):
            sheet.heading("Interest on cash")
            all_of_it, note = all_of_it + self._lines("interest_on_cash"), "sum of the balances, and interest on cash"
        if pays_dividends(self.ledger.case):
            sheet.heading("Dividends")
            all_of_it, note = all_of_it - self._lines("dividends"), "sum of the balances - dividends"
            if earns_on_cash(self.ledger.case):
                note = "sum of the balances, and interest on cash - dividends"
        sheet.heading("All of the month")
        self._sum("month_net", "balance of the month", all_of_it, note)
        assert self.laid == set(cash_lines(self.ledger.case))

    def _ordinary(self) -> None:
        """Ordinary receipts less payments, as they are paid."""
        balance, note = Now(Key("monthly", "revenue")) - Now("ordinary_out"), "receipts - payments"
        if is_laid(self.ledger):
            sides = sides_of(self.ledger)
            self._lines(*(side.line for side in sides))
            balance, note = balance + more_open(self.ledger, "monthly"), "receipts - payments - receivables + payables"
            if PREPAYMENTS in sides:
                note = "receipts - payments - receivables + payables + prepayments"
        self._sum("ordinary", "ordinary balance", balance, note)

    def _lines(self, *lines: str) -> Term:
        """Lays some lines and gives their sum."""
        for line in lines:
            record, series = CASH_LINES[line], line_by_month(self.ledger, line)
            self.sheet.flow(Key("monthly", line), record.label, HOW[record.timing], series=series, by_year=True)
        self.laid |= set(lines)
        return total([Key("monthly", line) for line in lines])

    def _sum(self, key: RowKey, label: Text, series: Term, note: str = "") -> None:
        """Lays what some lines come to."""
        self.sheet.flow(key, label, note, kind="total", series=series, by_year=True)


def _costs_of_loans(ledger: Ledger) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lines of what borrowing costs in equal months, and of what is paid with a draw."""
    costs = finance_costs(ledger.case)
    at_start = tuple(line for line in costs if CASH_LINES[line].timing == "start")
    return tuple(line for line in costs if line not in at_start), at_start


def _cash(ledger: Ledger, sheet: Sheet) -> None:
    finance = ledger.case.finance
    sheet.heading("Cash")
    sheet.money("cash_before", "cash at the start of the month", series=Now("cash_at_start"), by_year="start")
    sheet.flow("funding_again", "funding", series=Now("month_funding"), by_year=True)
    _, fees = _costs_of_loans(ledger)
    at_start = less(Now(Key("monthly", "loans_drawn")), [Key("monthly", line) for line in fees]) - paid_at_start(ledger)
    label, note = "loans drawn less capital expenditure", "what moves at the start of the month"
    if fees:
        label = "loans drawn less their fees and capital expenditure"
    if has_consumption_tax(ledger.case):
        note = "what moves at the start of the month, consumption tax with it"
    sheet.flow("moves_at_start", label, note, series=at_start, by_year=True)
    after = call("SUM", Stack(("cash_before", "funding_again", "moves_at_start")))
    label = "cash after payments at the start of the month"
    sheet.money("cash_after_payments", label, "sum of the three", kind="total", series=after)
    at_end = Now("ordinary") + Now("other") + paid_at_start(ledger) - Now(Key("monthly", "loans_repaid"))
    for line in borrowed_lines(ledger.case):
        if CASH_LINES[line].timing != "start":
            at_end = at_end + Now(Key("monthly", line))
    label, note = "all other flows of the month", "what moves at its end"
    sheet.flow("moves_at_end", label, note, series=at_end, by_year=True)
    opening = ledger.home(finance.opening_cash, "finance.opening_cash")
    end, note = Now("cash_after_payments") + Now("moves_at_end"), "after payments + all other flows"
    if earns_on_cash(ledger.case):
        end, note = end + Now(Key("monthly", "interest_on_cash")), "after payments + all other flows + interest on cash"
    if pays_dividends(ledger.case):
        end, note = end - Now(Key("monthly", "dividends")), "after payments + all other flows - dividends"
        if earns_on_cash(ledger.case):
            note = "after payments + all other flows + interest on cash - dividends"
    sheet.money(
        "cash_at_end", "cash at the end of the month", note, kind="total", opening=opening, series=end, by_year="end"
    )
    sheet.money("month_minimum", "least cash that must be left", "see Cash flow", series=HoldingPeriod("minimum"))
    lower, note = call("MIN", Now("cash_after_payments"), Now("cash_at_end")), "after payments or at the end"
    sheet.money("lower_cash", "lower cash of the month", note, series=lower)
    spare, note = Now("lower_cash") - Now("month_minimum"), "lower cash - minimum"
    if pays_in_instalments(ledger.case):
        owed = Header("number").compare("=", Spot("month.count")) * Spot("unpaid", -1)
        label = "less what is still to be paid for investments"
        sheet.money("month_unpaid", label, "in the last month: it has to be there", series=owed)
        at_end = Now("cash_at_end") - Now("month_unpaid")
        lower, note = call("MIN", Now("cash_after_payments"), at_end), "lower cash after what is owed - minimum"
        spare = lower - Now("month_minimum")
    sheet.money("headroom", "cash above the minimum", note, series=spare)


def _lowest(sheet: Sheet) -> None:
    """The least cash of the horizon, in which month, and when in that month."""
    sheet.heading("Lowest cash of the horizon")
    sheet.money("lowest", "lowest cash", kind="total", value=call("MIN", Whole("lower_cash")))
    near = Spot("lowest") + LEAST_FLOW
    is_lowest = call("IF", Now("lower_cash").compare("<=", near), 1, 0)
    note = "1 where no other month has less, but for rounding"
    sheet.line("is_lowest", "cash is lowest", "1 or 0", note, series=is_lowest)
    position = call("MATCH", 1, Whole("is_lowest"), 0)
    sheet.line("lowest_number", "in month", "month number", "the first, if there are several", value=position)
    month = call("INDEX", Whole("month.start"), Spot("lowest_number"))
    sheet.line("lowest_month", "which is", "date", value=month)
    after = call("INDEX", Whole("cash_after_payments"), Spot("lowest_number"))
    moment = call("IF", after.compare("<=", near), "after payments at its start", "at its end")
    sheet.line("lowest_moment", "when in that month", "text", value=moment)
    sheet.money("lowest_spare", "least cash above the minimum", value=call("MIN", Whole("headroom")))


def rows_of_periods(ledger: Ledger) -> dict[RowKey, str]:
    """Rows of the sheet Cash flow that the months add up to, or end with, and their labels."""
    rows: dict[RowKey, str] = {Key("line", line): CASH_LINES[line].label for line in cash_lines(ledger.case)}
    return {**rows, "funding": "funding", "cash": "cash at the end"}


def _differences(ledger: Ledger, sheet: Sheet) -> None:
    """What the months of a period differ from it: nothing, though each says by its own formulas when money moves."""
    sheet.workings("period less its months, must be nothing")
    for row, label in rows_of_periods(ledger).items():
        if row == "cash":
            series, note = HoldingPeriod(row) - Now("cash_at_end"), "in the last month of a period"
            sheet.money(Key("differs", row), label, note, series=Now("month.last") * series)
            continue
        months = "month_funding" if row == "funding" else Key("monthly", *row[1:])
        added = call("SUMIFS", Whole(months), HeaderSpan("period"), Header("period"))
        sheet.money(Key("differs", row), label, "period - its months", series=HoldingPeriod(row) - added)
