"""The annual statements: profit and loss, cash flow, and funding, each by fiscal year on an A4."""

from __future__ import annotations

from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.front.annual import Annual


def annual(name: str, contents: str) -> Entry:
    """A sheet by fiscal year, laid after those by period and printed on one page."""
    return Entry(name, contents, over_time=False, in_front=True, one_page=True)


ANNUAL_PROFIT = annual("Annual profit and loss", "profit and loss by fiscal year, on one A4")
ANNUAL_CASH = annual("Annual cash flow", "cash flow by fiscal year, on one A4")
FUNDING = annual("Funding", "sources and uses of money by fiscal year, on one A4")


def lay_annual_profit(ledger: Ledger) -> None:
    """Lays the profit statement, by the captions of the standard."""
    statement = Annual(ledger, ANNUAL_PROFIT, "net_profit")
    statement.heading("Profit")
    statement.copied(Key("profit", "revenue"), "net_profit")
    statement.done()


def lay_annual_cash(ledger: Ledger) -> None:
    """Lays the cash flow statement from revenue to cash at the end."""
    statement = Annual(ledger, ANNUAL_CASH, "cash")
    statement.heading("Operations")
    statement.copied(Key("line", "revenue"), "cash")
    statement.done()


def lay_funding(ledger: Ledger) -> None:
    """Lays where money came from and where it went, which add up to the same."""
    statement = Annual(ledger, FUNDING, "sources")
    statement.heading("Sources of money")
    statement.copied(Key("source", "cash"), "sources_less_uses")
    statement.done()
