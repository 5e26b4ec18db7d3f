"""Native charts on Summary; every point is a cell of another sheet."""

from __future__ import annotations

from typing import Any

from planner.report.workbook.ledger import SUMMARY, Ledger
from planner.report.workbook.placements import systems_placed
from planner.report.workbook.references import HEADER_ROW
from planner.report.workbook.writer import Writer

COLOURS = ("#1F3864", "#C55A11", "#548235", "#7F6000", "#5B2C83", "#2E75B6", "#A5A5A5", "#BF9000")
SIZE = {"width": 620, "height": 330}
"""Size of one chart in pixels."""


def add_charts(ledger: Ledger, writer: Writer) -> None:
    """Puts the cash balance and the installed systems on Summary, side by side."""
    sheet = ledger.grid.sheets[SUMMARY]
    worksheet = writer.worksheet(SUMMARY)
    cash = _chart(ledger, writer, "line", "Cash at the end of each period", ledger.scale.unit)
    cash.add_series(_series(ledger, "cash", COLOURS[0]))
    cash.add_series(_series(ledger, "minimum", COLOURS[1]) | {"line": {"color": COLOURS[1], "dash_type": "dash"}})
    systems = _chart(ledger, writer, "column", "Systems installed at all sites", "systems")
    for position, system in enumerate(systems_placed(ledger)):
        systems.add_series(_series(ledger, f"standing|{system}", COLOURS[position % len(COLOURS)]))
    row = sheet.marks["charts"]
    for chart, column, words in (
        (cash, 0, "Line chart: cash at the end of each period, and the least that must be left"),
        (systems, 3, "Stacked columns: systems installed at the end of each period, by system"),
    ):
        if (
            chart.series
            and worksheet.insert_chart(row, column, chart, {"description": words, "object_position": 2}) != 0
        ):
            raise ValueError(f"the chart was not taken: {words}")


def _chart(ledger: Ledger, writer: Writer, kind: str, title: str, unit: str) -> Any:  # noqa: ANN401 - untyped library
    options = {"type": kind, "subtype": "stacked"} if kind == "column" else {"type": kind}
    chart: Any = writer.book.add_chart(options)
    font = {"size": 9, "bold": False}
    chart.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
    chart.set_x_axis(
        {"num_format": "yyyy-mm", "text_axis": True, "num_font": {"size": 8, "rotation": -45}, "label_position": "low"}
    )
    number_format = "#,##0,," if kind == "line" and ledger.scale.in_millions else "#,##0"
    chart.set_y_axis({"name": unit, "name_font": font, "num_format": number_format, "num_font": {"size": 8}})
    chart.set_legend({"position": "bottom", "font": {"size": 8}})
    chart.set_size(SIZE)
    return chart


def _series(ledger: Ledger, key: str, colour: str) -> dict[str, Any]:
    grid = ledger.grid
    place = grid.line_of(key)
    span = (grid.first_period, grid.last_period)
    start = HEADER_ROW["start"]
    return {
        "name": [place.sheet, place.row, 0],
        "categories": [place.sheet, start, span[0], start, span[1]],
        "values": [place.sheet, place.row, span[0], place.row, span[1]],
        "line": {"color": colour, "width": 2},
        "fill": {"color": colour},
    }
