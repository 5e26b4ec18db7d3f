"""The command with faults inside and in a real shell, and what tests ask of it and of its files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.outcome import Outcome
from tests.places import TESTS

SETTLE, RELAXED = "planner.solving.solve:lexicographic_resolve", "planner.solving.search:_Search._relaxed"
KEPT = ("PATH", "PYTHONPYCACHEPREFIX", "XDG_CONFIG_HOME")
"""What of the surroundings a shell hands on: journals that were sealed with the settings of the tests are believed."""
posix_only = pytest.mark.skipif(os.name == "nt", reason="signals and shells of POSIX")


class Faulty:
    """The command with faults inside, running in a folder."""

    def __init__(
        self,
        folder: Path,
        faults: dict[str, Any],
        *arguments: str,
        command: tuple[str, ...] = ("tiny.yaml", "--output", "out"),
        **environment: str,
    ) -> None:
        self.folder = folder
        program = [sys.executable, str(TESTS / "faults" / "injected.py"), json.dumps(faults)]
        self.process = subprocess.Popen(
            [*program, *command, *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(TESTS.parent), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def reaches_the_fault(self) -> None:
        for _ in range(1200):
            if (self.folder / "waiting").exists():
                return
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.05)
        raise AssertionError("the fault was never reached")

    def ended(self, within: float = 120) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=within)
        assert "Traceback" not in err
        assert not list(self.folder.glob("out/.planner-*"))
        return self.process.returncode, out, err


def summary(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "out/plan.json").read_text(encoding="utf-8"))
    return content


def holds_a_whole_plan(folder: Path) -> bool:
    book = openpyxl.load_workbook(folder / "out/plan.xlsx", read_only=True)
    return "Cash flow" in book.sheetnames and summary(folder)["proof"]["limits_broken"] == 0


def heeds_no_limit(_case: Any, **_terms: Any) -> Outcome:
    Path(os.environ["WAITING"]).touch()
    time.sleep(600)
    raise AssertionError


def plan(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of a real shell, in which ``plan`` is the command."""
    definition = f'plan() {{ "{sys.executable}" -m planner.cli "$@"; }}; set -o pipefail; '
    return subprocess.run(
        ["bash", "-c", definition + command],
        cwd=folder,
        # no bytecode is written: what a full disk cuts off would be read by every later run
        env={
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            "PYTHONPATH": str(TESTS.parent),
            "PYTHONDONTWRITEBYTECODE": "1",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
