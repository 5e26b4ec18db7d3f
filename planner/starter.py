"""What ``plan init`` writes: a commented starter case, the hardware catalogue, and the schema for editors."""

from __future__ import annotations

import os
from pathlib import Path

from planner.errors import Fault, InputError, Place
from planner.reading.packaged import packaged
from planner.report.files import all_or_none, make_folder, replace_content

FILES = {"budget.yaml": "starter.yaml", "hardware.yaml": "hardware.yaml", "case.schema.json": "case.schema.json"}
"""Name in the new folder, and name of the file that comes with the program; the case first."""


def write_starter(folder: Path) -> list[Path]:
    """Writes the starter case into a folder; an existing file is never overwritten.

    Raises:
        InputError: a file of that name stands there already. WriteError: the folder cannot be written.
    """
    targets = [folder / name for name in FILES]
    standing = [target for target in targets if os.path.lexists(target)]
    if standing:
        remedy = "name a new folder, or move the files away"
        raise InputError(
            [Fault(Place(str(path)), "", "stands there already", "a new file", remedy) for path in standing]
        )
    make_folder(folder)
    with all_or_none():
        for target, source in zip(targets, FILES.values(), strict=True):
            replace_content(target, packaged(source).read_bytes())
    return targets
