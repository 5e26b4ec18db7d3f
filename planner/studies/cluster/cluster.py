"""The client of a cluster: hands jobs to its workers and takes their records, as they finish.

Nothing that a worker does is believed twice: a job whose worker dies is done again by another, and by itself if it may
be what killed it. The records are the same whatever happens, since a job depends on its question alone.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import math
import pickle
import queue
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from typing import Any

from distributed import Client, Future, KilledWorker

from planner.errors import EXIT_NO_PROOF
from planner.studies.cluster import worker
from planner.studies.cluster.connection import within
from planner.studies.cluster.identity import identity
from planner.studies.jobs import GRACE_SECONDS, MOST_TRIES, Job, Record, RunFailedError, late
from planner.studies.process_pool import opened
from planner.supervisor.supervisor import LOOK_SECONDS, signals_held_back

WITHOUT_WORKERS_SECONDS = 600.0
"""How long jobs wait for a cluster that has no worker: one that grows with its work has none at first."""
RESULT_SECONDS = 60.0
"""How long the record of a finished job may take on its way."""
COUNT_SECONDS = 3.0
"""How often the workers are counted."""
CANCELLED = (asyncio.CancelledError, concurrent.futures.CancelledError)
LEAST_AHEAD, AHEAD = 64, 4
"""Jobs that are handed over at the same time, at least and by worker: one that grows with its work sees what waits."""


class Cluster:
    """Workers of a cluster that do jobs for an engine."""

    def __init__(self, client: Client, address: str, time_limit: float, told: Callable[[str], None]) -> None:
        """Takes the way to the scheduler, where that is, when a job is late, and whom to tell what is waited for."""
        self._client, self._address, self._time_limit, self._told = client, address, time_limit, told
        self._identity = identity()
        self._alone_since: float | None = None
        self._count, self._counted = 0, -math.inf
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._late: set[str] = set()
        client.subscribe_topic(worker.LATE, self._hear_of_late)

    def stranger(self) -> str:
        """What is wrong with a worker that is another program, or would do several jobs in one process; and which.

        Empty where there is no such worker.
        """
        found = self._client.run(worker.stranger, on_error="return")
        for address, who in sorted(found.items()):
            if isinstance(who, BaseException):
                return (
                    f"the worker {address} does not have this program: {type(who).__name__}: {who}.\n"
                    "    fix: install gpu-capacity-planner[cluster] on every machine, in the same version"
                )
            if words := worker.refusal(who, self._identity):
                return words
        return ""

    def records(self, jobs: Sequence[Job]) -> Generator[tuple[int, Record]]:
        """The number of each job with its record, as they finish; when closed early, those that wait are taken back.

        Raises:
            RunFailedError: a job failed, its worker died again and again, or the cluster is gone.
        """
        waiting, doubtful = deque(range(len(jobs))), deque[int]()
        tries = [0] * len(jobs)
        asked: dict[str, tuple[int, Future]] = {}
        self._alone_since = None
        try:
            while waiting or doubtful or asked:
                while waiting and len(asked) < max(LEAST_AHEAD, AHEAD * self._workers()):
                    self._ask(waiting.popleft(), jobs, asked)
                if not asked:  # what may have killed a worker is tried again where it can harm no other
                    self._ask(doubtful.popleft(), jobs, asked)
                key = self._next_done()
                if key not in asked:
                    continue
                number, future = asked[key]
                if key in self._late:
                    self._take_back([asked.pop(key)[1]])
                    yield number, late(self._time_limit)
                    continue
                try:
                    answer = self._answer(future, jobs[number])
                except (TimeoutError, OSError):  # of the line to the cluster, which may come back
                    self._require_cluster()
                    self._done.put(key)
                    continue
                del asked[key]
                if answer is not None:
                    yield number, opened(jobs[number], answer)
                    continue
                tries[number] += 1
                if tries[number] >= MOST_TRIES:
                    words = f"{jobs[number].name}: every worker of {self._address} that took it on died"
                    raise RunFailedError(f"{words}, perhaps for want of memory", EXIT_NO_PROOF)
                doubtful.append(number)
        finally:
            self._take_back([future for _, future in asked.values()])

    def _ask(self, number: int, jobs: Sequence[Job], asked: dict[str, tuple[int, Future]]) -> None:
        seconds = self._time_limit + GRACE_SECONDS
        future = self._client.submit(
            worker.done, pickle.dumps(jobs[number]), self._identity, seconds, pure=False, retries=0
        )
        key = str(future.key)
        asked[key] = number, future
        future.add_done_callback(lambda _: self._done.put(key))

    def _answer(self, future: Future, job: Job) -> tuple[str, Any] | None:
        """What a worker handed over; None where it died.

        Raises:
            RunFailedError: the worker or the cluster cannot do it. TimeoutError, OSError: the answer is not here yet.
        """
        if future.status == "cancelled":
            raise self._gone()
        if future.status == "lost":  # with the worker that held it; it is being done again
            time.sleep(LOOK_SECONDS)
            raise TimeoutError
        try:
            error = future.exception(timeout=RESULT_SECONDS)
            kind, content = future.result(timeout=RESULT_SECONDS) if error is None else ("", "")
        except CANCELLED:  # in this very moment
            raise self._gone() from None
        if error is not None:
            if isinstance(error, KilledWorker):
                return None
            if isinstance(error, CANCELLED):
                raise self._gone()
            words = f"{job.name}: a worker of {self._address} failed: {type(error).__name__}: {error}"
            with suppress(Exception):  # which worker it was, if it is one that does not even have the program
                words = within(RESULT_SECONDS, self.stranger, "") or words
            raise RunFailedError(words, EXIT_NO_PROOF)
        if kind == "stranger":
            raise RunFailedError(content, EXIT_NO_PROOF)
        return kind, content

    def _next_done(self) -> str:
        """The key of a job that is done; empty where none is for now.

        Raises:
            RunFailedError: the cluster is gone, or has had no worker for too long.
        """
        with suppress(queue.Empty):
            return self._done.get(timeout=LOOK_SECONDS)
        self._require_cluster()
        return ""

    def _require_cluster(self) -> None:
        """Gives up where nothing can come any more.

        Raises:
            RunFailedError: the cluster is gone, or has had no worker for too long.
        """
        if self._client.status not in ("running", "connecting"):
            raise self._gone()
        if self._workers():
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = time.monotonic()
            self._told(f"waiting for a worker of {self._address}")
        elif time.monotonic() - self._alone_since > WITHOUT_WORKERS_SECONDS:
            raise RunFailedError(
                f"{self._address} has had no worker for {WITHOUT_WORKERS_SECONDS:g} s; "
                "the same command goes on from what was finished.\n"
                f"    fix: start some: `dask worker {self._address} --nworkers N --nthreads 1`",
                EXIT_NO_PROOF,
            )

    def _workers(self) -> int:
        """How many there are, as far as was heard lately."""
        if time.monotonic() > self._counted + COUNT_SECONDS:
            with suppress(Exception):  # whether the scheduler is still there is another question
                self._count = len(self._client.sync(self._client.scheduler.ncores, callback_timeout=COUNT_SECONDS))
            self._counted = time.monotonic()
        return self._count

    def _gone(self) -> RunFailedError:
        words = f"the scheduler at {self._address} is gone; the same command goes on from what was finished"
        return RunFailedError(words, EXIT_NO_PROOF)

    def _take_back(self, futures: Sequence[Future]) -> None:
        if futures:
            with signals_held_back(), suppress(Exception):  # where the scheduler is gone, nothing is left to take back
                self._client.cancel(list(futures), force=True)

    def _hear_of_late(self, event: tuple[float, Any]) -> None:
        _, said = event
        self._late.add(said["key"])
        self._done.put(said["key"])
