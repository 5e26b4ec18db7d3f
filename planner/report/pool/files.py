"""Everything that a pool writes, put in place together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from planner.report.compare.tables import Section
from planner.report.compare.workbook import write_sections
from planner.report.files import all_or_none, clear_temporaries, make_folder, replace_content, require_room
from planner.report.page.plan_page import write_plan_page
from planner.report.page.pool_page import pool_page
from planner.report.pool.pool_file import pool_text
from planner.report.summary_file import write_summary
from planner.report.workbook.book import write_workbook
from planner.studies.pool.outcome import PoolOutcome

OFFICER = ("pool.xlsx", "pool.json", "pool.html")
OPERATOR = ("plan.xlsx", "plan.json", "plan.html")


def require_room_for_pool(folder: Path, operators: list[str]) -> None:
    """Refuses at once where results could not be written after a long search.

    Raises:
        WriteError: says why.
    """
    require_room(folder, OFFICER)
    for name in operators:
        require_room(folder / name, OPERATOR)


def pages_of(folder: Path, operators: Iterable[str]) -> list[Path]:
    """Where the pages of a pool stand."""
    return [folder / OFFICER[2], *(folder / name / OPERATOR[2] for name in operators)]


def write_pool(
    outcome: PoolOutcome, sections: Sequence[Section], folder: Path, language: str, *, html: bool = True
) -> list[Path]:
    """Writes a folder for each operator, and the officer's workbook, summary and page; all of them or none.

    Args:
        outcome: the plan of the pool.
        sections: the same as tables, in the language.
        folder: where the files go.
        language: of all of them.
        html: whether there are pages.

    Raises:
        WriteError: one could not be written; what stood there before is unchanged.
    """
    clear_temporaries(make_folder(folder))
    for name in outcome.members:
        clear_temporaries(make_folder(folder / name))
    book, text, page = (folder / name for name in OFFICER)
    with all_or_none():
        for name, member in outcome.members.items():
            write_workbook(member.outcome, folder / name / OPERATOR[0], language)
            write_summary(member.outcome, folder / name / OPERATOR[1])
            if html:
                write_plan_page(member.outcome, folder / name / OPERATOR[2], language)
        title = outcome.pool.title or outcome.pool.name
        run = outcome.input_hash[:12]
        write_sections(sections, book, title=title, currency=outcome.currency, run_id=run, language=language)
        replace_content(text, pool_text(outcome).encode())
        if html:
            replace_content(page, pool_page(outcome, sections, language).encode())
    return [book, text, *([page] if html else []), *(folder / name / OPERATOR[0] for name in outcome.members)]
