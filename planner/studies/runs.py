"""Does many jobs: what the journal holds is not done again, the rest side by side, each job for itself.

No scenario starts from what another one found. Within the gap that would let its plan depend on what was planned before
it, or on where a study was interrupted. What a task does start from is part of the task, and of the name of its file.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from functools import partial

from planner.errors import PlannerError
from planner.studies.checkpoints import keep, kept
from planner.studies.jobs import Job, Record, RunFailedError, is_final
from planner.studies.plans import PlanJob, confirmed, record_of, run_of
from planner.studies.process_pool import in_processes
from planner.studies.tasks import Engine, Run, Task


def records_of(jobs: Sequence[Job], engine: Engine) -> Generator[tuple[int, Record]]:
    """The number of each job with its record: first what the journal holds, then the others as they finish.

    A record is kept before it is given. Whoever may leave before the last one does so by ``contextlib.closing``, so
    that nothing goes on in vain.

    Raises:
        RunFailedError: a job failed otherwise than by an answer. WriteError: the journal cannot be written.
    """
    done, rest = 0, list[int]()
    _tell(engine, 0, len(jobs))
    for number, job in enumerate(jobs):
        record = kept(job, engine, _as_it_is)
        if record is None:
            rest.append(number)
            continue
        done += 1
        _tell(engine, done, len(jobs), job.name)
        yield number, record
    with closing(_answers([jobs[number] for number in rest], engine)) as answers:  # whatever happens, they end here
        for place, answer in answers:
            job = jobs[rest[place]]
            record = json.loads(json.dumps(answer))  # as it is read from the journal
            if is_final(record):
                keep(job, record, engine)
            done += 1
            _tell(engine, done, len(jobs), job.name)
            yield rest[place], record


def all_records(jobs: Sequence[Job], engine: Engine) -> list[Record]:
    """The records of all jobs, in the order of the jobs, whatever the order in which they finish.

    Raises:
        RunFailedError: a job failed otherwise than by an answer. WriteError: the journal cannot be written.
    """
    with closing(records_of(jobs, engine)) as records:
        found = dict(records)
    return [found[number] for number in range(len(jobs))]


def run_all(tasks: Sequence[Task], engine: Engine) -> list[Run]:
    """The runs of all tasks, in the order of the tasks. Cases that are the same are planned once.

    Raises:
        RunFailedError: a run failed otherwise than by having no plan. WriteError: the journal cannot be written.
    """
    finished: dict[int, Run] = {}
    _tell(engine, 0, len(tasks))
    for number, task in enumerate(tasks):
        run = kept(PlanJob.of(task, engine), engine, partial(confirmed, task, engine=engine))
        if run is not None:
            finished[number] = run
            _tell(engine, len(finished), len(tasks), task.name)
    known = {run.task.input_hash: record_of(run.outcome) for run in finished.values() if run.outcome is not None}
    while rest := [number for number in range(len(tasks)) if number not in finished]:
        with closing(_next_records(rest, tasks, known, engine)) as records:  # whatever happens, its processes end here
            for number, record in records:
                task = tasks[number]
                finished[number] = run = run_of(task, record, engine)
                if is_final(record):
                    keep(PlanJob.of(task, engine), record, engine)
                if run.outcome is not None:
                    known.setdefault(task.input_hash, record)
                _tell(engine, len(finished), len(tasks), task.name)
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
    with closing(_answers([PlanJob.of(tasks[number], engine) for number in numbers], engine)) as records:
        for place, record in records:
            yield numbers[place], record


def _answers(jobs: Sequence[Job], engine: Engine) -> Generator[tuple[int, Record]]:
    """Does jobs where the engine has room for them, and gives each with its place, as they finish."""
    if engine.apart or min(engine.workers, len(jobs)) > 1:
        yield from in_processes(jobs, engine)
        return
    for place, job in enumerate(jobs):
        try:
            yield place, job.answer()
        except PlannerError as error:
            raise RunFailedError(f"{job.name}: {error}", error.exit_status) from error


def _as_it_is(record: Record) -> Record:
    """A record whose seal says enough."""
    return record


def _tell(engine: Engine, done: int, of: int, name: str = "") -> None:
    if engine.told is not None:
        engine.told(done, of, name)
