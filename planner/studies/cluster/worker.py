"""What happens inside a worker of the cluster: a job is done if the program is the same, and is not left running on.

A worker does one job at a time, in a process with one thread for it. A job that heeds neither its time limit nor that
nobody wants it any more can be ended only with its process; the worker's own nurse, Dask's nanny, starts another one.
"""

from __future__ import annotations

import os
import pickle
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from distributed import get_worker

from planner.studies.cluster.identity import Identity, identity
from planner.studies.process_pool import sealed

LATE = "gpu-capacity-planner-late"
"""Under this name workers tell of jobs that did not heed their time limit."""
LOOK_SECONDS = 0.5
"""How often a worker looks whether its job is still wanted."""
UNWANTED_SECONDS = 5.0
"""How long a job may go on that nobody wants any more; most end by themselves before."""
HEARD_SECONDS = 2.0
"""What it may take until others have heard of a job that is late."""

_here = cache(identity)


@dataclass(frozen=True)
class Stranger:
    """Who a worker is, before it is trusted."""

    name: str
    identity: Identity
    threads: int
    """How many jobs it would do at the same time."""


def stranger(dask_worker: Any = None) -> Stranger:  # noqa: ANN401 - Dask names it so, and hands in the worker
    """Who this worker is."""
    return Stranger(named(dask_worker.name, dask_worker.address), _here(), int(dask_worker.state.nthreads))


def refusal(found: Stranger, wanted: Identity) -> str:
    """Why a worker is not to be trusted with a job; empty where it is."""
    worker, there, threads = found.name, found.identity, found.threads
    if differences := there.differences(wanted):
        return (
            f"the worker {worker} has another program: {differences}.\n    fix: install the same one on every machine"
        )
    if threads != 1:
        return (
            f"the worker {worker} would do {threads} jobs at the same time in one process.\n"
            f"    fix: start it by `dask worker ... --nworkers {threads} --nthreads 1`"
        )
    return ""


def done(payload: bytes, wanted: Identity, seconds: float) -> tuple[str, Any]:
    """Does a job in a worker; its answer as ``sealed`` hands it over, or that this worker is another program.

    Args:
        payload: the job, pickled: it is not even opened in another program.
        wanted: the program that asks.
        seconds: after which the job is ended.
    """
    worker = get_worker()
    if words := refusal(stranger(worker), wanted):
        return "stranger", words
    try:
        job = pickle.loads(payload)
    except Exception:
        return "defect", traceback.format_exc()
    with _watched(worker, seconds):
        return sealed(job)


def named(name: object, address: str) -> str:
    """A worker by its address, and by the name that it was given, if any."""
    return address if str(name) == address else f"{name} at {address}"


@contextmanager
def _watched(worker: Any, seconds: float) -> Iterator[None]:  # noqa: ANN401 - Dask's own
    """Ends this process where the job inside is late, or goes on although nobody wants it any more."""
    over = threading.Event()
    arguments = worker, worker.get_current_task(), time.monotonic() + seconds, over
    threading.Thread(target=_watch, args=arguments, daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _watch(worker: Any, key: str, deadline: float, over: threading.Event) -> None:  # noqa: ANN401 - see above
    unwanted_since: float | None = None
    while not over.wait(LOOK_SECONDS):
        now = time.monotonic()
        if now > deadline:
            worker.log_event(LATE, {"key": key})
            if not over.wait(HEARD_SECONDS):
                os._exit(1)
        task = worker.state.tasks.get(key)
        if worker.nanny is None or (task is not None and task.state != "cancelled"):
            unwanted_since = None
        elif unwanted_since is None:
            unwanted_since = now
        elif now - unwanted_since > UNWANTED_SECONDS:
            os._exit(1)
