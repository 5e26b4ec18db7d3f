"""Part of the sheet Profit and tax: tax that is paid in advance, by the tax of the year before."""

from __future__ import annotations

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Now, Spot, period_holding
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.message import Message, say

PATH = "finance.tax.interim"


def lay_interim(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the advance of each year in its first period, when it is due, and the rest in its last period."""
    before, known = ledger.case.finance.tax, f"{PATH}.tax_of_year_before"
    assert before is not None and before.interim is not None
    money = before.interim.tax_of_year_before
    begins = call("MONTH", Spot("calendar.start")).compare("=", Spot("calendar.fiscal_year_start_month"))
    opening = ledger.home(money, known) * begins if money is not None else Literal(0)
    months = Now("months_of_year", -1) * (1 - Now("time.opens")) + Spot("calendar.period")
    label, note = "months of the fiscal year so far", "within the horizon"
    sheet.line("months_of_year", label, "months", note, opening=0, series=months)
    _rows(sheet, "tax", "tax of the year", Now("tax_of_year"), opening)
    label, note = "month in which it is paid in advance", "of years that begin in the period"
    series = Now("time.first_month") - 1 + Spot(f"{PATH}.after") + Spot("finance.tax.payment_lag")
    sheet.line("advance_month", label, "month number", note, series=series)
    label, note = "period in which it is paid in advance", "the one that holds that month"
    sheet.line("advance_period", label, "period", note, series=period_holding(Now("advance_month")))


def lay_interim_shield(sheet: Sheet) -> None:
    """Lays the same of the tax that interest saves: it lowers the advance for the next year, and raises its rest."""
    _rows(sheet, "shield", "tax that interest saves", Now("shield"), Literal(0))
    label = "month in which it is taken out of the value: advance"
    how = "when it is paid, at the end of the horizon at most"
    taken_out = call("MIN", Now("advance_month"), Spot("time.last_month", -1))
    sheet.line("shield_advance_month", label, "month number", how, series=taken_out)


def _rows(sheet: Sheet, what: str, words: str, of_year: Term, opening: Term) -> None:
    """Twelve months of a year's tax, what is paid of it in advance for the next year, and the rest of each year."""

    def key(row: str) -> Key:
        return Key(row, what)

    def label(text: str) -> Message:
        return say(f"{{what}}: {text}", what=say(words))

    opens, closes = Now("time.opens"), Now("time.closes")
    whole = closes * of_year * 12 / Now("months_of_year")
    note = "in the last period of a year, as if it had twelve months"
    sheet.money(key("twelve_months"), label("of twelve months"), note, opening=opening, series=whole)
    note = "in the first period of a year: share x that of the year before"
    series = opens * Spot(f"{PATH}.share") * Now(key("twelve_months"), -1)
    sheet.flow(key("advance"), label("paid in advance"), note, series=series)
    note = "of the fiscal year of the period"
    own = opens * Now(key("advance")) + (1 - opens) * Now(key("year_advance"), -1)
    sheet.money(key("year_advance"), label("advance of the year"), note, opening=0, series=own)
    note = "in the last period of a year: less what was paid in advance"
    rest = closes * (of_year - Now(key("year_advance")))
    sheet.flow(key("rest"), label("rest"), note, series=rest)
