"""How sheets go onto paper."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from planner.language import Speaker
from planner.report.workbook.engine.grid import FIRST, UNIT, Grid
from planner.vocabulary.message import say

A3, A4 = 8, 9
SIDE_INCHES, TOP_INCHES, BOTTOM_INCHES = 0.25, 0.4, 0.55
A3_INCHES = 420 / 25.4 - 2 * SIDE_INCHES
"""What a sheet of A3, laid across, can take in its width."""
CHARACTERS_PER_INCH = 96 / 7.2
"""Column widths are counted in digits of seven pixels, with a little room between columns."""
LEAST_SCALE = 0.4
"""A page printed smaller than this cannot be read: nine points become less than four."""


def lay_out(worksheet: Worksheet, over_time: bool, widths: dict[int, float], grid: Grid) -> None:
    """Landscape, one page wide, on A3 where periods stand in columns.

    A horizon that would be printed too small to read is spread over several pages, with the titles of the rows on each.
    """
    worksheet.set_landscape()
    worksheet.set_margins(left=SIDE_INCHES, right=SIDE_INCHES, top=TOP_INCHES, bottom=BOTTOM_INCHES)
    worksheet.set_paper(A3 if over_time else A4)
    worksheet.fit_to_pages(pages_wide(widths, grid) if over_time else 1, 0)


def pages_wide(widths: dict[int, float], grid: Grid) -> int:
    """Over how many pages a sheet with periods in columns is spread, so that it can be read."""
    readable = A3_INCHES * CHARACTERS_PER_INCH / LEAST_SCALE
    titles = sum(widths[column] for column in range(UNIT + 1))
    rest = sum(width for column, width in widths.items() if column > UNIT)
    if titles + rest <= readable or grid.periods == 1:
        return 1
    pages = -(-rest // max(readable - titles, widths[FIRST]))
    return int(pages)


def page_text(speaker: Speaker, file_name: str, run_id: str) -> str:
    """The footer: file, sheet, page and run."""
    page = speaker.say("&A · page &P of &N")
    run = speaker.say(say("run {hash}", hash=run_id))
    return f"&L&8{file_name.replace('&', '&&')}&C&8{page}&R&8{run}"
