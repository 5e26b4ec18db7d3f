"""Measures the planner beside other ways to solve the same problem: ``python -m tests.benchmarks --reference``.

Every measure runs in a process of its own, and all find the same objective within their gaps, or this ends with an
error. Seconds are of CPU, those elapsed by the clock; on a shared machine read the ratios of one run. What each row and
column is stands in docs/performance.md. SCIP, CBC and linopy are measured where they are installed.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from planner.defaults import GAP, TIME_LIMIT
from tests.benchmarks.table import HEAD, MEASURES, Table, Terms

SIZES, FLEETS = ("S", "M", "L"), ("large", "small")


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table row by row, and writes it where asked to."""
    chosen = _chosen(arguments)
    output: Path | None = chosen.output
    if output is not None:
        output.write_text("", encoding="utf-8")
    for row in _rows(chosen):
        print(row, flush=True)
        if output is not None:
            with output.open("a", encoding="utf-8") as file:
                file.write(f"{row}\n")


def _rows(chosen: argparse.Namespace) -> Iterator[str]:
    table = Table(Terms(tuple(chosen.measures), chosen.gap, chosen.limit, chosen.our_limit))
    yield HEAD
    if chosen.reference:
        yield from table.rows("reference")
    for size in chosen.size:
        for fleet in chosen.fleet:
            for seed in chosen.seeds:
                yield from table.rows(size, fleet, str(seed))
    if chosen.parts:
        from tests.benchmarks import parts  # noqa: PLC0415 - loads the planner, which the others are not to carry

        yield ""
        yield from parts.rows(chosen.size, chosen.fleet, chosen.repeat)


def _chosen(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--reference", action="store_true", help="the reference case as well")
    parser.add_argument("--size", nargs="*", choices=SIZES, default=[], help="generated cases of these sizes")
    parser.add_argument("--fleet", nargs="+", choices=FLEETS, default=list(FLEETS), help="and these fleets")
    parser.add_argument("--seeds", nargs="+", type=int, default=[0], help="one case for each of these numbers")
    parser.add_argument("--measures", nargs="+", choices=MEASURES, default=list(MEASURES), help="only these rows")
    parser.add_argument("--gap", type=float, default=GAP, help="at which all may stop, as a share")
    parser.add_argument("--limit", type=float, default=120.0, help="CPU seconds for each peer")
    parser.add_argument("--our-limit", type=float, default=TIME_LIMIT, help="seconds for ours and for the LP")
    parser.add_argument("--parts", action="store_true", help="also start-up, building, workbooks and studies")
    parser.add_argument("--repeat", type=int, default=3, help="how often each part is measured; the median counts")
    parser.add_argument("--output", type=Path, help="a file for the table")
    chosen = parser.parse_args(arguments)
    if not (chosen.reference or chosen.size or chosen.parts):
        chosen.reference, chosen.size = True, ["S"]
    return chosen


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the measure that runs is stopped as well
    main()
