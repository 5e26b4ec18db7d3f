"""The room to choose around a plan: other plans that are almost as good, and what all of them have in common."""

from __future__ import annotations

from dataclasses import dataclass

from planner.decisions import Decisions
from planner.outcome import Audit


@dataclass(frozen=True)
class Alternative:
    """One plan, audited."""

    name: str
    """What it has the least of, or 'best'."""
    decisions: Decisions
    audit: Audit
    proven: bool
    """Whether no good plan has less of it."""


@dataclass(frozen=True)
class NoneBetter:
    """That no plan was found that has less of something than the best plan."""

    name: str
    proven: bool
    """Whether it is proven that no good plan has less of it; else none was found."""


@dataclass(frozen=True)
class Common:
    """How many systems of an offer all good plans buy."""

    offer: str
    best: int
    least: int
    """Every good plan buys so many at least."""
    most: float
    """No good plan buys more."""


@dataclass(frozen=True)
class Alternatives:
    """The room to choose around a plan."""

    within: float
    floor: float
    """A plan is good where its objective is no worse, in the unit of the objective."""
    tag: str
    """The dependence that one alternative avoids; nothing where no offer has tags."""
    plans: tuple[Alternative, ...]
    """The best first; each of the others has less than it of what it is named for."""
    none_better: tuple[NoneBetter, ...]
    """In which respects there is no such plan."""
    common: tuple[Common, ...]
