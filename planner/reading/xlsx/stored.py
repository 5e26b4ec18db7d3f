"""What a cell holds, from how it is stored: a number, a text, a date, yes or no, or an error value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel, from_ISO8601

from planner.reading.xlsx.contents import GENERAL
from planner.reading.xlsx.links import Links
from planner.reading.xlsx.xml import Attributes

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_LONGEST_NUMBER = 500
"""Letters of a number; no spreadsheet program stores more than thirty."""
_SWITCH = {"0": False, "1": True, "false": False, "true": True}


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell holds, as the spreadsheet program stored it last."""

    value: object
    is_formula: bool = False
    is_error: bool = False
    is_linked: bool = False
    """Whether its formula looks into another workbook."""
    shown_as: str = GENERAL
    """The code of the format in which a number is shown."""
    formula: str = ""
    """Its formula, without the sign of equality."""


@dataclass(slots=True)
class Raw:
    """A cell as the file has it."""

    kind: str = "n"
    style: int = 0
    stored: str | None = None
    formula: str | None = None
    formula_of: Attributes | None = None
    pieces: list[str] | None = None
    """A text that stands in the cell itself."""


@dataclass
class Shared:
    """What all sheets of a workbook have in common, and how much of them was read."""

    texts: list[str]
    formats: list[str]
    links: Links
    epoch: datetime = WINDOWS_EPOCH
    room: int = 1
    """How many times as many cells and rows may be read as a case takes."""
    cells: int = 0
    rows: int = 0

    def __post_init__(self) -> None:
        moments = {code: bool(is_timedelta_format(code)) for code in set(self.formats) if is_date_format(code)}
        self.dates = {style: moments[code] for style, code in enumerate(self.formats) if code in moments}
        """Styles that show a number as a moment, and whether as a length of time."""


def found_in(raw: Raw, title: str, shared: Shared, formula: str = "") -> Found | None:
    """What a cell of a sheet holds, and the text of its formula as it is given; None where it is empty.

    Raises:
        ValueError, KeyError, IndexError, OverflowError: it holds what no cell of its kind can.
    """
    value, is_error = _value(raw, shared)
    is_formula = raw.formula is not None
    if value is None and not is_formula:
        return None
    linked = shared.links.leads_out(title, raw.formula, raw.formula_of or {}) if raw.formula is not None else False
    return Found(value, is_formula, is_error or raw.kind == "e", linked, shared.formats[raw.style], formula)


def _value(raw: Raw, shared: Shared) -> tuple[object, bool]:  # noqa: PLR0911 - one line a kind
    """The value, and whether it is an error that shows only now."""
    if raw.kind == "inlineStr":
        return (None if raw.pieces is None else "".join(raw.pieces)), False
    if not raw.stored:
        return None, False
    if raw.kind == "n":
        return _number(raw.stored.strip(), raw.style, shared)
    if raw.kind == "s":
        return shared.texts[_index(raw.stored)], False
    if raw.kind == "b":
        return _SWITCH[raw.stored.strip()], False
    if raw.kind == "d":
        return from_ISO8601(raw.stored), False  # type: ignore[no-untyped-call]
    if raw.kind not in ("str", "e"):
        raise KeyError(raw.kind)
    return raw.stored, False


def _number(stored: str, style: int, shared: Shared) -> tuple[object, bool]:
    if not _NUMBER.fullmatch(stored) or len(stored) > _LONGEST_NUMBER:
        raise ValueError(stored)
    number = float(stored) if set(stored) & set(".eE") else int(stored)
    if style not in shared.dates:
        return number, False
    try:
        return from_excel(number, shared.epoch, timedelta=shared.dates[style]), False
    except (OverflowError, ValueError):
        return "#VALUE!", True  # before or behind all days that a spreadsheet program can count


def _index(stored: str) -> int:
    if not (stored.isascii() and stored.isdecimal()):
        raise ValueError(stored)
    return int(stored)
