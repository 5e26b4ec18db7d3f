"""How cells of workbooks look: what kinds of cells all of them share, and those of plan.xlsx."""

from __future__ import annotations

from typing import Any

NAVY, GREY, WHITE, BLUE, PALE = "#1F3864", "#595959", "#FFFFFF", "#0000FF", "#F2F2F2"
ON_NAVY = {"bold": True, "font_color": WHITE, "bg_color": NAVY}
"""What all headers share."""
FRAME = {"border": 1, "border_color": "#D9D9D9"}
SHARED: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": NAVY},
    "statement": {"italic": True, "font_color": GREY},
    "heading": {"bold": True, "font_size": 10, "font_color": NAVY, "bottom": 1, "bottom_color": NAVY},
    "label": {},
    "text": {"align": "left"},
    "unit": {"font_color": GREY},
    "remark": {"italic": True, "font_color": GREY},
    "total": {"bold": True, "top": 1},
    "input": {"font_color": BLUE, "bg_color": "#FFF9DB", **FRAME},
    "link": {"font_color": NAVY, "underline": 1},
}
"""Kinds of cells that look alike in every workbook of the program."""

OF_CHECKS = {"font_color": BLUE, "border": 4, "border_color": BLUE}
"""An input that moves checks only: its cell is not filled, and dashed."""
TO_PLAN = {"font_color": BLUE, "italic": True, "pattern": 16, "fg_color": "#BFBFBF", "bg_color": WHITE, **FRAME}
"""An input that only the optimiser reads: its cell is dotted, as in grey print too."""

BASE = {"font_size": 9, "valign": "vcenter"}
"""What all cells of plan.xlsx share, beside their font."""
KINDS: dict[str, dict[str, Any]] = {
    **SHARED,
    "header": {**ON_NAVY, "align": "center"},
    "header wrapped": {**ON_NAVY, "align": "center", "text_wrap": True},
    "header text": {**ON_NAVY, "align": "left"},
    "indented": {"indent": 1},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "wrapped label": {"text_wrap": True},
    "strong": {"bold": True, "align": "left"},
    "cover": {"align": "left", "font_size": 10},
    "unit": {"font_color": GREY, "indent": 1},
    "note": {"font_color": "#7F7F7F", "indent": 1, "text_wrap": True},
    "input": {**SHARED["input"], "locked": False},
    "input of checks": {**OF_CHECKS, "locked": False},
    "input to plan": {**TO_PLAN, "locked": False},
    "input sample": SHARED["input"],
    "checks sample": OF_CHECKS,
    "plan sample": TO_PLAN,
    "decision": {"font_color": "#5B2C83", "bg_color": "#EFE6F7", **FRAME},
    "constant": {"font_color": "#7F7F7F", "bg_color": PALE},
    "calculation": {},
    "right": {"align": "right"},
    "check": {"bold": True, "align": "center"},
    "code": {"align": "left", "valign": "top", "font_name": "Courier New", "text_wrap": True},
    "verdict": {"bold": True, "align": "left", "indent": 1},
    "page title": {**SHARED["title"], "shrink": True},
    "tile": {"font_size": 8, "font_color": GREY, "text_wrap": True, "align": "center", "top": 1, "top_color": NAVY},
    "tile figure": {"bold": True, "font_size": 12, "font_color": NAVY, "align": "center", "shrink": True},
    "tile unit": {"font_size": 8, "font_color": GREY, "align": "center"},
    "headline text": {"bold": True, "font_color": NAVY, "align": "right"},
    "headline": {"bold": True, "font_size": 11, "font_color": NAVY, "align": "right"},
}
"""Colours and type of each kind of cell of plan.xlsx; inputs are the only ones that are not locked."""

COLOUR_KEY = (
    ("input sample", "An assumption: may be changed. Everything that follows from it moves."),
    ("checks sample", "An assumption that moves checks only: limits are held against it."),
    ("plan sample", "An assumption that only the optimiser reads: change it and run the plan again."),
    ("decision", "Chosen by the optimiser: run the plan again to change it."),
    ("constant", "A figure as it was when the plan was made, kept for comparison."),
    ("calculation", "A formula over the two."),
    ("total", "A total."),
)
"""What the colours mean, as the cover says it."""
FONTS = {"en": "Arial", "ja": "Yu Gothic"}
"""Font by language; both come with the usual spreadsheet programs, which take a like one where they do not."""
COLOURS = (NAVY, "#C55A11", "#548235", "#7F6000", "#5B2C83", "#2E75B6", "#A5A5A5", "#BF9000")
"""Colours of the series of a chart, in their order."""
AREAS = (NAVY, "#F4B183", "#548235", "#FFE699", "#5B2C83", "#9DC3E6", "#7F6000", "#D9D9D9")
"""Colours of areas and columns beside each other: dark and light by turns, so that they differ in grey print, too."""
LEVEL, RISE, FALL = "#8EA9DB", "#C6E0B4", "#F4B084"
"""Colours of the bars of a bridge, light enough for a figure on them; what falls also has its sign."""

SIGN_OF_SHARES = {"en": " %", "ja": "%"}
"""What stands behind a share, by language; texts have it alike (``planner.report.amounts.share_words``)."""
