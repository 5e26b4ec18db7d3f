"""Bridges in workbooks of studies: what each step adds and the level after it, and bars that hang from one another.

Their bars stand on the last sheet, as in plan.xlsx: what stands above nothing and what below are two columns on one
base each, and the bases are not seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from planner.language import Speaker
from planner.report.compare.looks import TableScale
from planner.report.steps import Step, Way, edges
from planner.report.xlsx.addresses import address
from planner.report.xlsx.book import Book, Page
from planner.report.xlsx.style import FALL, LEVEL, RISE

CHART_DATA = "Chart data"
COLUMNS = ("part", "what it adds", "level after it")
BEFORE, AFTER, BASE, BASE_BELOW, FIRST_BAR = range(1, 6)
"""Columns of the sheet of bars, behind what the chart calls them."""
BARS = {"balance": LEVEL, "increase": RISE, "decrease": FALL}
"""Series of a bridge that are seen, each with a part below nothing behind it, and their colours."""
HEAD = (
    *("before the step", "after the step", "what the bars stand on", "what the bars below nothing hang from"),
    *(part for bar in BARS for part in (bar, f"{bar}, below nothing")),
)
FIRST_ROW, ON_A_PAGE = 3, 2
ROWS, HEIGHT, WIDTH = 19, 320, 640
"""Rows that a bridge takes up with the chart beside its table, and the size of the chart in pixels."""
LABEL_WIDTH, FIGURE_WIDTH, HEADER_HEIGHT = 40, 11, 51
BRIDGE_WIDTHS = (LABEL_WIDTH, *(FIGURE_WIDTH for _ in HEAD))
"""Widths of the columns of the sheet of bars."""
NARROW = 0.25
"""Levels that differ by less, as a share, are drawn on an axis that does not begin at nothing."""
NO_FILL = {"none": True}
SMALL = {"size": 8}


class _Laid(NamedTuple):
    """A way that stands on a sheet."""

    way: Way
    sheet: str
    top: int
    """Row of its first step there."""
    bars: int
    """Row of its first step on the sheet of bars."""


class Bridges:
    """The bridges of one workbook."""

    def __init__(self, book: Book, scale: TableScale, speaker: Speaker) -> None:
        self.book, self.scale, self.speaker = book, scale, speaker
        self.title = speaker.sheet(CHART_DATA)
        self.laid: list[_Laid] = []

    def lay(self, sheet: Page, ways: Sequence[Way], top: int) -> None:
        """Lays ways below each other, each with its chart beside it."""
        breaks = []
        for number, way in enumerate(ways):
            if number and number % ON_A_PAGE == 0:
                breaks.append(top)
            bars = FIRST_ROW if not self.laid else self.laid[-1].bars + len(self.laid[-1].way.steps) + 1
            laid = _Laid(way, str(sheet.name), top + 2, bars + 2)
            self.laid.append(laid)
            self._table(sheet, laid)
            self.book.place_chart(sheet, top, self._chart(laid), way.words, len(COLUMNS), x_offset=12, y_offset=2)
            top += max(ROWS, len(way.steps) + 3)
        sheet.set_h_pagebreaks(breaks)

    def done(self) -> Page:
        """Writes the sheet of bars."""
        page = self.book.page(self.title)
        self._text(page, 0, 0, CHART_DATA, "title")
        self._text(page, 1, 0, "The bars of the bridges; all of them follow from what each step adds.", "statement")
        page.set_column(0, 0, LABEL_WIDTH)
        page.set_column(1, len(HEAD), FIGURE_WIDTH)
        for laid in self.laid:
            page.set_row(laid.bars - 1, HEADER_HEIGHT)
            self.book.put(page, laid.bars - 2, 0, laid.way.title, "heading", "@")
            for column, title in enumerate(HEAD, 1):
                self._text(page, laid.bars - 1, column, title, "number header")
            for number, (step, edge) in enumerate(zip(laid.way.steps, edges(laid.way.steps), strict=True)):
                self._bar(page, laid, number, step, edge)
        return page

    def _table(self, sheet: Page, laid: _Laid) -> None:
        """Writes what each step adds and the level after it."""
        self.book.put(sheet, laid.top - 2, 0, laid.way.title, "heading", "@")
        for column, title in enumerate(COLUMNS):
            self._text(sheet, laid.top - 1, column, title, "number header" if column else "header")
        for row, (step, (_, after)) in enumerate(zip(laid.way.steps, edges(laid.way.steps), strict=True), laid.top):
            kind, look = "total" if step.is_level else "number", self._format(step.amount)
            self.book.put(sheet, row, 0, step.name, "total" if step.is_level else "text", "@")
            self.book.put(sheet, row, 1, step.amount, kind, look)
            adds, before = (address(*at, fixed="") for at in ((row, 1), (row - 1, 2)))
            text = adds if step.is_level else f"{before}+{adds}"
            self.book.formula(sheet, row, 2, text, self.book.look(kind, self._format(after)), after)

    def _bar(self, page: Page, laid: _Laid, number: int, step: Step, edge: tuple[float, float]) -> None:
        """Writes the bars of one step: what the chart calls it, its ends, and its part in each series."""
        row, here = laid.top + number, laid.bars + number
        there = f"'{laid.sheet}'!"
        shown, digits = (1e6, 0) if self.scale.in_millions else (1.0, 1)
        adds = f"{there}{address(row, 1, fixed='')}"
        label = f'{there}{address(row, 0, fixed="")}&" "&(ROUND({adds}/{shown:.0f},{digits})+0)'
        said = f"{step.name} {round(step.amount / shown, digits):.15g}"
        self.book.formula(page, here, 0, label, self.book.look("text", "@"), said)
        ends = [
            "0" if step.is_level else f"{there}{address(row - 1, 2, fixed='')}",
            f"{there}{address(row, 2, fixed='')}",
        ]
        figures = [*zip(ends, edge, strict=True), *_parts(here, adds, step, edge)]
        look = self.book.look("number", self._format(0.0))
        for column, (text, value) in enumerate(figures, BEFORE):
            self.book.formula(page, here, column, text, look, value)

    def _chart(self, laid: _Laid) -> Any:  # noqa: ANN401 - untyped library
        """Stacked columns, the lowest of which are not seen."""
        chart: Any = self.book.add_chart({"type": "column", "subtype": "stacked"})
        first, last = laid.bars, laid.bars + len(laid.way.steps) - 1
        colours = [None, None, *(colour for colour in BARS.values() for _ in range(2))]
        names = [HEAD[BASE - 1], HEAD[BASE_BELOW - 1], *(bar for bar in BARS for _ in range(2))]
        for column, (colour, name) in enumerate(zip(colours, names, strict=True), BASE):
            chart.add_series(
                {
                    "name": self.speaker.say(name),
                    "categories": [self.title, first, 0, last, 0],
                    "values": [self.title, first, column, last, column],
                    "fill": NO_FILL if colour is None else {"color": colour},
                    "border": NO_FILL,
                    "gap": 40,
                }
            )
        chart.set_legend({"position": "bottom", "font": SMALL, "delete_series": [0, 1, *range(3, len(colours), 2)]})
        axis: dict[str, Any] = {"num_format": self.scale.axis_format(self.scale.currency), "num_font": SMALL}
        title, least = laid.way.title, least_of_axis(laid.way.steps)
        if least is not None:
            axis["min"] = least
            title = f"{title} ({self.speaker.say('the axis does not begin at nothing')})"
        chart.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
        unit = self.speaker.say(self.scale.unit(self.scale.currency))
        chart.set_y_axis({"name": unit, "name_font": SMALL, **axis})
        chart.set_x_axis({"num_font": SMALL, "label_position": "low"})
        chart.set_size({"width": WIDTH, "height": HEIGHT})
        return chart

    def _format(self, amount: float) -> str:
        return self.scale.number_format(self.scale.currency, amount)

    def _text(self, sheet: Page, row: int, column: int, text: str, kind: str) -> None:
        self.book.put(sheet, row, column, self.speaker.say(text), kind, "@")


def _parts(row: int, adds: str, step: Step, edge: tuple[float, float]) -> Iterator[tuple[str, float]]:
    """Formulas of both bases and of each bar above and below nothing, and what they come to."""
    before, after = (address(row, column, fixed="") for column in (BEFORE, AFTER))
    base, below = (address(row, column, fixed="") for column in (BASE, BASE_BELOW))
    lower, upper = min(edge), max(edge)
    yield f"MAX(0,MIN({before},{after}))", max(0.0, lower)
    yield f"MIN(0,MAX({before},{after}))", min(0.0, upper)
    lengths = (
        (f"MAX(0,MAX({before},{after}))-{base}", max(0.0, upper) - max(0.0, lower)),
        (f"MIN(0,MIN({before},{after}))-{below}", min(0.0, lower) - min(0.0, upper)),
    )
    rises = step.amount >= 0
    for bar in BARS:
        for length, value in lengths:
            if step.is_level or bar == "balance":
                is_bar = step.is_level and bar == "balance"
                yield (length if is_bar else "0"), (value if is_bar else 0.0)
            else:
                is_bar = rises == (bar == "increase")
                yield f"({length})*({adds}{'>=' if bar == 'increase' else '<'}0)", (value if is_bar else 0.0)


def least_of_axis(steps: Sequence[Step]) -> float | None:
    """Where an axis begins if not at nothing: steps between two large levels nearly alike could not be seen.

    >>> least_of_axis([Step("base", 5200.0, True), Step("price", -300.0), Step("dear", 4900.0, True)])
    4800.0
    """
    levels = [after for _, after in edges(steps)]
    low, high = min(levels), max(levels)
    if low <= 0 or high - low >= NARROW * high or high == low:
        return None
    size = 10.0 ** math.floor(math.log10(high - low))
    return max(0.0, (math.floor(low / size) - 1) * size)
