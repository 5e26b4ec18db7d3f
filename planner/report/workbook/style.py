"""How cells look: one look for each kind of cell, one number format for each unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MILLIONS_FROM = 10_000_000
"""A plan whose amounts of money reach this is shown in millions; a smaller one in whole units."""

_FONT = {"font_name": "Arial", "font_size": 9, "valign": "vcenter"}
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
    "note": {"font_color": "#7F7F7F", "font_size": 8, "indent": 1},
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

_WHOLE = '#,##0;[Red]-#,##0;"–"'
_ONE_DECIMAL = '#,##0.0;[Red]-#,##0.0;"–"'
_PLAIN = "#,##0.######"
SHARES = ("share", "share per year")
"""Units that are shown in per cent."""
WORDLESS = {"text": "", "date": "month"}
"""Units that the unit column says otherwise, or not at all."""
_FORMATS = {
    "share": "0.0##%",
    "share per year": "0.0##%",
    "date": "yyyy-mm",
    "fiscal year": '"FY"0',
    "flag": "0",
    "count": "0",
    "month number": "0",
    "number": "0",
    "tolerance": "0.########",
    "yes = 1": "0",
    "factor": "0.000000",
    "text": "@",
    "": "General",
    **dict.fromkeys(("systems", "accelerators", "blocks", "days", "hours", "months", "period", "checks"), _WHOLE),
}


@dataclass(frozen=True)
class Scale:
    """How money is shown: the currency, and whether in millions. Cells hold whole units of the currency either way."""

    currency: str
    in_millions: bool

    @property
    def unit(self) -> str:
        """The unit as sheets print it, such as 'JPY million'."""
        return f"{self.currency} million" if self.in_millions else self.currency

    def statement(self, raw: bool) -> str:
        """The sentence that states the scale of a sheet, once."""
        if raw or not self.in_millions:
            return f"Money is shown in whole {self.currency}, foreign money in whole units of its own currency."
        return f"Money is shown in {self.unit}; the cells hold whole {self.currency}."

    def shown_unit(self, unit: str, raw: bool) -> str:
        """A unit as the unit column prints it."""
        if unit in WORDLESS:
            return WORDLESS[unit]
        return self.unit if unit == self.currency and not raw else unit

    def number_format(self, unit: str, raw: bool) -> str:
        """The number format of a unit; ``raw`` on sheets that show every digit, such as Inputs."""
        fixed = _FORMATS.get(unit)
        if raw and (fixed is None or fixed is _WHOLE):
            return _PLAIN
        if unit == self.currency:
            return '#,##0.0,,;[Red]-#,##0.0,,;"–"' if self.in_millions else _WHOLE
        if unit == f"{self.currency} thousand":
            return '#,##0,;[Red]-#,##0,;"–"'
        if fixed is not None:
            return "0.0%" if unit in SHARES and not raw else fixed
        return "#,##0.00" if "/" in unit or " per " in unit else _ONE_DECIMAL


def shown_width(value: object, number_format: str) -> int:
    """How many characters a cell takes at most: columns are as wide as that, so that nothing prints as ###."""
    if isinstance(value, str):
        return 0
    if value is None or isinstance(value, bool):
        return 1
    number = abs(float(str(value)))
    if number_format.startswith("yyyy"):
        return len(number_format)
    for scale, code in ((1e6, ",,"), (1e3, ",;")):
        if code in number_format:
            return len(f"-{number / scale:,.1f}")
    decimals = 6 if number_format == _PLAIN and number != int(number) else 2
    return len(f"-{number:,.{decimals}f}")
