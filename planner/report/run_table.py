"""With what a study was run: versions and options, as a table."""

from __future__ import annotations

from collections.abc import Mapping

from planner.report.compare.tables import Table, columns
from planner.report.voice import Voice
from planner.vocabulary.message import say

EACH_SEARCH = " s for each search"
"""How a time limit ends that every search has for itself."""


def run_table(versions: Mapping[str, str], options: Mapping[str, str], voice: Voice) -> Table:
    """Versions of the program and of what it runs on, then what was asked for."""
    rows = [(voice(name), value) for name, value in sorted(versions.items())]
    rows += [(voice(name), _value(value, voice)) for name, value in sorted(options.items())]
    return Table(voice("Versions and options"), columns("text", *map(voice, ("of", "value"))), tuple(rows), wide=True)


def _value(value: str, voice: Voice) -> str:
    if value.endswith(EACH_SEARCH):
        return voice(say(f"{{seconds}}{EACH_SEARCH}", seconds=value.removesuffix(EACH_SEARCH)))
    return value
