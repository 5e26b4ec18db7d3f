"""What the plain plan breaks in futures that have no plan with its first stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planner.decisions import Decisions
from planner.errors import NoProofError
from planner.outcome import Outcome
from planner.studies.held_plans import Holder
from planner.studies.jobs import Record, record_of_none
from planner.studies.plans import said_plan
from planner.studies.robust.outcome import Broken
from planner.studies.runs import all_records
from planner.studies.tasks import Engine, Task

MOST_TOLD = 12
"""Limits that are told of one future."""


@dataclass(frozen=True)
class Held:
    """The limits that a plan breaks in a future."""

    name: str
    task: Task
    planned: Decisions
    hold: Holder
    time_limit: float

    def question(self) -> Mapping[str, Any]:
        """The case and the plan."""
        return {"input": self.task.input_hash, "planned": said_plan(self.planned), "time limit": self.time_limit}

    def answer(self) -> Record:
        """Holds the plan, and lists what it breaks, by rule and subject; a limit of many periods comes once."""
        try:
            outcome = self.hold(self.task.case, self.planned, scenario=self.name, time_limit=self.time_limit)
        except NoProofError as answer:
            return record_of_none(str(answer), proven=False)
        found = dict.fromkeys((limit.told_rule, limit.about.lasting) for limit in outcome.audit.broken)
        return {"broken": [list(one) for one in found]}


def broken_in(tasks: Sequence[Task], plain: Outcome, engine: Engine, hold: Holder) -> list[tuple[Broken, ...]]:
    """What a plan breaks in some futures: nothing told where it cannot be held in any way that was found."""
    jobs = [Held(f"{task.name} with the plain plan", task, plain.decisions, hold, engine.time_limit) for task in tasks]
    records = all_records(jobs, engine) if jobs else []
    return [tuple(Broken(*one) for one in record.get("broken", [])[:MOST_TOLD]) for record in records]
