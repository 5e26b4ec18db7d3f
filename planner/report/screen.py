"""Text and tables on a screen of any width: cells fold; where that would cut a figure, rows become sentences."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from planner.report.folding import folded, pieces
from planner.supervisor.streams import harmless

WIDTH_OF_NO_TERMINAL = 160
"""Columns where nobody's terminal says how many there are: a pipe, a file, the log of a pipeline."""
USUAL_WIDTH = 80
"""Columns where ``COLUMNS`` says something that is no number of columns."""
USUAL_HEIGHT = 25
"""Lines where ``LINES`` says something that is no number of lines."""
MOST_COLUMNS = 10_000
"""No screen is wider."""
BETWEEN = 2
"""Columns between two columns of a table."""
LONGEST_UNFOLDED = 24
"""A longer word of a text may be folded; a figure never is."""


class HarmlessConsole(Console):
    """A console whose text the terminal does not obey: harmless before its own colours are put around it."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The pieces of something that is printed; those that steer the terminal are the library's own."""
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(harmless(piece.text), piece.style)


def screen(*, stderr: bool = False, quiet: bool = False) -> Console:
    """Where the command prints; ``COLUMNS`` of the environment has the last word about its width.

    Where that is no number of columns (zero, negative, not a number), the width is the usual one.
    """
    width, height = _said("COLUMNS", USUAL_WIDTH), _said("LINES", USUAL_HEIGHT)
    if width is not None:  # the library believes in one of them only together with the other
        height = height or USUAL_HEIGHT
    environment = {name: text for name, text in os.environ.items() if name not in ("COLUMNS", "LINES")}
    console = HarmlessConsole(
        stderr=stderr, quiet=quiet, highlight=False, width=width, height=height, _environ=environment
    )
    if width is None and not console.is_terminal:
        console.width = WIDTH_OF_NO_TERMINAL
    return console


def _said(name: str, usual: int) -> int | None:
    """How many columns or lines the environment says that there are; None where it says nothing."""
    text = os.environ.get(name, "")
    if not text:
        return None
    try:
        number = int(text)
    except ValueError:
        return usual
    return min(number, MOST_COLUMNS) if number > 0 else usual


def say(console: Console, lines: Iterable[str], style: str = "") -> None:
    """Prints paragraphs, folded between words; what is wider than the screen goes on as the terminal has it."""
    for paragraph in lines:
        for text in paragraph.splitlines() or [""]:
            for line in folded(text, console.width):
                console.print(Text(line, style=style), soft_wrap=True)


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
            say(console, [self.title], "italic")
        widths = self._widths(console.width)
        if widths is None:
            for row in self.rows:
                say(console, [", ".join(row[: self.names])], "bold")
                say(console, [self._sentence(row, console.width - BETWEEN)])
            return
        grid = Table(box=None, pad_edge=False, padding=(0, BETWEEN, 0, 0))
        for title, is_figure, width in zip(self.columns, self.figures, widths, strict=True):
            side = "right" if is_figure else "left"
            grid.add_column(Text(title), justify=side, width=width, overflow="fold")  # type: ignore[arg-type]
        for row in self.rows:
            grid.add_row(*map(_cell, row, self.figures, widths))
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

    def _sentence(self, row: Sequence[str], room: int) -> str:
        """Every cell that is not empty, with its title; a line ends between two of them, so that figures stay whole."""
        cells = [*zip(self.columns, row, strict=True)][self.names :]
        lines = [""]
        for part in (f"{title}: {cell}" for title, cell in cells if cell):
            longer = f"{lines[-1]}; {part}" if lines[-1] else part
            lines = [*lines[:-1], longer] if cell_len(longer) < room else [*lines, part]
        indent = " " * BETWEEN
        return indent + f";\n{indent}".join(line for line in lines if line)


def _cell(text: str, is_figure: bool, width: int) -> Text:
    """A cell as it stands in its column; texts fold between words."""
    return Text(text if is_figure else "\n".join(folded(text, width)))


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
    parts = title.split() + (cells if is_figure else [piece for cell in cells for piece in pieces(cell)])
    longest = max(map(cell_len, parts), default=1)
    return longest if is_figure else min(longest, longest_text)
