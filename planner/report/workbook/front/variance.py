"""Sheet Variance: the way from an earlier plan to this one, line by line, with sums that are worked out here."""

from __future__ import annotations

from planner.outcome.variance import Variance
from planner.report.lines import BESIDE
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Band, Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import say

VARIANCE = Entry("Variance", "the way from the earlier plan to this one", over_time=False)
PARTS = ("prices and dates", "their timing", "volume", "its timing")
HEADERS = (
    *("Line", "earlier plan"),
    *PARTS,
    "after what happened",
    *PARTS,
    "this plan",
)
"""Headers of the columns; the second four are what figures that have changed since make of it."""
PLANNED, HAPPENED, AFTER, CHANGED, NOW = 1, 2, 6, 7, 11
WIDTHS = (48, *(18,) * NOW)
NOTES = (
    "Present values. Amounts are those of the run, sums are worked out here; the last is the net present value.",
    "What happened is planned on with the figures of the earlier plan first; then with those that the case has now.",
    "Cash that came or went besides is counted as funding in its month; it is no part of the net present value.",
)


def lay_variance(ledger: Ledger, way: Variance) -> None:
    """Lays the bridge, the cash that came besides, and what was read in the actuals."""
    sheet, unit = ledger.plain_sheet(VARIANCE, WIDTHS), ledger.currency
    for column, text in enumerate(HEADERS):
        sheet.put(2, column, text, "header" if column else "header text")
    sheet.next_row = 3
    for one in way.lines:
        row, amounts = sheet.next_row, (one.planned, *one.happened.parts, *one.changed.parts)
        columns = (PLANNED, *range(HAPPENED, AFTER), *range(CHANGED, NOW))
        sheet.put(row, 0, BESIDE[one.line] if one.line in BESIDE else CASH_LINES[one.line].label, "label")
        for column, amount in zip(columns, amounts, strict=True):
            sheet.put(row, column, amount, "constant", unit, key=Key("variance", one.line, column))
        for total, since in ((AFTER, PLANNED), (NOW, AFTER)):
            ends = Key("variance", one.line, since), Key("variance", one.line, total - 1)
            key = Key("variance", one.line, total)
            sheet.put(row, total, call("SUM", Band(*ends)), "calculation", unit, key=key)
        sheet.next_row += 1
    _totals(ledger, sheet, way)
    _besides(ledger, sheet, way)
    _changes(sheet, way)
    sheet.heading("Otherwise than planned")
    for words in way.told or (say("All came as planned."),):
        sheet.put(sheet.next_row, 0, words, "text")
        sheet.next_row += 1
    sheet.put(
        sheet.next_row,
        0,
        "The rest of the earlier plan stands." if way.is_kept else "The rest is planned otherwise than before.",
        "text",
    )
    sheet.next_row += 2
    for note in NOTES:
        sheet.remark(note)


def _totals(ledger: Ledger, sheet: Sheet, way: Variance) -> None:
    row, first, last = sheet.next_row, way.lines[0].line, way.lines[-1].line
    sheet.put(row, 0, "net present value", "strong")
    for column in range(PLANNED, NOW + 1):
        added = call("SUM", Band(Key("variance", first, column), Key("variance", last, column)))
        sheet.put(row, column, added, "total", ledger.currency, key=Key("variance", "total", column))
    sheet.next_row += 1
    sheet.put(sheet.next_row, 0, "less the net present value of this plan", "label")
    difference = Spot(Key("variance", "total", NOW)) - Spot("npv")
    sheet.put(sheet.next_row, NOW, difference, "calculation", ledger.currency, key=Key("variance", "difference"))
    sheet.next_row += 1


def _changes(sheet: Sheet, way: Variance) -> None:
    if not way.changes:
        return
    sheet.heading("What is decided otherwise than before")
    for column, text in enumerate(("What", "fiscal year", "earlier plan", "this plan", "Unit")):
        sheet.put(sheet.next_row, column, text, "header" if column else "header text")
    sheet.next_row += 1
    for one in way.changes:
        row = sheet.next_row
        sheet.put(row, 0, say("{kind}: {name}", kind=say(one.kind), name=one.name), "text")
        sheet.put(row, 1, one.year, "code")
        sheet.put(row, 2, one.planned, "constant", one.unit)
        sheet.put(row, 3, one.now, "constant", one.unit)
        sheet.put(row, 4, one.unit, "unit", one.unit)
        sheet.next_row += 1


def _besides(ledger: Ledger, sheet: Sheet, way: Variance) -> None:
    sheet.heading("Cash that came or went besides")
    for column, text in enumerate(("What", "month", "cash", "present value")):
        sheet.put(sheet.next_row, column, text, "header" if column else "header text")
    sheet.next_row += 1
    worth: list[Term] = []
    for number, one in enumerate(way.differences):
        row = sheet.next_row
        sheet.put(row, 0, one.words, "text")
        sheet.put(row, 1, str(one.month), "code")
        sheet.put(row, 2, one.amount, "constant", ledger.currency)
        sheet.put(row, 3, one.present, "constant", ledger.currency, key=Key("besides", number))
        worth.append(Spot(Key("besides", number)))
        sheet.next_row += 1
    sheet.put(sheet.next_row, 0, "net present value, with the cash that came besides", "strong")
    total = sum(worth, Spot(Key("variance", "total", NOW)) + Literal(0))
    sheet.put(sheet.next_row, 3, total, "total", ledger.currency, key=Key("variance", "with cash"))
    sheet.next_row += 1
