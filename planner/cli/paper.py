"""What a verb about many plans hands over: files, and what is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.options import console
from planner.defaults import LANGUAGES
from planner.supervisor.streams import put_out

if TYPE_CHECKING:
    from planner.outcome import Outcome
    from planner.report.compare.tables import Section
    from planner.results.every_table import Result
    from planner.results.form import Format

PLANS = "plans"
"""Folder of plans beside the results of a study."""


@dataclass(frozen=True)
class Paper:
    """The results of a study: where they go and what they are called."""

    folder: Path
    stem: str
    title: str
    currency: str
    run_id: str
    language: str = LANGUAGES[0]
    """Of the sections."""
    html: bool = True
    """Whether there is a page of them as well."""
    tables: Format | None = None
    """The form of tidy tables beside them, where some were asked for."""
    plans: Mapping[str, Outcome] = field(default_factory=dict)
    """Plans that get a folder each, with what the limits that bind are worth."""

    def write(
        self, sections: Sequence[Section], text: str, page: Callable[[str], str], result: Result | None = None
    ) -> None:
        """Writes them as JSON, as a workbook, as a page, which is made in the language of the sections, and as tables,
        all or none.
        """
        from planner.report.compare.workbook import write_sections  # noqa: PLC0415
        from planner.report.files import all_or_none, replace_content  # noqa: PLC0415
        from planner.writing import write_files  # noqa: PLC0415

        book, summary, *pages = self._files
        about = {"title": self.title, "currency": self.currency, "run_id": self.run_id}
        with all_or_none():
            replace_content(summary, text.encode())
            write_sections(sections, book, language=self.language, **about)
            for one in pages:
                replace_content(one, page(self.language).encode())
            for name, outcome in self.plans.items():
                write_files(outcome, self.folder / PLANS / name, self.language, html=self.html)
            if self.tables is not None and result is not None:
                from planner.results.files import write_tables  # noqa: PLC0415

                write_tables(result, self.folder, self.tables)

    def show(
        self,
        sections: Sequence[Section],
        headlines: Sequence[Section],
        text: str,
        *,
        json: bool,
        markdown: bool,
        quiet: bool,
    ) -> None:
        """Prints them: as JSON or Markdown as a whole, in the terminal the headlines."""
        from planner.report.compare import terminal  # noqa: PLC0415
        from planner.report.compare.markdown import markdown as as_markdown  # noqa: PLC0415
        from planner.report.files import tell_left  # noqa: PLC0415

        if not self.html:
            tell_left(self.folder / f"{self.stem}.html", quiet=quiet)
        if json or markdown:
            page = text if json else as_markdown(self.title, sections, self.currency, self.language)
            put_out(page)
        elif not quiet:
            books = [self.folder / PLANS / name / "plan.xlsx" for name in self.plans]
            terminal.show(headlines, self.currency, console(), [*self._files, *books], self.language)

    @property
    def _files(self) -> list[Path]:
        ends = ("xlsx", "json", "html") if self.html else ("xlsx", "json")
        return [self.folder / f"{self.stem}.{end}" for end in ends]
