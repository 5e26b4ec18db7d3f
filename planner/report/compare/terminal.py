"""Sections on the screen, the largest movers only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from planner.defaults import BASE
from planner.report.compare.tables import Section, Table, shown_rows
from planner.report.screen import Sheet, say

MOST_ROWS = 6
"""Rows of one table that are shown; the workbook has all of them."""
MOST_SECTIONS = 3
"""Sections behind the first one that are shown in full on the screen."""


def show(sections: Sequence[Section], currency: str, console: Console, files: Sequence[Path] = ()) -> None:
    """Prints sections, then what was written."""
    fits = len(sections) <= 1 + MOST_SECTIONS
    shown = sections if fits else [sections[0], *(section for section in sections[1:] if section.name == BASE)]
    for section in shown:
        say(console, [section.title], "bold")
        say(console, section.words)
        for table in section.tables:
            if table.rows and not table.wide:
                _sheet(table, currency, len(table.rows) if table.whole else MOST_ROWS).show(console)
            if table.remark:
                say(console, [table.remark], "dim")
        console.print()
    if len(shown) < len(sections):
        say(console, ["The workbook holds every scenario in full; name one to see it here."], "dim")
    for path in files:
        console.print(f"wrote {path}", style="dim", highlight=False, soft_wrap=True)


def _sheet(table: Table, currency: str, most: int) -> Sheet:
    body, total = shown_rows(table, currency)
    title = table.title if len(body) <= most else f"{table.title} (the first {most} of {len(body)})"
    figures = [column.unit not in ("text", "unit") for column in table.columns]
    return Sheet(title, [column.title for column in table.columns], figures, [*body[:most], *total])
