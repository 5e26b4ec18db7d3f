"""Sections on the screen, the largest movers only; what is for who asks further stands in the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from planner.defaults import BASE
from planner.language import LANGUAGES
from planner.report.compare.tables import Section, Table, shown_rows
from planner.report.screen import Sheet, say
from planner.report.voice import Voice

MOST_ROWS = 6
"""Rows of one table that are shown; the workbook has all of them."""
MOST_SECTIONS = 3
"""Sections behind the first one that are shown in full on the screen."""


def show(
    sections: Sequence[Section],
    currency: str,
    console: Console,
    files: Sequence[Path] = (),
    language: str = LANGUAGES[0],
) -> None:
    """Prints sections, which are in their language already, then what was written."""
    voice = Voice(language, currency)
    fits = len(sections) <= 1 + MOST_SECTIONS
    shown = sections if fits else [sections[0], *(section for section in sections[1:] if section.name == voice(BASE))]
    for section in shown:
        say(console, [section.title], "bold")
        say(console, section.words)
        for table in section.tables:
            if table.behind:
                continue
            if table.rows and not table.wide:
                _sheet(table, voice, len(table.rows) if table.whole else MOST_ROWS).show(console)
            if table.remark:
                say(console, [table.remark], "dim")
        console.print()
    if len(shown) < len(sections):
        say(console, [voice("The workbook holds every scenario in full; name one to see it here.")], "dim")
    if behind := dict.fromkeys(table.title for section in shown for table in section.tables if table.behind):
        say(console, [voice("In the files besides: {tables}.", tables="; ".join(behind))], "dim")
    for path in files:
        console.print(voice("wrote {path}", path=str(path)), style="dim", highlight=False, soft_wrap=True)


def _sheet(table: Table, voice: Voice, most: int) -> Sheet:
    body, total = shown_rows(table, voice)
    title = table.title
    if len(body) > most:
        title = voice("{title} (the first {most} of {all})", title=title, most=most, all=len(body))
    figures = [column.unit not in ("text", "unit") for column in table.columns]
    return Sheet(title, [column.title for column in table.columns], figures, [*body[:most], *total])
