"""The screen as the real command prints it: where the environment says nothing of use, and on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import FAULTS

CASE = FAULTS / "columns-zero" / "case.yaml"
COMMAND = (sys.executable, "-m", "planner.cli")


def test_no_columns_are_eighty(tmp_path: Path) -> None:
    run = subprocess.run(
        [*COMMAND, str(CASE)],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "0"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    lines = run.stdout.splitlines()
    assert (run.returncode, run.stderr) == (0, "")
    assert any(line.startswith("net present value") and "218.15 mn JPY" in line for line in lines)
    assert any(line.startswith("dense BF16") and "40 PFLOPS" in line for line in lines)
    assert 60 < max(map(len, lines)) <= 80


@pytest.mark.skipif(sys.platform == "win32", reason="has no terminals of this kind")
def test_a_question_shows_on_a_terminal_what_it_works_on_and_keeps_its_answer_clean(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [*COMMAND, "explain", str(CASE), "--why-not", "maker@north"],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    shown = b""
    while part := _read(ours):
        shown += part
    answer, _ = process.communicate(timeout=300)
    os.close(ours)
    assert process.returncode == 0
    assert "planning with it and without it" in shown.decode()
    assert answer.startswith("Why not maker at north?")
    assert "\x1b" not in answer


def _read(terminal: int) -> bytes:
    """What was shown since; nothing where the other end is closed, which Linux calls an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
