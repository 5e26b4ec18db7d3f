"""Toy futures of a robust plan, planned in this process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from planner.case.quantities import Month
from planner.futures import Future
from planner.holding import hold_plan
from planner.outcome import Risk
from planner.planning import plan_case
from planner.reading.case.file import Reading, read_source
from planner.studies.robust.outcome import RobustOutcome
from planner.studies.robust.plan import Terms, robust_plan
from planner.studies.tasks import Engine
from tests.cases.toy import toy_fields

UNUSUAL = {"systems.cube.price.typical": "a toy with round numbers"}


def written(folder: Path, scenarios: Mapping[str, Any] | None = None, **changes: Any) -> Path:
    """The toy as a case file, with changes; a double underscore steps into a noun."""
    fields = toy_fields(**{"catalogue": "", "unusual": UNUSUAL, **changes})
    if scenarios is not None:
        fields["scenarios"] = scenarios
    path_ = folder / "toy.yaml"
    path_.write_text(yaml.safe_dump(json.loads(json.dumps(fields)), sort_keys=False), encoding="utf-8")
    return path_


def reading(folder: Path, **changes: Any) -> Reading:
    """The same as it is read."""
    return read_source(written(folder, **changes)).reading()


def engine(gap: float = 0.0, time_limit: float = 60.0) -> Engine:
    """An engine that plans in this process and keeps nothing."""
    return Engine(plan=plan_case, put=lambda path, content: None, versions={}, gap=gap, time_limit=time_limit)


def future(name: str, weight: float, **changes: Any) -> Future:
    """A future of a toy, by changes as the toy has them."""
    return Future(name, weight, {path.replace("__", "."): value for path, value in changes.items()})


def robust(
    case: Reading, *futures: Future, decide_by: str = "2025-01", risk: Risk | None = None, gap: float = 0.0
) -> RobustOutcome:
    """The robust plan of a toy."""
    terms = Terms(decide_by=Month.parse(decide_by), hold=hold_plan, risk=risk or Risk(), gap=gap)
    return robust_plan(case, futures, terms, engine(gap))
