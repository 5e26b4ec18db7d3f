"""What a verb about many plans hands over: files, and what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.options import console
from planner.supervisor.streams import put_out

if TYPE_CHECKING:
    from planner.report.compare.tables import Section


@dataclass(frozen=True)
class Paper:
    """The results of a study: where they go and what they are called."""

    folder: Path
    stem: str
    title: str
    currency: str
    run_id: str
    language: str = "en"
    """Of the sections."""

    def write(self, sections: Sequence[Section], text: str) -> None:
        """Writes them as JSON and as a workbook."""
        from planner.report.compare.workbook import write_sections  # noqa: PLC0415
        from planner.report.files import replace_content  # noqa: PLC0415

        book, summary = self._files
        replace_content(summary, text.encode())
        about = {"title": self.title, "currency": self.currency, "run_id": self.run_id}
        write_sections(sections, book, language=self.language, **about)

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

        if json or markdown:
            page = text if json else as_markdown(self.title, sections, self.currency)
            put_out(page)
        elif not quiet:
            terminal.show(headlines, self.currency, console(), list(self._files))

    @property
    def _files(self) -> tuple[Path, Path]:
        return self.folder / f"{self.stem}.xlsx", self.folder / f"{self.stem}.json"
