"""One table: for each case, all measures side by side, and that they found the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.agreement import Answer, require_agreement
from tests.benchmarks.isolated import Measured, run_alone

MEASURES = {
    "linear": "linear programme alone",
    "search": "ours: search",
    "whole run": "ours: whole run",
    "HiGHS": "HiGHS, one piece",
    "SCIP": "SCIP, one piece",
    "CBC": "CBC, one piece",
    "linopy": "linopy and HiGHS",
}
"""What is measured, in the order of the rows, and what a row calls it."""
OURS = ("search", "whole run")
COLUMNS = (
    "case", "what", "build", "hand over", "solve", "whole", "elapsed", "MB", "gap, %", "solve to LP", "solve to ours",
    "whole to ours", "growth",
)  # fmt: skip
HEAD = f"| {' | '.join(COLUMNS)} |\n| --- | --- |{' ---: |' * (len(COLUMNS) - 2)}"
PATIENCE = 10
"""How many times as long as its limit a measure may take by the clock before it is stopped."""
LEAST_PATIENCE = 120.0
TO_PREPARE = 1800.0


@dataclass(frozen=True)
class Terms:
    """What all measures are told."""

    measures: tuple[str, ...]
    gap: float
    limit: float
    """CPU seconds of each peer."""
    our_limit: float
    """Seconds of the search of ours."""


@dataclass
class Table:
    """The rows as they are measured; keeps what later rows are held against."""

    terms: Terms
    before: dict[tuple[str, ...], tuple[float, float]] = field(default_factory=dict)
    """Seconds and non-zeros of the size before, by measure, fleet and seed."""

    def rows(self, size: str, fleet: str = "", seed: str = "0") -> Iterator[str]:
        """The rows of one case.

        Raises:
            AssertionError: two measures did not solve the same problem, or one of them is wrong.
        """
        with tempfile.TemporaryDirectory() as name:
            described = (size, fleet, seed) if fleet else (size,)
            facts = _measured("prepare", name, *described, seconds=TO_PREPARE).told
            case = " ".join(described)
            yield _line(case, "{rows:,} rows, {columns:,} columns, {non_zeros:,} non-zeros".format(**facts))
            done: dict[str, Measured] = {}
            for measure in self.terms.measures:
                limit = self.terms.our_limit if measure in (*OURS, "linear") else self.terms.limit
                patience = max(LEAST_PATIENCE, PATIENCE * limit)
                done[measure] = _measured(measure, name, f"{self.terms.gap:g}", f"{limit:g}", seconds=patience)
                yield self._row(case, measure, done, (measure, fleet, seed), facts["non_zeros"])
        require_agreement([_answer(*one) for one in done.items()], maximise=facts["maximise"])

    def _row(self, case: str, measure: str, done: dict[str, Measured], key: tuple[str, ...], non_zeros: int) -> str:
        got = done[measure]
        if got.told.get("missing"):
            return _line(case, MEASURES[measure], "not installed")
        parts = [got.told.get(part) for part in ("build", "hand_over", "solve")]
        if not got.ended:
            return _line(case, MEASURES[measure], "stopped", "", "", _seconds(got.cpu_seconds))
        gap = _answer(measure, got).gap
        linear, search = (done[one].told if one in done else {} for one in ("linear", "search"))
        return _line(
            case,
            MEASURES[measure],
            *map(_seconds, parts),
            _seconds(got.cpu_seconds),
            _seconds(got.elapsed_seconds),
            f"{got.memory_mb:.0f}",
            _gap(measure, got, gap),
            _ratio(got.told.get("solve"), linear.get("solve")),
            _ratio(got.told.get("solve"), search.get("solve")),
            _ratio(got.cpu_seconds, done["search"].cpu_seconds if search else None),
            self._growth(key, got, non_zeros),
        )

    def _growth(self, key: tuple[str, ...], got: Measured, non_zeros: int) -> str:
        """By how much more than non-zeros the time grows, from the size before: of all but the solver, where told."""
        handed = [got.told[part] for part in ("build", "hand_over") if got.told.get(part) is not None]
        if not handed and got.told.get("solve") is not None:
            return ""
        seconds = sum(handed) if handed else got.cpu_seconds
        earlier = self.before.get(key)
        self.before[key] = (seconds, non_zeros)
        return _ratio(seconds / non_zeros, earlier[0] / earlier[1]) if earlier else ""


def _measured(measure: str, folder: str, *rest: str, seconds: float) -> Measured:
    return run_alone("tests.benchmarks.measures", measure, folder, *rest, seconds=seconds)


def _answer(measure: str, got: Measured) -> Answer:
    return Answer(MEASURES[measure], got.told.get("value"), got.told.get("bound"), is_plan=measure != "linear")


def _gap(measure: str, got: Measured, gap: float | None) -> str:
    if measure == "linear":
        return "" if got.told.get("value") is not None else "unsolved"
    return "no plan" if got.told.get("value") is None else "no bound" if gap is None else f"{100 * gap:.3f}"


def _seconds(amount: float | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def _ratio(amount: float | None, other: float | None) -> str:
    return "" if amount is None or not other else f"{amount / other:.2f}"


def _line(*cells: Any) -> str:
    return f"| {' | '.join([*cells, *[''] * (len(COLUMNS) - len(cells))])} |"
