"""The parts of a run, each beside a bare script that does the same: start-up, building, workbooks, studies.

``python -m tests.benchmarks --parts --size S M`` prints them behind the table; medians of CPU seconds over repeats.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from planner.coefficients import coefficients_of
from planner.model import build as building_of_models
from planner.solving.highs import Solver
from planner.solving.matrix import matrix_of
from tests.benchmarks.generator import generate
from tests.benchmarks.isolated import run_alone
from tests.benchmarks.measures import Clock
from tests.places import REFERENCE

TIME_LIMIT = 300.0
PATIENCE = 3600.0
"""Seconds by the clock after which a part is stopped."""
MEGABYTE = 1024
"""Kilobytes, in which Linux counts the peak of memory."""


def peak_mb() -> float:
    """The peak of this process alone, where Linux tells it; else it counts what the parent held when it began."""
    status = Path("/proc/self/status")
    peaks = [line.split()[1] for line in status.read_text().splitlines() if "VmHWM" in line] if status.exists() else []
    if peaks:
        return int(peaks[0]) / MEGABYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def build(size: str, fleet: str) -> dict[str, float]:
    """The parts of building, and the peak of memory that they need."""
    clock = Clock()
    case = generate(size, 0, fleet)  # type: ignore[arg-type]
    with clock.time("coefficients"):
        coefficients = coefficients_of(case)
    with clock.time("model"):
        model = building_of_models.build(coefficients)
    with clock.time("fill"):
        problem = model.problem
    with clock.time("read_back"):
        matrix = matrix_of(problem)
    with clock.time("pass_model"):
        Solver(matrix)
    return {**clock.seconds, "memory": peak_mb()}


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
    measure.__name__: measure for measure in (build, plan, workbook, studies, command)
}
FIRST = "| case | part | seconds | ratio | to | memory, MB |\n| --- | --- | ---: | ---: | --- | ---: |"


def measured(name: str, *arguments: str, repeat: int) -> dict[str, float]:
    """Medians of everything that a part reports, over fresh processes."""
    runs = [run_alone("tests.benchmarks.parts", name, *arguments, seconds=PATIENCE).told for _ in range(repeat)]
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def line(case: str, measure: str, seconds: float, ratio: float | None = None, to: str = "", memory: float = 0) -> str:
    """One row of the table."""
    shown = "" if ratio is None else f"{ratio:.2f}"
    return f"| {case} | {measure} | {seconds:.3f} | {shown} | {to} | {f'{memory:.0f}' if memory else ''} |"


def start_up(repeat: int) -> Iterator[str]:
    """What every call of the command costs."""
    for measure, verb in (("bare Python", "python"), ("plan --help", "help"), ("plan check, reference case", "check")):
        got = measured("command", verb, str(REFERENCE), repeat=repeat)
        yield line("", measure, got["seconds"])


def building(case: str, *names: str, repeat: int) -> Iterator[str]:
    """Coefficients, model and hand-over, against arrays given straight to the solver."""
    got = measured("build", *names, repeat=repeat)
    bare = got["pass_model"]
    for part in ("coefficients", "model", "fill", "read_back", "pass_model"):
        yield line(case, part.replace("_", " "), got[part], got[part] / bare, "pass model")
    total = got["model"] + got["fill"] + got["read_back"] + bare
    yield line(case, "build and hand over", total, total / bare, "pass model", got["memory"])


def planning(case: str, *names: str, repeat: int) -> Iterator[str]:
    """A whole plan against its solver's share, and what is not the solver."""
    got = measured("plan", *names, repeat=repeat)
    yield line(case, "solver, all stages", got["solver"], 1.0, "solver")
    yield line(case, "whole plan", got["plan"], got["plan"] / got["solver"], "solver", got["memory"])
    yield line(case, "audit", got["audit"], got["audit"] / got["plan"], "whole plan")
    yield line(case, "workbook", got["workbook"], got["workbook"] / got["plan"], "whole plan")


def workbooks(repeat: int) -> Iterator[str]:
    """Workbooks of plans made by hand: seconds of a thousand cells, which must not grow with the size."""
    least = 0.0
    for size in ("quarter", "half", "full"):
        got = measured("workbook", size, repeat=repeat)
        each = (got["lay"] + got["write"]) / got["cells"] * 1000
        least = least or each
        measure = f"workbook, {got['cells']:,.0f} cells: a thousand of them"
        yield line(f"{size} size", measure, each, each / least, "quarter size", got["memory"])


def studying(case: str, *names: str, repeat: int) -> Iterator[str]:
    """Scenarios compared in one study, against planning each by itself."""
    got = measured("studies", *names, repeat=repeat)
    alone, study = f"{got['plans']:.0f} plans, each by itself", f"{got['plans']:.0f} plans, compared"
    yield line(case, alone, got["each"], 1.0, "each by itself")
    yield line(case, study, got["study"], got["study"] / got["each"], "each by itself")
    yield line(case, f"{study}, by the clock", got["study elapsed"], got["study elapsed"] / got["each elapsed"], "same")


def rows(sizes: Sequence[str], fleets: Sequence[str], repeat: int) -> Iterator[str]:
    """The table of parts, row by row as it is measured."""
    yield FIRST
    yield from start_up(repeat)
    yield from workbooks(repeat)
    for size in sizes:
        for fleet in fleets:
            case = f"{size} {fleet}"
            yield from building(case, size, fleet, repeat=repeat)
            yield from planning(case, size, fleet, repeat=repeat)
            yield from studying(case, size, fleet, repeat=1)


if __name__ == "__main__":
    print(json.dumps(MEASURES[sys.argv[1]](*sys.argv[2:])))
