"""Charts of the tables of a study: bars beside each other or behind each other, and points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.report.amounts import digits
from planner.report.compare.tables import Cell, Chart, Table, cell_words
from planner.report.page.axes import LABEL, below, horizontal, vertical
from planner.report.page.canvas import MOST_SERIES, Canvas, cut, width_of
from planner.report.page.document import Grid, Picture
from planner.report.voice import Unit, Voice

BAR, BETWEEN = 13.0, 7.0
"""Height of a bar, and of what is between two rows."""
MOST_ROWS = 40
"""Rows that a chart of bars shows; the table has all."""
HEIGHT = 240.0


def chart_picture(key: str, chart: Chart, table: Table, voice: Voice) -> Picture | None:
    """A chart over the cells of a table; None where it has nothing to show."""
    rows = [row for row in table.rows if any(isinstance(row[place], int | float) for place in chart.series)]
    if not rows:
        return None
    unit = table.columns[chart.series[0]].unit
    head = (table.columns[chart.first].title, *(table.columns[place].title for place in chart.series))
    if chart.across:
        head = (head[0], *(str(row[chart.first]) for row in rows))
        rows = [(table.columns[place].title, *(row[place] for row in rows)) for place in chart.series]
        chart = replace(chart, series=tuple(range(1, len(head))), first=0)
    told = tuple(
        (str(row[chart.first]), *(cell_words(row[place], unit, voice) for place in chart.series)) for row in rows
    )
    names = [str(row[chart.first]) for row in rows]
    series = [[number_of(row[place]) for row in rows] for place in chart.series]
    drawing = _Drawing(names, head[1:], series, "money" if unit == voice.currency else unit, chart, voice)
    note = ""
    if chart.kind != "scatter" and len(rows) > MOST_ROWS:
        note = voice("{count} more rows are in the table.", count=len(rows) - MOST_ROWS)
    return Picture(key, chart.title, f"{chart.words}.", drawing.draw, Grid(head, told), note)


def number_of(cell: Cell) -> float:
    """What a cell counts for in a picture; one that is empty or a text for nothing."""
    return float(cell) if isinstance(cell, int | float) else 0.0


class _Drawing:
    """Rows by name, with an amount of each series."""

    def __init__(
        self, names: list[str], titles: Sequence[str], series: list[list[float]], unit: str, chart: Chart, voice: Voice
    ) -> None:
        self.names, self.titles, self.series, self.chart, self.voice = names, titles, series, chart, voice
        self.is_money = unit == "money"
        amounts = [amount for of in self._shown() for amount in of]
        self.unit = voice.unit_of_money(amounts) if self.is_money else Unit(chart.vertical or voice(unit), 1.0)

    def draw(self, canvas: Canvas) -> None:
        """Points, or bars from above to below."""
        if self.chart.kind == "scatter":
            self._points(canvas)
        else:
            self._bars(canvas)

    def _shown(self) -> list[list[float]]:
        """Amounts as they stand: behind each other, each begins where those before it end."""
        if self.chart.kind != "stacked":
            return self.series
        sums = [[0.0, 0.0] for _ in self.names]
        for of in self.series:
            for row, amount in zip(sums, of, strict=True):
                row[amount < 0] += amount
        return [[low, high] for high, low in sums]

    def _bars(self, canvas: Canvas) -> None:
        is_stacked, many = self.chart.kind == "stacked", len(self.series) > 1
        kinds = [f"a{number % MOST_SERIES}" for number in range(len(self.series))]
        entries = [("area", kind, title) for kind, title in zip(kinds, self.titles, strict=True)]
        top = canvas.legend(0, entries) if many else 0.0
        names = self.names[:MOST_ROWS]
        left = 0.0 if canvas.is_narrow else min(240.0, max(map(width_of, names)) + 10)
        bars = BAR * (1 if is_stacked else len(self.series))
        height = bars + BETWEEN + (17 if canvas.is_narrow else 0)
        amounts = [amount / self.unit.size for of in self._shown() for amount in of]
        room = 8.0 if many else max(map(width_of, (self._told(amount) for of in self.series for amount in of))) + 8
        has_less = min(amounts) < 0
        upper = top + 36
        span = (left + (room if has_less else 2), canvas.width - room)
        scale = horizontal(canvas, amounts, self.unit.words, span, (upper, upper + height * len(names)))
        for number, name in enumerate(names):
            y = upper + number * height + BETWEEN / 2
            if canvas.is_narrow:
                canvas.text(0, y + 12, cut(name, canvas.width))
                y += 17
            else:
                canvas.text(0, y + bars / 2 + 4.5, cut(name, left - 4))
            ends = [0.0, 0.0]
            for place, of in enumerate(self.series):
                amount = of[number] / self.unit.size
                begin = ends[amount < 0] if is_stacked else 0.0
                ends[amount < 0] += amount
                first, last = sorted((scale(begin), scale(begin + amount)))
                lane = y if is_stacked else y + place * BAR
                canvas.rect(first, lane, max(last - first, 1.0 if amount else 0.0), BAR - 1, kinds[place])
                if not many:
                    is_less = amount < 0
                    canvas.text(
                        first - 4 if is_less else last + 4,
                        lane + 11,
                        self._told(of[number]),
                        "",
                        "end" if is_less else "",
                    )

    def _told(self, amount: float) -> str:
        return self.voice.short(amount) if self.is_money else digits(amount)

    def _points(self, canvas: Canvas) -> None:
        places = [float(name) for name in self.names]
        amounts = [amount / self.unit.size for amount in self.series[0]]
        scale, left = vertical(canvas, amounts, self.unit.words, 0.0, HEIGHT, from_nothing=False)
        unit = cut(self.chart.horizontal, canvas.width - left)
        across = below(canvas, places, unit, (left + 6, canvas.width - 10), (LABEL, LABEL + HEIGHT))
        for place, amount in zip(places, amounts, strict=True):
            canvas.mark(across(place), scale(amount), "circle", "m0")
