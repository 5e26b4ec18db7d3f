"""Single measures, each run in a process of its own: ``python -m tests.benchmarks.measures NAME FOLDER GAP SECONDS``.

A measure reads what ``prepare`` left in the folder, and prints one line of JSON: ``build``, ``hand_over`` and ``solve``
in CPU seconds, ``value`` and ``bound`` in the unit of the model's objective. What a measure does not need it does not
import, since its start and its memory count.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

FILES = {
    "prepare": "ours",
    "search": "ours",
    "whole run": "whole_run",
    "linear": "highs_alone",
    "HiGHS": "highs_alone",
    "linopy": "linopy_model",
    "SCIP": "scip",
    "CBC": "cbc",
}
"""By measure: the file in which it stands."""


class Clock:
    """CPU seconds of named parts of this process."""

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


def facts_of(folder: Path) -> dict[str, Any]:
    """What ``prepare`` wrote down of a case."""
    return json.loads((folder / "facts.json").read_text(encoding="utf-8"))


def finite(amount: float | None) -> float | None:
    """A value or a bound, None where there is none; solvers say so by infinities of their own."""
    return None if amount is None or not math.isfinite(amount) or abs(amount) >= 1e19 else float(amount)


def bound_of_none(*, maximise: bool) -> float:
    """The bound of who says that there is no plan at all: every plan of another measure passes it."""
    return -math.inf if maximise else math.inf


def main() -> None:
    name, folder, *rest = sys.argv[1:]
    try:
        told = import_module(f"tests.benchmarks.{FILES[name]}").measure(name, Path(folder), *rest)
    except ModuleNotFoundError as missing:
        if missing.name not in ("pyscipopt", "linopy", "xarray"):
            raise
        told = {"missing": True}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
