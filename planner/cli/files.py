"""Verbs that write an input: a case file, a workbook to fill in, a starter case."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer


def export(
    workbook: Annotated[Path, typer.Argument(help="A plan.xlsx, or a case file.", metavar="PLAN.XLSX")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="The new case file, which must not stand there yet; the screen without it."
        ),
    ] = None,
) -> None:
    """Write the case of a workbook, with what was changed on Inputs, as a case file that needs no catalogue."""
    from planner.reading.budget import read_case  # noqa: PLC0415
    from planner.reading.case.text import case_text  # noqa: PLC0415
    from planner.report.files import replace_content  # noqa: PLC0415

    if output is not None:
        _require_new(output)
    reading = read_case(workbook)
    text = case_text(reading.case, reading.provenance)
    if output is None:
        typer.echo(text, nl=False)
        return
    replace_content(output, text.encode())
    typer.echo(f"wrote {output}")


def template(
    workbook: Annotated[Path, typer.Argument(help="The new workbook.", metavar="BUDGET.XLSX")],
    case: Annotated[
        Path | None, typer.Option("--case", help="Fill it with the figures of this case file or workbook.")
    ] = None,
) -> None:
    """Write an empty input workbook: fill it in with a spreadsheet program, then: plan BUDGET.XLSX."""
    from planner.errors import Fault, InputError, Place  # noqa: PLC0415
    from planner.reading.budget import read_case  # noqa: PLC0415
    from planner.report.template.book import write_template  # noqa: PLC0415

    if workbook.suffix.lower() != ".xlsx":
        found = f"a name that ends in '{workbook.suffix}'"
        raise InputError([Fault(Place(str(workbook)), "", found, "a name that ends in .xlsx")])
    _require_new(workbook)
    write_template(workbook, None if case is None else read_case(case))
    typer.echo(f"wrote {workbook}")
    typer.echo(f"next: fill it in, then run: plan check {workbook}")


def _require_new(path: Path) -> None:
    """Refuses to write over an input, which may be the work of days."""
    from planner.errors import Fault, InputError, Place  # noqa: PLC0415

    if os.path.lexists(path):
        remedy = "name a new file, or move this one away"
        raise InputError([Fault(Place(str(path)), "", "stands there already", "a new file", remedy)])


def init(
    folder: Annotated[Path, typer.Argument(help="Folder for the starter case.", metavar="DIR")],
) -> None:
    """Write a commented starter case and the hardware catalogue into a folder."""
    from planner.starter import write_starter  # noqa: PLC0415

    files = write_starter(folder)
    for file in files:
        typer.echo(f"wrote {file}")
    typer.echo(f"next: edit {files[0]}, then run: plan {files[0]}")
