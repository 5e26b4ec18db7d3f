"""What one figure of the case alone does to a plan: lower and higher, with the plan held and with another plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.vocabulary.message import Message


@dataclass(frozen=True)
class Side:
    """A lever on one side of what the case states; money in the currency of the case."""

    change: Message
    """What is otherwise, such as '10 % less'."""
    held: float | None
    """What the plan comes to where it is held; None where nothing was found in time."""
    broken: tuple[Mapping[str, Any], ...] = ()
    """Promises that it breaks there, each with how far it does where that is most."""
    replanned: float | None = None
    """What the plan comes to that is best there; None where that was not asked for or not found."""
    message: str = ""
    """Why something was not found."""


@dataclass(frozen=True)
class Pull:
    """One lever: a figure of the case, or several that move together."""

    lever: Message
    paths: tuple[str, ...]
    low: Side | None
    """None where the figure cannot be lower, such as a delay of nothing."""
    high: Side | None

    @property
    def sides(self) -> tuple[Side, ...]:
        """Those that there are."""
        return tuple(side for side in (self.low, self.high) if side is not None)

    def span(self, planned: float) -> float:
        """How far the held plan moves between both sides and what was planned."""
        values = [planned, *(side.held for side in self.sides if side.held is not None)]
        return max(values) - min(values)


@dataclass(frozen=True)
class Sensitivity:
    """All levers of a plan, the one that moves it most first."""

    figure: str
    """Name of the figure that is told: value_added, or npv where that is not known."""
    planned: float
    """What it is in the plan itself."""
    pulls: tuple[Pull, ...]
    is_replanned: bool
    """Whether there is another plan for each side as well."""
