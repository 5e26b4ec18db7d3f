"""Tables on a screen of any width: cells fold, and where even that would cut a figure, rows become sentences."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

WIDTH_OF_NO_TERMINAL = 160
"""Columns where nobody's terminal says how many there are: a pipe, a file, the log of a pipeline."""
BETWEEN = 2
"""Columns between two columns of a table."""
LONGEST_UNFOLDED = 24
"""A longer word of a text may be folded; a figure never is."""


def screen(*, stderr: bool = False, quiet: bool = False) -> Console:
    """Where the command prints; ``COLUMNS`` of the environment has the last word about its width."""
    console = Console(stderr=stderr, quiet=quiet, highlight=False)
    if console.is_terminal or "COLUMNS" in os.environ:
        return console
    return Console(stderr=stderr, quiet=quiet, highlight=False, width=WIDTH_OF_NO_TERMINAL)


@dataclass(frozen=True)
class Sheet:
    """A table before its widths are known."""

    title: str
    columns: Sequence[str]
    figures: Sequence[bool]
    """Which columns hold figures; these stand to the right, and are never cut in two."""
    rows: list[Sequence[str]] = field(default_factory=list)
    names: int = 1
    """How many of the first columns name a row."""

    def show(self, console: Console) -> None:
        """Prints it as wide as the screen allows, whole."""
        if self.title:
            console.print(Text(self.title, style="italic"))
        widths = self._widths(console.width)
        if widths is None:
            for row in self.rows:
                console.print(Text(", ".join(row[: self.names]), style="bold"))
                console.print(Padding(self._sentence(row, console.width - BETWEEN), (0, 0, 0, BETWEEN)))
            return
        grid = Table(box=None, pad_edge=False, padding=(0, BETWEEN, 0, 0))
        for title, is_figure, width in zip(self.columns, self.figures, widths, strict=True):
            side = "right" if is_figure else "left"
            grid.add_column(Text(title), justify=side, width=width, overflow="fold")  # type: ignore[arg-type]
        for row in self.rows:
            grid.add_row(*(Text(cell) for cell in row))
        console.print(grid)

    def _widths(self, room: int) -> list[int] | None:
        """A width for every column; None where figures would have to be cut. Long names fold only if they must."""
        cells = [[title, *column] for title, *column in zip(self.columns, *self.rows, strict=True)]
        widths = [max(map(cell_len, column)) for column in cells]
        too_wide = sum(widths) + BETWEEN * (len(widths) - 1) - room
        for longest in (room, LONGEST_UNFOLDED):
            least = [_least(column, figure, longest) for column, figure in zip(cells, self.figures, strict=True)]
            if sum(widths) - sum(least) >= too_wide:
                return _narrowed(widths, least, too_wide)
        return None

    def _sentence(self, row: Sequence[str], room: int) -> Text:
        """Every cell with its title; a line ends between two of them, so that no figure is torn from its scale."""
        said = [f"{title}: {cell}" for title, cell in zip(self.columns, row, strict=True)]
        lines = [""]
        for part in said[self.names :]:
            longer = f"{lines[-1]}; {part}" if lines[-1] else part
            lines = [*lines[:-1], longer] if cell_len(longer) < room else [*lines, part]
        return Text(";\n".join(line for line in lines if line))


def _narrowed(widths: Sequence[int], least: Sequence[int], by: int) -> list[int]:
    """Narrower columns; each time the one with most to spare gives a letter."""
    narrowed = [*widths]
    for _ in range(by):
        _, place = max((width - least[place], place) for place, width in enumerate(narrowed))
        narrowed[place] -= 1
    return narrowed


def _least(column: Sequence[str], is_figure: bool, longest_text: int) -> int:
    """The least width of a column: a figure stays in one piece with its scale, titles and texts fold between words."""
    title, *cells = column
    parts = title.split() + (cells if is_figure else [word for cell in cells for word in cell.split()])
    longest = max(map(cell_len, parts), default=1)
    return longest if is_figure else min(longest, longest_text)
