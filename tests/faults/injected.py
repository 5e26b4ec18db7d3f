"""The command ``plan`` with something going wrong inside: run with a JSON of what, where, and then its arguments.

``{"planner.planning:build": "wait"}`` waits in that function, as a solver does that heeds no time limit, and makes the
file ``waiting`` so that a test knows; ``"pause"`` waits two seconds; ``"kill"`` is what the system does where memory
runs out; the others raise what their names say. A number before it, as in ``"2 kill"``, lets earlier calls through.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _wait() -> None:
    Path("waiting").touch()
    time.sleep(600)


def _pause() -> None:
    Path("waiting").touch()
    time.sleep(2)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _memory() -> None:
    raise MemoryError


def _full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _no_process() -> None:
    raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def _no_thread() -> None:
    raise RuntimeError("can't start new thread")  # as the interpreter says it


WRONG: dict[str, Callable[[], None]] = {
    "wait": _wait,
    "pause": _pause,
    "kill": _kill,
    "memory": _memory,
    "full": _full,
    "no-process": _no_process,
    "no-thread": _no_thread,
}


def inject(where: str, what: str) -> None:
    module_name, _, path = where.partition(":")
    *owners, name = path.split(".")
    owner: Any = importlib.import_module(module_name)
    for part in owners:
        owner = getattr(owner, part)
    right = getattr(owner, name)
    before, wrong = what.split() if " " in what else ("1", what)
    calls = iter(range(1, 1_000_000))

    def goes_wrong(*arguments: Any, **named: Any) -> Any:
        if next(calls) >= int(before):
            WRONG[wrong]()
        return right(*arguments, **named)

    setattr(owner, name, goes_wrong)


if __name__ == "__main__":
    faults = json.loads(sys.argv.pop(1))
    grace = faults.pop("grace", None)
    if grace is not None:
        timetable: Any = importlib.import_module("planner.session.timetable")
        timetable.GRACE_SECONDS = grace
    for place, fault in faults.items():
        inject(place, fault)
    from planner.cli import main

    main()
