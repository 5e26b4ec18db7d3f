"""The verb about several operators."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.engine import cluster_of
from planner.cli.options import Cluster, Gap, Html, Language, Quiet, Tables, TimeLimit
from planner.defaults import LANGUAGES, POOL_GAP, TIME_LIMIT


def pool(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A pool file.", metavar="POOL")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; without it outputs/POOL.")
    ] = None,
    gap: Gap = POOL_GAP,
    time_limit: TimeLimit = TIME_LIMIT,
    cluster: Cluster = None,
    only_check: Annotated[bool, typer.Option("--check", help="Only check the file; plan and write nothing.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print pool.json instead of text.")] = False,
    language: Annotated[Language, typer.Option(help="Language of workbooks and pages, and of the screen.")] = LANGUAGES[
        0
    ],
    html: Html = True,
    tables: Tables = None,
    quiet: Quiet = False,
) -> None:
    """Plan several operators that share programmes and supply: what is best for all, and what each would do by itself.

    On a cluster, what each would do by itself is planned side by side; the plan of all together is made here.

    Writes pool.xlsx, pool.json and pool.html, and a folder with plan.xlsx, plan.json and plan.html for each operator.
    """
    from planner.session.options import PoolOptions  # noqa: PLC0415
    from planner.session.pool import run_pool  # noqa: PLC0415

    options = PoolOptions(
        pool=file,
        output=output,
        gap=gap,
        time_limit=time_limit,
        json=json_,
        language=language,
        html=html,
        tables=tables,
        quiet=quiet,
        check=only_check,
        debug=bool(context.obj),
        cluster=cluster_of(cluster),
    )
    raise typer.Exit(run_pool(options))
