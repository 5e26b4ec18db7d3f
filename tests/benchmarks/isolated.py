"""One measure in a process of its own: what it says, and what the process and all that it started took."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Any

KILOBYTES = 1024 if sys.platform == "darwin" else 1
"""What the peak of memory is counted in: bytes on a Mac, else kilobytes."""
WAIT = 0.02
"""Seconds between two looks at whether a process has ended."""


@dataclass(frozen=True)
class Measured:
    """What one measure came to."""

    told: dict[str, Any]
    """What it says of itself: seconds of its parts, value and bound; ``missing`` where its solver is not installed."""
    cpu_seconds: float
    """Of all processes, from start to end, by resource usage."""
    elapsed_seconds: float
    memory_mb: float
    """The peak of the largest process."""
    ended: bool = True
    """False where it was stopped, since it took far longer than it was allowed."""


def run_alone(module: str, *arguments: str, seconds: float) -> Measured:
    """Runs ``python -m module arguments``, which prints one line of JSON at the end.

    Memory counts from what this process held when it began, so this process stays small.

    Raises:
        RuntimeError: the measure failed; with what it said.
    """
    command = [sys.executable, "-m", module, *arguments]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True)
        status, usage, ended = _wait(process.pid, began + seconds)
        process.returncode = os.waitstatus_to_exitcode(status)
        elapsed = time.monotonic() - began
        out.seek(0)
        err.seek(0)
        if ended and process.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{err.read()}")
        told = json.loads(out.read().splitlines()[-1]) if ended else {}
    return Measured(told, usage.ru_utime + usage.ru_stime, elapsed, usage.ru_maxrss / KILOBYTES / 1024, ended)


def _wait(pid: int, ends: float) -> tuple[int, Any, bool]:
    """Waits for a process, and stops it and what it started where it does not end in time."""
    try:
        while time.monotonic() < ends:
            done, status, usage = os.wait4(pid, os.WNOHANG)
            if done:
                return status, usage, True
            time.sleep(WAIT)
    except BaseException:
        _stop(pid)
        raise
    _stop(pid)
    _, status, usage = os.wait4(pid, 0)
    return status, usage, False


def _stop(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)  # it leads a group of its own, which holds what it started
