"""Verbs that say why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.options import Budget, Gap, Scenario, TimeLimit
from planner.cli.shares import share
from planner.defaults import GAP, TIME_LIMIT

if TYPE_CHECKING:
    from planner.session.answering import Question


def explain(
    context: typer.Context,
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
    from planner.session.answering import Explain  # noqa: PLC0415

    _answered(Explain(budget, scenario, gap, time_limit, bool(context.obj), why_not, confirm))


def alternatives(
    context: typer.Context,
    budget: Budget,
    within: Annotated[
        float,
        typer.Option(
            help="How much worse a plan may be, as a share of the objective such as 1%.", parser=share, metavar="SHARE"
        ),
    ] = 0.01,
    tag: Annotated[str | None, typer.Option(help="The dependence to avoid; without it the one with most spend.")] = (
        None
    ),
    seconds: Annotated[float, typer.Option(help="Seconds for each of the searches.", min=1.0)] = 30.0,
    scenario: Scenario = None,
    gap: Gap = GAP,
    time_limit: TimeLimit = TIME_LIMIT,
) -> None:
    """Show plans almost as good that differ most, what every good plan buys, and what none does."""
    from planner.session.answering import Choose  # noqa: PLC0415

    _answered(Choose(budget, scenario, gap, time_limit, bool(context.obj), within, tag, seconds))


def _answered(question: Question) -> None:
    from planner.session.answering import run  # noqa: PLC0415

    raise typer.Exit(run(question))
