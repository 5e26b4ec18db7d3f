"""A plan held in one future: a job that any engine does, with the figures that a study needs as its record."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from planner.case.case import Case
from planner.decisions import Decisions
from planner.errors import NoProofError
from planner.outcome import Outcome
from planner.reading.case.file import Reading
from planner.studies.jobs import Record, record_of_none
from planner.studies.plans import said_plan

Figures = Callable[[Outcome], Record]
"""Gives the figures of a held plan as plain values: a function of the report, handed down by the command."""


AS_PLANNED: Record = {"as planned": True}
"""The record of a future that is the case which the plan was made for."""


class Holder(Protocol):
    """How a plan is held: ``planner.holding.hold_plan``, handed down by the command."""

    def __call__(
        self,
        case: Case,
        planned: Decisions,
        *,
        scenario: str,
        input_hash: str = "",
        bridge_rate: float = ...,
        time_limit: float = ...,
    ) -> Outcome:
        """What was planned, in a case that came otherwise, beside doing nothing there."""
        ...


@dataclass(frozen=True)
class HeldPlan:
    """One future in which a plan is held."""

    name: str
    base: Reading
    """The case that the plan was made for."""
    changes: Mapping[str, Any]
    """What comes otherwise, by path."""
    planned: Decisions
    hold: Holder
    figures: Figures
    bridge_rate: float
    time_limit: float

    def question(self) -> Mapping[str, Any]:
        """All that the figures depend on."""
        return {
            "input": self.base.input_hash,
            "changes": {path: str(value) for path, value in self.changes.items()},
            "planned": said_plan(self.planned),
            "bridge rate": self.bridge_rate,
            "figures": f"{self.figures.__module__}.{self.figures.__qualname__}",
        }

    def answer(self) -> Record:
        """Reads the future, holds the plan in it, and works out its figures.

        Where all comes as planned nothing adapts, and the figures are those of the plan itself.

        Raises:
            InputError: the future has faults.
            AuditError: the audit does not agree, which is a defect of the program.
        """
        with _tidied_once():
            reading = self.base.with_(self.changes, name=self.name)
            if reading.input_hash == self.base.input_hash:
                return AS_PLANNED
            try:
                outcome = self.hold(
                    reading.case,
                    self.planned,
                    scenario=self.name,
                    input_hash=reading.input_hash,
                    bridge_rate=self.bridge_rate,
                    time_limit=self.time_limit,
                )
            except NoProofError as answer:
                return record_of_none(str(answer), proven=False)
            return self.figures(outcome)


@contextmanager
def _tidied_once() -> Iterator[None]:
    """Has memory that was given up looked for at the end, and only among what was made inside.

    A future makes a million objects, all gone within a second. The collector would look through everything again and
    again as they come, which is a sixth of all the time.
    """
    was_on = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        gc.collect()
        gc.unfreeze()
