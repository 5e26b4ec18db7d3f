"""How cells look: one look for each kind of cell, one number format for each unit."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_pixel_width

from planner.language import Speaker

MILLIONS_FROM = 10_000_000
"""A plan whose amounts of money reach this is shown in millions; a smaller one in whole units."""

BASE = {"font_size": 9, "valign": "vcenter"}
"""What all cells share."""
KINDS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": "#1F3864"},
    "statement": {"italic": True, "font_color": "#595959"},
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3864", "align": "center"},
    "header text": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3864", "align": "left"},
    "heading": {"bold": True, "font_size": 10, "font_color": "#1F3864", "bottom": 1, "bottom_color": "#1F3864"},
    "label": {},
    "indented": {"indent": 1},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "strong": {"bold": True, "align": "left"},
    "cover": {"align": "left", "font_size": 10},
    "unit": {"font_color": "#595959", "indent": 1},
    "note": {"font_color": "#7F7F7F", "font_size": 8, "indent": 1, "text_wrap": True},
    "remark": {"italic": True, "font_color": "#595959"},
    "input": {"font_color": "#0000FF", "bg_color": "#FFF9DB", "border": 1, "border_color": "#D9D9D9", "locked": False},
    "decision": {"font_color": "#5B2C83", "bg_color": "#EFE6F7", "border": 1, "border_color": "#D9D9D9"},
    "constant": {"font_color": "#7F7F7F", "bg_color": "#F2F2F2"},
    "calculation": {},
    "total": {"bold": True, "top": 1},
    "check": {"bold": True, "align": "center"},
    "text": {"align": "left"},
    "code": {"align": "left", "font_name": "Courier New"},
    "verdict": {"bold": True, "align": "left", "indent": 1},
    "headline": {"bold": True, "font_size": 11, "font_color": "#1F3864", "align": "right"},
    "link": {"font_color": "#1F3864", "underline": 1},
}
"""Colours and type of each kind of cell; inputs are the only ones that are not locked."""
KINDS["input sample"] = {name: value for name, value in KINDS["input"].items() if name != "locked"}

COLOUR_KEY = (
    ("input sample", "An assumption: may be changed. Everything that follows from it moves."),
    ("decision", "Chosen by the optimiser: run the plan again to change it."),
    ("constant", "A figure as it was when the plan was made, kept for comparison."),
    ("calculation", "A formula over the two."),
    ("total", "A total."),
)
"""What the colours mean, as the cover says it."""

SHARES = ("share", "share per year")
"""Units that are shown in per cent."""
WORDLESS = {"text": "", "date": "month"}
"""Units that the unit column says otherwise, or not at all."""
COUNTS = (
    "systems", "accelerators", "blocks", "days", "hours", "months", "period", "checks",
)  # fmt: skip
HOURS = ("accelerator-hours", "PFLOPS-hours")
"""Units of whole numbers."""
LARGE = 1000
"""Amounts of money from here on are shown without decimals on sheets that show every digit."""
FONTS = {"en": "Arial", "ja": "Yu Gothic"}
"""Font by language; both come with the usual spreadsheet programs, which take a like one where they do not."""
SIGNS = {"JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}
"""Signs of currencies, shown on sheets where amounts of several currencies stand below each other."""
NEGATIVE = {"en": "-", "ja": "▲"}
"""What stands in front of a negative amount: a triangle is usual in Japanese accounts."""
DATES = {"en": "yyyy-mm", "ja": "yyyy/mm"}
YEARS = {"en": '"FY"0', "ja": '0"年度"'}
_FIXED = {
    "share": "0.0##%",
    "share per year": "0.0##%",
    "flag": "0",
    "count": "0",
    "month number": "0",
    "number": "0",
    "tolerance": "General",
    "yes = 1": "0",
    "factor": "0.000000",
    "text": "@",
    "": "General",
}


@dataclass(frozen=True)
class Scale:
    """How figures are shown: the currency, whether in millions, and the customs of the language.

    Cells hold whole units of the currency either way.
    """

    currency: str
    in_millions: bool
    speaker: Speaker = field(default_factory=Speaker)

    @property
    def unit(self) -> str:
        """The unit as sheets print it, such as 'JPY million'."""
        return f"{self.currency} million" if self.in_millions else self.currency

    def statement(self, raw: bool) -> str:
        """The sentence that states the scale of a sheet, once."""
        if raw or not self.in_millions:
            return f"Money is shown in whole {self.currency}, foreign money in whole units of its own currency."
        return f"Money is shown in {self.unit}, foreign money in thousands; the cells hold whole units."

    def shown_unit(self, unit: str, raw: bool) -> str:
        """A unit as the unit column prints it, in the language of the book."""
        if unit in WORDLESS:
            return self.speaker.unit(WORDLESS[unit])
        if unit == self.currency and not raw:
            return self.speaker.unit(self.unit)
        if self._in_thousands(unit, raw):
            return self.speaker.unit(f"thousand {unit}" if unit in HOURS else f"{unit} thousand")
        return self.speaker.unit(unit)

    def number_format(self, unit: str, raw: bool, value: object = None) -> str:
        """The number format of a unit.

        Args:
            unit: the unit of the row.
            raw: on sheets that show every digit, such as Inputs.
            value: what the cell holds, which decides about decimals there.
        """
        code = self.speaker.code
        if unit in ("date", "fiscal year"):
            return (DATES if unit == "date" else YEARS)[code]
        if unit in _FIXED:
            return "0.0%" if unit in SHARES and not raw else _FIXED[unit]
        if unit in COUNTS:
            return self._signed("#,##0")
        if raw:
            return self._raw(unit, value)
        if unit == self.currency:
            return self._signed("#,##0.0,," if self.in_millions else "#,##0")
        if unit == f"{self.currency} thousand":
            return self._signed("#,##0,")
        if self._in_thousands(unit, raw):
            return self._signed("#,##0.0,")
        return "#,##0.00" if "/" in unit or " per " in unit else self._signed("#,##0.0")

    def _in_thousands(self, unit: str, raw: bool) -> bool:
        """Whether a unit is shown in thousands beside money in millions: foreign money, and hours of systems."""
        is_foreign = unit != self.currency and _CURRENCY.fullmatch(unit) is not None
        return self.in_millions and not raw and (is_foreign or unit in HOURS)

    def _signed(self, form: str) -> str:
        """A form for amounts: negative ones in red with their sign, nothing as a dash."""
        return f'{form};[Red]{NEGATIVE[self.speaker.code]}{form};"–"'

    def _raw(self, unit: str, value: object) -> str:
        """All digits, with the sign of the currency."""
        sign = f'"{SIGNS[unit]}"' if unit in SIGNS else ""
        number = float(value) if isinstance(value, int | float) else 0.0
        # Fixed decimals: '#,##0.###' would print a stray point behind whole numbers.
        form = "#,##0" if sign and abs(number) >= LARGE and number == int(number) else "#,##0.0#####"
        return f"{sign}{form};[Red]{NEGATIVE[self.speaker.code]}{sign}{form}"


_CURRENCY = re.compile(r"[A-Z]{3}")

NARROW, WIDE = 7.0, 12.0
"""Pixels of a digit and of a Japanese character at the size of the sheets."""


def text_width(text: str, points: float = 9) -> float:
    """How wide a text is, in characters as column widths count them.

    >>> text_width("0123456789"), round(text_width("資金"), 1)
    (10.0, 3.4)
    """
    wide = [mark for mark in text if unicodedata.east_asian_width(mark) in "WF"]
    narrow = "".join(mark for mark in text if unicodedata.east_asian_width(mark) not in "WF")
    return (xl_pixel_width(narrow) + WIDE * len(wide)) / NARROW * points / 9


def wrapped_lines(text: str, width: float, points: float) -> int:
    """Over how many lines a text is wrapped in a column; words stay whole where they fit."""
    lines, used = 1, 0.0
    for word in re.findall(r"[^\s\u3000-\u9fff]+\s*|.", text):
        needed = text_width(word.rstrip(), points)
        if used and used + needed > width:
            lines, used = lines + 1, 0.0
        lines += max(0, math.ceil(needed / width) - 1)
        used += text_width(word, points) % width
    return lines


def shown_text(value: object, number_format: str) -> str:
    """Roughly what a number shows in its format, at its longest: columns are as wide as that, so nothing prints ###."""
    if isinstance(value, str):
        return ""
    if value is None or isinstance(value, bool):
        return "0"
    number = float(str(value))
    if number_format.startswith("yyyy"):
        return number_format.replace("y", "0").replace("m", "0")
    form = number_format.split(";")[0]
    if form == "General":
        return f"{number:.10g}"
    if form.endswith("%"):
        return f"{number:.1%}" if form == "0.0%" else f"{number:.3%}"
    for scale, mark in ((1e6, ",,"), (1e3, ",")):
        if form.endswith(mark):
            return f"▲{abs(number) / scale:,.{form.count('.')}f}"
    whole, _, decimals = form.partition(".")
    digits = len(decimals) if "#" not in decimals else len(f"{abs(number):.6f}".rstrip("0").partition(".")[2]) or 1
    sign = "▲" if number < 0 else ""
    return f"{sign}{whole.split('#')[0].replace(chr(34), '')}{abs(number):,.{digits if decimals else 0}f}"
