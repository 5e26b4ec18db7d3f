"""The live line: what is not known yet is not said, and it is seen on terminals only."""

from __future__ import annotations

import io
import math

import pytest
from rich.console import Console

from planner.report.live import live, search_words


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("best", "bound", "words"),
    [
        (-math.inf, math.inf, "solving: no whole-number plan yet"),
        (-math.inf, 5.2e9, "solving: no whole-number plan yet, bound 5.20 bn"),
        (-1e30, 1e200, "solving: no whole-number plan yet"),
        (math.nan, math.nan, "solving: no whole-number plan yet"),
        (5e9, math.inf, "solving: best 5.00 bn"),
        (5e9, 5.2e9, "solving: best 5.00 bn, bound 5.20 bn, gap 4 %"),
    ],
)
def test_what_is_not_known_yet_is_not_said(best: float, bound: float, words: str) -> None:
    assert search_words(best, bound) == words


def test_it_is_seen_on_a_terminal_and_gone_afterwards() -> None:
    page = Terminal()
    with live(Console(file=page, force_terminal=True, width=60), "reading") as line:
        assert line.is_seen
        line.found(5e9, 5.2e9)
        line.done(2, 9, "weak")
    shown = page.getvalue()
    assert "planning … 0 s, 2 of 9 runs done, the latest weak" in shown
    assert shown.endswith("\x1b[2K")


def test_the_tightest_bound_stays() -> None:
    page = Terminal()
    with live(Console(file=page, force_terminal=True, width=80), "solving") as line:
        for bound in (5.24e9, 3e11, 5.3e9):
            line.found(5e9, bound)
    assert "best 5.00 bn, bound 5.24 bn, gap 4.8 %" in page.getvalue()


def test_colours_in_a_log_are_no_terminal() -> None:
    page = io.StringIO()
    with live(Console(file=page, force_terminal=True), "reading") as line:
        assert not line.is_seen
    assert page.getvalue() == ""


def test_nothing_is_said_where_nobody_looks_on() -> None:
    page = io.StringIO()
    with live(Console(file=page), "reading") as line:
        assert not line.is_seen
        line.tell("planning")
    assert page.getvalue() == ""
