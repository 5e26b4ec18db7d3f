"""What of Summary and Board page is printed: large enough, in its language, in grey, and as wide as it is."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.grid import SUBJECT
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.terms import Place
from planner.report.workbook.engine.widths import PADDING
from planner.report.xlsx.measures import text_width
from planner.report.xlsx.style import AREAS
from tests.report.example import outcome

DIGIT = 7.0
"""Pixels of a digit of the style Normal, in which widths of columns are counted."""


@cache
def parts(folder: Path, language: str) -> dict[str, str]:
    """The files inside a workbook."""
    path = folder / f"{language}.xlsx"
    write_workbook(outcome(), path, language)
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("printed")


def charts(files: dict[str, str], drawing: int) -> list[str]:
    rels = files[f"xl/drawings/_rels/drawing{drawing}.xml.rels"]
    return [files[f"xl/charts/{name}"] for name in re.findall(r"charts/(chart\d+\.xml)", rels)]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_all_of_summary_is_printed_at_eight_points_or_more(folder: Path, language: str) -> None:
    files = parts(folder, language)
    book, name = load_workbook(folder / f"{language}.xlsx"), lay_book(outcome(), language).grid.sheet_title("Summary")
    sheet = book[name]
    widths = sum(one.width * (one.max - one.min + 1) for one in sheet.column_dimensions.values())
    scale = (297 / 25.4 - 0.5) * 96 / (widths * DIGIT)
    sizes = [cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value is not None]
    drawn = [int(size) / 100 for chart in charts(files, 2) for size in re.findall(r'\bsz="(\d+)"', chart)]
    footer = [int(size) for size in re.findall(r"&[LCR]&(\d+)", files["xl/worksheets/sheet3.xml"].replace("amp;", ""))]
    assert len(footer) == 3 and len(drawn) > 20
    assert min(scale, 1.0) * min(*sizes, *drawn, *footer) >= 7.99
    ends = re.findall(r"<xdr:to><xdr:col>(\d+)</xdr:col>", files["xl/drawings/drawing2.xml"])
    assert max(map(int, ends)) < 5  # or what is printed would be wider, and smaller


def test_a_wrapped_note_of_summary_has_room_for_its_lines() -> None:
    sheet = lay_book(outcome()).grid.sheets["Summary"]
    notes = [(row, sheet.text(row, 3)) for row, column in sheet.cells if column == 3]
    assert [row for row, text in notes if len(text) > 70]
    assert all(sheet.heights.get(row, 15.0) > 15.0 for row, text in notes if len(text) > 70)


def test_columns_are_counted_in_a_font_that_every_program_has_by_its_widths(folder: Path) -> None:
    """Another one in place of a missing font makes columns wider, and print as much smaller."""
    fonts = parts(folder, "ja")["xl/styles.xml"].partition("</font>")[0]
    assert '<sz val="10"/>' in fonts and '<name val="Arial"/>' in fonts and "<scheme" not in fonts


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", ["Cover", "Run log", "Case file"])
def test_nothing_runs_out_of_the_columns_of_a_page(language: str, name: str) -> None:
    """What runs on beyond the last column is printed as well, and all of the page as much smaller."""
    book = lay_book(outcome(), language)
    sheet = book.grid.sheets[name]
    for (row, column), cell in sheet.cells.items():
        if "wrapped" in cell.look.kind or cell.look.kind in ("code", "page title"):
            continue
        value = book.grid.value(Place(name, row, column))
        if isinstance(value, str):
            assert text_width(book.grid.say(value)) <= sum(sheet.widths[column:]) + PADDING, value


def test_a_long_line_of_the_case_is_as_high_as_its_lines() -> None:
    sheet = lay_book(outcome()).grid.sheets["Case file"]
    heights = {sheet.text(row, 0): sheet.heights[row] for row, column in sheet.cells if not column and row > 5}
    assert {height for text, height in heights.items() if len(text) < 100} == {15.0}
    assert all(height > 15.0 for text, height in heights.items() if len(text) > 110)
    assert any(len(text) > 110 for text in heights)


def test_charts_of_the_board_page_end_where_columns_do(folder: Path) -> None:
    """A program that draws columns wider then draws the charts wider, too."""
    ends = re.findall(
        r"<xdr:to><xdr:col>(\d+)</xdr:col><xdr:colOff>(\d+)", parts(folder, "en")["xl/drawings/drawing1.xml"]
    )
    assert sorted(set(ends)) == [("3", "0"), ("6", "0")]
    assert "$A$1:$F$" in parts(folder, "en")["xl/workbook.xml"]


def test_bars_of_a_bridge_are_named_in_the_language_of_the_book() -> None:
    grid = lay_book(outcome(), "ja").grid
    for bridge in ("value", "cash"):
        for key in grid.keys_under(bridge, "adds"):
            place = grid.line_of(Key(bridge, "adds", key[2]))
            assert not re.match(r"[a-z]", str(grid.value(place._replace(column=SUBJECT)))), key


def test_areas_beside_each_other_differ_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    greys = [grey(colour) for colour in AREAS]
    assert all(abs(one - other) > 0.25 for one, other in pairwise(greys))
