"""Runs the command again and again and kills all of it at random moments; looks at the files after each.

Everything is loaded once and then forked, also what plans beside each other, which makes a storm of hundreds bearable.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import multiprocessing
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from planner import cli
from planner.studies import process_pool

LONGER = 1.1
"""The latest that a run is killed, as a multiple of what a whole run took."""


def start(arguments: list[str]) -> int:
    """Starts the command in a process group of its own."""
    number = os.fork()
    if number:
        return number
    os.setsid()
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(silence, stream)
    sys.argv = ["plan", *arguments]
    cli.main()
    os._exit(0)


def seconds_of(arguments: list[str]) -> float:
    """How long the command takes that nobody kills."""
    begun = time.monotonic()
    _, status = os.waitpid(start(arguments), 0)
    if status:
        raise SystemExit(f"{arguments}: {status}")
    return time.monotonic() - begun


def storm(arguments: list[str], folder: Path, kills: int, chance: random.Random) -> dict[str, Any]:
    """What stood in the folder, how often, after each kill."""
    seen: dict[str, int] = {}
    killed = strays = 0
    longest = LONGER * seconds_of([*arguments, "-o", "right"])
    while killed < kills:
        number = start([*arguments, "-o", folder.name])
        time.sleep(chance.uniform(0.0, longest))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(number, signal.SIGKILL)
        _, status = os.waitpid(number, 0)
        killed += os.WIFSIGNALED(status)
        longest = longest * (0.98 if os.WIFEXITED(status) else 1.005)
        for path in folder.glob("*"):
            if path.is_file():
                key = f"{path.name} {hash_of(path)}"
                seen[key] = seen.get(key, 0) + 1
        strays += any(folder.glob(".planner-*"))
    return {"killed": killed, "seen": seen, "strays": strays}


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    said = json.loads(sys.argv[1])
    for module in ("planner.session.work", "planner.studies.compare", "planner.report.compare.workbook"):
        importlib.import_module(module)
    process_pool.CONTEXT = multiprocessing.get_context("fork")  # type: ignore[assignment]  # nothing was solved here yet
    found = storm(said["arguments"], Path(said["folder"]), said["kills"], random.Random(said["kills"]))
    print(json.dumps(found))
