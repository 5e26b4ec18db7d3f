"""Files that come with the program: in the package where it is installed, in ``inputs/`` where it is a checkout."""

from __future__ import annotations

from pathlib import Path

STARTER, CATALOGUE = "starter.yaml", "hardware.yaml"
"""The case to begin with, and the hardware that a case names."""
_PACKAGE = Path(__file__).resolve().parent.parent
_FOLDERS = (_PACKAGE / "inputs", _PACKAGE.parent / "inputs")


def packaged(name: str) -> Path:
    """Where a file that comes with the program lies.

    Raises:
        FileNotFoundError: the program was installed without it.
    """
    for folder in _FOLDERS:
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"{name} did not come with the program")
