"""Random futures of the tiny cases, repeatable by number: less work, dearer or no supply, less cash."""

from __future__ import annotations

import copy
from functools import cache
from random import Random
from typing import Any

from planner.case.case import Case
from planner.case.quantities import Month
from planner.errors import NoPlanError
from planner.futures import Future
from planner.holding import hold_plan
from planner.outcome import Risk
from planner.reading.case.file import input_hash
from planner.studies.robust.outcome import RobustOutcome
from planner.studies.robust.plan import Terms, plan_ways
from planner.studies.robust.ways import Way, last_period, stage_of
from planner.studies.tasks import Task
from tests.rival.generator import tiny_fields
from tests.robust.futures import engine

MOST_PLANS = 400


@cache
def cases_of(number: int, most_plans: int = MOST_PLANS) -> tuple[tuple[Case, ...], tuple[float, ...], str]:
    """A tiny case as it stands and two or three futures of it, their weights, and the date of the first stage."""
    fields, chance = tiny_fields(number, most_plans), Random(f"{number}-futures")
    kinds = chance.sample(["work", "price", "supply", "cash", "cost"], chance.choice([1, 2]))
    cases = [Case.model_validate(fields), *(Case.model_validate(_changed(fields, kind, chance)) for kind in kinds)]
    parts = [chance.randint(1, 5) for _ in cases]
    starts = cases[0].calendar.starts
    return tuple(cases), tuple(part / sum(parts) for part in parts), str(starts[chance.randint(0, len(starts) - 2)])


def robust_of(
    cases: tuple[Case, ...],
    weights: tuple[float, ...],
    decide_by: str,
    risk: Risk | None = None,
    *,
    names: tuple[str, ...] | None = None,
    gap: float = 0.0,
) -> RobustOutcome | None:
    """The robust plan of some cases, of which the first is the case as it stands; None where there is none."""
    base, month = cases[0], Month.parse(decide_by)
    called = names or tuple(f"future-{n}" for n in range(len(cases)))
    last = last_period(base.calendar, month)
    alike: dict[str, list[tuple[Case, Future]]] = {}
    for case, weight, name in zip(cases, weights, called, strict=True):
        alike.setdefault(input_hash(case), []).append((case, Future(name, weight, {})))
    total = sum(weights)
    ways = [
        Way(
            tuple(future for _, future in members),
            sum(future.weight for _, future in members) / total,
            Task(members[0][1].name, members[0][0], key),
            stage_of(members[0][0], last, month),
        )
        for key, members in sorted(alike.items())
    ]
    task = Task("base", base, input_hash(base))
    terms = Terms(decide_by=month, hold=hold_plan, risk=risk or Risk(), gap=gap)
    try:
        return plan_ways(task, ways, called, terms, engine(gap))
    except NoPlanError:
        return None


def _changed(fields: dict[str, Any], kind: str, chance: Random) -> dict[str, Any]:
    """The fields of a case in a future."""
    found = copy.deepcopy(fields)
    factor = chance.choice([0.0, 0.4, 0.7, 1.5, 2.0])
    if kind == "work":
        for workload in found["workloads"].values():
            workload["amount"] = scaled(workload["amount"], factor)
    elif kind == "price":
        for workload in found["workloads"].values():
            for field in ("price", "price_by_system"):
                if field in workload:
                    workload[field] = scaled(workload[field], max(0.3, factor))
    elif kind == "supply":
        next(iter(found["offers"].values()))["allocation"] = 0
    elif kind == "cash":
        found["finance"]["opening_cash"] = scaled(found["finance"]["opening_cash"], chance.choice([0.6, 0.9, 1.4]))
    else:
        for system in found["systems"].values():
            system["price"] = scaled(system["price"], chance.choice([0.8, 1.2]))
    return found


def scaled(value: Any, factor: float) -> Any:
    """Every figure of a value times a factor; months stay what they are."""
    if isinstance(value, dict):
        return {key: scaled(one, factor) for key, one in value.items()}
    if isinstance(value, str):
        number, _, unit = value.partition(" ")
        return f"{round(float(number) * factor, 3)} {unit}"
    return round(value * factor, 3)
