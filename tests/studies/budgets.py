"""Case files of small cases, for the tests that begin with a file, and the command as a user runs it."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.cases.toy import TOY


def budget(folder: Path, scenarios: dict[str, Any] | None = None, **changes: Any) -> Path:
    """The toy case as a file; JSON is YAML. A double underscore steps into a noun."""
    fields = copy.deepcopy({**TOY, "catalogue": ""})
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = fields
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = copy.deepcopy(value)
    dear = ["systems.cube.price.typical"]
    dear += [f"offers.{name}.price" for name, offer in fields["offers"].items() if "price" in offer]
    fields["unusual"] = dict.fromkeys(dear, "a toy has round prices")
    if scenarios is not None:
        fields["scenarios"] = {name: {"set": new} for name, new in scenarios.items()}
    path = folder / "toy.yaml"
    path.write_text(json.dumps(fields, indent=1), encoding="utf-8")
    return path


def command(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "planner.cli", *arguments],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def environment() -> Mapping[str, str]:
    """The environment of the command: a screen that is wide enough for its tables."""
    return {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}
