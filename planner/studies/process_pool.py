"""A pool of processes that work side by side. One that dies takes only its own job with it, and that is tried again."""

from __future__ import annotations

import math
import multiprocessing
import os
import time
import traceback
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from planner.errors import EXIT_NO_PROOF, PlannerError
from planner.studies.jobs import GRACE_SECONDS, MOST_TRIES, Job, Record, RunFailedError, late
from planner.studies.tasks import Engine
from planner.supervisor import stops
from planner.supervisor.supervisor import LOOK_SECONDS, end_with_parent, signals_held_back
from planner.supervisor.surroundings import Lack, lacking

CONTEXT = multiprocessing.get_context("spawn")
"""A fresh process each: a forked one would share the solver's threads."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(jobs: Sequence[Job], engine: Engine) -> Generator[tuple[int, Record]]:
    """Does jobs outside this process; gives the number of each job with its record, as they finish.

    Raises:
        RunFailedError: a job failed, or its process died again and again.
    """
    if engine.pool is not None:
        yield from engine.pool.records(jobs)
        return
    pool = ProcessPool(engine)
    try:
        yield from pool.records(jobs)
    finally:
        pool.end()


@contextmanager
def kept_processes(engine: Engine) -> Iterator[Engine]:
    """A copy of an engine whose processes serve one study after another, as long as the block lasts.

    Where somebody does so already, such as a cluster, it is the engine itself.
    """
    if engine.pool is not None:
        yield engine
        return
    pool = ProcessPool(engine)
    try:
        yield replace(engine, pool=pool)
    finally:
        pool.end()


class ProcessPool:
    """Processes that work for an engine. They begin when they are first needed, and wait until they are ended."""

    def __init__(self, engine: Engine) -> None:
        """Takes the engine that says how many they are at most, and how long a job may take."""
        self._engine = engine
        self._workers: list[_Worker] = []

    def records(self, jobs: Sequence[Job]) -> Generator[tuple[int, Record]]:
        """The number of each job with its record, as they finish; where that is cut short, all processes end.

        Raises:
            RunFailedError: a job failed, or its process died again and again.
        """
        try:
            yield from self._records(jobs)
        finally:
            if any(worker.number is not None for worker in self._workers):
                self.end()

    def _records(self, jobs: Sequence[Job]) -> Generator[tuple[int, Record]]:
        waiting = list(range(len(jobs)))[::-1]
        tries = dict.fromkeys(waiting, 0)
        while len(self._workers) < min(self._engine.workers, len(jobs)):
            self._begin()
        while True:
            for worker in self._workers:
                if worker.number is None and waiting:
                    worker.start(waiting.pop(), jobs)
                    tries[worker.number or 0] += 1
            busy = {worker.connection: worker for worker in self._workers if worker.number is not None}
            if not busy:
                return
            for worker in [worker for worker in busy.values() if time.monotonic() > worker.deadline]:
                number = worker.take()
                worker.process.kill()
                self._begin(worker)
                del busy[worker.connection]
                yield number, late(self._engine.time_limit)
            for connection in wait(list(busy), timeout=LOOK_SECONDS):
                worker = busy[connection]  # type: ignore[index]  # wait gives back what it was given
                number = worker.take()
                try:
                    answer = worker.connection.recv()
                except (EOFError, OSError):
                    if tries[number] >= MOST_TRIES:
                        raise RunFailedError(
                            f"{jobs[number].name}: the process that worked on it died {MOST_TRIES} times, "
                            "perhaps for want of memory; try fewer --workers",
                            EXIT_NO_PROOF,
                        ) from None
                    waiting.append(number)
                    self._begin(worker)
                    continue
                yield number, opened(jobs[number], answer)

    def end(self) -> None:
        """Ends all of them, whatever they work on."""
        with signals_held_back():  # another request must not leave any of them behind
            for worker in self._workers:
                worker.process.kill()  # unlike a request to end, it cannot be ignored; a lane holds nothing half done
                worker.process.join()
                worker.connection.close()
            self._workers.clear()

    def _begin(self, instead_of: _Worker | None = None) -> None:
        """Starts a process, deaf to requests to end from its first moment: it inherits that they are held back.

        Ctrl-C goes to all; the process that asked ends the others, and is the only one to speak.
        """
        if os.name == "posix":  # its own first start would let the requests through again
            resource_tracker.ensure_running()
        with signals_held_back():
            worker = _Worker(self._engine)
            if instead_of is None:
                self._workers.append(worker)
            else:
                self._workers[self._workers.index(instead_of)] = worker


class _Worker:
    """One process, and the number of the job that it works on."""

    def __init__(self, engine: Engine) -> None:
        ours, theirs = CONTEXT.Pipe()
        self.connection: Connection[Any, Any] = ours
        self.process = CONTEXT.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()  # so that its end is noticed here
        self.number: int | None = None
        self._time_limit = engine.time_limit
        self.deadline = math.inf

    def start(self, number: int, jobs: Sequence[Job]) -> None:
        self.number = number
        self.deadline = time.monotonic() + self._time_limit + GRACE_SECONDS
        with suppress(OSError):  # one that died is noticed when its answer is read
            self.connection.send(jobs[number])

    def take(self) -> int:
        number, self.number = self.number, None
        assert number is not None
        return number


def _serve(connection: Connection[Any, Any]) -> None:
    """Does what comes in until nobody asks any more; runs in a process of its own."""
    stops.ignore()  # where they cannot be held back
    lacked: Lack | None = None
    try:
        end_with_parent()
    except RuntimeError as error:
        lacked = lacking(error)
    try:
        while True:
            job = connection.recv()
            connection.send(_refused(lacked) if lacked else sealed(job))
    except (EOFError, OSError):  # the process that asked is gone
        return


def sealed(job: Job) -> tuple[str, Any]:
    """An answer that can be handed over whatever it is; an error as its words."""
    try:
        return "record", job.answer()
    except PlannerError as error:
        return "refused", (str(error), error.exit_status)
    except Exception as error:
        if lacked := lacking(error):
            return _refused(lacked)
        return "defect", traceback.format_exc()


def _refused(lacked: Lack) -> tuple[str, Any]:
    """The answer where the surroundings lack something; no defect, and nothing proven."""
    return "refused", (str(lacked), EXIT_NO_PROOF)


def opened(job: Job, answer: tuple[str, Any]) -> Record:
    """The record in what ``sealed`` handed over.

    Raises:
        RunFailedError: the job failed. RuntimeError: it did so by a defect of the program.
    """
    kind, content = answer
    if kind == "refused":
        raise RunFailedError(f"{job.name}: {content[0]}", content[1])
    if kind == "defect":
        raise RuntimeError(f"while working on {job.name}:\n{content}")
    record: Record = content
    return record
