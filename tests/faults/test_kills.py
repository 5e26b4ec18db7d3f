"""Kills at random moments break no file, and what is run again gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.faulty import plan
from tests.places import TESTS

KILLS = int(os.environ.get("PLANNER_KILLS", "8"))
"""How often the storm strikes; 200 and more for a release."""


@pytest.fixture
def storm(folder: Path) -> Iterator[Any]:
    def strikes(arguments: list[str], kills: int) -> dict[str, Any]:
        """Runs the command whole into ``right``, and again and again into ``out``, where it is killed."""
        said = {"arguments": arguments, "folder": "out", "kills": kills}
        result = subprocess.run(
            [sys.executable, str(TESTS / "faults" / "kills.py"), json.dumps(said)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(TESTS.parent)},
            capture_output=True,
            text=True,
            timeout=600 + 20 * kills,
            check=True,
        )
        found: dict[str, Any] = json.loads(result.stdout)
        print(found)  # for those who run the long storm
        return found

    yield strikes


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_no_kill_breaks_a_file_of_a_plan(folder: Path, storm: Any) -> None:
    names, kills = ("plan.html", "plan.json", "plan.xlsx"), max(1, KILLS * 6 // 10)
    (folder / "out").mkdir()
    for name in names:
        (folder / "out" / name).write_text("old")
    old = _hashes(folder / "out")
    found = storm(["tiny.yaml", "-q"], kills)
    right = _hashes(folder / "right")
    assert sorted(right) == sorted(names)
    assert found["killed"] == kills
    allowed = {f"{name} {of[name]}" for of in (right, old) for name in right}
    assert set(found["seen"]) <= allowed, found
    assert plan("plan tiny.yaml -o out -q", folder).returncode == 0
    assert _hashes(folder / "out") == right


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_no_kill_breaks_a_comparison_which_goes_on_to_the_same_result(folder: Path, storm: Any) -> None:
    kills = max(1, KILLS * 4 // 10)
    found = storm(["compare", "tiny.yaml", "-q"], kills)
    right = _hashes(folder / "right")
    assert found["killed"] == kills
    assert set(found["seen"]) <= {f"{name} {right[name]}" for name in right}, found
    assert plan("plan compare tiny.yaml -o out -q", folder).returncode == 0
    assert _hashes(folder / "out") == right
    assert not list(folder.rglob(".planner-*"))
    entries = sorted((folder / "right/journal").iterdir())
    assert [path.name for path in entries] == [path.name for path in sorted((folder / "out/journal").iterdir())]
    for path in entries:
        assert path.read_bytes() == (folder / "out/journal" / path.name).read_bytes()
