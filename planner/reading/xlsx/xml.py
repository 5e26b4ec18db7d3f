"""The parts of a workbook, element by element: nothing is built up in memory, and all work is counted."""

from __future__ import annotations

from collections.abc import Iterator
from pyexpat import ExpatError, ParserCreate
from zipfile import ZipFile

MOST_ELEMENTS = 600_000
"""Elements in the parts of one workbook that are read: a plan of 20 sites and 40 quarters has a quarter of them."""
MOST_READ_BYTES = 20_000_000
"""Bytes of these parts, unpacked; the same plan has a seventh of them."""
LONGEST_TEXT = 40_000
"""Letters in one cell; a spreadsheet program holds 32,767 of them."""
DEEPEST = 40
"""Levels of nesting in a part; a sheet needs seven."""
_CHUNK = 65_536
_LONGEST_TAG = 1_000_000
"""Bytes after which an element has to have come to its end."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
"""Namespaces of the two forms of a workbook; only the first one is read."""
Attributes = dict[str, str]
Event = tuple[int, str, Attributes | None, str]
"""Level (0 for the root), name, attributes, and the text in it; no attributes, not even none, where it ends."""


class UnreadableError(Exception):
    """A workbook that cannot or may not be read to its end: what was found, what is allowed, the fix, and the cell."""

    def __init__(self, found: str, allowed: str = "", remedy: str = "", where: str = "") -> None:
        super().__init__(found)
        self.found, self.allowed, self.remedy, self.where = found, allowed, remedy, where


def damaged(found: str, where: str = "") -> UnreadableError:
    """The error of a part that says what no spreadsheet program would."""
    remedy = "take an undamaged copy, or open the workbook in a spreadsheet program and save it anew"
    return UnreadableError(f"the workbook is damaged: {found}", "", remedy, where)


class Parts:
    """The parts of one archive, and how much of them was read so far."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.elements = 0
        self.bytes = 0

    def __contains__(self, name: str) -> bool:
        return name in self.archive.NameToInfo

    def events(self, name: str) -> Iterator[Event]:
        """Beginnings and ends of all elements of the main namespace, and of those that have none.

        An end has the text that stands since the last beginning.

        Raises:
            UnreadableError: the part is too large, too deep, no XML, or declares a document type.
        """
        if name not in self:
            raise damaged(f"the part {name} is missing")
        self.bytes += self.archive.getinfo(name).file_size
        if self.bytes > MOST_READ_BYTES:  # known before anything is unpacked
            most = f"{MOST_READ_BYTES // 1_000_000} MB"
            raise _too_large(f"what is read of the workbook unpacks to more than {most}", f"at most {most}")
        reader = _Reader(name)
        with self.archive.open(name) as file:
            while chunk := file.read(_CHUNK):
                yield from self._counted(reader.feed(chunk))
        yield from self._counted(reader.feed(b"", last=True))

    def _counted(self, events: list[Event]) -> list[Event]:
        self.elements += len(events)
        if self.elements > 2 * MOST_ELEMENTS:  # a beginning and an end
            raise _too_large(f"the workbook has more than {MOST_ELEMENTS:,} elements", f"at most {MOST_ELEMENTS:,}")
        return events


def _too_large(found: str, allowed: str) -> UnreadableError:
    remedy = "delete the empty rows and columns around the figures, and sheets of your own, and save it"
    return UnreadableError(found, allowed, remedy)


class _Reader:
    """Turns one part into events, chunk by chunk."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._letters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.found: list[Event] = []
        self.level = -1
        self.text: list[str] = []
        self.length = 0
        self.fed = 0

    def feed(self, chunk: bytes, *, last: bool = False) -> list[Event]:
        self.found = []
        try:
            self.parser.Parse(chunk, last)
        except ExpatError as error:
            raise damaged(f"{self.name}: {error}") from error
        self.fed += len(chunk)
        if self.fed - self.parser.CurrentByteIndex > _LONGEST_TAG:
            raise damaged(f"{self.name} holds an element without an end")
        return self.found

    def _start(self, name: str, attributes: Attributes) -> None:
        self.level += 1
        if self.level > DEEPEST:
            raise damaged(f"{self.name} is nested deeper than {DEEPEST} levels")
        self.text, self.length = [], 0
        plain = _plain(name)
        if not self.level and name.startswith(STRICT):
            remedy = "save it as an ordinary Excel workbook (.xlsx)"
            raise UnreadableError("is a workbook of the strict form", "an ordinary .xlsx workbook", remedy)
        self.found.append((self.level, plain, attributes, ""))

    def _end(self, name: str) -> None:
        self.found.append((self.level, _plain(name), None, "".join(self.text)))
        self.text, self.length = [], 0
        self.level -= 1

    def _letters(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            raise damaged(f"{self.name} holds a text of more than {LONGEST_TEXT:,} letters")
        self.text.append(text)

    def _doctype(self, *_: object) -> None:
        found = f"declares a document type in {self.name}, which no spreadsheet program writes"
        raise UnreadableError(found, "a workbook as a spreadsheet program saves it", "take another copy")


def _plain(name: str) -> str:
    """An element of the main namespace by its own name; those of others keep their namespace, and so match nothing."""
    return name.removeprefix(_PREFIX)


_PREFIX = f"{MAIN} "
