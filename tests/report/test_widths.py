"""Every screen at any width: no figure is cut, lost, or torn from its scale and unit.

Some widths are part of every run of the tests; ``PLANNER_WIDTHS=200`` tries every one from 1 to 200.
"""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from planner.explain.answers import asked_why_not, explained, room_to_choose
from planner.planning import plan, plan_case
from planner.reading.budget import read_case
from planner.report.compare import comparison, frontier, terminal
from planner.report.folding import pieces
from planner.report.pool.sections import sections_of
from planner.report.robust.sections import sections_of as robust_sections
from planner.report.screen import say
from planner.report.terminal import show
from planner.report.voice import Voice
from planner.studies.compare import compare_tasks, read_all
from planner.studies.frontier.events import event_of
from planner.studies.frontier.frontier import frontier as search
from planner.studies.frontier.parameter import parameters_of, reader_of
from planner.studies.tasks import Engine
from tests.places import FAULTS
from tests.pool.pools import operator, planned, pool
from tests.robust.futures import future, reading, robust

CASE = FAULTS / "columns-zero" / "case.yaml"
FIGURE = re.compile(
    r"(?<![\w.,-])-?\d[\d,.]*(?:%| (?:tn|bn|mn) JPY| (?:tn|bn|mn)| JPY| kW| MW| PFLOPS| EFLOPS| %)(?!\w)"
)
EVERY = int(os.environ.get("PLANNER_WIDTHS", "0"))
WIDTHS = range(1, EVERY + 1) if EVERY else (1, 7, 13, 20, 30, 37, 40, 52, 60, 72, 80, 100, 133, 200)

Show = Callable[[Console], None]
ENGINE = Engine(plan=plan_case, put=lambda _path, _content: None, versions={}, workers=1)


def run_screen(_folder: Path) -> Show:
    outcome = plan(read_case(CASE))
    return lambda console: show(outcome, [], console)


def comparison_screen(_folder: Path) -> Show:
    tasks, titles, _ = read_all(CASE, ["none"])
    compared = compare_tasks(tasks, ENGINE, titles=titles, with_additionality=True)
    sections = comparison.sections(compared, Voice("en", "JPY"))
    return lambda console: terminal.show(sections, "JPY", console)


def frontier_screen(_folder: Path) -> Show:
    reader = reader_of(CASE, None)
    parameters = parameters_of(["programmes.grant.rate"], ["0 %"], ["40 %"], reader)
    turn = event_of("decisions", reader({}).case, [], lambda _outcome: {})
    found = search(reader, parameters, turn, ENGINE, points=3, lines=2, most_runs=8)
    return lambda console: terminal.show(frontier.sections(found, Voice("en", "JPY")), "JPY", console)


def answers_screen(_folder: Path) -> Show:
    outcome = plan(read_case(CASE))
    lines = [
        *explained(outcome, plan_case, confirm=1, gap=0.001, seconds=60),
        *asked_why_not(outcome, "maker@north", gap=0.001, seconds=60),
        *room_to_choose(outcome, within=0.01, tag=None, seconds=30),
    ]
    return lambda console: say(console, lines)


def pool_screen(folder: Path) -> Show:
    sections = sections_of(planned(folder, pool({"east": operator(), "west": operator(amount=2)})), Voice("en", "JPY"))
    return lambda console: terminal.show(sections, "JPY", console)


def robust_screen(folder: Path) -> Show:
    found = robust(reading(folder), future("none", 0.4, workloads__training__amount=0), future("work", 0.6))
    sections = robust_sections(found, Voice("en", "JPY"))[:1]
    return lambda console: terminal.show(sections, "JPY", console)


SCREENS = (run_screen, comparison_screen, frontier_screen, answers_screen, pool_screen, robust_screen)


def printed(screen: Show, width: int) -> str:
    page = io.StringIO()
    screen(Console(file=page, width=width, no_color=True))
    return page.getvalue()


@pytest.mark.parametrize("screen", SCREENS)
def test_figures_are_whole_at_every_width(screen: Callable[[Path], Show], tmp_path: Path) -> None:
    page = screen(tmp_path)
    wide = printed(page, 1000)
    figures = Counter(FIGURE.findall(wide))
    assert len(figures) > 3
    written = Counter(letter for letter in wide if letter.isdigit())
    for width in WIDTHS:
        narrow = printed(page, width)
        assert "…" not in narrow
        assert figures - Counter(FIGURE.findall(narrow)) == Counter(), width
        assert written - Counter(narrow) == Counter(), width
        for line in narrow.splitlines():
            assert cell_len(line.rstrip()) <= width or len(pieces(line)) == 1, (width, line)
