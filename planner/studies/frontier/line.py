"""One line of points along an input: which have been planned, and which should be next."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace

from planner.case.case import Case
from planner.outcome import WarmStart
from planner.studies.frontier.breakpoints import Pair
from planner.studies.frontier.events import Event
from planner.studies.frontier.parameter import Parameter
from planner.studies.tasks import Run, Task


@dataclass
class Line:
    """A line along one input, all other inputs held."""

    parameter: Parameter
    event: Event
    task_at: Callable[[float], Task]
    """The task of planning the case at a value of the input."""
    other: float | None = None
    """Value of the second input, in a map."""
    runs: dict[int, Run] = field(default_factory=dict)
    """What was planned, by position."""

    def state(self, position: int) -> Hashable:
        """The state of the plan at a position that was planned."""
        return self.event.state(self.runs[position])

    def task(self, position: int) -> Task:
        """The task at a position: its search begins at the plans of the nearest values on both sides."""
        below = max((one for one in self.runs if one < position and self.runs[one].outcome), default=None)
        above = min((one for one in self.runs if one > position and self.runs[one].outcome), default=None)
        near = [self.runs[one].plan for one in (below, above) if one is not None]
        task = self.task_at(self.parameter.value(position))
        if not near:
            return task
        return replace(task, start=WarmStart(tuple(plan.decisions for plan in near), near[0].branches))

    def case_at(self, value: float) -> Case:
        """The case at any value."""
        return self.task_at(value).case

    @property
    def turns(self) -> list[tuple[int, int]]:
        """Neighbouring positions that were planned and whose states differ."""
        known = sorted(self.runs)
        return [(low, high) for low, high in itertools.pairwise(known) if self.state(low) != self.state(high)]

    def pair(self, low: int, high: int) -> Pair | None:
        """The plans at two positions; None where there is none at one of them."""
        below, above = self.runs[low].outcome, self.runs[high].outcome
        if below is None or above is None:
            return None
        return Pair(self.parameter.value(low), below, self.parameter.value(high), above, self.case_at)

    @property
    def ends(self) -> list[int]:
        """Positions to begin with; all others begin at plans that are known."""
        return [0, self.parameter.steps]

    def between_ends(self, points: int) -> list[int]:
        """Positions at equal distances between the ends, which count among the points."""
        steps = self.parameter.steps
        return sorted({round(steps * place / (points - 1)) for place in range(points)} - {*self.ends})

    def next_positions(self, by_crossing: bool) -> list[int]:
        """Positions that narrow every turn down which is not yet between two neighbours.

        By crossing: the two positions around the value at which the plans on both sides are worth the same, which is
        the turn itself unless a third plan lies between. Otherwise, and where there is no such value, the middle.
        """
        wanted: set[int] = set()
        for low, high in self.turns:
            if high - low > 1:
                around = self._around_crossing(low, high) if by_crossing else set()
                wanted |= around or {(low + high) // 2}
        return sorted(wanted)

    def _around_crossing(self, low: int, high: int) -> set[int]:
        pair = self.pair(low, high)
        value = None if pair is None else pair.turns_at()
        if value is None:
            return set()
        position = self.parameter.position(value)
        return {one for one in (math.floor(position), math.floor(position) + 1) if low < one < high}
