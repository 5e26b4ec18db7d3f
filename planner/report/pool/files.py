"""Everything that a pool writes, put in place together or not at all."""

from __future__ import annotations

from pathlib import Path

from planner.report.compare.workbook import write_sections
from planner.report.files import all_or_none, clear_temporaries, make_folder, replace_content, require_room
from planner.report.pool.pool_file import pool_text
from planner.report.pool.sections import sections_of
from planner.report.summary_file import write_summary
from planner.report.workbook.book import write_workbook
from planner.studies.pool.outcome import PoolOutcome

OFFICER = ("pool.xlsx", "pool.json")
OPERATOR = ("plan.xlsx", "plan.json")


def require_room_for_pool(folder: Path, operators: list[str]) -> None:
    """Refuses at once where results could not be written after a long search.

    Raises:
        WriteError: says why.
    """
    require_room(folder, OFFICER)
    for name in operators:
        require_room(folder / name, OPERATOR)


def write_pool(outcome: PoolOutcome, folder: Path, language: str) -> list[Path]:
    """Writes a folder for each operator, and the officer's workbook and summary; all of them or none.

    Raises:
        WriteError: one could not be written; what stood there before is unchanged.
    """
    clear_temporaries(make_folder(folder))
    for name in outcome.members:
        clear_temporaries(make_folder(folder / name))
    book, text = (folder / name for name in OFFICER)
    with all_or_none():
        for name, member in outcome.members.items():
            write_workbook(member.outcome, folder / name / OPERATOR[0], language)
            write_summary(member.outcome, folder / name / OPERATOR[1])
        title = outcome.pool.title or outcome.pool.name
        run = outcome.input_hash[:12]
        write_sections(sections_of(outcome), book, title=title, currency=outcome.currency, run_id=run)
        replace_content(text, pool_text(outcome).encode())
    return [book, text, *(folder / name / OPERATOR[0] for name in outcome.members)]
