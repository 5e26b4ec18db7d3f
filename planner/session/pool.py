"""One ``plan pool POOL`` from its start to its end, watched like any run: stopped, it leaves nothing half-written."""

from __future__ import annotations

import math

from planner.session.options import PoolOptions
from planner.session.session import all_or_nothing
from planner.session.timetable import ELSEWHERE, REPORT, StepTimetable
from planner.supervisor.supervisor import Link


class _SearchBySearch(StepTimetable):
    """Every search of a pool has its limit; files that are being put in place are waited for."""

    def enter(self, stage: str) -> None:
        """A search, what a cluster does, or the report begins now."""
        super().enter(stage)
        if stage in (REPORT, ELSEWHERE):
            self.may_stop, self.deadline = stage == ELSEWHERE, math.inf


def run_pool(options: PoolOptions) -> int:
    """Plans a pool in a process of its own; returns the exit status of the command."""
    timetable = _SearchBySearch(options.time_limit)
    return all_or_nothing(_work, options, timetable, options.time_limit, "nothing was written")


def _work(link: Link, options: PoolOptions) -> int:
    """Loads what is heavy only in the worker."""
    from planner.session.pool_work import plan_and_report  # noqa: PLC0415

    return plan_and_report(link, options)
