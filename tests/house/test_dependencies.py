"""What is imported is declared, and every package that users or tests meet is pinned, whoever brings it along."""

from __future__ import annotations

import ast
import itertools
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from tests.places import ROOT

LOCK = ROOT / "uv.lock"
IMPORT_NAMES = {"pyyaml": "yaml"}
"""Import names of distributions that are called something else."""
READ_BY_OTHERS = {"defusedxml", "cryptography"}
"""Needed, and imported by a library that we need."""


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


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
    project = read(ROOT / "pyproject.toml")["project"]
    needed = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[^\w-]", requirement)[0].lower() for requirement in needed}
    return {IMPORT_NAMES.get(name, name) for name in names}


def pinned() -> dict[str, str]:
    """The version of each package that is pinned; every line pins one version, by ``==`` and on all systems."""
    lines = read(ROOT / "pyproject.toml")["tool"]["uv"]["constraint-dependencies"]
    pins = dict(re.fullmatch(r"([a-z0-9-]+)==([\w.]+)", line).groups() for line in lines)
    assert len(pins) == len(lines)
    return pins


def test_everything_imported_is_declared_and_everything_declared_is_used() -> None:
    found = imported()
    assert found - declared() - {"pydantic_core"} == set()  # a part of pydantic
    assert declared() - found == READ_BY_OTHERS


@pytest.mark.skipif(not LOCK.exists(), reason="uv did not install this, so that nothing says what belongs to it")
def test_every_package_is_pinned_on_every_system_and_nothing_else_is() -> None:
    resolved = {package["name"]: package["version"] for package in read(LOCK)["package"]}
    del resolved[read(ROOT / "pyproject.toml")["project"]["name"]]
    assert resolved == pinned()


def test_what_is_installed_is_what_is_pinned() -> None:
    installed = {found.name.lower().replace("_", "-"): found.version for found in metadata.distributions()}
    differing = {
        name: f"{installed[name]}, not {version}"
        for name, version in pinned().items()
        if installed.get(name, version) != version
    }
    assert not differing
    assert "pyyaml" in installed  # or the names are not those of the pins, and nothing was compared


def test_the_tests_run_what_the_extra_for_clusters_brings() -> None:
    content = read(ROOT / "pyproject.toml")
    assert {*content["project"]["optional-dependencies"]["cluster"]} <= {*content["dependency-groups"]["dev"]}
