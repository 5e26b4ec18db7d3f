"""Why no first stage leaves a plan in every future: which futures contradict each other, and what would help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.case.quantities import Month
from planner.case.words import listed
from planner.outcome import Risk
from planner.studies.robust.jobs import SideBySide
from planner.studies.robust.ways import Way, stage_of
from planner.studies.runs import all_records
from planner.studies.tasks import Engine

ANY_PLAN = 1e9
"""A gap at which any plan is good enough."""


def contradiction_words(ways: Sequence[Way], decide_by: Month, engine: Engine) -> str:
    """The futures that have no first stage in common, none of which can be spared, and a date that would do.

    Each future is left out in turn; where there is still no plan without it, it stays out.
    """
    kept = list(ways)
    for way in ways:
        without = [one for one in kept if one is not way]
        if len(without) > 1 and _has_plan(without, engine) is False:
            kept = without
    names = [future.name for way in kept for future in way.futures]
    words = (
        f"no first stage leaves a plan in every future: what has to be decided by {decide_by} contradicts itself in "
        f"the futures {listed(names)}; each has a plan by itself, and without any one of them there would be a plan "
        "for the others"
    )
    return f"{words}. {_way_out(kept, engine)}"


def _way_out(ways: Sequence[Way], engine: Engine) -> str:
    """The latest earlier date at which there is a plan."""
    case = ways[0].task.case
    for last in range(ways[0].stage.last - 1, -1, -1):
        month = case.calendar.starts[last]
        earlier = [replace(way, stage=stage_of(way.task.case, last, month)) for way in ways]
        if _has_plan(earlier, engine):
            return f"There is a plan for all of them with --decide-by {month}: what begins later may then differ"
    return (
        "An earlier --decide-by does not help. What would: more cash or credit in these futures, offers with smaller "
        "or later payments, or looser obligations; `plan explain` says what binds in each of them"
    )


def _has_plan(ways: Sequence[Way], engine: Engine) -> bool | None:
    """Whether some first stage leaves a plan in all of some ways; None where that was not found out in time."""
    total = sum(way.weight for way in ways)
    job = SideBySide(
        name=f"any plan for {len(ways)} futures",
        tasks=tuple(way.task for way in ways),
        weights=tuple(way.weight / total for way in ways),
        stages=tuple(way.stage for way in ways),
        risk=Risk(),
        gap=ANY_PLAN,
        time_limit=engine.time_limit,
    )
    record = all_records([job], engine)[0]
    if "plans" in record:
        return True
    return False if record["proven"] else None
