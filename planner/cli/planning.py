"""Verbs about one case: plan it, check it, verify a plan."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import Budget, Gap, Json, Quiet, Scenario, TimeLimit, console
from planner.defaults import GAP, TIME_LIMIT
from planner.errors import EXIT_ANSWER_IS_NO


class Objective(StrEnum):
    """What the plan makes as good as it can."""

    NPV = "npv"
    COMPUTE = "compute"
    COST = "cost"


class Language(StrEnum):
    """Languages of the workbook."""

    ENGLISH = "en"
    JAPANESE = "ja"


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
        typer.Option(help="Language of plan.xlsx; without it that of the workbook that is planned from, else English."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Plan a case: the best plan, proved, in the terminal, as plan.xlsx and as plan.json."""
    from planner.session.options import Options  # noqa: PLC0415
    from planner.session.session import run as run_watched  # noqa: PLC0415

    options = Options(
        budget=budget,
        output=output,
        objective=None if objective is None else objective.value,
        gap=gap,
        time_limit=time_limit,
        scenario=scenario,
        json=json_,
        language=None if language is None else language.value,
        quiet=quiet,
        debug=bool(context.obj),
    )
    status = run_watched(options)
    if status:
        raise typer.Exit(status)


def check(
    budget: Budget,
    scenario: Scenario = None,
) -> None:
    """Check a case file without solving: every mistake at once, each with its line and its remedy."""
    from planner.case.words import counted  # noqa: PLC0415
    from planner.reading.budget import read_budget  # noqa: PLC0415

    reading = read_budget(budget, scenario=scenario, whole=scenario is None)
    case, calendar = reading.case, reading.case.calendar
    last = calendar.label(calendar.periods - 1)
    typer.echo(
        f"{budget}: no mistakes found. {case.name}: {counted(calendar.periods, 'period')}, "
        f"{calendar.label(0)} to {last}; "
        f"{counted(len(case.offers), 'offer')} of {counted(len(case.systems), 'system')}, "
        f"{counted(len(case.sites), 'site')}, {counted(len(case.expansions), 'expansion')}, "
        f"{counted(len(case.workloads), 'workload')}, {counted(len(case.programmes), 'programme')}, "
        f"{counted(len(case.scenarios), 'scenario')}"
    )


def verify(
    workbook: Annotated[Path, typer.Argument(help="A plan.xlsx.", metavar="PLAN.XLSX")],
) -> None:
    """Work the plan of a workbook out again: do its limits hold, does its value agree, was an input changed since?"""
    from planner.report.live import live  # noqa: PLC0415
    from planner.verify import verify_workbook  # noqa: PLC0415

    with live(console(stderr=True), "reading and working out again"):
        verdict = verify_workbook(workbook)
    typer.echo("\n".join(verdict.words))
    if not verdict.holds:
        raise typer.Exit(EXIT_ANSWER_IS_NO)
