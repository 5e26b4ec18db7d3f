"""The verb that decides now what is right for many futures."""

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
from planner.defaults import GAP, LANGUAGES, ROBUST_GAP, TIME_LIMIT
from planner.errors import EXIT_NO_PROOF, Fault, InputError, Place

if TYPE_CHECKING:
    from planner.futures import Future
    from planner.reading.case.file import Reading


def robust(
    budget: Budget,
    decide_by: Annotated[
        str,
        typer.Option(
            "--decide-by",
            help="Last month, such as 2026-10, of what has to be decided before it is known how things turn out.",
            metavar="MONTH",
        ),
    ],
    futures: Annotated[
        int | None,
        typer.Option(
            "--futures",
            help="Futures to draw from `futures:` of the case; without it its scenarios with a weight.",
            min=1,
        ),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Where the draw begins; the seed of the case without it.")] = None,
    cvar: Annotated[
        float,
        typer.Option(help="Level of the tail: at 0.9 the worst tenth of all futures.", parser=share, metavar="LEVEL"),
    ] = 0.9,
    cvar_share: Annotated[
        float,
        typer.Option(
            "--cvar-share",
            help="How much the mean of the tail counts beside the expected value, as a share such as 0.5.",
            parser=share,
            metavar="SHARE",
        ),
    ] = 0.0,
    scenario: Scenario = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; without it outputs/CASE/robust.")
    ] = None,
    language: Annotated[Language | None, typer.Option(help="Language of robust.xlsx and robust.html.")] = None,
    gap: Gap = ROBUST_GAP,
    time_limit: TimeLimit = TIME_LIMIT,
    workers: Workers = None,
    cluster: Cluster = None,
    html: Html = True,
    tables: Tables = None,
    markdown: Markdown = False,
    json_: Json = False,
    quiet: Quiet = False,
) -> None:
    """Decide now what is right for many futures: one first stage for all of them, everything later adapts.

    Writes robust.xlsx, robust.json and robust.html: the first stage beside that of the plain plan, what it is worth,
    and why it is another. Stopped and started again, it goes on where it was.
    """
    from planner.holding import hold_plan  # noqa: PLC0415
    from planner.outcome import Risk  # noqa: PLC0415
    from planner.reading.budget import read_case  # noqa: PLC0415
    from planner.reading.month_option import month_option  # noqa: PLC0415
    from planner.report.live import live  # noqa: PLC0415
    from planner.report.page.robust_page import robust_page  # noqa: PLC0415
    from planner.report.robust.robust_file import robust_text  # noqa: PLC0415
    from planner.report.robust.sections import sections_of  # noqa: PLC0415
    from planner.report.voice import Voice  # noqa: PLC0415
    from planner.results.form import require_format  # noqa: PLC0415
    from planner.studies.robust.plan import Terms, robust_plan  # noqa: PLC0415
    from planner.studies.robust.ways import ways_of  # noqa: PLC0415

    require_format(tables)
    month, place = month_option("--decide-by", decide_by), cluster_of(cluster, workers)
    with live(console(stderr=True, quiet=quiet), "reading") as line:
        reading = read_case(budget, scenario=scenario)
        case = reading.case
        drawn, how = _futures(reading, futures, seed)
        terms = Terms(decide_by=month, hold=hold_plan, risk=Risk(cvar, cvar_share), gap=gap, options=how)
        ways_of(reading, drawn, month)  # refused before any folder is made
        folder = output or Path("outputs") / case.name / "robust"
        own = min(gap, GAP)
        with engine_for(
            folder, line, gap=own, time_limit=time_limit, workers=workers, cluster=place, quiet=quiet
        ) as engine:
            found = robust_plan(reading, drawn, terms, engine)
        line.tell("writing")
        told = language or reading.language or LANGUAGES[0]
        sections = sections_of(found, Voice(told, case.finance.currency))
        text = robust_text(found)
        title, run = f"{case.name}: robust", found.base.input_hash[:12]
        paper = Paper(folder, "robust", title, case.finance.currency, run, told, html, tables)
        paper.write(sections, text, partial(robust_page, found, sections), found)
    paper.show(sections, sections[:1], text, json=json_, markdown=markdown, quiet=quiet)
    if not found.within_gap:
        raise typer.Exit(EXIT_NO_PROOF)


def _futures(reading: Reading, count: int | None, seed: int | None) -> tuple[tuple[Future, ...], dict[str, str]]:
    """The futures that were asked for, and how they were drawn.

    Raises:
        InputError: the case has none.
    """
    from planner.futures import futures_of, named_futures  # noqa: PLC0415

    if count is not None:
        drawn = futures_of(reading, samples=count, seed=seed)
        begun = seed if seed is not None or reading.futures is None else reading.futures.seed
        return drawn, {"futures": str(count), "seed": str(begun)}
    found = named_futures(reading)
    if not found:
        place = reading.provenance.get("name")
        where = Place(place.file) if place else Place(reading.case.name)
        words = "the file has no futures: no scenario has a weight, and none were asked to be drawn"
        remedy = "give scenarios a `weight`, or draw futures from `futures:` of the file with --futures N"
        raise InputError([Fault(where, "futures", words, "", remedy)])
    return found, {}
