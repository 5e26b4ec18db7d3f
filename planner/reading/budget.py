"""A budget, in any of its three forms: a case file, a filled template, or the workbook of an earlier run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from planner.reading.case.file import Reading, read_source
from planner.reading.xlsx.archive import looks_like_a_table


class Asker(Protocol):
    """Reads one budget again and again: with a scenario, and with overrides."""

    def __call__(self, scenario: str | None = None, overrides: Mapping[str, str] | None = None) -> Reading:
        """See ``read_case``."""
        ...


def budget_to_ask(path: Path) -> Asker:
    """A budget for many readings. A case file is opened and parsed but once, here; a workbook for each of them.

    Raises:
        InputError: the case file cannot be read to its end.
    """
    return partial(read_case, path) if looks_like_a_table(path) else read_source(path).reading


def read_case(
    path: Path | str, scenario: str | None = None, overrides: Mapping[str, str] | None = None, *, whole: bool = False
) -> Reading:
    """Reads a case from a case file, a filled template, or a workbook that an earlier run wrote.

    Args:
        path: of the file.
        scenario: name of a scenario of it that is applied; the case as it stands without one.
        overrides: what is changed further: new values as YAML text, by dotted path.
        whole: the cases that its scenarios make are checked as well, all of them.

    Raises:
        InputError: holds every fault of the file, its catalogue, the scenario and the overrides, by line or by cell.
    """
    path = Path(path)
    if not looks_like_a_table(path):
        return read_source(path).reading(scenario, overrides, whole=whole)
    from planner.reading.any_workbook import read_any_workbook  # noqa: PLC0415 - the Excel library takes its time

    return read_any_workbook(path, scenario, overrides, whole=whole)
