"""Part of the sheet Profit and tax: what owners are paid for each fiscal year, when, and out of which profit."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.lines import earns_on_cash
from planner.report.workbook.cash.month_returns import NONE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, period_holding
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.message import fiscal_year, say

PATH = "finance.dividends"
"""Where the figures stand on Inputs."""
LEAST = 1
"""A dividend below one unit of currency is none."""


def lay_dividends(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the dividend of each fiscal year in its last period, when it is paid, and what it is paid out of."""
    terms = ledger.case.finance.dividends
    if terms is None:
        return
    sheet.heading("Dividends")
    chosen = Key("dividend")
    series: Term = Now(chosen) if chosen in ledger.grid else Literal(0)
    sheet.flow("dividend_for", "dividend for the fiscal year", "see Decisions", series=series, by_year=True)
    label, note = "month in which it is paid", "last month of the period + lag"
    due = Now("time.last_month") + Spot(f"{PATH}.payment_lag")
    sheet.line("dividend_month", label, "month number", note, series=due)
    label, note = "period in which it is paid", "the one that holds that month"
    sheet.line("dividend_period", label, "period", note, series=period_holding(Now("dividend_month")))
    earned: Term = Now("net_profit")
    note = "see above"
    if earns_on_cash(ledger.case):
        earned, note = earned + Now(Key("line", "interest_on_cash")), "net profit + interest on cash"
    sheet.flow("dividend_earned", "profit that may be paid out", note, series=earned, by_year=True)
    note = "start + profit - dividends"
    opening: Term = Literal(0)
    if terms.opening_retained_profit is not None:
        opening = ledger.home(terms.opening_retained_profit, f"{PATH}.opening_retained_profit")
    label, left = "profit that is kept", Now("retained", -1) + Now("dividend_earned") - Now("dividend_for")
    sheet.money("retained", label, note, kind="total", opening=opening, series=left, by_year="end")
    _rooms(ledger, sheet)


def _rooms(ledger: Ledger, sheet: Sheet) -> None:
    """What is left to each limit in years that pay."""
    terms = ledger.case.finance.dividends
    assert terms is not None
    pays = Now("dividend_for").compare(">=", LEAST)
    label, note = "profit that is kept, where owners are paid", "never less than nothing"
    sheet.money("retained_room", label, note, series=call("IF", pays, Now("retained"), NONE))
    stated = _stated(ledger, sheet)
    if terms.most_share_of_profit is None:
        return
    so_far = Now("earned_so_far", -1) * (1 - Now("time.opens")) + Now("dividend_earned")
    label, note = "profit of the fiscal year so far, to be paid out", "starts anew with each fiscal year"
    sheet.money("earned_so_far", label, note, opening=0, series=so_far, by_year="end")
    most = Spot(f"{PATH}.most_share_of_profit") * call("MAX", 0, Now("earned_so_far"))
    room: Term = call("IF", pays, most - Now("dividend_for"), NONE)
    if stated is not None:
        room = call("IF", stated.compare("=", 1), NONE, room)
    label, note = (
        "room below the share of profit",
        "share x profit - dividend, where owners are paid and nothing is stated",
    )
    sheet.money("payout_room", label, note, series=room)


def _stated(ledger: Ledger, sheet: Sheet) -> Term | None:
    """Lays what is stated, and how the dividends differ from it; says for which periods anything is stated."""
    terms = ledger.case.finance.dividends
    assert terms is not None
    if not terms.stated:
        return None
    amount, counted = Literal(0) + Literal(0), Literal(0) + Literal(0)
    for year, money in terms.stated.items():
        key, first = Key("dividend_of", str(year)), ledger.case.calendar.fiscal_years[year][0]
        which = say("dividend that is stated for {year}: year", year=fiscal_year(year.number))
        number, note = float(year.number), "number of the fiscal year"
        sheet.line(key, which, "fiscal year", note, kind="constant", value=number)
        here = Header("fiscal_year").compare("=", Spot(key))
        amount = amount + ledger.home(money, f"{PATH}.stated.{year}", first) * here
        counted = counted + here
    closes = Now("time.closes")
    label, note = "dividend that is stated", "in the last period of its fiscal year"
    sheet.flow("dividend_stated", label, note, series=closes * amount)
    sheet.line("is_stated", "a dividend is stated", "yes = 1", note, series=closes * counted)
    differs = call("IF", Now("is_stated").compare("=", 1), Now("dividend_for") - Now("dividend_stated"), 0)
    label, note = "dividend less what is stated", "nothing where the plan decides"
    sheet.money("dividend_differs", label, note, series=differs)
    return Now("is_stated")


def room_rows(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Rows of what is left to each limit of dividends, and their labels."""
    for key, label in (
        ("retained_room", "profit that is kept, where owners are paid"),
        ("payout_room", "room below the share of profit, where owners are paid"),
    ):
        if key in ledger.grid:
            yield key, label
