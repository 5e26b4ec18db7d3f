"""Runs the command again and again and kills all of it at random moments; looks at the files after each.

Everything is loaded once and then forked, which makes a storm of hundreds bearable.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from planner import cli


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


def storm(arguments: list[str], folder: Path, kills: int, longest: float, chance: random.Random) -> dict[str, Any]:
    """What stood in the folder, how often, after each kill."""
    seen: dict[str, int] = {}
    killed = strays = 0
    while killed < kills:
        number = start(arguments)
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
    chance = random.Random(said["chance"])
    found = storm(said["arguments"], Path(said["folder"]), said["kills"], said["longest"], chance)
    print(json.dumps(found))
