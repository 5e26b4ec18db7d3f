"""A budget, in any of its three forms: a case file, a filled template, or the workbook of an earlier run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from planner.reading.case.file import Reading, read_case, read_source
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
    return partial(read_budget, path) if looks_like_a_table(path) else read_source(path).reading


def read_budget(
    path: Path, scenario: str | None = None, overrides: Mapping[str, str] | None = None, *, whole: bool = False
) -> Reading:
    """Reads a case from a case file, a filled template, or a workbook that an earlier run wrote; see ``read_case``.

    Raises:
        InputError: holds every fault, by line or by cell.
    """
    if not looks_like_a_table(path):
        return read_case(path, scenario, overrides, whole=whole)
    from planner.reading.any_workbook import read_any_workbook  # noqa: PLC0415 - the Excel library takes its time

    return read_any_workbook(path, scenario, overrides, whole=whole)
