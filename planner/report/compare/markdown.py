"""Sections as Markdown, for a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from planner.language import LANGUAGES
from planner.report.compare.tables import Section, Table, shown_rows
from planner.report.voice import Voice

MOST_ROWS = 12
"""Rows of one table that are shown; the workbook has all of them."""


def markdown(title: str, sections: Sequence[Section], currency: str, language: str = LANGUAGES[0]) -> str:
    """A page with every section, which is in its language already; the first one open, the others folded."""
    voice = Voice(language, currency)
    lines = [f"# {_plain(title)}", ""]
    for number, section in enumerate(one for one in sections if not one.ways):
        folded = number > 0
        if folded:
            lines += [f"<details><summary><b>{_plain(section.title)}</b></summary>", ""]
        lines += [f"- {_plain(words)}" for words in section.words]
        lines += [""] if section.words else []
        for table in section.tables:
            lines += _table(table, voice)
        if folded:
            lines += ["</details>", ""]
    return "\n".join(lines)


def _table(table: Table, voice: Voice) -> list[str]:
    lines = [f"**{_plain(table.title)}**", ""]
    body, total = shown_rows(table, voice)
    if body:
        lines.append(_row([column.title for column in table.columns]))
        lines.append(_row(["---" if column.unit in ("text", "unit") else "---:" for column in table.columns]))
        most = len(body) if table.whole else MOST_ROWS
        lines += [_row(row) for row in [*body[:most], *total]]
        lines.append("")
        if len(body) > most:
            lines += [voice("and {count} more", count=len(body) - most), ""]
    if table.remark:
        lines += [_plain(table.remark), ""]
    return lines


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_plain(cell) for cell in cells)} |"


def _plain(text: str) -> str:
    """A text that Markdown takes for nothing but text, on one line."""
    flat = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in "\\`*_|<>[]#" else letter for letter in flat)
