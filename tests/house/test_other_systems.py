"""A run with what other systems have in place of what Linux has, as far as Linux can pretend."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import TINY

PRETENCES = {
    "as it is": "",
    "a new process plans, as on macOS": (
        "import multiprocessing\n"
        "from planner.supervisor import supervisor\n"
        "supervisor.CONTEXT = multiprocessing.get_context('spawn')\n"
    ),
    "nothing holds requests back, and nobody counts cores, as on Windows": (
        "import multiprocessing, os, signal\n"
        "del signal.pthread_sigmask, signal.SIGHUP, os.sched_getaffinity, os.killpg\n"
        "from planner.supervisor import supervisor\n"
        "supervisor.CONTEXT = multiprocessing.get_context('spawn')\n"
    ),
}
START = "if __name__ == '__main__':\n    from planner.cli import main\n    main()\n"


def written(folder: Path, pretence: str) -> dict[str, bytes]:
    """The files of a run that pretends."""
    folder.mkdir()
    script = folder / "start.py"
    script.write_text(PRETENCES[pretence] + START, encoding="utf-8")
    command = [sys.executable, str(script), str(TINY), "--output", "results"]
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return {path.name: path.read_bytes() for path in (folder / "results").iterdir()}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return written(tmp_path_factory.mktemp("usual") / "run", "as it is")


@pytest.mark.parametrize("pretence", [*PRETENCES][1:])
def test_a_run_as_on_another_system_writes_the_same(pretence: str, tmp_path: Path, usual: dict[str, bytes]) -> None:
    assert len(usual) == 3
    assert written(tmp_path / "run", pretence) == usual
