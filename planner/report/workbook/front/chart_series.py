"""How a chart is drawn: its title, axes and series, in the language and the scale of the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from planner.report.workbook.engine.grid import LABEL, SUBJECT, VALUE
from planner.report.workbook.engine.keys import RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import HEADER_ROW
from planner.report.workbook.engine.writer import Writer
from planner.report.xlsx.style import FONTS
from planner.vocabulary.message import Text

SMALL_AND_LARGE = "[>=10]#,##0;[<=-10]-#,##0;General"
"""Format of an axis: small figures keep their decimals, or all marks of a chart would be rounded to 0 and 1."""
MOST_MARKS, LEVEL_MARKS = 14, 7
"""Months that are named on an axis, slanted and level."""
NO_FILL = {"none": True}
GRID_LINES = {"visible": True, "line": {"color": "#D9D9D9"}}


@dataclass(frozen=True)
class Draughtsman:
    """Draws charts over cells of the book."""

    ledger: Ledger
    writer: Writer
    letters: int = 8
    """Points of the letters of axes and names of series."""
    title: Mapping[str, Any] = MappingProxyType({"size": 11})
    """Looks of the title."""
    is_level: bool = False
    """Whether what stands below a chart is written level: it takes less of the height of few marks, slanted of many."""

    def words(self, text: Text) -> str:
        """A text in the language of the book."""
        return self.ledger.grid.say(text)

    def unit(self, unit: Text) -> str:
        """A unit as the sheets print it."""
        return self.ledger.scale.shown_unit(unit, False)

    def over_time(
        self, kind: str, title: Text, unit: Text, *, stacked: bool = False, time: str = "first month of the period"
    ) -> Any:  # noqa: ANN401
        """A chart with the periods, or months, from left to right."""
        chart = self._chart(kind, title, unit, stacked)
        font = self._below if self.is_level else {**self.small, "rotation": -45}
        dates = {"num_format": self.ledger.scale.number_format("date", False), "num_font": font, "date_axis": True}
        name = {"name": self.words(time), "name_font": self.small}
        apart = -(-len(self.ledger.case.calendar.months) // (LEVEL_MARKS if self.is_level else MOST_MARKS))
        marks = {"major_unit": apart, "major_unit_type": "months", "minor_unit": apart, "minor_unit_type": "months"}
        chart.set_x_axis({**marks, **dates, "label_position": "low", **name})
        return chart

    def stacked(self, kind: str, title: Text, unit: Text) -> Any:  # noqa: ANN401
        """Bars or columns on top of each other."""
        return self._named(self._chart(kind, title, unit, True))

    def beside(self, title: Text, unit: Text) -> Any:  # noqa: ANN401
        """Columns beside each other, from nothing upwards."""
        return self._named(self._chart("column", title, unit, False, {"min": 0}))

    def columns(self, title: Text, unit: Text) -> Any:  # noqa: ANN401
        """Columns beside each other, on either side of nothing."""
        return self._named(self._chart("column", title, unit, False))

    def bars(self, title: Text, unit: Text) -> Any:  # noqa: ANN401
        """Bars on either side of nothing, the first one on top."""
        chart = self._chart("bar", title, unit, False)
        figures = {"num_format": self._format_of(unit), "num_font": self.small}
        name = {"name": self.unit(unit), "name_font": self.small}
        chart.set_x_axis({**name, **figures, "major_gridlines": GRID_LINES})
        names = {"num_font": self.small, "label_position": "low", "reverse": True, "crossing": "max"}
        chart.set_y_axis({**names, "name": "", "major_gridlines": {"visible": False}})
        return chart

    def years(self, title: Text, unit: Text) -> Any:  # noqa: ANN401
        """Columns beside each other for each fiscal year."""
        chart = self.columns(title, unit)
        shown = self.ledger.scale.number_format("fiscal year", False)
        chart.set_x_axis({"num_font": self._below, "label_position": "low", "num_format": shown})
        return chart

    def series(self, key: RowKey, colour: str, *, dashed: bool = False) -> dict[str, Any]:
        """A row over time."""
        grid, place = self.ledger.grid, self.ledger.grid.line_of(key)
        sheet, start, columns = grid.sheet_title(place.sheet), HEADER_ROW["start"], grid.columns_over_time(place.sheet)
        line = {"color": colour, "width": 2} | ({"dash_type": "dash"} if dashed else {})
        return {
            "name": [sheet, place.row, LABEL],
            "categories": [sheet, start, columns.first, start, columns.last],
            "values": [sheet, place.row, columns.first, place.row, columns.last],
            "line": line,
            "fill": {"color": colour},
        }

    def column(
        self, keys: Sequence[RowKey], name: str, colour: str | None, *, named_beside: bool = False
    ) -> dict[str, Any]:
        """Cells below each other, named by the labels of their rows; without a colour they are not seen."""
        grid = self.ledger.grid
        places = [grid.line_of(key) for key in keys]
        first, last = places[0].row, places[-1].row
        if [place.row for place in places] != list(range(first, last + 1)):
            raise ValueError(f"the rows {keys[0]} to {keys[-1]} do not stand below each other")
        sheet, names = grid.sheet_title(places[0].sheet), SUBJECT if named_beside else LABEL
        fill = NO_FILL if colour is None else {"color": colour}
        return {
            "name": self.words(name),
            "categories": [sheet, first, names, last, names],
            "values": [sheet, first, VALUE, last, VALUE],
            "fill": fill,
            "border": NO_FILL,
        }

    def by_year(self, key: RowKey, colour: str) -> dict[str, Any]:
        """The fiscal years of a row over time."""
        grid, place = self.ledger.grid, self.ledger.grid.line_of(key)
        sheet, years = grid.sheet_title(place.sheet), grid.columns_over_time(place.sheet).years
        row = HEADER_ROW["fiscal_year"]
        return {
            "name": [sheet, place.row, LABEL],
            "categories": [sheet, row, years[0], row, years[-1]],
            "values": [sheet, place.row, years[0], place.row, years[-1]],
            "fill": {"color": colour},
            "border": NO_FILL,
        }

    @property
    def _font(self) -> str:
        return FONTS[self.ledger.scale.speaker.code]

    @property
    def small(self) -> dict[str, Any]:
        """The type of axes and their units."""
        return {"size": self.letters, "bold": False, "name": self._font}

    @property
    def _below(self) -> dict[str, Any]:
        return self.small | ({"rotation": 0} if self.is_level else {})

    def _format_of(self, unit: Text) -> str:
        """The number format of an axis."""
        scale = self.ledger.scale
        return "#,##0,," if unit == scale.currency and scale.in_millions else SMALL_AND_LARGE

    def _named(self, chart: Any) -> Any:  # noqa: ANN401
        chart.set_x_axis({"num_font": self._below, "label_position": "low"})
        return chart

    def _chart(self, kind: str, title: Text, unit: Text, stacked: bool, axis: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401
        chart: Any = self.writer.book.add_chart({"type": kind} | ({"subtype": "stacked"} if stacked else {}))
        chart.set_title({"name": self.words(title), "name_font": {**self.title, "name": self._font}, "overlay": False})
        name = {"name": self.unit(unit), "name_font": self.small}
        figures = {"num_font": {"size": self.letters, "name": self._font}, "num_format": self._format_of(unit)}
        chart.set_y_axis({**name, **figures, "major_gridlines": GRID_LINES, **(axis or {})})
        chart.set_legend({"position": "bottom", "font": {"size": self.letters, "name": self._font}})
        return chart
