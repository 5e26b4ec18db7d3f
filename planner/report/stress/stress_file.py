"""``stress.json``: a plan in many futures for other programs; the same input gives the same bytes."""

from __future__ import annotations

from typing import Any

from planner.report.files import json_text
from planner.report.stress.sections import SHARES
from planner.report.stress.telling import FIGURES, leading
from planner.studies.spread import mean, percentile
from planner.studies.stress import Stress, Stressed

FORMAT = 1
"""Version of the layout of the file."""


def stress_text(found: Stress) -> str:
    """The file as text."""
    base = found.base
    content = {
        "format": FORMAT,
        "case": base.case.name,
        "scenario": base.scenario,
        "input_hash": base.input_hash,
        "currency": base.case.finance.currency,
        "versions": base.versions,
        "seed": found.seed,
        "bridge_rate": found.bridge_rate,
        "ranked_by": leading(found),
        "planned": found.planned,
        "spread": {name: _spread(found, name) for name in FIGURES if found.values(name)[0]},
        "futures": [_future(one) for one in found.futures],
        "one_at_a_time": [
            {"driver": pull.driver, "low": _future(pull.low), "high": _future(pull.high)} for pull in found.pulls
        ],
    }
    return json_text(content)


def _spread(found: Stress, name: str) -> dict[str, float]:
    values, weights = found.values(name)
    points = {f"P{round(100 * share)}": percentile(values, weights, share) for share in SHARES}
    return {"mean": mean(values, weights), **points}


def _future(one: Stressed) -> dict[str, Any]:
    return {
        "name": one.future.name,
        "weight": one.future.weight,
        "drawn": {drawn.driver: {"value": drawn.value, "words": drawn.words} for drawn in one.future.drawn},
        **one.record,
        **({} if one.replanned is None else {"objective_replanned": one.replanned, "gap_replanned": one.gap}),
    }
