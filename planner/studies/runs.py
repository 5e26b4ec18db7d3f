"""Plans many cases: what the journal holds is not planned again, the rest side by side, each run for itself.

No run starts from what another one found. Within the gap that would let the plan of a case depend on what was planned
before it, or on where a study was interrupted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.errors import PlannerError
from planner.studies.journal import Record, keep, kept, run_of
from planner.studies.lanes import in_lanes, record_by
from planner.studies.tasks import Engine, Run, RunFailedError, Task


def run_all(tasks: Sequence[Task], engine: Engine) -> list[Run]:
    """The runs of all tasks, in the order of the tasks.

    Raises:
        RunFailedError: a run failed otherwise than by having no plan. WriteError: the journal cannot be written.
    """
    finished: dict[int, Run] = {}
    open_: list[int] = []
    for number, task in enumerate(tasks):
        run = kept(task, engine)
        if run is None:
            open_.append(number)
        else:
            finished[number] = run
            _tell(engine, len(finished), len(tasks), task)
    rest = [tasks[number] for number in open_]
    for place, record in _records(rest, engine):
        number, task = open_[place], rest[place]
        keep(task, record, engine)
        finished[number] = run_of(task, record, engine)
        _tell(engine, len(finished), len(tasks), task)
    return [finished[number] for number in range(len(tasks))]


def _records(tasks: Sequence[Task], engine: Engine) -> Iterator[tuple[int, Record]]:
    if min(engine.workers, len(tasks)) > 1:
        yield from in_lanes(tasks, engine)
        return
    for place, task in enumerate(tasks):
        try:
            yield place, record_by(engine.plan, task, engine.gap, engine.time_limit)
        except PlannerError as error:
            raise RunFailedError(f"{task.name}: {error}", error.exit_status) from error


def _tell(engine: Engine, done: int, of: int, task: Task) -> None:
    if engine.told is not None:
        engine.told(done, of, task.name)
