"""Which program and libraries decide about figures, as they are here."""

from __future__ import annotations

import platform
from importlib.metadata import version

import planner

PACKAGES = ("pulp", "highspy", "pydantic", "numpy", "xlsxwriter")


def versions() -> dict[str, str]:
    """Versions of everything that decides about figures."""
    return {
        "planner": planner.__version__,
        "python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
    }
