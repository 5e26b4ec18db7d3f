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
from planner.supervisor.supervisor import Link

if TYPE_CHECKING:
    from planner.case.case import Case
    from planner.outcome import Outcome
    from planner.report.live import Line


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

    def answered_by(self, case: Case) -> list[str]:
        """The answer where the case alone gives it, as lines; refuses names that the case does not have."""
        return []

    def answer(self, outcome: Outcome, step: Step) -> list[str]:
        """The answer as lines; hears of every step."""
        raise NotImplementedError


@dataclass(frozen=True)
class Explain(Question):
    """Which limits bind and what they are worth, or why something was not bought."""

    why_not: str | None = None
    confirm: int = 0

    def answered_by(self, case: Case) -> list[str]:
        """What cannot stand at a site needs no plan to say so."""
        from planner.explain.answers import not_at_all  # noqa: PLC0415

        return [] if self.why_not is None else not_at_all(case, self.why_not)

    def answer(self, outcome: Outcome, step: Step) -> list[str]:
        """Prices and reasons."""
        from planner.explain.answers import asked_why_not, explained  # noqa: PLC0415
        from planner.planning import plan_case  # noqa: PLC0415

        def planned(*arguments: object, **terms: object) -> Outcome:
            step("planning again with one unit more")
            return plan_case(*arguments, **terms)  # type: ignore[arg-type]  # handed on as they come

        if self.why_not is None:
            lines = explained(outcome, planned, confirm=self.confirm, gap=self.gap, seconds=self.time_limit)
        else:
            told = partial(step, "planning with it and without it")
            lines = asked_why_not(outcome, self.why_not, gap=self.gap, seconds=self.time_limit, told=told)
        return [*lines]


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

    def answer(self, outcome: Outcome, step: Step) -> list[str]:
        """Plans that differ, and what they have in common."""
        from planner.explain.answers import room_to_choose  # noqa: PLC0415

        told = partial(step, "looking for other plans")
        return [*room_to_choose(outcome, within=self.within, tag=self.tag, seconds=self.seconds, told=told)]


def run(question: Question) -> int:
    """Answers a question in a process of its own; returns the exit status of the command."""
    timetable, words = StepTimetable(question.step_seconds), "the question is not answered, and nothing was written"
    return all_or_nothing(_answer, question, timetable, question.step_seconds, words)


class Step:
    """Hears of every step behind an answer: tells the watch, and whoever looks on."""

    def __init__(self, link: Link, line: Line) -> None:
        self._link, self._line, self._count = link, line, 0

    def __call__(self, words: str) -> None:
        """A step begins now."""
        self._link.stage(words)
        self._count += 1
        self._line.tell(f"{words}: step {self._count}")


class _Steps:
    """Hears how far the plan itself has come."""

    def __init__(self, link: Link) -> None:
        self.stage = link.stage

    def incumbent_found(self, values: object, bound: float) -> None:
        """Half a plan answers no question."""

    def bound(self, bound: float) -> None:
        """Nor does a bound."""


def _answer(link: Link, question: Question) -> int:
    """Loads what is heavy only in the worker."""
    from planner.report.live import live  # noqa: PLC0415
    from planner.report.screen import say, screen  # noqa: PLC0415

    with live(screen(stderr=True), "reading") as line:
        lines = _lines(link, question, line)
    say(screen(), lines)
    sys.stdout.flush()
    return 0


def _lines(link: Link, question: Question, line: Line) -> list[str]:
    from planner.planning import plan, read_for_plan  # noqa: PLC0415

    reading = read_for_plan(question.budget, scenario=question.scenario)
    if known := question.answered_by(reading.case):
        return known
    line.tell("solving")
    outcome = plan(
        reading,
        gap=question.gap,
        time_limit=question.time_limit,
        progress=line.found if line.is_seen else None,
        recorder=_Steps(link),
    )
    link.stage("answering")
    line.tell("working out prices")
    return question.answer(outcome, Step(link, line))
