"""Where results of earlier runs stand, as far as that can be told before the case is read."""

from __future__ import annotations

import re
from pathlib import Path

from planner.defaults import BASE
from planner.session.options import Options

MOST_CHARACTERS = 100_000
"""How far the name of a case is looked for in a file that is not read as one."""


def likely_folder(options: Options) -> Path | None:
    """The folder that a run writes to, where its options or the text of its case file say so."""
    from planner.report.files import results_folder  # noqa: PLC0415

    if options.output is not None or options.scenario is not None:
        return options.output
    if not options.budget.is_file():  # what is no file, such as a pipe, might never end
        return None
    try:
        with options.budget.open(encoding="utf-8", errors="replace") as file:
            named = re.search(r"^name:[ \t]*([\w-]+)", file.read(MOST_CHARACTERS), re.MULTILINE)
    except OSError:
        return None
    return None if named is None else results_folder(None, named[1], BASE)
