"""Plans many cases: what the journal holds is not planned again, the rest side by side, each run for itself.

No scenario starts from what another one found. Within the gap that would let its plan depend on what was planned before
it, or on where a study was interrupted. What a task does start from is part of the task, and of the name of its file.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing

from planner.errors import PlannerError
from planner.studies.checkpoints import Record, keep, kept, record_of, run_of
from planner.studies.process_pool import in_processes, record_by
from planner.studies.tasks import Engine, Run, RunFailedError, Task


def run_all(tasks: Sequence[Task], engine: Engine) -> list[Run]:
    """The runs of all tasks, in the order of the tasks. Cases that are the same are planned once.

    Raises:
        RunFailedError: a run failed otherwise than by having no plan. WriteError: the journal cannot be written.
    """
    finished: dict[int, Run] = {}
    _tell(engine, 0, len(tasks))
    for number, task in enumerate(tasks):
        run = kept(task, engine)
        if run is not None:
            finished[number] = run
            _tell(engine, len(finished), len(tasks), task)
    known = {run.task.input_hash: record_of(run.outcome) for run in finished.values() if run.outcome is not None}
    while rest := [number for number in range(len(tasks)) if number not in finished]:
        with closing(_next_records(rest, tasks, known, engine)) as records:  # whatever happens, its processes end here
            for number, record in records:
                task = tasks[number]
                finished[number] = run = run_of(task, record, engine)
                if run.proven:  # that nothing was found in time is no answer to be kept: the next run looks again
                    keep(task, record, engine)
                if run.outcome is not None:
                    known.setdefault(task.input_hash, record)
                _tell(engine, len(finished), len(tasks), task)
    return [finished[number] for number in range(len(tasks))]


def _next_records(
    rest: Sequence[int], tasks: Sequence[Task], known: Mapping[str, Record], engine: Engine
) -> Generator[tuple[int, Record]]:
    """Records of tasks whose case has a plan already; if there are none, of the first task of every case.

    That a case has no plan is told in words of the file that it was read from, so each of its tasks finds that itself.
    """
    alike = [number for number in rest if tasks[number].input_hash in known]
    if alike:
        yield from ((number, known[tasks[number].input_hash]) for number in alike)
        return
    first = {tasks[number].input_hash: number for number in reversed(rest)}
    numbers = sorted(first.values())
    with closing(_records([tasks[number] for number in numbers], engine)) as records:
        for place, record in records:
            yield numbers[place], record


def _records(tasks: Sequence[Task], engine: Engine) -> Generator[tuple[int, Record]]:
    if engine.apart or min(engine.workers, len(tasks)) > 1:
        yield from in_processes(tasks, engine)
        return
    for place, task in enumerate(tasks):
        try:
            yield place, record_by(engine.plan, task, engine.gap, engine.time_limit)
        except PlannerError as error:
            raise RunFailedError(f"{task.name}: {error}", error.exit_status) from error


def _tell(engine: Engine, done: int, of: int, task: Task | None = None) -> None:
    if engine.told is not None:
        engine.told(done, of, "" if task is None else task.name)
