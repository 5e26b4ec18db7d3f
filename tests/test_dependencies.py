"""What the program imports is what it says it needs: what only development brings along is not there for users."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
IMPORT_NAMES = {"pyyaml": "yaml"}
"""Import names of distributions that are called something else."""
READ_BY_OTHERS = {"defusedxml"}
"""Needed, and imported by a library that we need."""


def imported() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "planner").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"planner"}


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[^\w-]", requirement)[0].lower() for requirement in project["dependencies"]}
    return {IMPORT_NAMES.get(name, name) for name in names}


def test_everything_imported_is_declared_and_everything_declared_is_used() -> None:
    found = imported()
    assert found - declared() - {"pydantic_core"} == set()  # a part of pydantic
    assert declared() - found == READ_BY_OTHERS
