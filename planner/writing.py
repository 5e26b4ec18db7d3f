"""A plan becomes its files, plan.xlsx, plan.json and plan.html, as ``plan BUDGET`` writes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.case.quantities import shown
from planner.case.words import listed
from planner.errors import Fault, InputError, Place
from planner.explain.prices import with_prices
from planner.language import LANGUAGES
from planner.outcome import Outcome
from planner.report.files import all_or_none, clear_temporaries, folder_for, keep_copy
from planner.report.page.plan_page import write_plan_page
from planner.report.summary_file import write_summary
from planner.report.workbook.book import write_workbook
from planner.results.form import FOLDER, Format

NAMES = ("plan.xlsx", "plan.json", "plan.html")


def write(
    outcome: Outcome, folder: Path | str | None = None, *, language: str = LANGUAGES[0], html: bool = True
) -> list[Path]:
    """Writes a plan as plan.xlsx, plan.json and plan.html, all or none, with what its binding limits are worth.

    What stands there from an earlier run is replaced.

    Args:
        outcome: the plan.
        folder: where the files go; without it ``outputs/CASE``, or ``outputs/CASE/SCENARIO``.
        language: of workbook and page, 'en' or 'ja'.
        html: whether the page is written as well.

    Returns:
        The files.

    Raises:
        WriteError: they could not be written; what stood there is unchanged.
        InputError: there is no such language.
    """
    if language not in LANGUAGES:
        found = f"there is no workbook in the language {shown(language)}"
        raise InputError([Fault(Place("write"), "language", found, listed(LANGUAGES))])
    priced = outcome if outcome.prices is not None else with_prices(outcome)
    return write_files(priced, None if folder is None else Path(folder), language, html=html).files


@dataclass(frozen=True)
class Written:
    """What a run wrote."""

    files: list[Path]
    """The files, and the folder of tables."""
    kept: Path | None = None
    """The copy of the workbook that was planned from, where one was kept."""


def write_files(
    outcome: Outcome,
    folder: Path | None,
    language: str,
    planned_from: Path | None = None,
    *,
    html: bool = True,
    tables: Format | None = None,
) -> Written:
    """Writes workbook, summary, page and, in the form asked for, tables, all or none; a workbook that was planned from
    is not lost where it stood.
    """
    folder = folder_for(folder, outcome.case.name, outcome.scenario)
    clear_temporaries(folder)
    book, summary, page = (folder / name for name in NAMES)
    written, copy = [book, summary], None
    with all_or_none():
        if planned_from is not None and book.exists() and planned_from.exists() and book.samefile(planned_from):
            copy = keep_copy(book)
        write_workbook(outcome, book, language)
        write_summary(outcome, summary)
        if html:
            write_plan_page(outcome, page, language)
            written.append(page)
        if tables is not None:
            from planner.results.files import write_tables  # noqa: PLC0415 - knows every kind of study

            write_tables(outcome, folder, tables)
            written.append(folder / FOLDER)
    if copy is not None and copy.read_bytes() == book.read_bytes():
        copy.unlink()
        copy = None
    return Written(written, copy)
