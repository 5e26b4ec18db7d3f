"""The cells of a workbook as a spreadsheet program stored them last; no formula is ever worked out."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from planner.case.words import listed
from planner.errors import InputError, Place
from planner.language import LANGUAGES, caption, english_title, language_of, sheet_title
from planner.reading.xlsx.archive import WANTED, damaged, refuse, workbook_bytes
from planner.reading.xlsx.contents import Contents, contents_of, formats_of, texts_of
from planner.reading.xlsx.links import Links
from planner.reading.xlsx.marks import Marks
from planner.reading.xlsx.sheet import Sheet, column_number, sheet_of
from planner.reading.xlsx.stored import Found, Shared
from planner.reading.xlsx.xml import Parts, UnreadableError
from planner.reading.xlsx.xml import damaged as damaged_part

EMPTY = Found(None)
Cells = Mapping[tuple[int, int], Found]
"""The cells of a sheet that hold something, by row and column from 0."""
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook that were asked for."""

    path: Path
    sheets: Mapping[str, Cells]
    named: Mapping[str, object]
    """Values of the cells that have a name."""
    sheet_names: tuple[str, ...] = ()
    """All sheets of the workbook."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What the sheets that were asked for are called in the language of the workbook."""
    marks: Mapping[str, Marks] = field(default_factory=dict)
    """What is hidden and merged on the sheets that were asked for."""
    epoch: datetime.datetime = WINDOWS_EPOCH
    """The day from which the workbook counts its days."""
    language: str = LANGUAGES[0]
    """The language in which the workbook was written."""

    def title(self, sheet: str) -> str:
        """What a sheet is called in the language of the workbook."""
        return sheet_title(self.language, sheet)

    def caption(self, text: str) -> str:
        """What a header or a label of the template is called in the language of the workbook."""
        return caption(self.language, text)

    def place(self, sheet: str, row: int, column: int) -> Place:
        """A cell as messages name it: ``plan.xlsx: Inputs!E14``."""
        return Place(f"{self.path}: {self.titles.get(sheet, sheet)}!{get_column_letter(column + 1)}{row + 1}")


def sheets_of(path: Path) -> tuple[str, ...]:
    """What the sheets of a workbook are called.

    Raises:
        InputError: the file is no workbook, is damaged or too large.
    """
    with _parts(path) as parts:
        return tuple(contents_of(parts).sheets)


def open_book(
    path: Path, sheets: Sequence[str], names: Sequence[str] = (), optional: Sequence[str] = (), room: int = 1
) -> Book:
    """The cells of some sheets, and the values of some named cells.

    Args:
        path: the workbook. sheets: those that it must have. names: cells with a name. optional: sheets it may have.
        room: how many times as many cells may be read as a case takes.

    Raises:
        InputError: the file is no workbook, is damaged or too large, or lacks one of the sheets.
    """
    with _parts(path) as parts:
        return _opened(path, parts, sheets, names, optional, room)


@contextmanager
def _parts(path: Path) -> Iterator[Parts]:
    """The parts of a workbook; what cannot be read in them is told as what it is."""
    content = workbook_bytes(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield Parts(archive)
    except InputError:
        raise
    except UnreadableError as error:
        refuse(path, error.found, error.allowed or WANTED, error.remedy, error.where)
    except Exception as error:  # a damaged archive makes the library fail in every way there is
        raise damaged(path, error) from error


def _opened(
    path: Path, parts: Parts, sheets: Sequence[str], names: Sequence[str], optional: Sequence[str], room: int
) -> Book:
    contents = contents_of(parts)
    there = tuple(contents.sheets)
    code = language_of(there)
    titles = {sheet: sheet_title(code, sheet) for sheet in (*sheets, *optional)}
    if missing := [titles[sheet] for sheet in sheets if titles[sheet] not in there]:
        remedy = f"its sheets are {listed(there, 'and')}; give a sheet that was renamed its name back"
        refuse(path, f"has no sheet '{missing[0]}'", WANTED, remedy)
    wanted = [sheet for sheet in (*sheets, *optional) if titles[sheet] in there]
    reader = _Sheets(parts, contents, room)
    read = {sheet: reader.sheet(titles[sheet]) for sheet in wanted}
    return Book(
        path,
        {sheet: one.cells for sheet, one in read.items()},
        {name: reader.named(name) for name in names},
        tuple(english_title(code, sheet) for sheet in there),
        titles,
        {sheet: one.marks for sheet, one in read.items()},
        reader.shared.epoch,
        code,
    )


class _Sheets:
    """Reads the sheets of one workbook, each of them once."""

    def __init__(self, parts: Parts, contents: Contents, room: int) -> None:
        self.parts, self.contents = parts, contents
        self.shared = Shared(
            texts_of(parts, contents.texts),
            formats_of(parts, contents.styles),
            Links(contents.names),
            MAC_EPOCH if contents.counts_from_1904 else WINDOWS_EPOCH,
            room,
        )
        self.read: dict[str, Sheet] = {}

    def sheet(self, title: str) -> Sheet:
        if title not in self.read:
            part, hidden = self.contents.sheets[title], title in self.contents.hidden
            self.read[title] = sheet_of(self.parts, part, title, self.shared, hidden=hidden)
        return self.read[title]

    def named(self, name: str) -> object:
        """The stored value of a named cell; None where there is none.

        Raises:
            UnreadableError: the name leads to no cell, or stands for another one on one of the sheets.
        """
        if any(known.endswith(f"!{name.casefold()}") for known in self.contents.names):
            raise damaged_part(f"the name {name} stands for something else on one of the sheets")
        if name.casefold() not in self.contents.names:
            return None
        match = _REFERENCE.fullmatch(self.contents.names[name.casefold()].strip().removeprefix("="))
        title = (match[1] or match[2]).replace("''", "'") if match else ""
        if match is None or title not in self.contents.sheets:
            raise damaged_part(f"the name {name} leads to no cell")
        return self.sheet(title).cells.get((int(match[4]) - 1, column_number(match[3]) - 1), EMPTY).value
