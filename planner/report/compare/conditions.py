"""Conditions under which ``plan compare`` fails: read before anything is planned, held against every plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.case.case import Case
from planner.defaults import BASE
from planner.errors import Fault, InputError
from planner.report.compare.figures import figure_names, figures_of
from planner.studies.compare import Comparison
from planner.studies.condition import Condition, ConditionMetError, parse_condition


@dataclass(frozen=True)
class Conditions:
    """Conditions on the headline figures."""

    held: tuple[Condition, ...]

    @classmethod
    def of(cls, texts: Sequence[str], case: Case) -> Conditions:
        """Reads conditions.

        Raises:
            InputError: holds every fault of all of them.
        """
        conditions: list[Condition] = []
        faults: list[Fault] = []
        for text in texts:
            try:
                conditions.append(parse_condition(text, figure_names(), case.finance.currency))
            except InputError as error:
                faults += error.faults
        if faults:
            raise InputError(faults)
        return cls(tuple(conditions))

    def met(self, comparison: Comparison) -> list[dict[str, str]]:
        """Plans that meet a condition: the name of the plan, and the condition."""
        figures = {name: figures_of(outcome) for name, outcome in comparison.plans}
        return [
            {"plan": name, "condition": condition.text}
            for name, held in figures.items()
            for condition in self.held
            if condition.holds(held, figures[BASE])
        ]

    @staticmethod
    def raise_for(met: Sequence[dict[str, str]]) -> None:
        """Fails where a condition was met.

        Raises:
            ConditionMetError: names the plans and their conditions.
        """
        if met:
            lines = [f"  {one['plan']}: {one['condition']}" for one in met]
            raise ConditionMetError("\n".join(["asked to fail on this, and it is so:", *lines]))
