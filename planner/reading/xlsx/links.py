"""Formulas that look into another workbook: what they gave last is a figure that nobody can look up any more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planner.reading.xlsx.xml import Attributes

_OUTSIDE = re.compile(r"(?<![\w.)\]])\[[^\[\]]+\][^\[\]!,;()\"]*!|file://|\|'?[^'|]+'?!", re.IGNORECASE)
"""Another workbook in square brackets in front of a sheet; a file; another program behind an upright line."""
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_WORD = re.compile(r"[^\W\d][\w.]*")


class Links:
    """Which formulas of a workbook lead out of it, by what its names stand for."""

    def __init__(self, names: Mapping[str, str]) -> None:
        outside = {name for name, formula in names.items() if _leads_out(formula)}
        self.names = {name.rpartition("!")[2] for name in outside}
        self.shared: set[tuple[str, str]] = set()
        """Formulas that many cells of a sheet share, and that lead out."""

    def leads_out(self, sheet: str, formula: str, attributes: Attributes) -> bool:
        """Whether the formula of a cell looks into another workbook."""
        shared = (sheet, attributes.get("si", "")) if attributes.get("t") == "shared" else None
        if shared in self.shared and not formula:
            return True
        found = _leads_out(formula) or bool(self.names and self.names & set(_words(formula)))
        if found and shared is not None:
            self.shared.add(shared)
        return found


def _leads_out(formula: str) -> bool:
    if not any(sign in formula for sign in "[|/"):
        return False  # most formulas: they need no closer look
    return _OUTSIDE.search(_TEXT.sub("", formula)) is not None


def _words(formula: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(_TEXT.sub("", formula))]
