"""Sheet What binds: every binding limit of the plan, what one unit more of it is worth, and how far that holds.

Figures of the run, not formulas: another assumption means another plan, and other prices.
"""

from __future__ import annotations

import math

from planner.outcome import BESIDE_THE_PLAN, LimitPrice
from planner.reading.workbook.layout import BETWEEN, FIRST_PRICE, NOT_WORKED_OUT, WHAT_BINDS, WITHOUT_END, PriceColumn
from planner.report.limits_told import amount_told, limit_told
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.vocabulary.message import Message, verbatim

WHAT_BINDS_SHEET = Entry(WHAT_BINDS, "limits without room left, and what one unit more is worth", over_time=False)
WIDTHS = (46, 46, 18, 14, 14, 16, 20, 14, 20, 14)
HEADERS = (
    *("Limit", "Path in the case file", "Binds in", "Value", "If changed by", "Unit"),
    *("One such change is worth", "Worth as much each, up to so many changes"),
    *("One change back costs", "Costs as much each, up to so many changes"),
)
NOTES = (
    BESIDE_THE_PLAN,
    "The objective counts at the start of the plan; an empty cell means that only planning again can tell. Where no "
    "periods stand, a limit binds in all.",
    "Confirm a price and find out why a system was not bought: plan explain.",
)


def lay_what_binds(ledger: Ledger) -> None:
    """Lays the binding limits, the most valuable first."""
    sheet = ledger.plain_sheet(WHAT_BINDS_SHEET, WIDTHS)
    for column, text in enumerate(HEADERS):
        sheet.put(2, column, text, "header text")
    sheet.next_row = FIRST_PRICE
    prices = ledger.outcome.prices
    if prices is None:
        sheet.remark(NOT_WORKED_OUT)
    elif not prices:
        sheet.remark("Nothing that binds is worth anything.")
    for price in prices or ():
        _line(ledger, price)
    sheet.next_row += 1
    for note in NOTES:
        sheet.remark(note)


def _line(ledger: Ledger, price: LimitPrice) -> None:
    sheet, unit, code = ledger.grid.sheets[WHAT_BINDS], ledger.proof.unit, ledger.grid.speaker.code
    row = sheet.next_row
    sheet.next_row += 1
    sheet.put(row, PriceColumn.LABEL, limit_of(ledger, price), "text", key=Key("binds", "label", row))
    for column, text in (
        (PriceColumn.PATH, verbatim(price.path)),
        (PriceColumn.SPAN, verbatim(BETWEEN.join(price.span(ledger.case.calendar)))),
        (PriceColumn.VALUE, amount_told(price.value, code)),
        (PriceColumn.CHANGE, amount_told(price.unit, code)),
    ):
        sheet.put(row, column, text, "text", key=Key("binds", column, row))
    sheet.put(row, PriceColumn.UNIT, unit, "unit", unit)
    if price.gain is not None:
        sheet.put(row, PriceColumn.GAIN, price.gain, "constant", unit, key=Key("binds", PriceColumn.GAIN, row))
        _reach(ledger, row, PriceColumn.REACH, price.reach)
    if price.loss is not None and price.reach_back > 0:
        sheet.put(row, PriceColumn.LOSS, price.loss, "constant", unit)
        _reach(ledger, row, PriceColumn.REACH_BACK, price.reach_back)


def _reach(ledger: Ledger, row: int, column: int, reach: float) -> None:
    sheet = ledger.grid.sheets[WHAT_BINDS]
    if math.isinf(reach):
        sheet.put(row, column, WITHOUT_END, "text")
    elif reach > 0:
        sheet.put(row, column, reach, "constant", "")


def limit_of(ledger: Ledger, price: LimitPrice) -> Message:
    """What a limit says, in the language of the book."""
    return limit_told(price, ledger.labels, ledger.grid.speaker.code)
