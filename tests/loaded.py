"""The command in a process of its own that need not load its libraries, which takes longer than a plan of a small case.

It is forked off one that has loaded them, once for all tests of a worker, and that has solved nothing and runs nothing
beside. Tests of how the command starts, of signals and of encodings start Python instead.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import multiprocessing
import os
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

from tests.places import ROOT

LOADED = (
    "planner.explain.screen",
    "planner.report.compare.workbook",
    "planner.report.template.book",
    "planner.session.answering",
    "planner.session.pool_work",
    "planner.session.work",
    "planner.studies.compare",
    "planner.studies.frontier",
    "planner.verification.finished",
)


def run(*arguments: str, cwd: Path, timeout: float = 300, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end in a folder; a changed environment stands above that of the tests."""
    if not hasattr(os, "fork"):
        command = [sys.executable, "-m", "planner.cli", *arguments]
        named = {**os.environ, **environment}
        return subprocess.run(command, cwd=cwd, env=named, capture_output=True, text=True, timeout=timeout, check=False)
    with TemporaryDirectory() as folder:
        streams = [str(Path(folder) / name) for name in ("out", "err")]
        said = {
            "arguments": arguments,
            "folder": str(cwd),
            "environment": {**os.environ, **environment},
            "streams": streams,
        }
        status = _answer(said, timeout)
        out, err = (Path(stream).read_text(encoding="utf-8") for stream in streams)
    return subprocess.CompletedProcess(arguments, status, out, err)


def _answer(said: dict[str, Any], timeout: float) -> int:
    process = _process()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(said) + "\n")
    process.stdin.flush()
    ready, _, _ = select.select([process.stdout], [], [], timeout)
    if not ready:
        os.killpg(process.pid, signal.SIGKILL)  # with the command that is late
        _process.cache_clear()
        raise subprocess.TimeoutExpired(said["arguments"], timeout)
    status = process.stdout.readline()
    assert status, "the process that has loaded the command is gone"
    return int(status)


@cache
def _process() -> subprocess.Popen[str]:
    """The process that has loaded everything; it ends with the one that runs the tests, whose end closes the pipe."""
    command = [sys.executable, "-m", "tests.loaded"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, start_new_session=True)


def _serve() -> None:
    """Forks for every line that comes in, and answers with the exit status."""
    for module in LOADED:
        importlib.import_module(module)
    from planner import cli  # noqa: PLC0415 - only the process that forks loads the command
    from planner.studies import process_pool  # noqa: PLC0415

    process_pool.CONTEXT = multiprocessing.get_context("fork")  # type: ignore[assignment]  # nothing was solved here
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    gc.collect()
    gc.freeze()  # what is loaded stays where it is, and no fork copies it
    while line := sys.stdin.readline():
        number = os.fork()
        if not number:
            _become(json.loads(line))
            _end_with(cli.main)
        _, status = os.waitpid(number, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answers.flush()


def _become(said: dict[str, Any]) -> None:
    os.chdir(said["folder"])
    os.environ.clear()
    os.environ.update(said["environment"])
    for number, stream in zip((1, 2), said["streams"], strict=True):
        with open(stream, "wb") as file:  # noqa: PTH123
            os.dup2(file.fileno(), number)
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
    sys.argv = ["plan", *said["arguments"]]


def _end_with(command: Callable[[], None]) -> NoReturn:
    """Ends as Python would, but without clearing away what is loaded, which takes its time and does nothing."""
    status: object = 0
    try:
        command()
    except SystemExit as ended:
        status = ended.code or 0
    except BaseException:
        traceback.print_exc()
        status = 1
    finally:
        if not isinstance(status, int):
            print(status, file=sys.stderr)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        _serve()
