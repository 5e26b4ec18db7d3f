"""One ``plan pool POOL`` from its start to its end, watched like any run: stopped, it leaves nothing half-written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from planner.defaults import POOL_GAP, TIME_LIMIT
from planner.errors import EXIT_NO_PROOF
from planner.session.answering import StepTimetable
from planner.session.session import UNWATCHED, reason, say
from planner.session.timetable import REPORT
from planner.watch import stops, streams
from planner.watch.stops import Stops
from planner.watch.watch import Link, watch


@dataclass(frozen=True)
class PoolOptions:
    """The command line of one run of a pool."""

    pool: Path
    output: Path | None = None
    gap: float = POOL_GAP
    time_limit: float = TIME_LIMIT
    json: bool = False
    language: str = "en"
    quiet: bool = False
    check: bool = False
    debug: bool = False


class _SearchBySearch(StepTimetable):
    """Every search of a pool has its limit; files that are being put in place are waited for."""

    def enter(self, stage: str) -> None:
        """A search, or the report, begins now."""
        super().enter(stage)
        if stage == REPORT:
            self.may_stop, self.deadline = False, math.inf


def run_pool(options: PoolOptions) -> int:
    """Plans a pool in a process of its own; returns the exit status of the command."""
    if streams.captured():
        return _work(UNWATCHED, options)
    with Stops() as asked:
        ending = watch(_work, (options,), _SearchBySearch(options.time_limit), asked)
        if ending.cause != "done":
            say(f"{reason(ending, asked, options.time_limit)}; nothing was written")
        status = ending.status if ending.cause == "done" else EXIT_NO_PROOF
        return stops.exit_status(asked.number) if asked.number else status


def _work(link: Link, options: PoolOptions) -> int:
    """Loads what is heavy only in the worker."""
    from planner.session.pool_work import plan_and_report  # noqa: PLC0415

    return plan_and_report(link, options)
