"""What a workbook says about itself: its sheets and their parts, its names, its texts, and how numbers are shown."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS

from planner.reading.xlsx.xml import Parts, damaged

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_WORKBOOK = "xl/workbook.xml"
_OF_THE_PROGRAM = "_xlnm."
MOST_STYLES, LONGEST_FORMAT = 65_000, 255
"""Styles of cells and letters of a number format, as Excel has them at most."""
GENERAL = "General"
"""The number format that shows a number as it is."""


@dataclass
class Contents:
    """The sheets and the names of a workbook, and where the rest of it stands."""

    sheets: dict[str, str] = field(default_factory=dict)
    """The part of each sheet by its title, in the order of the book."""
    hidden: set[str] = field(default_factory=set)
    """Titles of sheets that are hidden, or that only a program can show."""
    names: dict[str, str] = field(default_factory=dict)
    """What each name stands for."""
    counts_from_1904: bool = False
    texts: str = ""
    """The part of the texts that cells share; empty where there is none."""
    styles: str = ""


def contents_of(parts: Parts) -> Contents:
    """Reads what a workbook says about itself.

    Raises:
        UnreadableError: a sheet, a name or a part is given twice, or leads nowhere.
    """
    start = [target for kind, target in _relations(parts, "_rels/.rels", "").values() if kind == "officeDocument"]
    if start != [_WORKBOOK]:
        raise damaged(f"another part than {_WORKBOOK} would be opened by a spreadsheet program")
    relations = _relations(parts, "xl/_rels/workbook.xml.rels", "xl")
    found = Contents()
    found.texts, found.styles = (_only(relations, kind) for kind in ("sharedStrings", "styles"))
    name = ""
    for level, tag, attributes, text in parts.events(_WORKBOOK):
        if tag == "workbookPr" and attributes is not None:
            found.counts_from_1904 = attributes.get("date1904", "") in ("1", "true")
        elif tag == "sheet" and level == 2 and attributes is not None:
            _add_sheet(found, attributes, relations)
        elif tag == "definedName" and attributes is not None:
            name = _new_name(found, attributes)
        elif tag == "definedName":
            found.names[name] = text
    return found


def _add_sheet(found: Contents, attributes: dict[str, str], relations: dict[str, tuple[str, str]]) -> None:
    title = attributes.get("name", "")
    if title.casefold() in {known.casefold() for known in found.sheets}:
        raise damaged(f"there are two sheets '{title}'", title)
    kind, part = relations.get(attributes.get(f"{_TYPES} id", ""), ("", ""))
    if not part:
        raise damaged(f"the sheet '{title}' leads nowhere", title)
    if part in found.sheets.values():
        raise damaged(f"the sheet '{title}' shows the same part as another one", title)
    found.sheets[title] = part if kind == "worksheet" else ""  # a sheet that is a chart has no cells
    if attributes.get("state", "visible") != "visible":
        found.hidden.add(title)


def _new_name(found: Contents, attributes: dict[str, str]) -> str:
    """The name that begins here, as names are told apart: without capitals, and with the sheet that it is for.

    Names of the spreadsheet program itself say how to print; LibreOffice writes some of them twice.
    """
    name = attributes.get("name", "").casefold()
    scoped = f"{attributes['localSheetId']}!{name}" if "localSheetId" in attributes else name
    if scoped in found.names and not name.startswith(_OF_THE_PROGRAM):
        raise damaged(f"the name {attributes.get('name')} is defined twice")
    found.names[scoped] = ""
    return scoped


def _relations(parts: Parts, name: str, folder: str) -> dict[str, tuple[str, str]]:
    """What kind of part each relation leads to, and where; one that leads out of the workbook leads nowhere."""
    found: dict[str, tuple[str, str]] = {}
    for _, tag, attributes, _ in parts.events(name):
        if tag == _RELATION and attributes is not None:
            key = attributes.get("Id", "")
            if key in found:
                raise damaged(f"{name} gives the relation {key} twice")
            outside = attributes.get("TargetMode") == "External"
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[key] = (attributes.get("Type", "").rpartition("/")[2], "" if outside else target)
    return found


def _only(relations: dict[str, tuple[str, str]], kind: str) -> str:
    """The one part of a kind; empty where there is none."""
    found = [target for one, target in relations.values() if one == kind]
    if len(found) > 1:
        raise damaged(f"it has two parts of the kind {kind}")
    return found[0] if found else ""


def texts_of(parts: Parts, name: str) -> list[str]:
    """The texts that cells share, in the order in which cells count them; readings of kanji are left out."""
    found: list[str] = []
    spoken, pieces = 0, list[str]()
    for level, tag, attributes, text in parts.events(name) if name else ():
        begins = attributes is not None
        if tag == "rPh":
            spoken += 1 if begins else -1
        elif tag == "t" and not begins and not spoken:
            pieces.append(text)
        elif tag == "si" and level == 1 and not begins:
            found.append("".join(pieces).replace("x005F_", ""))  # stands in front of what only looks like an escape
            pieces = []
    return found


def formats_of(parts: Parts, name: str) -> list[str]:
    """How each style of cells shows a number, as the code of its format."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside = ""
    for level, tag, attributes, _ in parts.events(name) if name else ():
        if level == 1:
            inside = tag
        elif level == 2 and attributes is not None and (inside, tag) == ("numFmts", "numFmt"):
            code = attributes.get("formatCode", GENERAL)
            if len(code) > LONGEST_FORMAT:
                raise damaged(f"a number format has {len(code):,} letters")
            codes[int(attributes["numFmtId"])] = code
        elif level == 2 and attributes is not None and (inside, tag) == ("cellXfs", "xf"):
            styles.append(int(attributes.get("numFmtId", "0")))
            if len(styles) > MOST_STYLES:
                raise damaged(f"it has more than {MOST_STYLES:,} styles of cells")
    return [codes.get(number) or BUILTIN_FORMATS.get(number, GENERAL) for number in styles] or [GENERAL]
