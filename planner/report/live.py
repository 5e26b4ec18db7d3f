"""The live line on stderr: what a command works on, and for how long; nothing where nobody looks on."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.status import Status
from rich.text import Text

from planner.report.amounts import percent, short
from planner.report.folding import folded

SPINNER = 2
"""Columns in front of the words."""
WITHOUT_BOUND = 1e29
"""No amount is so large: this is how a solver says that there is none yet."""


class Line:
    """What is being done; the seconds go on by themselves."""

    def __init__(self, console: Console | None, words: str) -> None:
        self._began, self._words, self._console = time.monotonic(), words, console
        self._bound = math.inf
        self._status = None if console is None else Status(self, console=console)

    def __rich__(self) -> Text:
        """The words of the moment."""
        assert self._console is not None
        seconds = f"{time.monotonic() - self._began:,.0f} s"
        doing, _, rest = self._words.partition(": ")
        words = f"{doing} … {seconds}{', ' if rest else ''}{rest}"
        return Text("\n".join(folded(words, max(1, self._console.width - SPINNER))), no_wrap=True, overflow="ignore")

    def tell(self, words: str) -> None:
        """Something else is worked on: ``doing``, or ``doing: the rest``."""
        self._words = words

    def found(self, best: float, bound: float) -> None:
        """The search has come so far: its best plan, and the bound on all plans, of which the tightest ever counts."""
        self._bound = min((bound, self._bound), key=lambda one: abs(one - best)) if _known(best) else bound
        self.tell(search_words(best, self._bound))

    def done(self, done: int, of: int, name: str) -> None:
        """Of many runs so many are done."""
        self.tell(f"planning: {done} of {of} runs done{', the latest ' if name else ''}{name}")

    @property
    def is_seen(self) -> bool:
        """Whether somebody looks on."""
        return self._status is not None

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Shows the line while something goes on; whatever else is printed waits until it is gone."""
        if self._status is None:
            yield
            return
        with self._status:
            yield


@contextmanager
def live(console: Console, words: str) -> Iterator[Line]:
    """A live line while something goes on, if the console is a terminal; who only asks for colours, such as by
    ``FORCE_COLOR`` for the log of a pipeline, does not look on.
    """
    line = Line(console if console.is_terminal and console.file.isatty() else None, words)
    with line.shown():
        yield line


def search_words(best: float, bound: float) -> str:
    """How far a search has come; what is not known yet is not said.

    >>> search_words(50.1e9, 50.2e9), search_words(-math.inf, math.inf)
    ('solving: best 50.10 bn, bound 50.20 bn, gap 0.2 %', 'solving: no whole-number plan yet')
    """
    said = [f"best {short(best)}" if _known(best) else "no whole-number plan yet"]
    if _known(bound):
        said.append(f"bound {short(bound)}")
        if _known(best):
            said.append(f"gap {percent(abs(bound - best) / max(1.0, abs(best)))}")
    return f"solving: {', '.join(said)}"


def _known(value: float) -> bool:
    return math.isfinite(value) and abs(value) < WITHOUT_BOUND
