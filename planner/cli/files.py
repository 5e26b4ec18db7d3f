"""Verbs that write an input: a case file, a workbook to fill in, a starter case."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import Language
from planner.defaults import LANGUAGES


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
    actuals: Annotated[
        Path | None,
        typer.Option(
            "--actuals", help="Write what happened beside this plan instead, for `plan replan`.", metavar="PLAN.XLSX"
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="With --actuals: the month up to which.", metavar="MONTH")
    ] = None,
    language: Annotated[Language, typer.Option(help="Language of its captions and notes.")] = LANGUAGES[0],
) -> None:
    """Write an empty input workbook: fill it in with a spreadsheet program, then: plan BUDGET.XLSX."""
    from planner.errors import Fault, InputError, Place  # noqa: PLC0415
    from planner.reading.budget import read_case  # noqa: PLC0415
    from planner.report.template.book import write_template  # noqa: PLC0415

    if workbook.suffix.lower() != ".xlsx":
        found = f"a name that ends in '{workbook.suffix}'"
        raise InputError([Fault(Place(str(workbook)), "", found, "a name that ends in .xlsx")])
    _require_new(workbook)
    if actuals is not None:
        _write_actuals(workbook, actuals, as_of, language)
        return
    write_template(workbook, None if case is None else read_case(case), language)
    typer.echo(f"wrote {workbook}")
    typer.echo(f"next: fill it in, then run: plan check {workbook}")


def _write_actuals(workbook: Path, plan: Path, as_of: str | None, language: str) -> None:
    """Writes the sheets for what happened up to a month, filled with what a plan had for it."""
    from planner.audit import audit  # noqa: PLC0415
    from planner.errors import Fault, InputError, Place  # noqa: PLC0415
    from planner.reading.month_option import month_option  # noqa: PLC0415
    from planner.reading.workbook.earlier import earlier_plan  # noqa: PLC0415
    from planner.report.actuals import Planned, write_actuals  # noqa: PLC0415

    if as_of is None:
        found, allowed = "is missing: up to which month?", "the first month of a period, such as 2026-10"
        raise InputError([Fault(Place("--as-of"), "", found, allowed)])
    month, earlier = month_option("--as-of", as_of), earlier_plan(plan)
    case = earlier.reading.case
    if month not in case.calendar.starts[1:]:
        allowed = f"the first month of a period of {plan.name} after the first"
        raise InputError([Fault(Place("--as-of"), "", f"no period starts in {month}", allowed)])
    planned = Planned(case, earlier.fingerprint, earlier.decisions, audit(case, earlier.decisions))
    write_actuals(workbook, planned, month, language)
    typer.echo(f"wrote {workbook}")
    typer.echo(f"next: fill it in, then run: plan replan BUDGET --plan {plan} --actuals {workbook} --as-of {month}")


def _require_new(path: Path) -> None:
    """Refuses to write over an input, which may be the work of days."""
    from planner.errors import Fault, InputError, Place  # noqa: PLC0415

    if os.path.lexists(path):
        remedy = "name a new file, or move this one away"
        raise InputError([Fault(Place(str(path)), "", "stands there already", "a new file", remedy)])


def _complete_example(incomplete: str) -> list[tuple[str, str]]:
    """What a shell offers behind --example."""
    from planner.starter import examples  # noqa: PLC0415

    return [(name, title) for name, title in examples().items() if name.startswith(incomplete)]


def init(
    folder: Annotated[Path, typer.Argument(help="Folder for the case.", metavar="DIR")],
    example: Annotated[
        str | None,
        typer.Option(
            help="A reference case instead of the starter case, such as sakura-2024; a wrong name lists them all.",
            autocompletion=_complete_example,
            metavar="NAME",
        ),
    ] = None,
) -> None:
    """Write a commented case with the hardware catalogue and a schema for editors into a folder."""
    from planner.starter import is_pool, write_starter  # noqa: PLC0415

    files = write_starter(folder, example)
    for file in files:
        typer.echo(f"wrote {file}")
    typer.echo(f"next: edit {files[0]}, then run: plan {'pool ' if is_pool(files[0]) else ''}{files[0]}")
