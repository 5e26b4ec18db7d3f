"""A cluster on this machine: a process that starts the workers, and that ends with whoever started it.

It lives in a session of its own, so that Ctrl-C reaches only the command, which ends all of it. Should the command be
killed, the pipe between them closes, and everything here ends by itself. All talk is encrypted under certificates that
are made for this one cluster, since a scheduler does whatever it is told by whoever reaches its port, and other people
may be at work on this machine.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from planner.errors import PlannerError
from planner.supervisor.supervisor import LOOK_SECONDS, signals_held_back
from planner.supervisor.surroundings import SurroundingsError

START_SECONDS = 120.0
"""What it may take to start all of it."""
CERTIFICATES = ("tls_ca_file", "tls_client_cert", "tls_client_key")
_PROGRAM = (
    "import json, sys; said = json.loads(sys.stdin.readline()); sys.path[:] = said['path']; "
    "from planner.studies.cluster.here import serve; serve(said)"
)


@contextmanager
def cluster_here(workers: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Starts a cluster of so many processes, which ends with the block; gives its address, and certificates for it.

    Raises:
        SurroundingsError: it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="plan-cluster-"))
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        said = _first_line(process, {"path": sys.path, "workers": workers, "folder": str(folder)})
        yield said["address"], {name: said[name] for name in CERTIFICATES}
    finally:
        with signals_held_back():
            _end_all(process)
            shutil.rmtree(folder, ignore_errors=True)


def _first_line(process: subprocess.Popen[bytes], asked: dict[str, Any]) -> dict[str, Any]:
    lines: list[bytes] = []

    def read() -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            lines.append(process.stdout.readline())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    importlib.import_module("distributed")  # which takes as long here as there
    latest = time.monotonic() + START_SECONDS
    while reader.is_alive() and time.monotonic() < latest:
        reader.join(LOOK_SECONDS)  # short, so that a request to end is heard
    said: dict[str, Any] = json.loads(lines[0]) if lines and lines[0] else {}
    if "address" not in said:
        why = said.get("error") or f"it was not there after {START_SECONDS:g} s"
        raise SurroundingsError(f"no cluster could be started on this machine: {why}; nothing was begun")
    return said


def _end_all(process: subprocess.Popen[bytes]) -> None:
    """Ends the process with all that it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # its session: it cannot be ignored, and no worker holds a file
    for stream in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            if stream is not None:
                stream.close()  # elsewhere this is what ends it
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def serve(said: dict[str, Any]) -> None:
    """Starts the workers and waits until nobody wants them any more; runs in a process of its own."""
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever libraries print is not the answer
    threading.Thread(target=_end_when_left, args=(said["folder"],), daemon=True).start()
    try:
        cluster, answer = _start(said["workers"], said["folder"])
    except (OSError, RuntimeError, ImportError, ValueError, PlannerError) as error:
        cluster, answer = None, {"error": str(error) or type(error).__name__}
    output.write(json.dumps(answer) + "\n")
    output.flush()
    while cluster is not None:  # it works on in threads of its own
        threading.Event().wait()


def _start(workers: int, folder: str) -> tuple[Any, dict[str, Any]]:
    import dask  # noqa: PLC0415 - an extra, and slow to load
    from distributed import LocalCluster, Security  # noqa: PLC0415

    security = Security.temporary()
    # A job whose process dies comes back at once; who asked for it tries it again, by itself.
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    cluster = LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        memory_limit=0,  # as without a cluster: the system's own limits hold
        local_directory=folder,
        security=security,
    )
    certificates = {name: getattr(security, name) for name in CERTIFICATES}
    return cluster, {"address": cluster.scheduler_address, **certificates}


def _end_when_left(folder: str) -> None:
    """Ends this process with all that it started as soon as the one that asked is gone."""
    while sys.stdin.buffer.read(1):
        pass
    shutil.rmtree(folder, ignore_errors=True)
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
