"""Native charts on Summary: each with a title, the units of its axes and words for those who cannot see it.

Every point is a cell of the sheet Chart data, or of Liquidity by month.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from planner.case.workload import Metric
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.writer import Writer
from planner.report.workbook.front.bridges import BARS, BASES, BELOW
from planner.report.workbook.front.chart_data import capacity_title, deliveries, metrics_asked, paying, systems_serving
from planner.report.workbook.front.chart_series import GRID_LINES, Draughtsman
from planner.report.workbook.physical.placements import metric_label
from planner.report.xlsx.style import AREAS, COLOURS, FALL, LEVEL, RISE
from planner.vocabulary.message import Text, price_unit, say

WIDTH, HEIGHT, ROW_HEIGHT = 512, 310, 21
"""Size of one chart and of a row of the sheet, in pixels."""
LETTERS = 9
"""Points of the letters of axes and names, of which eight are left in print."""
LINE_HEIGHT, FRAME_HEIGHT = 17, 110
"""Of a chart with a bar for each delivery: one bar, and what is around them."""
PAGE_PIXELS = 680
"""Height of what a printed page takes of the charts."""
NAMES_IN_A_ROW, ROWS_OF_NAMES = 4, 2
"""Names of series that stand beside each other below a chart, and rows of them that a usual chart has room for."""
DAYS_PER_YEAR = 366
"""Distance of the marks on an axis of dates; a whole year, so that each mark is in the same month."""


@dataclass(frozen=True)
class Plan:
    """One chart: how it is drawn, what it shows in words, and how high it is."""

    draw: Callable[[Draughtsman], Any]
    words: Text
    height: int = HEIGHT


def plans(ledger: Ledger) -> list[Plan]:
    """The charts of a plan, in the order in which they stand: two beside each other."""
    found = [
        Plan(
            cash_chart,
            "Line chart: cash after the payments and at the end of each month, and the least that must be left",
        ),
        Plan(_cash_bridge, "Bridge: from the first cash balance to the last, with what came in and what went out"),
    ]
    for metric in metrics_asked(ledger):
        unit = metric_label(metric)
        template = "Stacked areas and a line: what systems do of the demand counted in {metric}, and that demand"
        words = say(template, metric=say(unit))
        found.append(Plan(partial(capacity_chart, metric=metric), words))
    rows = -(-len(ledger.case.sites) // NAMES_IN_A_ROW)
    height = HEIGHT + LINE_HEIGHT * max(0, rows - ROWS_OF_NAMES)
    found.append(Plan(power_chart, "Lines: power used at each site, and its limit as a dashed line", height))
    if has_grants(ledger):
        found.append(Plan(grants_chart, "Columns: grants of each programme within the horizon beside its cap"))
    if ledger.choices.serving:
        found.append(Plan(_hour, "Bridge: what makes up the cost of an hour, less grants, resale and terminal value"))
    delivered = deliveries(ledger)
    if delivered:
        height = max(HEIGHT, FRAME_HEIGHT + LINE_HEIGHT * len(delivered))
        found.append(Plan(_deliveries, "Bars over time: each order from its month to the month of arrival", height))
    return found


def has_grants(ledger: Ledger) -> bool:
    """Whether a programme pays grants."""
    return bool({programme for programme, _, _ in ledger.choices.claims} & set(paying(ledger)))


def rows_of_charts(ledger: Ledger) -> list[int]:
    """How many rows of the sheet each row of two charts takes."""
    heights = [plan.height for plan in plans(ledger)]
    return [-(-max(heights[at : at + 2]) // ROW_HEIGHT) + 1 for at in range(0, len(heights), 2)]


def add_charts(ledger: Ledger, writer: Writer, sheet: Sheet) -> None:
    """Draws all charts where a sheet keeps rows free for them."""
    page, say = writer.worksheet(sheet.name), ledger.grid.say
    top = sheet.marks["charts"]
    draw = Draughtsman(ledger, writer, LETTERS)
    all_plans, rows = plans(ledger), rows_of_charts(ledger)
    for number, plan in enumerate(all_plans):
        row, side = top + sum(rows[: number // 2]), number % 2
        chart = plan.draw(draw)
        chart.set_size({"width": WIDTH, "height": plan.height})
        writer.book.place_chart(page, row, chart, say(plan.words), x_offset=side * (WIDTH + 15) + 2, y_offset=4)
    for row in range(top, top + sum(rows)):
        page.set_row_pixels(row, ROW_HEIGHT)  # stated, or some programs make rows lower and charts with them
    page.set_h_pagebreaks([top - 1, *_breaks(top, rows), top + sum(rows)])


def _breaks(top: int, rows: list[int]) -> list[int]:
    """Where a page ends between two rows of charts."""
    breaks, used = [], 0
    for number, height in enumerate(rows):
        if used and (used + height) * ROW_HEIGHT > PAGE_PIXELS:
            breaks.append(top + sum(rows[:number]))
            used = 0
        used += height
    return breaks


def cash_chart(draw: Draughtsman) -> Any:  # noqa: ANN401 - untyped library, as below
    """Cash of each month, and its floor."""
    money = draw.ledger.currency
    chart = draw.over_time("line", "Cash by month", money, time="month")
    chart.add_series(draw.series("cash_after_payments", COLOURS[5]))
    chart.add_series(draw.series("cash_at_end", COLOURS[0]))
    chart.add_series(draw.series("month_minimum", COLOURS[1], dashed=True))
    return chart


def bridge_chart(draw: Draughtsman, name: str, title: str, unit: Text) -> Any:  # noqa: ANN401
    """Stacked columns, the lowest of which are not seen."""
    steps = [key[2] for key in draw.ledger.grid.keys_under(name, "adds")]
    chart = draw.stacked("column", title, unit)
    for base, words in BASES.items():
        keys = [Key(name, base, step) for step in steps]
        chart.add_series(draw.column(keys, words, None, named_beside=True) | {"gap": 40})
    unseen = [*range(len(BASES))]
    for (bar, words), colour in zip(BARS.items(), (LEVEL, RISE, FALL), strict=True):
        for part in (bar, bar + BELOW):
            keys, number = [Key(name, part, step) for step in steps], len(chart.series)
            chart.add_series(draw.column(keys, words, colour, named_beside=True) | {"gap": 40})
            unseen += [number] if part != bar else []
    chart.set_legend({"position": "bottom", "font": draw.small, "delete_series": unseen})
    return chart


def _cash_bridge(draw: Draughtsman) -> Any:  # noqa: ANN401
    return bridge_chart(draw, "cash", "Cash over the whole horizon", draw.ledger.currency)


def _hour(draw: Draughtsman) -> Any:  # noqa: ANN401
    unit = price_unit(draw.ledger.currency, "accelerator-hour")
    return bridge_chart(draw, "hour", "Cost of one accelerator-hour at work", unit)


def capacity_chart(draw: Draughtsman, metric: Metric) -> Any:  # noqa: ANN401
    """What systems do of the demand counted in a metric, and that demand."""
    unit = metric_label(metric)
    chart = draw.over_time("area", capacity_title(metric), unit, stacked=True)
    for number, system in enumerate(systems_serving(draw.ledger, metric)):
        chart.add_series(draw.series(Key("could", metric, system), AREAS[number % len(AREAS)]))
    line: Any = draw.writer.book.add_chart({"type": "line"})
    line.add_series(draw.series(Key("asked", metric), "#000000"))
    if chart.series:
        chart.combine(line)
    return chart if chart.series else line


def power_chart(draw: Draughtsman) -> Any:  # noqa: ANN401
    """Power used at each site, and its limit."""
    chart = draw.over_time("line", "Power by site, and its limit", "kW")
    for number, site in enumerate(draw.ledger.case.sites):
        colour = COLOURS[number % len(COLOURS)]
        chart.add_series(draw.series(Key("shown", "used", site), colour))
        chart.add_series(draw.series(Key("shown", "capacity", site), colour, dashed=True))
    series = 2 * len(draw.ledger.case.sites)
    if series > NAMES_IN_A_ROW * ROWS_OF_NAMES:  # the names of the limits would leave no room for the lines
        chart.set_legend({"position": "bottom", "font": draw.small, "delete_series": list(range(1, series, 2))})
    return chart


def grants_chart(draw: Draughtsman) -> Any:  # noqa: ANN401
    """What each programme pays, beside its cap."""
    chart = draw.beside("Grants by programme, and their caps", draw.ledger.currency)
    names = [Key(*key[2:]) for key in draw.ledger.grid.keys_under("shown", "cap")]
    for word, label, colour in (("granted", "grants paid", COLOURS[2]), ("cap", "cap", COLOURS[6])):
        chart.add_series(draw.column([Key("shown", word, name) for name in names], label, colour) | {"gap": 80})
    return chart


def _deliveries(draw: Draughtsman) -> Any:  # noqa: ANN401
    """Bars that begin with the order and end with the arrival, on an axis of dates."""
    delivered = [Key(*one) for one in deliveries(draw.ledger)]
    chart = draw.stacked("bar", "Orders, from their month to the month of arrival", "month")
    for word, label, colour in (("ordered_in", "", None), ("waits", "from order to arrival", COLOURS[5])):
        keys = [Key(word, one) for one in delivered]
        chart.add_series(draw.column(keys, label or "order", colour, named_beside=True) | {"gap": 35})
    first = draw.ledger.grid.value_of("time.start", 0)
    number_format = draw.ledger.scale.number_format("date", False)
    chart.set_y_axis({"reverse": True, "num_font": draw.small, "crossing": "max"})
    name = {"name": draw.words("month"), "name_font": draw.small}
    dates = {"min": first, "major_unit": DAYS_PER_YEAR, "num_format": number_format, "num_font": draw.small}
    chart.set_x_axis({**name, **dates, "major_gridlines": GRID_LINES})
    chart.set_legend({"none": True})  # one series is seen, and the title says what it is
    return chart
