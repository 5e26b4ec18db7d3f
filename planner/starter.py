"""What ``plan init`` writes: a case with what it needs, the commented starter or one of the reference cases."""

from __future__ import annotations

import os
import re
from pathlib import Path

from planner.case.words import listed, nearest_first, spelling_hint
from planner.defaults import BUDGET
from planner.errors import Fault, InputError, Place
from planner.reading.packaged import CATALOGUE, STARTER, packaged
from planner.report.files import all_or_none, make_folder, replace_content

SCHEMA, FACTS = "case.schema.json", "facts.csv"


def examples() -> dict[str, str]:
    """The reference cases that come with the program, and the title of each."""
    found = {}
    for path in sorted(packaged(STARTER).parent.glob("*.yaml")):
        title = re.search(r"^title: *(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        if path.name not in (STARTER, CATALOGUE) and title:
            found[path.stem] = title[1].strip("\"'")
    return found


def is_pool(file: Path) -> bool:
    """Whether a reference case is one of several operators, which another verb plans."""
    return "\noperators:" in file.read_text(encoding="utf-8")


def write_starter(folder: Path, example: str | None = None) -> list[Path]:
    """Writes a case into a folder, with the hardware catalogue, the schema for editors and, for a reference case, the
    facts that its sources name.

    Args:
        folder: where to; an existing file is never overwritten, and what stands there as it comes along is left alone.
        example: a reference case, under its own name; without one the starter case, as budget.yaml.

    Returns:
        The files; the case first.

    Raises:
        InputError: there is no such reference case, or a file of that name stands there already.
        WriteError: the folder cannot be written.
    """
    if example is None:
        sources = {BUDGET: STARTER, CATALOGUE: CATALOGUE, SCHEMA: SCHEMA}
    else:
        sources = {name: name for name in (_file_of(example), CATALOGUE, SCHEMA, FACTS)}
    contents = {folder / name: packaged(source).read_bytes() for name, source in sources.items()}
    kept = [path for path in [*contents][1:] if os.path.isfile(path) and path.read_bytes() == contents[path]]  # noqa: PTH113 - a name may be too long
    standing = [path for path in contents if os.path.lexists(path) and path not in kept]
    if standing:
        remedy = "name a new folder, or move the files away"
        raise InputError(
            [Fault(Place(str(path)), "", "stands there already", "a new file", remedy) for path in standing]
        )
    make_folder(folder)
    with all_or_none():
        for path, content in contents.items():
            if path not in kept:
                replace_content(path, content)
    return [path for path in contents if path not in kept]


def _file_of(example: str) -> str:
    known = examples()
    if example not in known:
        found, allowed = f"there is no reference case '{example}'", listed(nearest_first(example, known))
        raise InputError([Fault(Place("--example"), "", found, allowed, spelling_hint(example, known))])
    return f"{example}.yaml"
