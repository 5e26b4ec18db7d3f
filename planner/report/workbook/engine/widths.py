"""How wide the columns and how high the rows of a sheet over time have to be for what they show."""

from __future__ import annotations

from planner.report.workbook.engine.functions import Value
from planner.report.workbook.engine.grid import CHANGED, FIRST, LABEL, NOTE, OPENING, SOLVED, SUBJECT, UNIT, VALUE, Grid
from planner.report.workbook.engine.references import HEADER_ROW, header_of
from planner.report.workbook.engine.sheet import Cell, Sheet
from planner.report.workbook.engine.terms import Place, Term
from planner.report.xlsx.measures import code_lines, numbers_width, text_width, wrapped_lines
from planner.report.xlsx.scale import Scale

TEXT_WIDTHS = {LABEL: (22, 42), SUBJECT: (10, 38), UNIT: (8, 20), NOTE: (10, 30)}
"""Least and most width of the columns that hold texts, in characters."""
SOURCE_WIDTH = 46
"""Most width of the column of sources on Inputs; longer ones are wrapped."""
NUMBER_WIDTHS = {VALUE: 9, SOLVED: 2, CHANGED: 2, OPENING: 7}
"""Least width of the other columns in front of the periods or months."""
PADDING = 1.0
"""Room on both sides of a text, in characters."""
TEXT_SIZE, NOTE_SIZE = 9, 9
"""Size of the letters, in points."""
ROW_POINTS, NOTE_POINTS = 15.0, 10.5
"""Height of a row with one line, and of each further line of its note."""
GAP = 2.0
"""Width of the empty column in front of the fiscal years."""
LEAST_PERIOD = 7.0
"""Least width of a period, a month or a fiscal year."""
SIDE_INCHES = 0.25
_TEXT_KINDS = ("label", "total", "unit", "note")


def column_widths(grid: Grid, scale: Scale, sheet: Sheet) -> dict[int, float]:
    """Widths in characters by column; all periods or months are equally wide, and so are all fiscal years."""
    widths: dict[int, float] = {**{column: least for column, (least, _) in TEXT_WIDTHS.items()}, **NUMBER_WIDTHS}
    there = grid.columns_over_time(sheet.name)
    top = max(header_of(there).values())
    shown: dict[tuple[int, str], list[Value]] = {}
    for (row, column), cell in sheet.cells.items():
        if column in sheet.hidden:
            continue
        if column in TEXT_WIDTHS and row > top and cell.look.kind in _TEXT_KINDS:
            widths[column] = max(widths[column], _text_needs(grid, scale, sheet, (row, column), cell))
        elif column in NUMBER_WIDTHS or (column >= OPENING and row >= min(HEADER_ROW.values())):
            value = grid.value(Place(sheet.name, row, column)) if isinstance(cell.content, Term) else cell.content
            group = there.edge if column > there.last else FIRST
            group = group if column > OPENING else column
            shown.setdefault((group, scale.number_format(cell.look.unit, sheet.raw, value)), []).append(value)
    for (group, number_format), values in shown.items():
        widths[group] = max(widths.get(group, LEAST_PERIOD), numbers_width(values, number_format) + PADDING)
    for column in range(FIRST, there.edge + 1):
        widths[column] = widths[there.edge if column > there.last and there.edge in widths else FIRST]
    widths[there.last + 1] = GAP
    return widths


def _text_needs(grid: Grid, scale: Scale, sheet: Sheet, spot: tuple[int, int], cell: Cell) -> float:
    """Width that a text needs, up to the most that its column may have."""
    row, column = spot
    if cell.look.kind == "unit":
        shown = scale.shown_unit(cell.look.unit, sheet.raw)
    else:
        value = grid.value(Place(sheet.name, row, column))
        shown = value if isinstance(value, str) else ""
    needed = text_width(shown, NOTE_SIZE if cell.look.kind == "note" else TEXT_SIZE) + PADDING
    if column == LABEL and not sheet.text(row, SUBJECT):
        needed -= TEXT_WIDTHS[SUBJECT][0]  # a long label runs on over the empty cell beside it
    return min(SOURCE_WIDTH if sheet.raw and column == NOTE else TEXT_WIDTHS[column][1], needed)


def code_height(text: str, width: float) -> float:
    """Height in points of a row whose text, of equally wide letters, is wrapped in a column of a width."""
    return ROW_POINTS + NOTE_POINTS * (code_lines(text, width - PADDING) - 1)


def row_heights(sheet: Sheet, width: float) -> dict[int, float]:
    """Heights in points of rows whose note is wrapped in a column of a width."""
    heights: dict[int, float] = {}
    for (row, column), cell in sheet.cells.items():
        if column == NOTE and cell.look.kind == "note" and isinstance(cell.content, str):
            lines = wrapped_lines(cell.content, width - PADDING, NOTE_SIZE)
            if lines > 1:
                heights[row] = ROW_POINTS + NOTE_POINTS * (lines - 1)
    return dict(sorted(heights.items()))
