"""Which of the two workbooks that hold a case a file is: a filled template, or the result of an earlier run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from planner.language import LANGUAGES, sheet_title
from planner.reading.case.file import Reading
from planner.reading.template.file import read_template
from planner.reading.template.tables import CASE, READ_ME
from planner.reading.workbook.file import read_workbook
from planner.reading.xlsx.book import sheets_of


def read_any_workbook(
    path: Path, scenario: str | None = None, overrides: Mapping[str, str] | None = None, *, whole: bool = False
) -> Reading:
    """Reads the case of a workbook of either kind; see ``read_case``.

    Raises:
        InputError: holds every fault, by cell.
    """
    names = sheets_of(path)
    of_templates = {sheet_title(code, sheet) for code in LANGUAGES for sheet in (READ_ME, CASE)}
    read = read_workbook if of_templates.isdisjoint(names) else read_template
    return read(path, scenario, overrides, whole=whole)
