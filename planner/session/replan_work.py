"""What the worker of a plan made anew does, watched like a study: it comes to its end, or nothing is written."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from planner.defaults import GAP, TIME_LIMIT
from planner.session.session import all_or_nothing
from planner.session.timetable import StepTimetable
from planner.supervisor.supervisor import Link

MOST_PLANS = 8
"""Plans that one step may make."""


@dataclass(frozen=True)
class Replan:
    """The command line."""

    budget: Path
    plan: Path
    actuals: Path
    as_of: str
    output: Path | None = None
    scenario: str | None = None
    gap: float = GAP
    time_limit: float = TIME_LIMIT
    language: str | None = None
    quiet: bool = False
    debug: bool = False
    stay_close: float | None = None
    html: bool = True


def run(asked: Replan) -> int:
    """Plans anew in a process of its own; returns the exit status of the command."""
    words = "nothing was planned anew, and nothing was written"
    return all_or_nothing(_work, asked, StepTimetable(MOST_PLANS * asked.time_limit), asked.time_limit, words)


def _work(link: Link, asked: Replan) -> int:
    from planner.errors import EXIT_NO_PROOF, EXIT_PLAN  # noqa: PLC0415
    from planner.explain.prices import with_prices  # noqa: PLC0415
    from planner.planning import read_for_plan  # noqa: PLC0415
    from planner.reading.actuals.file import read_actuals  # noqa: PLC0415
    from planner.reading.month_option import month_option  # noqa: PLC0415
    from planner.reading.workbook.earlier import earlier_plan  # noqa: PLC0415
    from planner.report.files import require_room, tell_left  # noqa: PLC0415
    from planner.report.live import live  # noqa: PLC0415
    from planner.report.replanned import replanned_lines  # noqa: PLC0415
    from planner.report.screen import say, screen  # noqa: PLC0415
    from planner.session.replanning import Terms, replan  # noqa: PLC0415
    from planner.writing import NAMES, write_files  # noqa: PLC0415

    with live(screen(stderr=True, quiet=asked.quiet), "reading") as line:

        def told(words: str) -> None:
            link.stage(words)
            line.tell(words)

        as_of = month_option("--as-of", asked.as_of)
        earlier = earlier_plan(asked.plan)
        actuals = read_actuals(asked.actuals)
        reading = read_for_plan(asked.budget, scenario=asked.scenario)
        folder = asked.output or Path("outputs") / reading.case.name / "replan"
        require_room(folder, NAMES if asked.html else NAMES[:2])
        outcome = replan(reading, earlier, actuals, as_of, Terms(asked.gap, asked.time_limit, told, asked.stay_close))
        told("writing")
        language = asked.language or earlier.language
        files = write_files(with_prices(outcome), folder, language, html=asked.html).files
    if not asked.html:
        tell_left(files[0].with_suffix(".html"), quiet=asked.quiet)
    if not asked.quiet:
        say(screen(), [*replanned_lines(outcome), *(f"wrote {file}" for file in files)])
        sys.stdout.flush()
    return EXIT_PLAN if outcome.proof.within_gap else EXIT_NO_PROOF
