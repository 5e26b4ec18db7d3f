"""Workings of Liquidity by month: the days of each month, its share of the hours of its period, and its fiscal year."""

from __future__ import annotations

from planner.report.workbook.engine.references import Header, HoldingPeriod, Now, Spot, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import call


def lay_month_calendar(sheet: Sheet) -> None:
    """Lays the calendar of the months that follows from that of the periods."""
    sheet.workings("calendar of the months")
    label, note = "months on this sheet", "periods x months in a period, as planned"
    sheet.line("month.count", label, "months", note, value=call("MAX", Whole("month.number")))
    first_of_next = call("EDATE", Header("start"), 1)
    sheet.line("month.end", "first day of the next month", "day", series=first_of_next)
    sheet.line("month.days", "days", "days", "of the real calendar", series=Now("month.end") - Header("start"))
    share = Now("month.days") / HoldingPeriod("time.days")
    sheet.line("month.share", "share of the hours of its period", "share", "days / days of the period", series=share)
    last = Header("number").compare("=", HoldingPeriod("time.last_month"))
    sheet.line("month.last", "last month of its period", "yes = 1", series=1 * last)
    label, note = "last month of a fiscal year", "last month of the last period of a year"
    closes = Now("month.last") * HoldingPeriod("time.closes")
    sheet.line("month.closes", label, "yes = 1", note, opening=1, series=closes)
    note = "follows the last month of a year"
    sheet.line("month.opens", "first month of a fiscal year", "yes = 1", note, series=Now("month.closes", -1))
    label, note = "last day of the month", "before: the day of valuation"
    sheet.line("dated", label, "day", note, opening=Spot("calendar.start") - 1, series=Now("month.end") - 1)
