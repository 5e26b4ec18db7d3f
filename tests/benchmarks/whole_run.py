"""The whole run: the command, from the file of a case to the verified plan, its workbook and its summary."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.measures import facts_of

NO_PROOF = 3
"""Exit status where the gap was not closed; a plan that was found is written all the same."""


def measure(_: str, folder: Path, gap: str, seconds: str) -> dict[str, Any]:
    out = folder / "plan"
    options = ["-q", "-o", str(out), "--gap", gap, "--time-limit", seconds]
    command = [sys.executable, "-m", "planner.cli", str(folder / "case.yaml"), *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in (0, NO_PROOF):
        raise RuntimeError(done.stderr)
    if not (out / "plan.json").exists():
        return {"value": None, "bound": None}
    proof = json.loads((out / "plan.json").read_text(encoding="utf-8"))["proof"]
    unit = facts_of(folder)["unit"]
    return {"value": proof["value"] / unit, "bound": proof["bound"] / unit}
