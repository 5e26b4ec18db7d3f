"""How cells look: one look for each kind of cell."""

from __future__ import annotations

from typing import Any

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
FONTS = {"en": "Arial", "ja": "Yu Gothic"}
"""Font by language; both come with the usual spreadsheet programs, which take a like one where they do not."""
