"""Workings of Liquidity by month: what each loan costs, and what is left for the owners."""

from __future__ import annotations

from planner.report.lines import borrowed_lines, finance_costs, pays_dividends
from planner.report.workbook.cash.loan_rows import loan_key
from planner.report.workbook.cash.month_discount import OF_BOTH_ROWS, by_xnpv, in_last_month, present_value
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import HoldingPeriod, Now, Spot, Stack, falling, less, more
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import about, verbatim


def lay_month_financing(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the flows and the cost of each loan, and the flows to owners where it is known what they expect."""
    for loan in ledger.loans:
        _flows(ledger, sheet, loan)
    _costs(ledger, sheet)
    if ledger.case.finance.cost_of_equity is not None:
        _owners(ledger, sheet)


def _flows(ledger: Ledger, sheet: Sheet, loan: str) -> None:
    """A loan by month and by day, as if it were taken over at the start and paid off at the end of the horizon."""
    sheet.workings(about(loan, "what it brings and takes, by month"))

    costs = [line for line in finance_costs(ledger.case) if loan_key(line, loan) in ledger.grid]
    added = [line for line in borrowed_lines(ledger.case) if loan_key(line, loan) in ledger.grid]
    rows = {"drawn": "drawn", **{line: CASH_LINES[line].bar for line in (*costs, *added)}, "repaid": "repaid"}
    for row, words in rows.items():
        whole = loan_key(row, loan)
        timing = CASH_LINES.get(row, CASH_LINES["loans_drawn" if row == "drawn" else "loans_repaid"]).timing
        if timing == "months":
            amount: Term = HoldingPeriod(whole) / Spot("calendar.period")
        else:
            amount = falling(whole, "time.first_month" if timing == "start" else "time.last_month")
        sheet.flow(_key(row, loan), about(loan, words), subject=loan, series=amount)
    drawn_next: Term = Now(_key("drawn", loan), 1)
    if "arrangement_fees" in costs:
        drawn_next = drawn_next - Now(_key("arrangement_fees", loan), 1)
    in_months = [line for line in costs if CASH_LINES[line].timing == "months"]
    series = more([_key(line, loan) for line in added]) + drawn_next if added else drawn_next
    series = less(series, [_key(row, loan) for row in (*in_months, "repaid")])
    series = series - in_last_month() * Spot(Key("debt", loan), -1)
    opening = Spot(loan_key("before", loan)) + drawn_next
    label, note = about(loan, "by day, with what is owed at the start and at the end"), "owed at the start comes in"
    sheet.money(_key("flow", loan), label, note, loan, opening=opening, series=series)


def _key(row: str, loan: str) -> Key:
    return Key("month", row, "loan", loan)


def _costs(ledger: Ledger, sheet: Sheet) -> None:
    """The present value of each loan, and what it costs where that is negative."""
    if not ledger.loans:
        return
    sheet.workings("present value of each loan, at the discount rate")
    values: list[RowKey] = []
    for loan in ledger.loans:
        value = present_value(_key("flow", loan))
        values.append(sheet.money(Key("loan_value", loan), verbatim(loan), "flow x factor", value=value))
    sheet.money("loan_values", "all loans", kind="total", value=call("SUM", Stack(tuple(values), VALUE)))
    before = -len(ledger.periods) - 1  # the column in front of the first period
    value = Spot("present_financing") + Spot("debt", before) - Spot("debt", -1) * Spot("discount", -1)
    words, note = "the same by the lines of the cash flow", "drawn - interest - repaid, and what is owed"
    sheet.money("loan_values_by_line", words, note, value=value)
    sheet.workings("what each loan costs: its present value where that is negative")
    keys: list[RowKey] = []
    for loan in ledger.loans:
        cost = call("MAX", 0, 0 - Spot(Key("loan_value", loan)))
        label, note = verbatim(loan), "a loan that is cheaper than capital counts nothing"
        keys.append(sheet.money(Key("loan_cost", loan), label, note, value=cost))
    sheet.money("loan_costs", "all loans", kind="total", value=call("SUM", Stack(tuple(keys), VALUE)))


def loan_costs(ledger: Ledger) -> Term:
    """What all loans cost."""
    return Spot("loan_costs") if ledger.loans else Literal(0)


def _owners(ledger: Ledger, sheet: Sheet) -> None:
    """All flows but funding, and what is left at the end less debt, at what owners expect; or what they get, where the
    case says when they are paid."""
    sheet.workings("value to the owners")
    factor: Term = 1 / (1 + Spot("finance.cost_of_equity")) ** (Now("age_of_money") / 365)
    note = "1 / (1 + rate) ^ (days / 365)"
    sheet.line("owners_factor", "discount factor, cost of equity", "factor", note, opening=factor, series=factor)
    label, start_of_next = "net cash flow with loans, last with what is left less debt", Now("moves_at_start", 1)
    before: Term = start_of_next
    flow = Now("moves_at_end") + start_of_next + in_last_month() * Spot("end_owners")
    note = "before: the start of the first month"
    if pays_dividends(ledger.case):
        label, note = (
            "dividends less funding, last with what is left",
            "before: cash at the start and the first funding",
        )
        put_in = Now("month_funding", 1)
        opening = ledger.home(ledger.case.finance.opening_cash, "finance.opening_cash")
        before = 0 - put_in - opening
        flow = Now(Key("monthly", "dividends")) - put_in + in_last_month() * Spot("end_owners")
    sheet.money("owners_flow", label, note, opening=before, series=flow)
    value = present_value("owners_flow", "owners_factor")
    sheet.money("owners_value_by_day", "value to the owners", "flow x factor", value=value)
    value = by_xnpv("owners_flow", "finance.cost_of_equity")
    sheet.money("owners_xnpv_by_day", "value to the owners by XNPV", OF_BOTH_ROWS, value=value)
