"""Options that several verbs have: one word, one meaning, one line of help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from planner.cli.shares import share
from planner.results.form import Format

if TYPE_CHECKING:
    from rich.console import Console

Budget = Annotated[Path, typer.Argument(help="A case file, or the plan.xlsx of an earlier run.", metavar="BUDGET")]
Scenario = Annotated[str | None, typer.Option(help="A scenario of the case file.")]
Gap = Annotated[
    float,
    typer.Option(
        help="How far from the best plan the search may stop, as a share such as 0.001 or 0.1%.",
        parser=share,
        metavar="SHARE",
    ),
]
TimeLimit = Annotated[float, typer.Option(help="Seconds after which the search of one plan stops.", min=0.0)]
Language = Literal["en", "ja"]
"""Of workbooks and pages."""
Workers = Annotated[int | None, typer.Option(help="Plans made at the same time; one a core without it.", min=1)]
Cluster = Annotated[
    str | None,
    typer.Option(
        help="Make the runs on a Dask cluster instead: tcp://HOST:PORT of its scheduler, or local:N for N processes "
        "here.",
        metavar="ADDRESS",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the summary as JSON instead of text.")]
Tables = Annotated[
    Format | None,
    typer.Option(
        help="Also write every table, tidy and with units, into the folder tables: csv, with a description for "
        "programs, or parquet."
    ),
]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print Markdown, for a pull request.")]
Html = Annotated[bool, typer.Option("--html/--no-html", help="Write the page to look at beside the workbook, or not.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse what is only warned about, with exit status 2.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def console(*, stderr: bool = False, quiet: bool = False) -> Console:
    """Where a verb prints."""
    from planner.report.screen import screen  # noqa: PLC0415

    return screen(stderr=stderr, quiet=quiet)
