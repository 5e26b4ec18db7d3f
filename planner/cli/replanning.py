"""The verb that plans again half-way."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import Budget, Gap, Html, Language, Quiet, Scenario, TimeLimit
from planner.cli.shares import share
from planner.defaults import GAP, TIME_LIMIT


def replan(
    context: typer.Context,
    budget: Budget,
    plan: Annotated[Path, typer.Option(help="The plan.xlsx of the plan that was made before.", metavar="PLAN.XLSX")],
    actuals: Annotated[
        Path,
        typer.Option(
            help="What happened since: the workbook of `plan template --actuals`, filled in.", metavar="ACTUALS.XLSX"
        ),
    ],
    as_of: Annotated[
        str,
        typer.Option("--as-of", help="The first month that is planned anew, the start of a period.", metavar="MONTH"),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; without it outputs/CASE/replan.")
    ] = None,
    scenario: Scenario = None,
    gap: Gap = GAP,
    time_limit: TimeLimit = TIME_LIMIT,
    language: Annotated[
        Language | None, typer.Option(help="Language of plan.xlsx and plan.html; without it that of the earlier plan.")
    ] = None,
    quiet: Quiet = False,
    html: Html = True,
    stay_close: Annotated[
        float | None,
        typer.Option(
            "--stay-close",
            help="How much worse than the best a plan may be that changes as little as can be, such as 5%.",
            parser=share,
            metavar="SHARE",
        ),
    ] = None,
) -> None:
    """Plan again half-way: what has happened is kept, the rest is planned anew, and the way between is told."""
    from planner.session.replan_work import Replan, run  # noqa: PLC0415

    asked = Replan(
        budget,
        plan,
        actuals,
        as_of,
        output,
        scenario,
        gap,
        time_limit,
        language,
        quiet,
        bool(context.obj),
        stay_close,
        html,
    )
    raise typer.Exit(run(asked))
