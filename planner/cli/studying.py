"""Verbs about many plans of one case: compare scenarios, find where the plan turns."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

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
from planner.cli.paper import PLANS, Paper
from planner.defaults import BASE, GAP, LANGUAGES, TIME_LIMIT
from planner.errors import EXIT_ANSWER_IS_NO, EXIT_NO_PROOF
from planner.results.form import require_format


def compare(
    budget: Budget,
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(help="Scenarios of the file; all of them without any.", metavar="[SCENARIO]..."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; without it outputs/CASE/compare.")
    ] = None,
    additionality: Annotated[
        bool, typer.Option("--additionality", help="Also plan without each programme: what does it bring about?")
    ] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", help="Fail where a plan meets this, such as 'npv < 0'.", metavar="CONDITION"),
    ] = None,
    language: Annotated[
        Language | None,
        typer.Option(help="Language of compare.xlsx and compare.html; without it that of the budget, else English."),
    ] = None,
    gap: Gap = GAP,
    time_limit: TimeLimit = TIME_LIMIT,
    workers: Workers = None,
    cluster: Cluster = None,
    tables: Tables = None,
    plans: Annotated[
        bool,
        typer.Option(
            "--plans/--no-plans",
            help="Write plan.xlsx, plan.json and plan.html of each scenario as well, into plans/SCENARIO, or not.",
        ),
    ] = True,
    html: Html = True,
    markdown: Markdown = False,
    json_: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compare scenarios with the base: what changes, what binds, and why one is worth more.

    Writes compare.xlsx, compare.json and compare.html, and what `plan --scenario SCENARIO` writes into plans/SCENARIO,
    that of the base into plans/base.

    Stopped and started again, it goes on where it was.
    """
    from planner.explain.prices import with_prices  # noqa: PLC0415
    from planner.report.compare import comparison as report  # noqa: PLC0415
    from planner.report.compare.comparison_file import comparison_text  # noqa: PLC0415
    from planner.report.compare.conditions import Conditions  # noqa: PLC0415
    from planner.report.files import tell_left  # noqa: PLC0415
    from planner.report.live import live  # noqa: PLC0415
    from planner.report.page.compare_page import compare_page  # noqa: PLC0415
    from planner.report.voice import Voice  # noqa: PLC0415
    from planner.studies.compare import compare_tasks, read_all  # noqa: PLC0415
    from planner.writing import NAMES  # noqa: PLC0415

    require_format(tables)
    place = cluster_of(cluster, workers)
    with live(console(stderr=True, quiet=quiet), "reading") as line:
        tasks, titles, spoken = read_all(budget, scenarios or [], base_alone=additionality)
        case = tasks[0].case
        conditions = Conditions.of(fail_on or [], case)
        folder = output or Path("outputs") / case.name / "compare"
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
            comparison = compare_tasks(tasks, engine, titles=titles, with_additionality=additionality)
            line.tell("what binding limits are worth")
            priced = {name: with_prices(outcome) for name, outcome in comparison.plans} if plans else {}
        line.tell("comparing and writing")
        told = language or spoken or LANGUAGES[0]
        voice, met = Voice(told, case.finance.currency), conditions.met(comparison)
        sections = report.sections(comparison, voice, with_plans=plans)
        text = comparison_text(comparison, met)
        title, run = voice("{case} compared", case=case.name), comparison.base.input_hash[:12]
        paper = Paper(folder, "compare", title, case.finance.currency, run, told, html, tables, priced)
        paper.write(sections, text, partial(compare_page, comparison, sections), comparison)
    for name in (BASE, *(one.name for one in comparison.scenarios)):
        not_written = NAMES if name not in priced else () if html else NAMES[2:]
        tell_left(*(folder / PLANS / name / file for file in not_written), quiet=quiet)
    shown = [section for section in sections if section.on_screen]
    paper.show(sections, shown, text, json=json_, markdown=markdown, quiet=quiet)
    conditions.raise_for(met)
    if any(one.run.outcome is None and one.run.proven for one in comparison.scenarios):
        raise typer.Exit(EXIT_ANSWER_IS_NO)
    if not comparison.all_proven:
        raise typer.Exit(EXIT_NO_PROOF)


def frontier(
    budget: Budget,
    vary: Annotated[
        list[str], typer.Option("--vary", help="Input by path, such as programmes.meti.rate; twice for a map.")
    ],
    from_: Annotated[list[str], typer.Option("--from", help="First value, such as '20 %'; one for each --vary.")],
    to: Annotated[list[str], typer.Option("--to", help="Last value; one for each --vary.")],
    event: Annotated[
        str,
        typer.Option(
            help="What counts as a turn: 'decisions' (any whole decision), 'choices' (what is chosen at all), "
            "'NAME opens|joined|bought|built', or a condition such as 'npv > 0'."
        ),
    ] = "decisions",
    scenario: Scenario = None,
    points: Annotated[int, typer.Option(help="Plans to begin with, at equal distances.", min=2)] = 9,
    lines: Annotated[int, typer.Option(help="Values of the second input of a map.", min=2)] = 7,
    most_runs: Annotated[int, typer.Option("--most-runs", help="Plans after which the search stops.", min=2)] = 300,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; without it outputs/CASE/frontier.")
    ] = None,
    language: Annotated[
        Language | None,
        typer.Option(help="Language of frontier.xlsx and frontier.html; without it that of the budget, else English."),
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
    """Find the values of an input at which the plan turns, such as the smallest rate at which a site opens.

    Every turn is narrowed down and planned on both sides. Stopped and started again, the search goes on where it was.
    """
    from planner.report.compare import frontier as report  # noqa: PLC0415
    from planner.report.compare.figures import figure_names, figures_of  # noqa: PLC0415
    from planner.report.live import live  # noqa: PLC0415
    from planner.report.page.frontier_page import frontier_page  # noqa: PLC0415
    from planner.report.voice import Voice  # noqa: PLC0415
    from planner.studies.frontier.events import event_of  # noqa: PLC0415
    from planner.studies.frontier.frontier import frontier as search  # noqa: PLC0415
    from planner.studies.frontier.parameter import parameters_of, reader_of  # noqa: PLC0415

    require_format(tables)
    place = cluster_of(cluster, workers)
    with live(console(stderr=True, quiet=quiet), "reading") as line:
        reader = reader_of(budget, scenario)
        reading = reader({})
        case = reading.case
        turn = event_of(event, case, figure_names(), figures_of)
        parameters = parameters_of(vary, from_, to, reader)
        folder = output or Path("outputs") / case.name / "frontier"
        with engine_for(
            folder, line, gap=gap, time_limit=time_limit, workers=workers, cluster=place, quiet=quiet
        ) as engine:
            found = search(reader, parameters, turn, engine, points=points, lines=lines, most_runs=most_runs)
        line.tell("writing")
        told = language or reading.language or LANGUAGES[0]
        voice = Voice(told, case.finance.currency)
        sections, text = report.sections(found, voice), report.frontier_text(found)
        title, run = voice("{case}: frontier", case=case.name), found.base.input_hash[:12]
        paper = Paper(folder, "frontier", title, case.finance.currency, run, told, html, tables)
        paper.write(sections, text, partial(frontier_page, found, sections), found)
    paper.show(sections, sections[:1], text, json=json_, markdown=markdown, quiet=quiet)
    if not found.narrowed_down:
        raise typer.Exit(EXIT_NO_PROOF)
