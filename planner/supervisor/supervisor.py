"""The supervisor: both ends of the line between a process that works and the one that watches it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Literal, Protocol

from planner.supervisor import stops, streams
from planner.supervisor.stops import Stops
from planner.supervisor.surroundings import Lack
from planner.supervisor.telling import told

CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
"""A fork costs next to nothing, and is safe from a process with one thread and nothing loaded but the command line;
elsewhere than on Linux the system's own libraries do not take it."""
LOOK_SECONDS = 0.1
"""How often the watch looks for requests and for the time; messages wake it at once."""

LACK = "lack"
"""Under which name a worker puts away what it lacks."""

Cause = Literal["done", "stopped", "late", "died"]
"""How work came to its end: by itself, on request, for want of time, or because its process was ended from outside."""


@dataclass(frozen=True)
class Ending:
    """What became of work."""

    cause: Cause
    status: int
    """Exit status that the work gave itself, or that its process ended with."""
    stage: str
    """The last stage that it came to."""
    seconds: float
    kept: dict[str, bytes] = field(default_factory=dict)
    """What the work put away for whoever goes on from there; the latest of every name."""

    @property
    def lack(self) -> Lack | None:
        """What the work said to be lacking, so that it could not go on."""
        return pickle.loads(self.kept[LACK]) if LACK in self.kept else None


class Timetable(Protocol):
    """How long each stage may take, and which must not be cut short."""

    def enter(self, stage: str) -> None:
        """A stage begins now."""
        ...

    @property
    def deadline(self) -> float:
        """When the stage must be over, by ``time.monotonic()``."""
        ...

    @property
    def may_stop(self) -> bool:
        """Whether a first request to end cuts the stage short, rather than wait for it."""
        ...


class Link:
    """The worker's end of the line."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection

    def stage(self, name: str) -> None:
        """A stage begins now."""
        self._send("stage", name)

    def keep(self, name: str, content: bytes) -> None:
        """Puts something away for whoever goes on from here, in place of the last one of that name."""
        self._send("keep", (name, content))

    def lacks(self, lack: Lack) -> bool:
        """Hands on what the surroundings lack; returns whether somebody heard it, and goes on from here."""
        self.keep(LACK, pickle.dumps(lack))
        return True

    def end(self, status: int) -> None:
        """The work came to its end."""
        self._send("end", status)

    def _send(self, kind: str, content: Any) -> None:  # noqa: ANN401 - see its callers
        with contextlib.suppress(OSError):  # nobody watches any more; this process ends as soon as it notices
            self._connection.send((kind, content))


Work = Callable[..., int]
"""What runs in the worker: takes a ``Link`` and its arguments, and gives an exit status."""


def supervise(
    work: Work, arguments: tuple[Any, ...], timetable: Timetable, asked: Stops, *, debug: bool = False
) -> Ending:
    """Runs ``work`` in a process of its own and ends it when it is late, or when that is asked for.

    An error that it raises, such as where there is no memory to load what it needs, is told and gives its status.

    Raises:
        OSError: no process could be started.
    """
    began = time.monotonic()
    ours, theirs = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_serve, args=(theirs, work, arguments, debug), daemon=True)
    with signals_held_back():
        process.start()
    theirs.close()  # so that its end is noticed here
    try:
        return _Supervisor(ours, process, timetable, asked, began).until_the_end()
    finally:
        process.kill()
        process.join()
        ours.close()


@dataclass
class _Supervisor:
    connection: Connection[Any, Any]
    process: Any
    timetable: Timetable
    asked: Stops
    began: float
    stage: str = ""
    kept: dict[str, bytes] = field(default_factory=dict)

    def until_the_end(self) -> Ending:
        while True:
            if wait([self.connection], timeout=LOOK_SECONDS):
                try:
                    kind, content = self.connection.recv()
                except (EOFError, OSError):  # also where it died in the middle of a message
                    self.process.join()
                    return self._ending("died", self.process.exitcode or 0)
                if kind == "end":  # all is written; nobody waits for its memory to be tidied up
                    return self._ending("done", content)
                if kind == "stage":
                    self.stage = content
                    self.timetable.enter(content)
                else:
                    self.kept[content[0]] = content[1]
            elif self.asked.at_once or (self.asked.number and self.timetable.may_stop):
                return self._cut_short("stopped")
            elif time.monotonic() > self.timetable.deadline:
                return self._cut_short("late")

    def _cut_short(self, cause: Cause) -> Ending:
        self.process.kill()
        self.process.join()
        if sys.stderr is not None and sys.stderr.isatty():
            erase = "\r\x1b[2K\x1b[?25h"  # the line of progress, and the cursor that it hid
            streams.of_the_program(sys.stderr).write(erase)
            sys.stderr.flush()
        return self._ending(cause, 0)

    def _ending(self, cause: Cause, status: int) -> Ending:
        return Ending(cause, status, self.stage, time.monotonic() - self.began, self.kept)


def end_with_parent() -> None:
    """Ends this process as soon as the one that started it is gone, whatever it does."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _serve(connection: Connection[Any, Any], work: Work, arguments: tuple[Any, ...], debug: bool) -> None:
    stops.ignore()
    streams.prepare()
    link = Link(connection)

    def served() -> int:
        end_with_parent()
        return work(link, *arguments)

    status = told(served, debug=debug)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    link.end(status)


@contextmanager
def signals_held_back() -> Iterator[None]:
    """A request that comes while the worker starts, before it can ignore it, waits, and reaches only this process."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, stops.NUMBERS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
