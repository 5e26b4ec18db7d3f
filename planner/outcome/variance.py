"""How a plan that was made anew came from an earlier one: from the plan to what happened, and on to the new plan."""

from __future__ import annotations

import math
from dataclasses import dataclass

from planner.case.quantities import Month
from planner.vocabulary.message import Message


@dataclass(frozen=True)
class Effects:
    """What one line adds on one leg of the way, at present value, in currency."""

    figures: float = 0.0
    """Other prices and dates for the same decisions."""
    figures_timing: float = 0.0
    """The same decisions, paid at other times."""
    decisions: float = 0.0
    """Other decisions."""
    decisions_timing: float = 0.0
    """Other decisions, paid at other times."""

    @property
    def parts(self) -> tuple[float, float, float, float]:
        """All four."""
        return self.figures, self.figures_timing, self.decisions, self.decisions_timing

    @property
    def total(self) -> float:
        """All of it."""
        return math.fsum(self.parts)


@dataclass(frozen=True)
class VarianceLine:
    """One line of the cash flow, or of what counts beside it, on the way from the earlier plan to the new one."""

    line: str
    planned: float
    """Present value in the earlier plan."""
    happened: Effects
    """What has happened, with the figures that the earlier plan was made for, and what is best after it."""
    changed: Effects
    """What the figures that have changed since make of that."""

    @property
    def now(self) -> float:
        """Present value in the new plan."""
        return math.fsum((self.planned, *self.happened.parts, *self.changed.parts))


@dataclass(frozen=True)
class CashDifference:
    """Cash that came or went otherwise than the lines work out."""

    words: Message
    month: Month
    """When it counts."""
    amount: float
    present: float
    """Present value."""
    is_lasting: bool = True
    """Whether it is value that is gained or lost, and no cash that comes back later."""


@dataclass(frozen=True)
class Changed:
    """One decision that is another one than in the earlier plan, summed over a fiscal year."""

    kind: str
    """What is decided, such as 'order'."""
    name: str
    year: str
    """Fiscal year; nothing where the decision has no date."""
    unit: str
    planned: float
    now: float


@dataclass(frozen=True)
class Variance:
    """The bridge from an earlier plan to the one that was made anew; present values in currency."""

    as_of: Month
    planned: float
    """Net present value of the earlier plan."""
    after_what_happened: float
    """Of the best plan after what has happened, with the figures of the earlier one."""
    now: float
    """Of the new plan."""
    lines: tuple[VarianceLine, ...]
    differences: tuple[CashDifference, ...]
    told: tuple[Message, ...]
    """What was read in the actuals, in words."""
    is_kept: bool
    """Whether the new plan is the earlier one, as far as it is left."""
    changes: tuple[Changed, ...] = ()
    """Decisions that are others now, those that move most money first."""

    @property
    def with_differences(self) -> float:
        """The new plan with the cash that came or went besides."""
        return self.now + math.fsum(one.present for one in self.differences)
