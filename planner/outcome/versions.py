"""Which program and libraries decide about figures, as they are here."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version

from planner.version import __version__

PACKAGES = ("pulp", "highspy", "pydantic", "numpy", "xlsxwriter")


def versions() -> dict[str, str]:
    """Versions of everything that decides about figures."""
    return {
        "planner": __version__,
        "python": platform.python_version(),
        **{package: _installed(package) for package in PACKAGES},
    }


@cache
def _installed(package: str) -> str:
    """The version of a package; reading it takes as long as planning a small case."""
    return version(package)
