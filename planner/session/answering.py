"""One question about a plan, watched like a run: it is answered, or it ends and says why. Nothing is written."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from planner.defaults import GAP, TIME_LIMIT
from planner.session.session import all_or_nothing
from planner.session.timetable import StepTimetable
from planner.watch.watch import Link

if TYPE_CHECKING:
    from planner.case.case import Case
    from planner.outcome import Outcome


@dataclass(frozen=True)
class Question:
    """What every question is about: one case and its plan."""

    budget: Path
    scenario: str | None = None
    gap: float = GAP
    time_limit: float = TIME_LIMIT
    debug: bool = False

    @property
    def step_seconds(self) -> float:
        """How long one step may take that heeds its limit."""
        return self.time_limit

    def answered_by(self, case: Case) -> bool:
        """Prints the answer where the case alone gives it, and refuses names that the case does not have."""
        return False

    def answer(self, outcome: Outcome, link: Link) -> None:
        """Prints the answer; tells the link of every step."""
        raise NotImplementedError


@dataclass(frozen=True)
class Explain(Question):
    """Which limits bind and what they are worth, or why something was not bought."""

    why_not: str | None = None
    confirm: int = 0

    def answered_by(self, case: Case) -> bool:
        """What cannot stand at a site needs no plan to say so."""
        from planner.explain.answers import not_at_all  # noqa: PLC0415

        lines = [] if self.why_not is None else not_at_all(case, self.why_not)
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return bool(lines)

    def answer(self, outcome: Outcome, link: Link) -> None:
        """Prints prices and reasons."""
        from planner.explain.answers import asked_why_not, explained  # noqa: PLC0415
        from planner.plan import plan_case  # noqa: PLC0415

        def planned(*arguments: object, **terms: object) -> Outcome:
            link.stage("planning again")
            return plan_case(*arguments, **terms)  # type: ignore[arg-type]  # handed on as they come

        if self.why_not is None:
            lines = explained(outcome, planned, confirm=self.confirm, gap=self.gap, seconds=self.time_limit)
        else:
            told = partial(link.stage, "searching")
            lines = asked_why_not(outcome, self.why_not, gap=self.gap, seconds=self.time_limit, told=told)
        for line in lines:
            link.stage("telling")
            sys.stdout.write(f"{line}\n")


@dataclass(frozen=True)
class Choose(Question):
    """Which plans are almost as good."""

    within: float = 0.01
    tag: str | None = None
    seconds: float = 30.0

    @property
    def step_seconds(self) -> float:
        """The plan itself, or one of the searches behind it."""
        return max(self.time_limit, self.seconds)

    def answer(self, outcome: Outcome, link: Link) -> None:
        """Prints plans that differ, and what they have in common."""
        from planner.explain.answers import room_to_choose  # noqa: PLC0415

        told = partial(link.stage, "searching")
        for line in room_to_choose(outcome, within=self.within, tag=self.tag, seconds=self.seconds, told=told):
            sys.stdout.write(f"{line}\n")


def run(question: Question) -> int:
    """Answers a question in a process of its own; returns the exit status of the command."""
    timetable, words = StepTimetable(question.step_seconds), "the question is not answered, and nothing was written"
    return all_or_nothing(_answer, question, timetable, question.step_seconds, words)


class _Steps:
    """Hears how far the plan itself has come."""

    def __init__(self, link: Link) -> None:
        self.stage = link.stage

    def plan_so_far(self, values: object, bound: float) -> None:
        """Half a plan answers no question."""

    def bound(self, bound: float) -> None:
        """Nor does a bound."""


def _answer(link: Link, question: Question) -> int:
    """Loads what is heavy only in the worker."""
    from planner.plan import plan_case, read_for_plan  # noqa: PLC0415
    from planner.watch.telling import tell  # noqa: PLC0415

    try:
        reading = read_for_plan(question.budget, scenario=question.scenario)
        if question.answered_by(reading.case):
            return 0
        outcome = plan_case(
            reading.case,
            gap=question.gap,
            time_limit=question.time_limit,
            scenario=reading.scenario,
            input_hash=reading.input_hash,
            provenance=reading.provenance,
            recorder=_Steps(link),
        )
        link.stage("answering")
        question.answer(outcome, link)
        sys.stdout.flush()
    except Exception as error:
        return tell(error, debug=question.debug)
    return 0
