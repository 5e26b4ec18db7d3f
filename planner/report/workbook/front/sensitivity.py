"""Sheet Sensitivity: what one figure alone does to the plan, held and made anew, with live differences."""

from __future__ import annotations

from planner.outcome.sensitivity import Pull, Sensitivity, Side
from planner.report.compare.figures import TITLES
from planner.report.stress.promises import miss
from planner.report.voice import Voice
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.engine.writer import Writer
from planner.report.workbook.front.chart_series import Draughtsman
from planner.report.xlsx.style import COLOURS
from planner.vocabulary.message import Text, say, verbatim

SENSITIVITY = Entry("Sensitivity", "what one figure alone does to the plan, lower and higher", over_time=False)
HEADERS = (
    *("Lever", "Low", "High", "Held, low", "Held, high", "Difference, low", "Difference, high", "Span"),
    *("Re-planned, low", "Re-planned, high", "Difference, low", "Difference, high"),
)
NAME, CHANGE, HELD, MOVED, SPAN, ANEW, GAINED = 0, 1, 3, 5, 7, 8, 10
"""First of the two columns of each; the lever and its span have one. Those of other plans are last."""
WIDTHS = (26, 14, 14, *(11,) * (len(HEADERS) - 3))
"""Together what a page holds at eight points."""
NOTES = (
    "Held: orders, blocks and programmes stay as planned, as far as suppliers and sites allow; work, exits, loans and "
    "claims adapt, cash that is missing is bridged, and promises may break.",
    "Re-planned: the best plan if the change were known before anything is decided; no promise is broken.",
    "One lever at a time; the others stay as stated. Amounts are those of the run, differences are worked out here; an "
    "empty cell means that there is no such side, or that no plan was found in time.",
)
CHART_ROWS, ROW_PIXELS, WIDTH, BAR, FRAME = 21, 21, 900, 26, 130
"""Rows that the chart takes at least, their height, the width of the chart, one bar of it and what is around them."""


def lay_sensitivity(ledger: Ledger, found: Sensitivity) -> None:
    """Lays the levers, the one that moves the plan most first, and keeps room for their chart."""
    columns = len(HEADERS) if found.is_replanned else ANEW
    sheet, unit = ledger.plain_sheet(SENSITIVITY, WIDTHS[:columns]), ledger.currency
    sheet.put(2, NAME, say("{figure} as planned", figure=say(TITLES[found.figure])), "strong")
    sheet.put(2, HELD, found.planned, "constant", unit, key=Key("sensitivity", "planned"))
    for column, text in enumerate(HEADERS[:columns]):
        sheet.put(4, column, text, "header wrapped" if column >= HELD else "header text")
    sheet.next_row = 5
    for number, pull in enumerate(found.pulls):
        _line(ledger, sheet, number, pull)
    if not found.pulls:
        sheet.remark("The case states nothing that could be lower or higher.")
    sheet.next_row += 1
    for note in NOTES:
        sheet.remark(note)
    if found.pulls:
        _lay_broken(ledger, sheet, found)
        sheet.next_row += 1
        sheet.marks["tornado"] = sheet.next_row
        sheet.next_row += chart_rows(found)


def chart_rows(found: Sensitivity) -> int:
    """How many rows the chart takes."""
    return max(CHART_ROWS, -(-(BAR * len(found.pulls) + FRAME) // ROW_PIXELS))


def add_tornado(ledger: Ledger, writer: Writer, found: Sensitivity) -> None:
    """Draws the bars on either side of the plan."""
    if not found.pulls:
        return
    sheet, draw = ledger.grid.sheets[SENSITIVITY.name], Draughtsman(ledger, writer)
    title = say("{figure}: difference to the plan, held", figure=say(TITLES[found.figure]))
    chart = draw.bars(title, ledger.currency)
    first, last = 5, 5 + len(found.pulls) - 1
    name = ledger.grid.sheet_title(sheet.name)
    for at, (words, colour) in enumerate((("low", COLOURS[1]), ("high", COLOURS[0]))):
        chart.add_series(
            {
                "name": draw.words(words),
                "categories": [name, first, NAME, last, NAME],
                "values": [name, first, MOVED + at, last, MOVED + at],
                "fill": {"color": colour},
                "border": {"none": True},
                "overlap": 100,
                "gap": 40,
            }
        )
    rows = chart_rows(found)
    chart.set_size({"width": WIDTH, "height": rows * ROW_PIXELS - 8})
    page, top = writer.worksheet(sheet.name), sheet.marks["tornado"]
    told = "Bars on either side of the plan for each lever alone, the one that moves it most first"
    writer.book.place_chart(page, top, chart, draw.words(told), x_offset=2, y_offset=4)
    for row in range(top, top + rows):
        page.set_row_pixels(row, ROW_PIXELS)


def _line(ledger: Ledger, sheet: Sheet, number: int, pull: Pull) -> None:
    row, unit = sheet.next_row, ledger.currency
    sheet.next_row += 1
    sheet.put(row, NAME, pull.lever, "text")
    moved: list[Term] = [Literal(0)]
    for at, side in enumerate((pull.low, pull.high)):
        if side is None:
            continue
        sheet.put(row, CHANGE + at, side.change, "text")
        for column, difference, value in ((HELD, MOVED, side.held), (ANEW, GAINED, side.replanned)):
            if value is None:
                continue
            key = Key("sensitivity", column + at, number)
            sheet.put(row, column + at, value, "constant", unit, key=key)
            less = Spot(key) - Spot(Key("sensitivity", "planned"))
            own = Key("sensitivity", difference + at, number)
            sheet.put(row, difference + at, less, "calculation", unit, key=own)
            if column == HELD:
                moved.append(Spot(own))
    span = call("MAX", *moved) - call("MIN", *moved)
    sheet.put(row, SPAN, span, "calculation", unit, key=Key("sensitivity", SPAN, number))


def _lay_broken(ledger: Ledger, sheet: Sheet, found: Sensitivity) -> None:
    """What the held plan misses, a row for each promise and side."""
    sides = [(pull.lever, side) for pull in found.pulls for side in (pull.low, pull.high) if side is not None]
    told = [(lever, side.change, words) for lever, side in sides for words in _broken(ledger, side)]
    sheet.next_row += 1
    if not told:
        sheet.remark("No promise breaks with the plan held, whichever lever moves.")
        return
    for column, text in ((NAME, "Lever"), (CHANGE, "Change"), (HELD, "What the held plan misses")):
        sheet.put(sheet.next_row, column, text, "header text")
    for row, line in enumerate(told, sheet.next_row + 1):
        for column, words in zip((NAME, CHANGE, HELD), line, strict=True):
            sheet.put(row, column, words, "text")
    sheet.next_row += len(told) + 1


def _broken(ledger: Ledger, side: Side) -> list[Text]:
    """The promises that break on one side, in words, or why it was not worked out."""
    if side.held is None:
        return [verbatim(side.message)]
    voice = Voice(ledger.grid.speaker.code, ledger.currency)
    return [verbatim(miss(one, voice)) for one in side.broken]
