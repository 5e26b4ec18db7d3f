"""Planning a case as a job, and its record: the decisions and their proof, as plain values.

Money and limits are not in it: the audit works them out again whenever a record is read, in a first run as well as
after an interruption. That is also how a kept plan is confirmed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from planner.audit import audit
from planner.case.case import Case
from planner.case.doing_nothing import doing_nothing
from planner.decisions import Decisions
from planner.errors import NoPlanError, NoProofError
from planner.outcome import Branch, DoingNothing, Outcome, Proof, WarmStart
from planner.reading.stored_decisions import typed
from planner.studies.jobs import Record, record_of_none
from planner.studies.tasks import Engine, Planner, Run, Task
from planner.vocabulary.decisions import STORED, Decision
from planner.vocabulary.keys import flat, key_of

NEAR = 1e-9
"""How far the audit's objective may be from the one that was written, as a share, for the entry to be believed."""


@dataclasses.dataclass(frozen=True)
class PlanJob:
    """Planning one case: its record is that of the plan, or that there is none."""

    plan: Planner
    task: Task
    gap: float
    time_limit: float

    @classmethod
    def of(cls, task: Task, engine: Engine) -> PlanJob:
        """The job of a task, with the options of an engine."""
        return cls(engine.plan, task, engine.gap, engine.time_limit)

    @property
    def name(self) -> str:
        """That of the task."""
        return self.task.name

    def question(self) -> Mapping[str, Any]:
        """The case, its name, where the search begins, and the options."""
        return {
            "input": self.task.input_hash,
            "name": self.task.name,
            "gap": self.gap,
            "time limit": self.time_limit,
            "start": None if self.task.start is None else _said_start(self.task.start),
        }

    def answer(self) -> Record:
        """Plans the case; that no plan exists, or none was found in time, is an answer like another.

        Raises:
            PlannerError: the run failed otherwise.
        """
        task = self.task
        try:
            outcome = self.plan(
                task.case,
                gap=self.gap,
                time_limit=self.time_limit,
                scenario=task.name,
                input_hash=task.input_hash,
                provenance=task.provenance,
                start=task.start,
            )
        except NoPlanError as answer:
            return record_of_none(str(answer), proven=True)
        except NoProofError as answer:
            return record_of_none(str(answer), proven=False)
        return record_of(outcome)


def record_of(outcome: Outcome) -> Record:
    """A plan as plain values. Wall time is left out, since it differs from one run to the next."""
    nothing = outcome.doing_nothing
    return {
        **said_proven(outcome.decisions, outcome.proof),
        "options": outcome.options,
        "branches": _said_branches(outcome.branches),
        "doing_nothing": None if nothing is None else said_proven(nothing.decisions, nothing.proof),
        "no_doing_nothing": outcome.no_doing_nothing,
    }


def said_proven(decisions: Decisions, proof: Proof) -> Record:
    """A plan and its proof as plain values."""
    return {
        "decisions": said_plan(decisions),
        "proof": dataclasses.asdict(dataclasses.replace(proof, seconds=0.0)),
    }


def proven_of(record: Record) -> tuple[Decisions, Proof]:
    """What ``said_proven`` says."""
    return plan_of(record["decisions"]), Proof(**record["proof"])


def plan_of(said: Record) -> Decisions:
    """What ``said_plan`` says."""
    tables: dict[str, Any] = {
        kind: {_key(STORED[kind], key): value for key, value in entries} for kind, entries in said.items()
    }
    return Decisions(**tables)


def said_plan(decisions: Decisions) -> Record:
    """Decisions as plain values."""
    return {
        kind: [[_said(key), value] for key, value in entries.items()]
        for kind in STORED
        if (entries := getattr(decisions, kind))
    }


def _said_branches(branches: Sequence[Branch]) -> list[list[Any]]:
    return [[[kind, _said(key), *bounds] for (kind, key), bounds in branch.items()] for branch in branches]


def _said_start(start: WarmStart) -> list[Any]:
    return [[said_plan(plan) for plan in start.plans], _said_branches(start.branches)]


def _said(key: object) -> list[str | int]:
    """A key as plain values."""
    return [part if isinstance(part, int) else str(part) for part in flat((key,))]


def _key(one: Decision, said: list[str | int]) -> object:
    return key_of(one.key, [typed(field, part) for field, part in zip(one.fields, said, strict=True)])


def run_of(task: Task, record: Record, engine: Engine) -> Run:
    """The run behind a record, its money and limits worked out again.

    Raises:
        AuditError: the decisions do not fit the case.
    """
    if "decisions" not in record:
        return Run(task, None, record["message"], record["proven"])
    decisions, proof = proven_of(record)
    outcome = Outcome(
        case=task.case,
        scenario=task.name,
        input_hash=task.input_hash,
        provenance=task.provenance,
        decisions=decisions,
        proof=proof,
        audit=audit(task.case, decisions),
        versions=dict(engine.versions),
        options=record["options"],
        doing_nothing=None if record["doing_nothing"] is None else _nothing(task.case, record["doing_nothing"]),
        no_doing_nothing=record["no_doing_nothing"],
        branches=tuple(
            {(kind, tuple(key)): (low, high) for kind, key, low, high in branch} for branch in record["branches"]
        ),
    )
    return Run(task, outcome)


def _nothing(case: Case, record: Record) -> DoingNothing:
    idle = doing_nothing(case)
    decisions, proof = proven_of(record)
    return DoingNothing(idle, decisions, proof, audit(idle, decisions))


def confirmed(task: Task, record: Record, engine: Engine) -> Run | None:
    """The run behind a kept record; nothing where the audit does not confirm it.

    Raises:
        AuditError: the decisions do not fit the case.
    """
    run = run_of(task, record, engine)
    return run if run.outcome is None or _is_confirmed(run.outcome) else None


def _is_confirmed(outcome: Outcome) -> bool:
    off = abs(outcome.audit.objective - outcome.proof.objective)
    return not outcome.audit.broken and off <= NEAR * max(1.0, abs(outcome.proof.objective))
