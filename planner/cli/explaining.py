"""Verbs that say why."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.options import Budget, Gap, Scenario, TimeLimit
from planner.defaults import GAP, TIME_LIMIT


def explain(
    budget: Budget,
    why_not: Annotated[
        str | None,
        typer.Option("--why-not", help="A system or an offer and a site, such as gb200@tokyo.", metavar="NAME@SITE"),
    ] = None,
    confirm: Annotated[
        int, typer.Option(help="How many prices to confirm by planning again with one unit more.", min=0)
    ] = 3,
    scenario: Scenario = None,
    gap: Gap = GAP,
    time_limit: TimeLimit = TIME_LIMIT,
) -> None:
    """Explain a plan: which limits bind, what one unit more is worth, and why a system was bought or not."""
    from planner.explain.answers import asked_why_not, explained  # noqa: PLC0415
    from planner.plan import plan_case, plan_file  # noqa: PLC0415

    outcome = plan_file(budget, scenario=scenario, gap=gap, time_limit=time_limit)
    if why_not is None:
        lines = explained(outcome, plan_case, confirm=confirm, gap=gap, seconds=time_limit)
    else:
        lines = asked_why_not(outcome, why_not, gap=gap, seconds=time_limit)
    for line in lines:
        typer.echo(line)


def alternatives(
    budget: Budget,
    within: Annotated[
        str, typer.Option(help="How much worse a plan may be, as a share of the objective.", metavar="SHARE")
    ] = "1%",
    tag: Annotated[str | None, typer.Option(help="The dependence to avoid; without it the one with most spend.")] = (
        None
    ),
    seconds: Annotated[float, typer.Option(help="Seconds for each of the searches.", min=1.0)] = 30.0,
    scenario: Scenario = None,
    gap: Gap = GAP,
    time_limit: TimeLimit = TIME_LIMIT,
) -> None:
    """Show plans almost as good that differ most, what every good plan buys, and what none does."""
    from planner.explain.answers import room_to_choose, share_of  # noqa: PLC0415
    from planner.plan import plan_file  # noqa: PLC0415

    share = share_of(within)
    outcome = plan_file(budget, scenario=scenario, gap=gap, time_limit=time_limit)
    for line in room_to_choose(outcome, within=share, tag=tag, seconds=seconds):
        typer.echo(line)
