"""Sections on the screen, the largest movers only, and the progress of many runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from planner.report.compare.tables import Section, Table, shown_rows
from planner.studies.tasks import Told

MOST_ROWS = 6
"""Rows of one table that are shown; the workbook has all of them."""
MOST_SECTIONS = 3
"""Sections behind the first one that are shown in full on the screen."""


def show(sections: Sequence[Section], currency: str, console: Console, files: Sequence[Path] = ()) -> None:
    """Prints sections, then what was written."""
    shown = sections if len(sections) <= 1 + MOST_SECTIONS else sections[:1]
    for section in shown:
        console.print(Text(section.title, style="bold"))
        for words in section.words:
            console.print(Text(words))
        for table in section.tables:
            if table.rows and not table.wide:
                console.print(_grid(table, currency, len(table.rows) if table.whole else MOST_ROWS))
            if table.remark:
                console.print(Text(table.remark, style="dim"))
        console.print()
    if len(shown) < len(sections):
        console.print(Text("The workbook holds every scenario in full; name one to see it here.", style="dim"))
    for path in files:
        console.print(f"wrote {path}", style="dim", highlight=False, soft_wrap=True)


def _grid(table: Table, currency: str, most: int) -> Grid:
    rows = shown_rows(table, currency)
    total = rows[-1:] if table.totals else []
    body = rows[: len(rows) - len(total)]
    title = table.title if len(body) <= most else f"{table.title} (the first {most} of {len(body)})"
    grid = Grid(title=Text(title), title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in table.columns:
        grid.add_column(Text(column.title), justify="left" if column.unit in ("text", "unit") else "right")
    for row in [*body[:most], *total]:
        grid.add_row(*(Text(cell) for cell in row))
    return grid


@contextmanager
def live_runs(console: Console) -> Iterator[Told | None]:
    """A live line that counts finished runs; nothing where nobody looks on."""
    if not console.is_terminal:
        yield None
        return
    with console.status("planning …") as status:

        def told(done: int, of: int, name: str) -> None:
            status.update(f"planning … {done} of {of} runs done, the latest: {name}")

        yield told
