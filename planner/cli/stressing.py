"""The verb that holds a plan in many futures."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.engine import cluster_of, engine_for
from planner.cli.options import (
    Budget,
    Cluster,
    Gap,
    Html,
    Json,
    Language,
    Markdown,
    Quiet,
    Scenario,
    Tables,
    TimeLimit,
    Workers,
    console,
)
from planner.cli.paper import Paper
from planner.cli.shares import share
from planner.defaults import BRIDGE_RATE, GAP, LANGUAGES, TIME_LIMIT
from planner.errors import EXIT_NO_PROOF
from planner.results.form import require_format

if TYPE_CHECKING:
    from planner.futures import Future
    from planner.reading.case.file import Reading

SAMPLES = 256


def stress(
    budget: Budget,
    samples: Annotated[int, typer.Option(help="Futures to draw; a power of two spreads best.", min=1)] = SAMPLES,
    seed: Annotated[int | None, typer.Option(help="Where the draw begins; the seed of the case without it.")] = None,
    replan: Annotated[
        bool, typer.Option("--replan", help="Also plan each future anew: what is it worth to know it?")
    ] = False,
    bridge_rate: Annotated[
        float,
        typer.Option(
            help="What cash that is missing costs a year while it is bridged, such as 20%; it decides what adapts.",
            parser=share,
            metavar="SHARE",
        ),
    ] = BRIDGE_RATE,
    scenario: Scenario = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; without it outputs/CASE/stress.")
    ] = None,
    language: Annotated[
        Language | None,
        typer.Option(help="Language of stress.xlsx and stress.html; without it that of the budget, else English."),
    ] = None,
    gap: Gap = GAP,
    time_limit: TimeLimit = TIME_LIMIT,
    workers: Workers = None,
    cluster: Cluster = None,
    html: Html = True,
    tables: Tables = None,
    markdown: Markdown = False,
    json_: Json = False,
    quiet: Quiet = False,
) -> None:
    """Hold the plan in many futures: what it comes to, which promises break, and what pulls most.

    The futures are those of `futures:` in the case file, and its scenarios with a weight. Stopped and started again, it
    goes on where it was.
    """
    from planner.holding import hold_plan  # noqa: PLC0415
    from planner.language import Speaker  # noqa: PLC0415
    from planner.reading.budget import read_case  # noqa: PLC0415
    from planner.report.live import live  # noqa: PLC0415
    from planner.report.page.stress_page import stress_page  # noqa: PLC0415
    from planner.report.stress.figures import future_figures  # noqa: PLC0415
    from planner.report.stress.sections import sections_of  # noqa: PLC0415
    from planner.report.stress.stress_file import stress_text  # noqa: PLC0415
    from planner.studies.stress import Terms  # noqa: PLC0415
    from planner.studies.stress import stress as study  # noqa: PLC0415

    require_format(tables)
    place = cluster_of(cluster, workers)
    with live(console(stderr=True, quiet=quiet), "reading") as line:
        reading = read_case(budget, scenario=scenario)
        drawn, pulls, begun = _futures(reading, samples, seed)
        case = reading.case
        folder = output or Path("outputs") / case.name / "stress"
        terms = Terms(hold=hold_plan, figures=future_figures, bridge_rate=bridge_rate, seed=begun, replan=replan)
        with engine_for(
            folder,
            line,
            gap=gap,
            time_limit=time_limit,
            workers=workers,
            cluster=place,
            quiet=quiet,
            beside_nothing=True,
        ) as engine:
            found = study(reading, drawn, pulls, engine, terms, line.tell)
        line.tell("writing")
        told = language or reading.language or LANGUAGES[0]
        sections, text = sections_of(found, Speaker(told)), stress_text(found)
        title, run = f"{case.name}: stress", found.base.input_hash[:12]
        paper = Paper(folder, "stress", title, case.finance.currency, run, told, html, tables)
        paper.write(sections, text, partial(stress_page, found, sections), found)
    paper.show(sections, sections[:-1], text, json=json_, markdown=markdown, quiet=quiet)
    if len(found.known) < len(found.futures):
        raise typer.Exit(EXIT_NO_PROOF)


def _futures(
    reading: Reading, samples: int, seed: int | None
) -> tuple[list[Future], list[tuple[str, Future, Future]], int]:
    """The futures of a case with their weights, one driver at a time, and where the draw began."""
    from planner.futures import futures_of, named_futures, one_at_a_time  # noqa: PLC0415
    from planner.studies.stress import together  # noqa: PLC0415

    stated, named = reading.case.futures, named_futures(reading)
    begun = seed if seed is not None else stated.seed if stated else 0
    if named and not stated:
        return list(named), [], begun
    drawn = futures_of(reading, samples=samples, seed=seed)
    return together(drawn, named), list(one_at_a_time(reading, readable=True)), begun
