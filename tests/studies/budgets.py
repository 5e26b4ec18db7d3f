"""Case files of small cases, for the tests that begin with a file, and the command as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests import loaded
from tests.cases.toy import toy_fields

SCREEN = {"COLUMNS": "200", "NO_COLOR": "1"}
"""A screen that is wide enough for the tables of the command."""


def budget(folder: Path, scenarios: dict[str, Any] | None = None, **changes: Any) -> Path:
    """The toy case as a file; JSON is YAML. A double underscore steps into a noun."""
    fields = toy_fields(**{"catalogue": "", **changes})
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
    return loaded.run(*arguments, cwd=cwd, **SCREEN)


def environment() -> Mapping[str, str]:
    """The environment of the command."""
    return {**os.environ, **SCREEN}
