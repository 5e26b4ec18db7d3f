"""Sheet Board page: the plan on one page, for who has a minute: three sentences, the way to its value, four charts.

The sentences tell of the plan as it was made; every figure below them is a formula.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from planner.outcome import LimitPrice
from planner.reading.workbook.layout import FIRST_PRICE, PriceColumn
from planner.report.headline import headline
from planner.report.limits_told import PLAN_AGAIN, amount_told, periods_told
from planner.report.page.story import story
from planner.report.verdict import verdict
from planner.report.voice import Voice
from planner.report.workbook.cash.month_added import as_planned
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term
from planner.report.workbook.engine.writer import Writer
from planner.report.workbook.front.chart_data import metrics_asked
from planner.report.workbook.front.chart_series import Draughtsman
from planner.report.workbook.front.charts import (
    Plan,
    bridge_chart,
    capacity_chart,
    cash_chart,
    grants_chart,
    has_grants,
    power_chart,
)
from planner.report.workbook.front.master_check import while_fit
from planner.report.workbook.front.value_bridge import TITLE
from planner.report.workbook.front.what_binds import limit_of
from planner.report.xlsx.measures import wrapped_lines
from planner.report.xlsx.style import AREAS
from planner.vocabulary.message import Text, say, verbatim

BOARD = Entry("Board page", "the plan on one page", over_time=False, in_front=True, portrait=True, one_page=True)
COLUMNS, WIDTH = 6, 18
"""The page is so many columns wide, each of so many characters."""
LINE_POINTS = 12.5
BRIDGE_ROWS, CHART_ROWS, ROW_PIXELS = 11, 13, 20
MOST_LIMITS, LIMIT_COLUMNS = 5, 3
CHART_WIDTH, GAP, LEFT = 391, 6, 2
"""A chart ends where a column does, so that it fills its columns in programs that draw them wider, too."""


def lay_board(ledger: Ledger) -> None:
    """Lays the page; charts are drawn onto the rows that are kept for them."""
    sheet = ledger.plain_sheet(BOARD, (WIDTH,) * COLUMNS)
    sheet.print_columns = COLUMNS  # or the column behind the charts would be printed, and all of it smaller
    sheet.across(0, COLUMNS, ledger.titled(BOARD.name), "page title", height=21.0)
    sheet.put(2, 0, "Master check", "strong")
    sheet.put(2, 1, Spot("master"), "verdict")
    sheet.put(2, 3, verdict(ledger.outcome), "text")
    sheet.next_row = 3
    voice = Voice(ledger.grid.speaker.code, ledger.currency)
    for sentence in story(ledger.outcome, headline(ledger.outcome), voice):
        lines = wrapped_lines(sentence, COLUMNS * WIDTH - 2, 9)
        sheet.across(sheet.next_row, COLUMNS, verbatim(sentence), "wrapped", height=LINE_POINTS * lines + 3)
        sheet.next_row += 1
    _tiles(ledger, sheet)
    sheet.marks["bridge"] = sheet.next_row
    sheet.marks["charts"] = sheet.next_row + BRIDGE_ROWS
    sheet.next_row += BRIDGE_ROWS + 2 * CHART_ROWS
    _limits(ledger, sheet)


def _tiles(ledger: Ledger, sheet: Sheet) -> None:
    """Six figures beside each other, each below what it is and above its unit."""
    row = sheet.next_row + 1
    for column, (label, term, unit) in enumerate(_figures(ledger)):
        sheet.put(row, column, label, "tile")
        sheet.put(row + 1, column, term, "tile figure", unit)
        shown = "per year" if unit == "share per year" else verbatim(ledger.scale.shown_unit(unit, False))
        sheet.put(row + 2, column, shown, "tile unit")
    sheet.heights |= {row: 24.0, row + 1: 18.0}
    sheet.next_row = row + 3


def _figures(ledger: Ledger) -> list[tuple[Text, Term, Text]]:
    money, is_added = ledger.currency, ledger.outcome.something_stands
    found: list[tuple[Text, Term, Text]] = []
    if is_added:
        found.append(("value added", Spot(Key("key", "added", "npv")), money))
    found.append(("net present value", while_fit(Spot("npv")), money))
    if is_added and ledger.decisions.buys_anything:
        found.append(("rate of return of what is added", as_planned(Spot(Key("added", "irr_told"))), "share per year"))
        found.append(("payback of what is added", Spot(Key("key", "added", "payback")), "years"))
    else:
        found.append(("internal rate of return", while_fit(Spot("irr_told")), "share per year"))
        found.append(("payback", while_fit(Spot("payback")), "years"))
    found.append(("capital expenditure", while_fit(Spot("capex")), money))
    found.append(("lowest cash at any time", while_fit(Spot("lowest")), money))
    if ledger.loans:
        found.append(("lowest debt service cover of a fiscal year", while_fit(Spot("lowest_cover")), "ratio"))
    elif ledger.case.programmes:
        found.append(("grants paid", while_fit(Spot(Key("line", "grants"))), money))
    return found[:COLUMNS]


def _limits(ledger: Ledger, sheet: Sheet) -> None:
    """The limits that are worth most, as What binds has them."""
    unit = ledger.scale.unit if ledger.proof.unit == ledger.currency else ledger.proof.unit_words
    worth = say("Worth, {unit}", unit=unit)
    titles: dict[int, Text] = {0: "Limits that bind", 3: "Binds in", 4: "If changed by", 5: worth}
    for column in range(COLUMNS):
        sheet.put(sheet.next_row, column, titles.get(column), "header text")
    sheet.next_row += 1
    prices = ledger.outcome.prices
    if not prices:
        words = "Not worked out in this run." if prices is None else "Nothing that binds is worth anything."
        sheet.remark(words)
    for number, price in enumerate((prices or ())[:MOST_LIMITS]):
        _limit(ledger, sheet, price, FIRST_PRICE + number)


def _limit(ledger: Ledger, sheet: Sheet, price: LimitPrice, there: int) -> None:
    """A limit over as many lines as its words take; its worth is the figure of What binds."""
    row, say, speaker = sheet.next_row, ledger.grid.say, ledger.grid.speaker
    words = say(limit_of(ledger, price))
    lines = wrapped_lines(words, LIMIT_COLUMNS * WIDTH - 2, 9)
    sheet.across(row, LIMIT_COLUMNS, verbatim(words), "wrapped label", height=LINE_POINTS * lines + 1)
    sheet.put(row, LIMIT_COLUMNS, periods_told(price, ledger.case), "label")
    sheet.put(row, LIMIT_COLUMNS + 1, amount_told(price.unit, speaker.code), "label")
    if Key("binds", PriceColumn.GAIN, there) in ledger.grid:
        worth = Spot(Key("binds", PriceColumn.GAIN, there))
        sheet.put(row, LIMIT_COLUMNS + 2, worth, "calculation", ledger.proof.unit)
    else:
        sheet.put(row, LIMIT_COLUMNS + 2, PLAN_AGAIN, "label")
    sheet.next_row += 1


def add_board_charts(ledger: Ledger, writer: Writer) -> None:
    """Draws the bridge over the whole width, and four charts below it, two beside each other."""
    sheet = ledger.grid.sheets[BOARD.name]
    draw = Draughtsman(ledger, writer, title={"size": 9, "bold": True}, is_level=True)
    page, say = writer.worksheet(BOARD.name), ledger.grid.say
    for row in range(sheet.marks["bridge"], sheet.marks["charts"] + 2 * CHART_ROWS):
        page.set_row_pixels(row, ROW_PIXELS)
    whole = 2 * (CHART_WIDTH + LEFT) - LEFT
    words = "Bridge: from doing nothing further to the plan, in present values"
    plans = [Plan(partial(bridge_chart, name="value", title=TITLE, unit=ledger.currency), words), *_charts(ledger)]
    for number, plan in enumerate(plans):
        is_wide = number == 0
        row = sheet.marks["bridge"] if is_wide else sheet.marks["charts"] + (number - 1) // 2 * CHART_ROWS
        rows = BRIDGE_ROWS if is_wide else CHART_ROWS
        chart = plan.draw(draw)
        chart.set_size({"width": whole if is_wide else CHART_WIDTH, "height": rows * ROW_PIXELS - GAP})
        column = 0 if is_wide else (number - 1) % 2 * (COLUMNS // 2)
        writer.book.place_chart(page, row, chart, say(plan.words), column, x_offset=LEFT, y_offset=2, object_position=1)


def _charts(ledger: Ledger) -> list[Plan]:
    """Four charts: cash, profit, capacity against demand, and what programmes pay or the power of sites."""
    found = [
        Plan(
            cash_chart, "Line chart: cash after the payments and at the end of each month, and the least that is left"
        ),
        Plan(_profit_chart, "Columns: revenue, operating profit and net profit by fiscal year"),
    ]
    for metric in metrics_asked(ledger)[:1]:
        words = "Stacked areas and a line: what systems do of the demand, and the demand"
        found.append(Plan(partial(capacity_chart, metric=metric), words))
    if has_grants(ledger):
        found.append(Plan(grants_chart, "Columns: grants of each programme within the horizon beside its cap"))
    found.append(Plan(power_chart, "Lines: power used at each site, and its limit as a dashed line"))
    return found[:4]


def _profit_chart(draw: Draughtsman) -> Any:  # noqa: ANN401 - untyped library
    chart = draw.years("Results by fiscal year", draw.ledger.currency)
    rows: tuple[RowKey, ...] = (Key("profit", "revenue"), "operating_profit", "net_profit")
    for key, colour in zip(rows, (AREAS[5], AREAS[0], AREAS[2]), strict=True):
        chart.add_series(draw.by_year(key, colour) | {"gap": 60})
    return chart
