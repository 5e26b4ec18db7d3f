"""CBC, the command where it is on the path, on our matrix as a file; its limit counts CPU."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.benchmarks.measures import bound_of_none, facts_of, finite


def measure(_: str, folder: Path, gap: str, seconds: str) -> dict[str, Any]:
    command = shutil.which("cbc")
    if command is None:
        return {"missing": True}
    options = ["-ratio", gap, "-sec", seconds, "-timeMode", "cpu", "-solve", "-quit"]
    done = subprocess.run([command, str(folder / "matrix.mps"), *options], check=True, capture_output=True, text=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    sign = -1.0 if facts_of(folder)["maximise"] else 1.0
    value, bound = (_last(what, done.stdout) for what in ("Objective value", "Lower bound"))
    if value is not None and bound is None and "Optimal solution found" in done.stdout:
        bound = value - float(gap) * abs(value)  # it says no bound where the gap is closed
    value, bound = (None if one is None else sign * one for one in (value, bound))
    is_none = re.search(r"^(Result - .*|Problem is )infeasible", done.stdout, re.MULTILINE) is not None
    bound = bound_of_none(maximise=sign < 0) if is_none else finite(bound)
    return {"solve": used.ru_utime + used.ru_stime, "value": finite(value), "bound": bound}


def _last(what: str, text: str) -> float | None:
    """The figure behind the last mention of something."""
    found = re.findall(rf"{what}:\s+(\S+)", text)
    return float(found[-1]) if found else None
