"""What the worker of a pool does: read, plan, prove, and put all files in place together."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from planner.case.words import counted
from planner.errors import EXIT_NO_PROOF, EXIT_PLAN
from planner.outcome import versions
from planner.planning import plan_case
from planner.reading.pool.file import PoolReading, read_pool
from planner.report.compare import terminal
from planner.report.files import all_or_none, replace_content, tell_left
from planner.report.live import Line, live
from planner.report.pool.files import pages_of, require_room_for_pool, write_pool
from planner.report.pool.pool_file import pool_text
from planner.report.pool.sections import sections_of
from planner.report.screen import screen
from planner.report.voice import Voice
from planner.results.form import require_format
from planner.session.options import PoolOptions
from planner.session.timetable import ELSEWHERE, REPORT, SEARCH
from planner.studies.cluster.connection import cluster_at
from planner.studies.pool.plan import PoolPlanner
from planner.studies.tasks import Engine
from planner.supervisor.streams import put_out
from planner.supervisor.supervisor import Link

ON_SCREEN = 2
"""Sections that are shown on the screen."""


def plan_and_report(link: Link, options: PoolOptions) -> int:
    """Plans and writes."""
    reading = read_pool(options.pool)
    if options.check:
        sys.stdout.write(f"{options.pool}: no mistakes found. {_found_words(reading)}\n")
        return EXIT_PLAN
    return _plan(link, reading, options)


def _plan(link: Link, reading: PoolReading, options: PoolOptions) -> int:
    require_format(options.tables)
    folder = options.output or Path("outputs") / reading.pool.name
    require_room_for_pool(folder, list(reading.members))
    step = partial(link.stage, SEARCH)
    with live(screen(stderr=True, quiet=options.quiet), "planning") as line:
        told = partial(_told, line)
        planner = PoolPlanner(reading, plan_case, gap=options.gap, time_limit=options.time_limit, told=told, step=step)
        if options.cluster is not None:
            step()  # which learns from what came before how large the cases are
            link.stage(ELSEWHERE)
            with cluster_at(options.cluster, time_limit=options.time_limit, told=line.tell) as cluster:
                planner.plan_elsewhere(Engine(plan_case, replace_content, versions(), pool=cluster, told=line.done))
        outcome = planner.outcome(options.pool.name, versions())
        link.stage(REPORT)
        line.tell("writing")
        sections = sections_of(outcome, Voice(options.language, outcome.currency))
        with all_or_none():
            written = write_pool(outcome, sections, folder, options.language, html=options.html)
            if options.tables is not None:
                from planner.results.files import write_tables  # noqa: PLC0415 - knows every kind of study

                write_tables(outcome, folder, options.tables)
    if not options.html:
        tell_left(*pages_of(folder, outcome.members), quiet=options.quiet)
    if options.json:
        put_out(pool_text(outcome))
    elif not options.quiet:
        terminal.show(sections[:ON_SCREEN], outcome.currency, screen(), written, options.language)
    sys.stdout.flush()
    return EXIT_PLAN if outcome.proof.within_gap else EXIT_NO_PROOF


def _told(line: Line, words: str) -> None:
    line.tell(f"planning: {words}")


def _found_words(reading: PoolReading) -> str:
    calendar = next(iter(reading.members.values())).reading.case.calendar
    return (
        f"{reading.pool.name}: {counted(len(reading.members), 'operator')}, {counted(calendar.periods, 'period')}, "
        f"{calendar.label(0)} to {calendar.label(calendar.periods - 1)}; "
        f"{counted(len(reading.offers), 'shared offer')}, {counted(len(reading.programmes), 'shared programme')}"
    )
