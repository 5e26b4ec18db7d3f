"""A job: a pure function of plain values that is done wherever there is room for it, with a small record as its answer.

Planning a case is one kind of job, see ``PlanJob``; a study brings kinds of its own. Whatever does a job, this process,
another one or another machine, finds the same record, since all that the record depends on stands in the question.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any, Protocol

from planner.errors import PlannerError

Record = dict[str, Any]
"""An answer as values that JSON has: text, numbers, lists, and what has text as its keys."""

MOST_TRIES = 2
"""How often a job is tried whose process dies."""
GRACE_SECONDS = 60.0
"""How long after the time limit a job is ended that does not heed it; loading and building take their time too."""


class Job(Protocol):
    """Something to be answered. It can be pickled, and its class stands at the top level of a module of the program."""

    @property
    def name(self) -> str:
        """Names the job in reports, in messages and in the journal."""
        ...

    def question(self) -> Mapping[str, Any]:
        """All that the answer depends on besides the program and its libraries, as values that JSON has."""
        ...

    def answer(self) -> Record:
        """Does the job. The same question gives the same record, but for one that ``is_final`` does not hold for.

        Raises:
            PlannerError: the job failed otherwise than by an answer.
        """
        ...


class Workers(Protocol):
    """Whoever does jobs outside this process: processes of this machine, or a cluster."""

    def records(self, jobs: Sequence[Job]) -> Generator[tuple[int, Record]]:
        """The number of each job with its record, as they finish; when closed early, none of them goes on.

        Raises:
            RunFailedError: a job failed, or whoever did it died again and again.
        """
        ...


class RunFailedError(PlannerError):
    """A run of a study came to an error that is no answer; carries the status of that error."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.exit_status = status


def kind_of(job: Job) -> str:
    """Names the kind of a job: what another kind is asked is another question."""
    return f"{type(job).__module__}.{type(job).__qualname__}"


def record_of_none(message: str, *, proven: bool) -> Record:
    """The answer that there is nothing, such as no plan: proven, or nothing was found in time."""
    return {"message": message, "proven": proven}


def is_final(record: Record) -> bool:
    """Whether a record is an answer to be kept: that nothing was found in time is none, and is looked for again."""
    return record.get("proven") is not False


def late(time_limit: float) -> Record:
    """The record of a job that had to be ended, since it did not heed its time limit."""
    words = f"the search did not end at its time limit of {time_limit:g} s and was ended; nothing was proven"
    return record_of_none(words, proven=False)
