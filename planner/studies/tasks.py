"""What a study asks for, what comes back, and what it needs from the rooms above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from planner.case.case import Case
from planner.defaults import BASE, GAP, TIME_LIMIT
from planner.outcome import Outcome, Progress, Provenance, WarmStart
from planner.reading.case.file import Reading
from planner.studies.jobs import RunFailedError, Workers

__all__ = ["Engine", "Planner", "Run", "RunFailedError", "Task", "Told"]

Told = Callable[[int, int, str], None]
"""Called as runs begin and finish: how many are done, how many there are, and the name of the latest, if any."""


class Planner(Protocol):
    """How one case is planned: ``planner.planning.plan_case``, handed down by the command."""

    def __call__(
        self,
        case: Case,
        *,
        gap: float = GAP,
        time_limit: float = TIME_LIMIT,
        progress: Progress | None = None,
        scenario: str = BASE,
        input_hash: str = "",
        provenance: dict[str, Provenance] | None = None,
        start: WarmStart | None = None,
    ) -> Outcome:
        """Plans a case and proves the plan."""
        ...


@dataclass(frozen=True)
class Task:
    """One case to be planned."""

    name: str
    """Names the run in reports and in the journal; the name of the scenario where it is one."""
    case: Case
    input_hash: str
    provenance: dict[str, Provenance] = field(default_factory=dict)
    start: WarmStart | None = None
    """Where its search begins; part of what is asked, since within the gap another plan may be found from elsewhere."""

    @classmethod
    def of(cls, reading: Reading, name: str | None = None) -> Task:
        """The task of planning what was read."""
        return cls(name or reading.scenario, reading.case, reading.input_hash, reading.provenance)


@dataclass(frozen=True)
class Run:
    """What became of a task: a verified plan, or the reason why there is none."""

    task: Task
    outcome: Outcome | None
    message: str = ""
    """Why there is no plan."""
    proven: bool = True
    """Whether it is proven that there is none; otherwise nothing was found in time."""

    @property
    def plan(self) -> Outcome:
        """The plan of a run that is known to have one."""
        assert self.outcome is not None, self.task.name
        return self.outcome


@dataclass(frozen=True)
class Engine:
    """How the runs of a study are made."""

    plan: Planner
    put: Callable[[Path, bytes], None]
    """Puts a content into a file so that the old file or the new one stands there, never a broken one."""
    versions: Mapping[str, str]
    """Versions of everything that decides about figures; another version plans anew."""
    gap: float = GAP
    time_limit: float = TIME_LIMIT
    workers: int = 1
    """Processes that work at the same time; one works within this process, unless it is to be apart."""
    apart: bool = False
    """Whether even a single process is one of its own, which can be ended when it is late or no longer wanted."""
    journal: Path | None = None
    """Folder that keeps finished runs; without it nothing is kept."""
    secret: bytes = b""
    """What this user's program seals the files of the journal with; without it none is kept, and none is believed."""
    told: Told | None = None
    finished: set[Path] = field(default_factory=set)
    """Files of the journal for the finished runs of this study; the latest may still be being written."""
    unconfirmed: set[Path] = field(default_factory=set)
    """Files of the journal that were not believed; their runs are made again."""
    pool: Workers | None = None
    """Who serves one study after another: see ``kept_processes``; without it each study has processes of its own."""
