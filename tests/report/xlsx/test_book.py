"""The one host of XlsxWriter: same content, same bytes; texts stay texts; and no cell is lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.report.xlsx.book import DANGEROUS_STARTS, Book
from planner.report.xlsx.style import BASE, KINDS


def book_of(path: Path) -> Book:
    return Book(path, BASE, KINDS, title="A title")


def test_a_text_that_begins_like_a_formula_stays_a_text_when_it_is_edited(tmp_path: Path) -> None:
    book = book_of(tmp_path / "book.xlsx")
    page = book.page("one")
    texts = [f"{start}1+1" for start in DANGEROUS_STARTS]
    for row, text in enumerate([*texts, "1+1"]):
        book.put(page, row, 0, text, "text", "@")
    book.close()
    cells = [row[0] for row in load_workbook(tmp_path / "book.xlsx")["one"].iter_rows()]
    written = [cell.value.replace("_x000D_", "\r") for cell in cells]
    assert written == [*texts, "1+1"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [bool(cell.quotePrefix) for cell in cells] == [True] * len(texts) + [False]


def test_a_cell_that_is_not_taken_is_told_and_not_left_out(tmp_path: Path) -> None:
    book = book_of(tmp_path / "book.xlsx")
    page = book.page("one")
    with pytest.raises(OSError, match=r"cell one!C8 was not taken \(code -2\): too long, or too many rows"):
        book.put(page, 7, 2, "x" * 40_000, "text", "@")
    with pytest.raises(OSError, match=r"cell one!A2000001 was not taken"):
        book.put(page, 2_000_000, 0, 1.0, "text", "0")
    book.close()


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        book = book_of(tmp_path / name)
        page = book.page("one")
        book.put(page, 0, 0, 1.5, "input", "0.0")
        book.formula(page, 1, 0, "A1*2", book.look("total", "0.0"), 3.0)
        book.close()
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
