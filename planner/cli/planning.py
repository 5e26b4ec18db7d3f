"""Verbs about one case: plan it, check it, verify a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from planner.cli.options import Budget, Gap, Html, Json, Language, Quiet, Scenario, Strict, Tables, TimeLimit
from planner.defaults import GAP, TIME_LIMIT

Objective = Literal["npv", "equity", "compute", "cost"]
"""What the plan makes as good as it can."""


def run(
    context: typer.Context,
    budget: Budget,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Folder for the results; without it outputs/CASE, or outputs/CASE/SCENARIO."
        ),
    ] = None,
    objective: Annotated[Objective | None, typer.Option(help="Replaces the objective of the case.")] = None,
    gap: Gap = GAP,
    time_limit: TimeLimit = TIME_LIMIT,
    scenario: Scenario = None,
    json_: Json = False,
    language: Annotated[
        Language | None,
        typer.Option(
            help="Language of workbook and page; without it that of the workbook that is planned from, else English."
        ),
    ] = None,
    sensitivity: Annotated[
        Literal["held", "all"] | None,
        typer.Option(
            help="Also move each lever of the case alone, lower and higher: with the plan held there, or all: with "
            "another plan made there as well, which takes as long as so many plans."
        ),
    ] = None,
    html: Html = True,
    tables: Tables = None,
    quiet: Quiet = False,
    strict: Strict = False,
    freeze: Annotated[
        Path | None,
        typer.Option(help="Keep what this plan.xlsx or plan.json decided up to --until, and plan around it."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="The month up to which --freeze keeps what was decided.", metavar="MONTH")
    ] = None,
) -> None:
    """Plan a case: the best plan, proved, in the terminal, as plan.xlsx, plan.json and plan.html."""
    from planner.session.options import Options  # noqa: PLC0415
    from planner.session.session import run as run_watched  # noqa: PLC0415

    options = Options(
        budget=budget,
        output=output,
        objective=objective,
        gap=gap,
        time_limit=time_limit,
        scenario=scenario,
        json=json_,
        language=language,
        sensitivity=sensitivity,
        html=html,
        quiet=quiet,
        debug=bool(context.obj),
        strict=strict,
        freeze=freeze,
        until=until,
        tables=tables,
    )
    raise typer.Exit(run_watched(options))


def check(
    budget: Budget,
    scenario: Scenario = None,
    strict: Strict = False,
) -> None:
    """Check a case file without solving: every mistake at once, and what is most likely not meant, each with its line
    and its remedy."""
    from planner.case.words import counted  # noqa: PLC0415
    from planner.cautions import cautions_of  # noqa: PLC0415
    from planner.errors import WarnedError, number_of_warnings, warnings_words  # noqa: PLC0415
    from planner.reading.budget import read_case  # noqa: PLC0415

    reading = read_case(budget, scenario=scenario, whole=scenario is None)
    if reading.futures is not None and reading.futures.names:
        from planner.futures import require_readable  # noqa: PLC0415

        require_readable(reading)
    cautions = cautions_of(reading, budget)
    if cautions and strict:
        raise WarnedError(cautions)
    if cautions:
        typer.echo(warnings_words(cautions), err=True)
    warned = f", {number_of_warnings(cautions)}" if cautions else ""
    case, calendar = reading.case, reading.case.calendar
    last = calendar.label(calendar.periods - 1)
    typer.echo(
        f"{budget}: no mistakes found{warned}. {case.name}: {counted(calendar.periods, 'period')}, "
        f"{calendar.label(0)} to {last}; "
        f"{counted(len(case.offers), 'offer')} of {counted(len(case.systems), 'system')}, "
        f"{counted(len(case.sites), 'site')}, {counted(len(case.expansions), 'expansion')}, "
        f"{counted(len(case.workloads), 'workload')}, {counted(len(case.programmes), 'programme')}, "
        f"{counted(len(case.scenarios), 'scenario')}"
    )


def verify(
    context: typer.Context,
    plan: Annotated[Path, typer.Argument(help="A plan.xlsx, or a plan.json.", metavar="PLAN")],
    case: Annotated[
        Path | None,
        typer.Option("--case", help="The case of a plan.json; without it that of the plan.xlsx beside it."),
    ] = None,
    prove: Annotated[
        bool, typer.Option("--prove", help="Search again from this plan, and confirm its bound or refute it.")
    ] = False,
    time_limit: TimeLimit = TIME_LIMIT,
) -> None:
    """Work a finished plan out again: do its limits hold, do its figures and its proof agree, was an input changed?"""
    from planner.session.checking import Check  # noqa: PLC0415
    from planner.session.checking import run as run_check  # noqa: PLC0415

    raise typer.Exit(run_check(Check(plan, case, prove, time_limit, bool(context.obj))))
