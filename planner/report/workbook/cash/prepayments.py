"""Workings of Liquidity by month: what customers pay before the work is done, and what they have paid for at its end.

What is paid in a month and what is open at its end come from different sums, so that one is a check of the other.
"""

from __future__ import annotations

from planner.report.workbook.cash.working_capital import (
    PREPAYMENTS,
    in_advance,
    lay_opening,
    lay_sums,
    paid_of_opening,
    sides_of,
)
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Whole, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.vocabulary.message import verbatim


def lay_prepayments(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what is paid in advance in each month, what is open at its end, and what was paid before the horizon."""
    if PREPAYMENTS not in sides_of(ledger):
        return
    name, early = PREPAYMENTS.name, in_advance(ledger)
    if early:
        sheet.workings("paid by customers in advance, by month")
    for workload, path in early.items():
        sold, months = Key("sold_in", workload), Spot(path)
        later = call("SUMIFS", Whole(sold), HeaderSpan("number"), Header("number") + months)
        series = later + Now(sold) * Header("number").compare("<=", months)
        note = "what is worked so many months later; of the first months their own"
        sheet.flow(Key("early", name, sold), verbatim(workload), note, series=series)
    if early:
        sheet.workings("work that is paid in advance: all of it so far")
    for workload in early:
        sold = Key("sold_in", workload)
        key = Key("so_far", name, sold)
        sheet.money(key, verbatim(workload), "month before + month", opening=0, series=Now(key, -1) + Now(sold))
    if early:
        sheet.workings("prepayments: open at the end of the month")
    for workload, path in early.items():
        sold, last = Key("sold_in", workload), Spot("month.count")
        so_far, number, months = Whole(Key("so_far", name, sold)), Header("number"), Spot(path)
        parts = Key("paid_for", name, sold), Key("not_owed", name, sold)
        paid_for = call("INDEX", so_far, call("MIN", number + months, last))
        not_owed = call("INDEX", so_far, call("MAX", number, call("MIN", months, last)))
        sheet.money(parts[0], verbatim(workload), "all work of so many months more", opening=0, series=paid_for)
        note = "less what is done, and what nobody could pay for before"
        sheet.money(parts[1], verbatim(workload), note, opening=0, series=not_owed)
        series = Now(parts[0]) - Now(parts[1])
        sheet.money(
            Key("open", name, sold), verbatim(workload), "paid for, less what is done", opening=0, series=series
        )
    opening = lay_opening(ledger, sheet, PREPAYMENTS)
    rows: list[RowKey] = [Key("sold_in", workload) for workload in early]
    lay_sums(sheet, PREPAYMENTS, rows, opening)


def prepayments_by_month(ledger: Ledger) -> Term:
    """By how much what is paid in advance grows in the month: what is paid, less what is worked off."""
    rows: list[RowKey] = [Key("sold_in", workload) for workload in in_advance(ledger)]
    paid = total([Key("early", PREPAYMENTS.name, row) for row in rows])
    return paid - total(rows) - paid_of_opening(ledger, PREPAYMENTS)
