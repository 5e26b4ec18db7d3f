"""A bridge, also called a waterfall, before anybody draws it: steps that hang from where the one before ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One bar: what it is called, and what it adds; or a level, from nothing."""

    name: str
    amount: float
    is_level: bool = False


@dataclass(frozen=True)
class Way:
    """A bridge from one level to another, such as from a base to a scenario."""

    title: str
    words: str
    """Alternative text."""
    steps: tuple[Step, ...]


def edges(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Where each bar begins and ends: a level begins at nothing, any other where the one before it ended."""
    found, level = [], 0.0
    for step in steps:
        before = 0.0 if step.is_level else level
        level = before + step.amount
        found.append((before, level))
    return found
