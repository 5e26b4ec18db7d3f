"""Measures the planner against bare scripts that do the same: ``python -m tests.benchmarks.run --size S M``.

Every measure runs in a process of its own, so that its peak of memory is its own; what is printed are medians of CPU
seconds over the repeats, and ratios of measures of one run, which say more than seconds on a shared machine.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.places import REFERENCE

FLEETS = ("large", "small")
HEAD = "| case | measure | seconds | ratio | to | memory, MB |\n| --- | --- | ---: | ---: | --- | ---: |"


def measured(name: str, *arguments: str, repeat: int) -> dict[str, float]:
    """Medians of everything that a measure reports, over fresh processes."""
    runs = []
    for _ in range(repeat):
        command = [sys.executable, "-m", "tests.benchmarks.measures", name, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
        runs.append(json.loads(done.stdout.splitlines()[-1]))
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
    """Coefficients, model and hand-over, against the same arrays given straight to the solver."""
    ours = measured("build", *names, repeat=repeat)
    raw = measured("raw_arrays", *names, repeat=repeat)
    bare = ours["pass_model"]
    for part in ("coefficients", "model", "fill", "read_back", "pass_model"):
        yield line(case, part.replace("_", " "), ours[part], ours[part] / bare, "pass model")
    total = ours["model"] + ours["fill"] + ours["read_back"] + ours["pass_model"]
    yield line(case, "build and hand over", total, total / raw["seconds"], "raw arrays", ours["memory"] - raw["empty"])
    yield line(case, "raw arrays", raw["seconds"], 1.0, "raw arrays", raw["memory"] - raw["empty"])


def planning(case: str, *names: str, repeat: int) -> Iterator[str]:
    """A whole run, against its solver's share and against a bare script that solves the same matrix."""
    linear = measured("linear", *names, repeat=repeat)["seconds"]
    got = measured("plan", *names, repeat=repeat)
    yield line(case, "linear programme", linear, 1.0, "linear programme")
    yield line(case, "solver, all stages", got["solver"], got["solver"] / linear, "linear programme")
    yield line(case, "whole plan", got["plan"], got["plan"] / got["solver"], "solver", got["memory"])
    yield line(case, "audit", got["audit"], got["audit"] / got["plan"], "whole plan")
    yield line(case, "workbook", got["workbook"], got["workbook"] / got["plan"], "whole plan")
    yield f"| {case} | gap, % | {100 * got['gap']:.4f} | | | |"


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


def table(sizes: list[str], fleets: list[str], repeat: int) -> Iterator[str]:
    """The whole table, row by row as it is measured."""
    yield HEAD
    yield from start_up(repeat)
    yield from workbooks(repeat)
    for size in sizes:
        for fleet in fleets:
            yield from building(f"{size} {fleet}", size, fleet, repeat=repeat)
            yield from planning(f"{size} {fleet}", size, fleet, repeat=repeat)
            yield from studying(f"{size} {fleet}", size, fleet, repeat=1)


def main() -> None:
    """Prints the table, and writes it where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", nargs="+", choices=("S", "M", "L"), default=["S"])
    parser.add_argument("--fleet", nargs="+", choices=FLEETS, default=list(FLEETS))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--output", type=Path)
    chosen = parser.parse_args()
    rows = []
    for row in table(chosen.size, chosen.fleet, chosen.repeat):
        print(row, flush=True)
        rows.append(row)
    if chosen.output:
        chosen.output.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
