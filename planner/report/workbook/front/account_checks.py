"""Checks of the accounts: corkscrews close, the balance sheet balances, tax adds up, and all of it is the audit's."""

from __future__ import annotations

from collections.abc import Sequence

from planner.report.lines import borrowed_lines, charges_of, earns_on_cash, pays_dividends, pays_in_instalments
from planner.report.workbook.cash.consumption_tax import OWED, has_consumption_tax
from planner.report.workbook.cash.month_added import added_rate
from planner.report.workbook.cash.month_returns import Rate, rates_of
from planner.report.workbook.cash.working_capital import PAYABLES, PREPAYMENTS, RECEIVABLES, is_laid, sides_of
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot, Whole
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.front.annual import AllYears
from planner.report.workbook.front.annual_balance import DIFFERENCE
from planner.report.workbook.front.check_writer import ONE_UNIT_OF_MONEY, Check, CheckWriter
from planner.report.workbook.programmes.aid import credited
from planner.vocabulary.captions import CAPTIONS
from planner.vocabulary.cash_lines import CASHLESS_CHARGES
from planner.vocabulary.message import Message, say

SHARE_TOLERANCE = 1e-9
"""How far present value may be from nothing at the internal rate of return, as a share of all flows."""


def lay_account_checks(ledger: Ledger, writer: CheckWriter) -> None:
    """Lays all checks of books, loans and tax."""
    _sources(ledger, writer)
    _books(ledger, writer)
    _annual(ledger, writer)
    _closing(ledger, writer)
    _tax(ledger, writer)
    _loans(ledger, writer)
    _returns(ledger, writer)


def _furthest(writer: CheckWriter, label: str, key: RowKey) -> None:
    """A row that must be nothing in every period, held against its furthest figure on either side."""
    _differences(writer, label, Whole(key), say("all periods"))


def _differences(writer: CheckWriter, label: str, figures: Term, over: Message) -> None:
    for what, furthest in (("highest difference", "MAX"), ("lowest difference", "MIN")):
        writer.money(say(f"{label}: {{what}}", what=say(what)), call(furthest, figures), "=", 0.0, over)


def _sources(ledger: Ledger, writer: CheckWriter) -> None:
    writer.sheet.heading("Sources and uses")
    writer.money("sources = uses", Spot("sources"), "=", Spot("uses"), say("whole horizon"))
    _furthest(writer, "sources = uses", "sources_less_uses")
    _differences(writer, "sources = uses", ledger.grid.all_years("sources_less_uses"), say("all fiscal years"))


def _books(ledger: Ledger, writer: CheckWriter) -> None:
    books = ledger.audit.accounts.books
    writer.sheet.heading("The balance sheet balances, and the books are the audit's")
    _furthest(writer, "assets = debt and equity", "imbalance")
    for line in charges_of(ledger.case):
        writer.audited(CASHLESS_CHARGES[line].label, Spot(line), sum(books.charges[line]))
    caption = CAPTIONS[ledger.case.finance.accounts].profit
    writer.audited(caption, Spot("profit"), sum(books.profit))
    writer.audited("lowest profit of a period", call("MIN", Whole("profit")), min(books.profit))
    balances: list[tuple[RowKey, str, Sequence[float]]] = [
        ("assets", "fixed assets", books.fixed_assets),
        ("advances", "advances", books.advances),
        ("tax_payable", "tax payable", books.tax_payable),
    ]
    if pays_in_instalments(ledger.case):
        balances.append(("unpaid", "still to be paid for investments", books.unpaid))
    if has_consumption_tax(ledger.case):
        balances.append((Key("balance", OWED), "consumption tax owed to the state", books.consumption_tax))
    if is_laid(ledger):
        balances.append((Key("balance", RECEIVABLES.name), "accounts receivable", books.receivables))
        balances.append((Key("balance", PAYABLES.name), "accounts payable", books.payables))
    if PREPAYMENTS in sides_of(ledger):
        balances.append((Key("balance", PREPAYMENTS.name), "prepayments of customers", books.prepayments))
    for key, label, amounts in balances:
        writer.audited(f"{label} at the end", Spot(key, -1), amounts[-1])
        writer.audited(f"highest {label}", call("MAX", Whole(key)), max(amounts))


def _annual(ledger: Ledger, writer: CheckWriter) -> None:
    """The annual balance sheet balances, and its parts of equity are the equity of the sheet by period."""
    writer.sheet.heading("The annual balance sheet balances")
    differences = AllYears(DIFFERENCE, len(ledger.grid.years))
    _differences(writer, "assets = debt and equity", differences, say("all fiscal years"))


def _closing(ledger: Ledger, writer: CheckWriter) -> None:
    """What stood there + what came - what went = what is left."""
    writer.sheet.heading("Balances close")
    before = -len(ledger.periods) - 1  # the column in front of the first period
    assets = Spot("books_there") + Spot("capitalised") - Spot("assets_gone")
    advances = Spot("books_coming") + Spot("capex") - Spot("capitalised")
    if pays_in_instalments(ledger.case):
        advances = advances + Spot("unpaid", -1)
    equity = Spot("equity", before) + Spot("funding") + Spot("net_profit")
    owned: Term = Spot("equity", -1)
    if earns_on_cash(ledger.case):
        owned = owned - Spot(Key("line", "interest_on_cash"))
    if pays_dividends(ledger.case):
        owned = owned + Spot(Key("line", "dividends"))
    loans = Spot("debt", before) + Spot(Key("line", "loans_drawn")) - Spot(Key("line", "loans_repaid"))
    for line in borrowed_lines(ledger.case):
        if line != "loans_drawn":
            loans = loans + Spot(Key("line", line))
    rolls = (
        ("fixed assets", assets, Spot("assets", -1)),
        ("advances", advances, Spot("advances", -1)),
        ("equity", equity, owned),
        ("loans", loans, Spot("debt", -1)),
    )
    for subject, start, end in rolls:
        words = "start + what came - what went = end"
        if not isinstance(end, Spot):
            words = "start + what came = end, before interest on cash and dividends"
        writer.money(words, start, "=", end, say(subject))


def _tax(ledger: Ledger, writer: CheckWriter) -> None:
    books = ledger.audit.accounts.books
    writer.sheet.heading("Tax")
    paid = Spot("tax_paid") + Spot("tax_payable", -1)
    writer.money("tax charged = paid + payable at the end", Spot("tax_charge"), "=", paid)
    writer.audited("tax charged", Spot("tax_charge"), sum(books.tax_charge))
    by_year = call("SUM", ledger.grid.all_years("tax_charge"))
    writer.money("tax of the fiscal years = tax charged", by_year, "=", Spot("tax_charge"))
    writer.audited("tax on the terminal value", Spot("end_tax"), books.end_tax)
    if books.deferred_tax:
        writer.audited("profit before tax in the books of tax", Spot("taxable_of_period"), sum(books.taxable_profit))
        writer.audited("tax value at the end", Spot(Key("tax", "assets"), -1), books.tax_value[-1])
        writer.audited("deferred tax at the end", Spot("deferred_tax", -1), books.deferred_tax[-1])
    if ledger.has_shield:
        shield = ledger.audit.accounts.shield
        writer.audited("tax that interest saves", Spot("shield"), sum(shield))
        writer.money("the same by month", Spot("month_shield"), "=", Spot("shield"))
        worth = sum(saved * factor for saved, factor in zip(shield, ledger.audit.accounts.discount, strict=True))
        writer.audited("present value of the tax that interest saves", Spot("present_shield"), worth)
    if ledger.case.finance.tax is None:
        return
    last = books.years[max(books.years)]
    writer.audited("losses left at the end", Spot("loss_carried", -1), last.loss_carried)
    used = sum(year.loss_used for year in books.years.values())
    writer.audited("losses used", Spot("loss_used"), used)
    if credited(ledger):
        credits_used = sum(year.credit for year in books.years.values())
        writer.audited("tax credits used", Spot("credit_used"), credits_used)
    writer.money("losses never below nothing", call("MIN", Whole("loss_carried")), ">=", 0.0)


def _loans(ledger: Ledger, writer: CheckWriter) -> None:
    books = ledger.audit.accounts.books
    if ledger.loans:
        writer.sheet.heading("Loans: the least that is left over all periods")
    for loan in ledger.loans:
        for key, label in (
            (Key("owed", "loan", loan), "owed, never less than nothing"),
            (Key("loan_room", "loan", loan), "room below the limit"),
            (Key("share_room", "loan", loan), "room below its share of investments"),
            (Key("ahead", "loan", loan), "repaid beyond what is due"),
        ):
            if key in ledger.grid:
                writer.limit(label, call("MIN", Whole(key)), loan)
        _level_payments(ledger, writer, loan)
        writer.audited("owed at the end", Spot(Key("debt", loan), -1), books.debt[loan][-1], loan)
        costs = ledger.audit.accounts.loan_costs[loan]
        writer.audited("what the loan costs", Spot(Key("loan_cost", loan)), costs, loan)
    if not ledger.loans:
        return
    # One by one by day, and all of them by the lines of the cash flow, come to the same.
    alone, together = Spot("loan_values"), Spot("loan_values_by_line")
    writer.money("all loans by day = drawn - interest - repaid, and what is owed", alone, "=", together)


def _level_payments(ledger: Ledger, writer: CheckWriter, loan: str) -> None:
    """A level payment is what the function for it says, whatever the rate of a draw."""
    key = Key("payment_differs", "loan", loan)
    if key in ledger.grid:
        label, furthest = "level payment by PMT = interest and first part", call("MAX", Whole(key))
        furthest = call("MAX", furthest, 0 - call("MIN", Whole(key)))
        writer.check(Check(label, loan, "ratio", furthest, "=", 0.0, SHARE_TOLERANCE))


def _returns(ledger: Ledger, writer: CheckWriter) -> None:
    """A spreadsheet program finds a rate by search: what it found must be worth nothing."""
    writer.sheet.heading("Rates of return")
    for rate in [*rates_of(ledger), *added_rate(ledger)]:
        _return(ledger, writer, rate)


def _return(ledger: Ledger, writer: CheckWriter, told: Rate) -> None:
    days, rate = ledger.case.calendar.days_at_turns, told.returns.internal_rate_of_return
    there = 1 * call("ISNUMBER", Spot(told.key("irr")))
    is_told = rate is not None and told.is_told
    writer.check(Check("there is a rate", say(told.title), "yes = 1", there, "=", float(is_told), lasting=False))
    if rate is None or not told.is_told:
        return  # nothing to check
    # At a rate near -100 % flows grow without end, and so does what the last digit of the rate makes of them.
    sizes = [abs(flow) * max(1.0, (1 + rate) ** (-day / 365)) for flow, day in zip(told.flows, days, strict=True)]
    tolerance = max(ONE_UNIT_OF_MONEY, SHARE_TOLERANCE * sum(sizes))
    label, worth = "present value at the rate of return", Spot(told.key("at_irr"))
    writer.check(Check(label, say(told.title), ledger.currency, worth, "=", 0.0, tolerance, lasting=False))
