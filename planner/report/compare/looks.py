"""How workbooks of sections look: kinds of cells, number formats, and what room texts take."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from planner.language import LANGUAGES
from planner.report.amounts import LEAST_MONEY
from planner.report.compare.tables import Cell, Section, Table, unit_message
from planner.report.xlsx.measures import letters_wide
from planner.report.xlsx.scale import NEGATIVE
from planner.report.xlsx.style import ON_NAVY, SHARED, SIGN_OF_SHARES
from planner.vocabulary.message import Message, say, unit_of

FONT = {"font_name": "Arial", "font_size": 9, "valign": "vcenter"}
LOOKS: dict[str, dict[str, Any]] = {
    **SHARED,
    "words": {},
    "unit": {**SHARED["unit"], "indent": 1},
    "long text": {"align": "left", "text_wrap": True},
    "header": {**ON_NAVY, "align": "left", "text_wrap": True},
    "number header": {**ON_NAVY, "align": "right", "text_wrap": True},
    "number": {},
    "nothing": {"align": "right"},
    "red": {"bold": True, "font_color": "#9C0006", "bg_color": "#FFC7CE", "text_wrap": True, "indent": 1},
    "amber": {"font_color": "#7F6000", "bg_color": "#FFEB9C", "text_wrap": True, "indent": 1},
    "green": {"font_color": "#375623", "bg_color": "#E2EFDA", "text_wrap": True, "indent": 1},
}
WHOLE_UNITS = ("accelerators", "systems", "blocks", "hours", "kW", "count", "yes = 1")
"""Units of numbers that are shown without decimals."""
LEAST_WIDTH, MOST_WIDTHS = 13, (40, 34, 26)
"""Least width of a column, in characters, and the most of the first ones; the last is that of all others."""
CHARACTERS, LEAST_SCALE = 148, 8 / 9
"""What an A4 laid across takes in its width, and the least scale at which nine points are printed as eight."""
PAGE_WIDTH, SQUEEZED = int(CHARACTERS / LEAST_SCALE), 16
"""What stands beside each other on a page that can be read, and the width that a column keeps where it is tight."""
NO_SHARE = 1e-9
"""A smaller share is none: rounding."""
WORDS_WIDTH = 110
"""Characters that sentences may take beside each other on a sheet of narrow tables."""
WAY_COLUMNS = 3
"""Columns of a bridge: its steps, what they add, and the level after each."""
HEADER_LINE, LETTERS = 12.75, 1.15
"""Height of a line of a header in points, and letters of a header for each character of a width."""


@dataclass(frozen=True)
class TableScale:
    """How figures of a workbook are shown; the cells always hold whole units."""

    currency: str
    in_millions: bool = False
    language: str = LANGUAGES[0]

    @property
    def statement(self) -> Message:
        """What the second row of a sheet says about money."""
        if self.in_millions:
            whole = unit_of(self.currency)
            return say(
                "Money is shown in {unit}; the cells hold whole {whole}.", unit=self.unit(self.currency), whole=whole
            )
        return say("Money is shown in {unit}.", unit=unit_of(self.currency))

    def unit(self, unit: str) -> Message:
        """A unit, as it is shown."""
        if unit == self.currency and self.in_millions:
            return unit_of("{currency} million", currency=unit_of(self.currency))
        return unit_message(unit)

    def axis_format(self, unit: str) -> str:
        """The number format of the axis of a chart."""
        return "#,##0,," if unit == self.currency and self.in_millions else "General"

    def number_format(self, unit: str, value: float = 0.0) -> str:
        """The number format of a cell; a value that it would show as nothing gets decimals that mean something.

        >>> TableScale("JPY").number_format("PFLOPS", 0.00481), TableScale("JPY", True).number_format("JPY", 5268.0)
        ('#,##0.00000;[Red]-#,##0.00000', '#,##0.00000,,;[Red]-#,##0.00000,,')
        """
        if unit == self.currency:
            value = 0.0 if abs(value) < LEAST_MONEY else value
            shown, least = ("#,##0.0", 50_000.0) if self.in_millions else ("#,##0.##", 0.005)
            return self._in_decimals(value, least, shown, ",," if self.in_millions else "")
        if unit == "value":
            return "General"
        if unit in WHOLE_UNITS:
            return self._in_decimals(value, 0.5, "#,##0")
        if unit == "share":
            places = decimals(100 * value) if NO_SHARE < abs(value) < 0.0005 else 1
            return f"0.{'0' * places}{SIGN_OF_SHARES[self.language]}"
        return self._in_decimals(value, 0.1, "#,##0.00")

    def _in_decimals(self, value: float, least: float, shown: str, scale: str = "") -> str:
        sign = NEGATIVE[self.language]
        if not 0 < abs(value) < least:
            return f'{shown}{scale};[Red]{sign}{shown}{scale};"–"'
        finer = f"#,##0.{'0' * decimals(value / 1e6 if scale else value)}{scale}"
        return f"{finer};[Red]{sign}{finer}"


def decimals(value: float) -> int:
    """Decimals with which a small number shows three digits that mean something; no more than eight.

    >>> decimals(0.0481), decimals(0.5), decimals(1e-12)
    (4, 3, 8)
    """
    return min(8, max(0, 2 - math.floor(math.log10(abs(value)))))


def most_width(place: int) -> int:
    """The most that a column may be wide; longer texts are wrapped."""
    return MOST_WIDTHS[min(place, len(MOST_WIDTHS) - 1)]


def column_widths(section: Section) -> list[int]:
    """Widths of the columns of a sheet, by the texts in them; headers are wrapped."""
    widths = []
    for place in range(max((len(table.columns) for table in section.tables), default=WAY_COLUMNS)):
        rows = [row for table in section.tables for row in table.rows if place < len(row)]
        longest = max((letters_wide(cell) for cell in (row[place] for row in rows) if isinstance(cell, str)), default=0)
        if not place:
            longest = max([longest, *(letters_wide(step.name) for way in section.ways for step in way.steps)])
        widths.append(min(most_width(place), max(LEAST_WIDTH, longest + 1)))
    return fitted(widths)


def fitted(widths: list[int]) -> list[int]:
    """The widths, the wide ones a little less where all of them would just not stand on one page.

    >>> tight = [18, 34, 26, 13, 13, 21, 26, 26]
    >>> fitted([20, 34, 26]), sum(fitted(tight)) <= PAGE_WIDTH, fitted([26] * 20) == [26] * 20
    ([20, 34, 26], True, True)
    """
    over = sum(widths) - PAGE_WIDTH
    spare = sum(max(0, width - SQUEEZED) for width in widths)
    if not 0 < over <= spare / 2:
        return widths
    return [min(width, SQUEEZED + int(max(0, width - SQUEEZED) * (1 - over / spare))) for width in widths]


def text_lines(text: str, width: int) -> list[str]:
    """A text broken into lines of so many characters; signs of East Asia take the room of two."""
    share = len(text) / letters_wide(text) if text else 1.0
    return textwrap.wrap(text, max(1, int(width * LETTERS * share)))


def row_lines(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """Lines that the longest text of a row takes."""
    texts = [(cell, width) for cell, width in zip(cells, widths, strict=False) if isinstance(cell, str)]
    return max((len(text_lines(text, width)) for text, width in texts), default=1)


def header_lines(table: Table, widths: Sequence[int]) -> int:
    """Lines that the longest header takes; programs do not make room for wrapped texts by themselves."""
    titles = zip(table.columns, widths, strict=False)
    return max(len(text_lines(column.title, width)) or 1 for column, width in titles)
