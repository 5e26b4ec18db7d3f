"""Workbooks that are almost a budget, or hardly one: each is made by a number, and always the same by the same one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape, quoteattr

from planner.reading.xlsx.book import sheets_of
from tests.fuzz.mangle import ODD, bytes_changed

NUMBERS = [
    "0",
    "-1",
    "1",
    "0.5",
    "50",
    "1.5",
    "45383",
    "45384.25",
    "60",
    "-0",
    "1e-320",
    "1e308",
    "1e400",
    "NaN",
    "x",
    "",
]
FORMULAS = ["1/0", "1+1", "A1", "NOW()", "'[other.xlsx]Sheet1'!A1", "SUM(", 'INDIRECT("A1")', ""]
ERRORS = ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#SPILL!", "x"]
DATES = ["2024-04-01", "2024-04-01T09:30:00", "2024-13-01", "1900-02-29", "9999-12-31", "09:30"]
_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"( s="\d+")?[^>]*?(?:/>|>.*?</c>)')
_ROW = re.compile(r'<row r="(\d+)".*?(?:/>|</row>)', re.DOTALL)
_CALENDAR = re.compile("<workbookPr ")


@dataclass(frozen=True)
class Book:
    """A workbook that can be read, in parts, and the parts of it whose cells and rows are changed."""

    parts: Mapping[str, bytes]
    read: tuple[str, ...]
    sheets: Mapping[str, str] = field(default_factory=dict)
    """Name of each sheet by the name of its part."""


def taken_apart(path: Path, *read: str) -> Book:
    """A workbook in parts, and the sheets to change, those that stand twice more often; all where none is named."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = {f"xl/worksheets/sheet{n}.xml": name for n, name in enumerate(sheets_of(path), start=1)}
    part_of = {name: part for part, name in sheets.items()}
    return Book(parts, tuple(part_of[name] for name in read or part_of), sheets)


def book_of(number: int, books: list[Book]) -> bytes:
    """The input of a number, made of one of these workbooks."""
    chance = Random(number)
    book = chance.choice(books)
    parts = dict(book.parts)
    for _ in range(chance.choice([1, 1, 1, 2, 5])):
        chance.choice(MAKERS)(parts, book, chance)
    content = _laid_together(parts)
    return bytes_changed(content, chance) if chance.random() < 0.05 else content


def _laid_together(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def _cell(parts: dict[str, bytes], book: Book, chance: Random) -> None:
    """Something else stands in a cell."""
    part, text = _sheet(parts, book, chance)
    cells = list(_CELL.finditer(text))
    if cells:
        cell = chance.choice(cells)
        other = f'<c r="{cell[1]}{cell[2]}"{cell[3] or ""}{_content(chance)}'
        parts[part] = (text[: cell.start()] + other + text[cell.end() :]).encode()


def _content(chance: Random) -> str:
    """The rest of a cell, from its type on: one of every type there is, with a value of that type or of another."""
    word, number, formula = chance.choice(ODD), chance.choice(NUMBERS), escape(chance.choice(FORMULAS))
    words = f' t="inlineStr"><is><t xml:space="preserve">{escape(word)}</t></is></c>'
    return chance.choice(
        [
            *[words] * 6,
            *[f"><v>{number}</v></c>"] * 4,
            f' t="b"><v>{chance.choice([0, 1, 2])}</v></c>',
            f' t="e"><v>{chance.choice(ERRORS)}</v></c>',
            f' t="d"><v>{chance.choice(DATES)}</v></c>',
            f' t="s"><v>{chance.choice([0, 5, 99_999, -1, "x"])}</v></c>',
            f"><f>{formula}</f><v>{number}</v></c>",
            f' t="str"><f>{formula}</f><v>{escape(word)}</v></c>',
            f" t={quoteattr(word)}><v>{number}</v></c>",
            "/>",
        ]
    )


def _row(parts: dict[str, bytes], book: Book, chance: Random) -> None:
    """A row is gone, doubled, at the place of another, or far away."""
    part, text = _sheet(parts, book, chance)
    rows = list(_ROW.finditer(text))
    if not rows:
        return
    one, other = chance.choice(rows), chance.choice(rows)
    far = chance.choice([*(other[1],) * 3, "0", "-1", "1048576", "99999999", "x"])
    moved = re.sub(rf'(?<=r=")([A-Z]*){one[1]}(?=")', lambda found: found[1] + far, one[0])
    new = chance.choice(["", one[0] * 2, one[0] + moved, moved])
    parts[part] = (text[: one.start()] + new + text[one.end() :]).encode()


def _column(parts: dict[str, bytes], book: Book, chance: Random) -> None:
    """A column is gone, or stands at the place of another."""
    part, text = _sheet(parts, book, chance)
    columns = sorted({cell[1] for cell in _CELL.finditer(text)})
    if columns:
        one, other = chance.choice(columns), chance.choice([*columns, "XFD", "ZZZZ", ""])
        away = chance.random() < 0.5
        changed = _CELL.sub(lambda cell: _moved(cell, other, away=away) if cell[1] == one else cell[0], text)
        parts[part] = changed.encode()


def _moved(cell: re.Match[str], column: str, *, away: bool) -> str:
    return "" if away else cell[0].replace(f'r="{cell[1]}', f'r="{column}', 1)


def _name(parts: dict[str, bytes], book: Book, chance: Random) -> None:
    """A sheet has another name, is hidden, or is not in the list of sheets."""
    text = parts["xl/workbook.xml"].decode(errors="replace")
    sheets = re.findall(r"<sheet [^>]*/>", text)
    if not sheets:
        return
    one, name = chance.choice(sheets), quoteattr(chance.choice([*book.sheets.values(), *ODD]))
    other = chance.choice(
        [
            "",
            one * 2,
            re.sub('name="[^"]*"', lambda _: f"name={name}", one),
            one.replace("<sheet", '<sheet state="hidden"'),
        ]
    )
    parts["xl/workbook.xml"] = text.replace(one, other, 1).encode()


def _whole_book(parts: dict[str, bytes], book: Book, chance: Random) -> None:
    """Dates are counted from 1904, cells are joined, a sheet stands in place of another, or the strings are gone."""
    part, text = _sheet(parts, book, chance)
    other, _ = _sheet(parts, book, chance)
    joined = '</sheetData><mergeCells count="1"><mergeCell ref="A1:Z40"/></mergeCells>'
    old = _CALENDAR.sub('<workbookPr date1904="1" ', parts["xl/workbook.xml"].decode(errors="replace"))
    parts |= chance.choice(
        [
            {"xl/workbook.xml": old.encode()},
            {part: text.replace("</sheetData>", joined).encode()},
            {part: parts.get(other, b"")},
            {part: text.replace("</sheetData>", '<row r="9999999"/>' * 20_000 + "</sheetData>").encode()},
            {"xl/sharedStrings.xml": b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'},
        ]
    )


def _part(parts: dict[str, bytes], _: Book, chance: Random) -> None:
    """A part is gone, empty, cut, spoilt, or much too long."""
    name = chance.choice(sorted(parts))
    content = parts.pop(name)
    if chance.random() < 0.2:
        return
    cut = content[: chance.randrange(len(content) + 1)]
    long = content.replace(b"</si>", b"x" * 40_000 + b"</si>", 100)
    parts[name] = chance.choice([b"", cut, long, *[bytes_changed(content, chance)] * 3])


def _words(parts: dict[str, bytes], _: Book, chance: Random) -> None:
    """A word that cells share is another."""
    text = parts.get("xl/sharedStrings.xml", b"").decode(errors="replace")
    words = list(re.finditer(r"<t[^>]*>([^<]*)</t>", text))
    if words:
        one = chance.choice(words)
        other = chance.choice([chance.choice(ODD), chance.choice(words)[1], one[1] + " ", one[1].upper()])
        parts["xl/sharedStrings.xml"] = (text[: one.start(1)] + escape(other) + text[one.end(1) :]).encode()


MAKERS = (*[_cell] * 10, *[_words] * 4, *[_row] * 3, *[_column] * 2, _name, _whole_book, _part)


def _sheet(parts: dict[str, bytes], book: Book, chance: Random) -> tuple[str, str]:
    """One of the sheets that are read, with its text; empty where it is gone."""
    part = chance.choice(book.read)
    return part, parts.get(part, b"").decode(errors="replace")
