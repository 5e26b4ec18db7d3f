"""How a verb about many plans has its runs made: where, side by side, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.options import console
from planner.cli.stopped import keeping_runs, settings_folder
from planner.cli.usage import WrongUsageError
from planner.errors import Fault, InputError, Place

if TYPE_CHECKING:
    from planner.report.live import Line
    from planner.studies.cluster.address import ClusterAddress
    from planner.studies.tasks import Engine


def cluster_of(cluster: str | None, workers: int | None = None) -> ClusterAddress | None:
    """The cluster that the command line names, if any.

    Raises:
        WrongUsageError: its address cannot be meant, or --workers stands beside it.
    """
    from planner.studies.cluster.address import address_of  # noqa: PLC0415

    if cluster is None:
        return None
    if workers is not None:
        remedy = "leave out --workers: a scheduler knows its own, and local:N says how many there are"
        raise WrongUsageError(Fault(Place("plan"), "--workers", "stands beside --cluster", "one of the two", remedy))
    try:
        return address_of(cluster)
    except InputError as error:
        raise WrongUsageError(error.faults[0]) from error


@contextmanager
def engine_for(
    folder: Path,
    line: Line,
    *,
    gap: float,
    time_limit: float,
    workers: int | None,
    cluster: ClusterAddress | None,
    quiet: bool,
    beside_nothing: bool = False,
) -> Iterator[Engine]:
    """How the runs of a study are made, each plan beside what doing nothing comes to or not; its journal stands beside
    its results. A request to end inside says how many runs the journal keeps.

    Raises:
        ClusterError: the cluster cannot be used; nothing was written. StoppedError: the end was asked for.
    """
    from planner.outcome import versions  # noqa: PLC0415
    from planner.planning import plan_beside_nothing, plan_case  # noqa: PLC0415
    from planner.report.files import clear_temporaries, make_folder, replace_content  # noqa: PLC0415
    from planner.report.secret import secret_in  # noqa: PLC0415
    from planner.studies.cluster.connection import cluster_at  # noqa: PLC0415
    from planner.studies.process_pool import cores  # noqa: PLC0415
    from planner.studies.tasks import Engine  # noqa: PLC0415

    with ExitStack() as stack:
        pool = None
        if cluster is not None:
            pool = stack.enter_context(cluster_at(cluster, time_limit=time_limit, told=line.tell))
        line.tell("planning")
        journal = make_folder(folder / "journal")
        for place in (folder, journal):
            clear_temporaries(place)
        engine = Engine(
            plan=plan_beside_nothing if beside_nothing else plan_case,
            put=replace_content,
            versions=versions(),
            gap=gap,
            time_limit=time_limit,
            workers=workers or cores(),
            apart=True,
            journal=journal,
            secret=secret_in(settings_folder()),
            told=line.done,
            pool=pool,
        )
        with keeping_runs(engine, console(stderr=True, quiet=quiet)):
            yield engine
