"""Single measures, each run in a process of its own by ``run.py``; a measure prints one line of JSON."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from planner.coefficients import coefficients_of
from planner.model import build as building
from planner.model.build import Model
from planner.solving.highs import Solver
from planner.solving.matrix import Matrix, matrix_of
from planner.solving.search import LARGE
from tests.benchmarks.generator import generate

TIME_LIMIT = 300.0
MEGABYTE = 1024
"""Kilobytes, in which Linux counts the peak of memory."""


class Clock:
    """CPU seconds of named parts, nested as they may be."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def time(self, part: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.seconds[part] = self.seconds.get(part, 0.0) + time.process_time() - began

    def wrap[**P, T](self, part: str, function: Callable[P, T]) -> Callable[P, T]:
        """The same function, timed."""

        def timed(*arguments: P.args, **options: P.kwargs) -> T:
            with self.time(part):
                return function(*arguments, **options)

        return timed


def peak_mb() -> float:
    """The peak of this process alone, where Linux tells it; else it counts what the parent held when it began."""
    status = Path("/proc/self/status")
    peaks = [line.split()[1] for line in status.read_text().splitlines() if "VmHWM" in line] if status.exists() else []
    if peaks:
        return int(peaks[0]) / MEGABYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def model_and_matrix(size: str, fleet: str) -> tuple[Model, Matrix]:
    model = building.build(coefficients_of(generate(size, 0, fleet)))  # type: ignore[arg-type]
    return model, matrix_of(model.problem)


def build(size: str, fleet: str) -> dict[str, float]:
    """The parts of building, and the peak of memory that they need."""
    clock = Clock()
    case = generate(size, 0, fleet)  # type: ignore[arg-type]
    with clock.time("coefficients"):
        coefficients = coefficients_of(case)
    with clock.time("model"):
        model = building.build(coefficients)
    with clock.time("fill"):
        problem = model.problem
    with clock.time("read_back"):
        matrix = matrix_of(problem)
    with clock.time("pass_model"):
        Solver(matrix)
    return {**clock.seconds, "memory": peak_mb()}


def raw_arrays(size: str, fleet: str) -> dict[str, float]:
    """The limit: the arrays of the same matrix come from a file and go straight to the solver."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "matrix.npz"
        command = [sys.executable, "-m", "tests.benchmarks.measures", "save", size, fleet, str(path)]
        subprocess.run(command, check=True, capture_output=True)
        empty = peak_mb()
        clock = Clock()
        with clock.time("seconds"):
            stored = np.load(path)
            Solver(Matrix(**{name: stored[name] if stored[name].ndim else stored[name].item() for name in stored}))
    return {**clock.seconds, "memory": peak_mb(), "empty": empty}


def save(size: str, fleet: str, path: str) -> dict[str, float]:
    """Writes the matrix of a case to a file, for ``raw_arrays``."""
    np.savez(path, **vars(model_and_matrix(size, fleet)[1]))
    return {}


def linear(size: str, fleet: str) -> dict[str, float]:
    """The linear programme alone, from raw arrays, with the method that the search takes for it."""
    _, matrix = model_and_matrix(size, fleet)
    clock, solver = Clock(), Solver(matrix)
    solver.set("solver", "ipx" if matrix.shape[2] >= LARGE else "choose")
    with clock.time("seconds"):
        run = solver.run()
    assert run.status == "optimal"
    return clock.seconds


def plan(size: str, fleet: str) -> dict[str, float]:
    """A whole plan and its workbook; the solver's share is what a bare script with the same stages would take."""
    from planner import planning as story  # noqa: PLC0415
    from planner.report.workbook.book import write_workbook  # noqa: PLC0415

    clock = Clock()
    Solver.run = clock.wrap("solver", Solver.run)  # type: ignore[method-assign]
    story.audit = clock.wrap("audit", story.audit)  # type: ignore[attr-defined]
    with clock.time("plan"):
        outcome = story.plan_case(generate(size, 0, fleet), time_limit=TIME_LIMIT)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder, clock.time("workbook"):
        write_workbook(outcome, Path(folder) / "plan.xlsx")
    return {**clock.seconds, "gap": outcome.proof.relative_gap, "memory": peak_mb()}


def workbook(size: str) -> dict[str, float]:
    """Laying and writing the workbook of a plan made by hand: full, half or quarter; and how many cells it has."""
    from planner.report.workbook import book  # noqa: PLC0415
    from tests.report import large  # noqa: PLC0415
    from tests.report.example import outcome_of  # noqa: PLC0415

    chosen: large.Size = {"full": large.FULL, "half": large.HALF, "quarter": large.QUARTER}[size]
    case = large.large_case(chosen)
    outcome = outcome_of(case, large.large_plan(chosen, case))
    clock, before = Clock(), peak_mb()
    with tempfile.TemporaryDirectory() as folder:
        with clock.time("lay"):
            ledger = book.lay_book(outcome)
        with clock.time("write"):
            book._write(ledger, Path(folder) / "plan.xlsx", "plan.xlsx")
    cells = sum(len(sheet.cells) for sheet in ledger.grid.sheets.values())
    return {**clock.seconds, "cells": cells, "memory": peak_mb() - before}


RATES = ("0 %", "15 %", "30 %", "45 %")
"""Rates of the first programme in the scenarios of a study."""


def studies(size: str, fleet: str) -> dict[str, float]:
    """The same scenarios compared in one study, and each planned from scratch by a command of its own.

    Seconds are CPU of all processes; ``elapsed`` is by the clock, where a study also gains by running side by side.
    """
    from planner.reading.case.text import case_text  # noqa: PLC0415

    case = generate(size, 0, fleet)  # type: ignore[arg-type]
    rate = f"programmes.{next(iter(case.programmes))}.rate"
    scenarios = "".join(f"  rate-{n}:\n    set:\n      {rate}: {value}\n" for n, value in enumerate(RATES))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "case.yaml").write_text(f"{case_text(case, {})}\nscenarios:\n{scenarios}")
        names = [f"rate-{n}" for n in range(len(RATES))]
        study = _children(folder, [["compare", "case.yaml", *names, "-q", "-o", "compared"]])
        runs = [["case.yaml", *(["--scenario", one] if one else []), "-q", "-o", one or "base"] for one in ("", *names)]
        alone = _children(folder, runs)
    return {
        "study": study[0],
        "study elapsed": study[1],
        "each": alone[0],
        "each elapsed": alone[1],
        "plans": float(len(runs)),
    }


def _children(folder: Path, calls: list[list[str]]) -> tuple[float, float]:
    """CPU seconds of some calls of the command and of all that they start, and seconds by the clock."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    for call in calls:
        command_line = [sys.executable, "-m", "planner.cli", *call, "--time-limit", f"{TIME_LIMIT:g}"]
        subprocess.run(command_line, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.monotonic() - began


def command(verb: str, case: str) -> dict[str, float]:
    """CPU of a child process: bare Python, the help of the command, or a check of a case."""
    call = {
        "python": [sys.executable, "-c", ""],
        "help": [sys.executable, "-m", "planner.cli", "--help"],
        "check": [sys.executable, "-m", "planner.cli", "check", case],
    }[verb]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(call, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": used}


MEASURES: dict[str, Callable[..., dict[str, float]]] = {
    measure.__name__: measure for measure in (build, raw_arrays, save, linear, plan, workbook, studies, command)
}

if __name__ == "__main__":
    print(json.dumps(MEASURES[sys.argv[1]](*sys.argv[2:])))
