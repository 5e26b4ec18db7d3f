"""A budget, in either of its two forms: a case file, or the workbook of an earlier run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from planner.reading.case_file import Reading, read_case

WORKBOOK_SUFFIX = ".xlsx"


def read_budget(path: Path, scenario: str | None = None, overrides: Mapping[str, str] | None = None) -> Reading:
    """Reads a case from a case file, or from a workbook that an earlier run wrote; see ``read_case``.

    Raises:
        InputError: holds every fault, by line or by cell.
    """
    if path.suffix.lower() == WORKBOOK_SUFFIX:
        from planner.reading.workbook_file import read_workbook  # noqa: PLC0415 - the Excel library takes its time

        return read_workbook(path, scenario, overrides)
    return read_case(path, scenario, overrides)
