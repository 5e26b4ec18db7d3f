"""How long each stage of a run may take, so that the time limit is a promise."""

from __future__ import annotations

import time

READING, SEARCH, WHY, REPORT, ELSEWHERE, BESIDE = "", "search", "why", "report", "elsewhere", "beside"
"""Stages: reading the case and building its model; searching; saying why there is no plan; audit and files; waiting for
a cluster, which keeps its own time; making or holding one more plan beside that of the run."""
GRACE_SECONDS = 10.0
"""A run ends at most so long after its time limit."""
GRACE_OF_PREPARATION = 6.0
"""Where a case is so large that reading it and building its model takes long, as many times that instead."""
SEARCH_SHARE = 0.4
"""Share of the grace after which a search that does not heed its time limit is ended; the rest is for the report."""


class RunTimetable:
    """The deadlines of a run from its start on."""

    def __init__(self, time_limit: float) -> None:
        self._limit, self._began = time_limit, time.monotonic()
        self._stage = READING
        self.grace = GRACE_SECONDS
        self.deadline = self._end

    @property
    def may_stop(self) -> bool:
        """The report of a plan that is there already is finished."""
        return self._stage != REPORT

    @property
    def _end(self) -> float:
        return self._began + self._limit + self.grace

    def enter(self, stage: str) -> None:
        """A stage begins now."""
        now, self._stage = time.monotonic(), stage
        if stage == BESIDE:  # every such plan has the time limit for itself, and so has the report after the last one
            self._began = now
        if stage == SEARCH:
            self.grace = max(GRACE_SECONDS, GRACE_OF_PREPARATION * (now - self._began))
            self.deadline = min(now + self._limit + SEARCH_SHARE * self.grace, self._end)
        else:
            self.deadline = self._end

    def resumed(self) -> RunTimetable:
        """The timetable of whoever brings home what is there: twice the grace, or until this one is over."""
        rest = RunTimetable(self.grace)
        rest.grace, rest._stage = self.grace, REPORT
        rest.deadline = min(rest._end, self._end)
        return rest

    @property
    def seconds(self) -> float:
        """What is left until the deadline."""
        return self.deadline - time.monotonic()


class StepTimetable:
    """Every step has the same time, and more where reading the case and building its model took long."""

    may_stop = True

    def __init__(self, seconds: float) -> None:
        self._seconds, self._began = seconds, time.monotonic()
        self._grace, self._measured = GRACE_SECONDS, False
        self.deadline = self._began + seconds + self._grace

    def enter(self, stage: str) -> None:
        """A step begins now."""
        now = time.monotonic()
        if stage == SEARCH and not self._measured:  # what came before it shows how large the case is
            self._measured = True
            self._grace = max(GRACE_SECONDS, GRACE_OF_PREPARATION * (now - self._began))
        self.deadline = now + self._seconds + self._grace
