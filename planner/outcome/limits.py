"""Limits of the case beside a plan: both of their sides, and the shadow price of one unit more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planner.case.calendar import Calendar
from planner.vocabulary.keys import FiscalYear
from planner.vocabulary.message import Message
from planner.vocabulary.rules import told_rule


@dataclass(frozen=True)
class About:
    """What a limit is about: names for programs, words for people. Nothing is ever read out of the words."""

    names: tuple[str, ...]
    """Names of the case, then which of several limits of the rule it is, such as ('maker', 'allocation').

    Each rule keeps to one order. Together with the rule and the period they tell a limit from all others."""
    words: Message
    """What it is about. The part ``when``, if there is one, tells the period, such as ', up to 2025-10'."""
    year: FiscalYear | None = None
    """The fiscal year that it is a limit on, where the case names one."""

    @property
    def subject(self) -> str:
        """All of it, such as 'maker, up to 2025-10: ordered'."""
        return str(self.words)

    @property
    def when(self) -> str:
        """What tells the period, with what ties it to the words before."""
        return str(self.words.part("when"))

    @property
    def lasting(self) -> str:
        """The words without the period, such as 'maker: ordered'."""
        return str(self.words.but(when=""))


@dataclass(frozen=True)
class Limit:
    """One limit of the case, recomputed from the decisions."""

    rule: str
    """Name of the rule of the model."""
    about: About
    left: float
    """The side that the plan decides."""
    sense: Literal["<=", ">=", "="]
    right: float
    """The side that the case sets."""
    unit: str
    tolerance: float
    """How far the sides may be on the wrong side of each other."""
    period: int | None = None

    @property
    def subject(self) -> str:
        """What it is about, in words for people."""
        return self.about.subject

    @property
    def told_rule(self) -> str:
        """Name of the rule as files and people know it."""
        return told_rule(self.rule)

    @property
    def slack(self) -> float:
        """Room that is left; negative where the limit is broken."""
        if self.sense == "<=":
            return self.right - self.left
        if self.sense == ">=":
            return self.left - self.right
        return -abs(self.left - self.right)

    @property
    def holds(self) -> bool:
        """Whether the limit is kept; a figure that is not a number breaks it."""
        return self.slack >= -self.tolerance


BESIDE_THE_PLAN = (
    "What each change would bring beside this plan, all else as it is: blocks, programmes and tax years stay as "
    "planned, systems may be fractions."
)
"""What worths of limits mean, wherever they are told."""


@dataclass(frozen=True)
class LimitPrice:
    """Shadow price: what one unit more or less of a limit would gain beside the plan, in the unit of the objective."""

    path: str
    """Where the figure stands in the case, for people and for whoever looks up its line."""
    keys: tuple[str, ...]
    """The same key by key. Names may hold dots: they are never read out of the path."""
    words: str
    """What it says."""
    periods: tuple[int, ...]
    unit: str
    """The change, such as '+1 MW'."""
    value: str
    """The figure as it is."""
    gain: float | None
    """What one such unit gains; None where only planning again can tell."""
    reach: float
    """Units up to which each gains as much; zero where that is not known."""
    loss: float | None
    """What one unit the other way costs; None where that is not known."""
    reach_back: float
    """Units the other way up to which each costs as much."""
    planned_again: float | None = None
    """What the plan of the case with one unit changed gained, in whole numbers; None where it was not made."""

    def span(self, calendar: Calendar) -> tuple[str, ...]:
        """The first and the last period in which it binds, or the only one; nothing where it binds in all."""
        labels = [calendar.label(t) for t in self.periods]
        if len(labels) in (0, calendar.periods):
            return ()
        return tuple(dict.fromkeys((labels[0], labels[-1])))
