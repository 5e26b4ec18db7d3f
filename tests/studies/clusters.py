"""Real clusters for tests: a scheduler and workers that are started as their own documentation says."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.places import ROOT

DASK = Path(sys.executable).with_name("dask")
SECONDS = 60.0
"""What it may take until something is there; a machine may be busy."""


def until(met: object, seconds: float = SECONDS) -> None:
    """Waits until something holds."""
    latest = time.monotonic() + seconds
    while not met():  # type: ignore[operator]
        assert time.monotonic() < latest, "it never came to that"
        time.sleep(0.02)


class OwnCluster:
    """A scheduler of one's own, and its workers. It tries nothing again by itself, so that whoever asks has to."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "scheduler.json"
        self._started: list[psutil.Popen] = []
        arguments = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(self.file)]
        self.scheduler = self._start("scheduler", *arguments)
        until(lambda: self.file.exists() and self.file.read_text().rstrip().endswith("}"))
        self.address: str = json.loads(self.file.read_text())["address"]

    def worker(self, *arguments: str) -> psutil.Popen:
        """Starts workers; gives the process that watches over them."""
        folder = ["--local-directory", str(self.folder), "--no-dashboard"]
        return self._start("worker", self.address, *folder, *arguments)

    def end(self) -> None:
        for process in self._started:
            end(process)

    def _start(self, *arguments: str) -> psutil.Popen:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
        with open(self.folder / "said.txt", "ab") as said:  # noqa: PTH123
            process = psutil.Popen(
                [DASK, *arguments], stdout=said, stderr=said, env=environment, start_new_session=True
            )
        self._started.append(process)
        return process


def end(process: psutil.Popen) -> None:
    """Ends a process with all that it started."""
    with suppress(psutil.NoSuchProcess):
        family = process.children(recursive=True)
        process.kill()
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(family, 10)
    process.wait()


def is_running(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@contextmanager
def own_cluster(folder: Path, workers: int = 2) -> Iterator[OwnCluster]:
    """A scheduler and so many workers, each a process with one thread."""
    cluster = OwnCluster(folder)
    try:
        cluster.worker("--nworkers", str(workers), "--nthreads", "1")
        yield cluster
    finally:
        cluster.end()
