"""What the optimiser chose, in the words of the case: the one noun that the model hands to everything after it."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.vocabulary.keys import (
    Balance,
    Claim,
    ClaimedExit,
    Credit,
    Draw,
    Exit,
    Investment,
    Overlap,
    OverlapExit,
    Start,
    Work,
)


@dataclass(frozen=True)
class Decisions:
    """A whole plan: only what is not zero is listed; planner/vocabulary/decisions.py says what each table counts.

    Money stands in whole units of the currency of the case.
    """

    order: dict[Investment, int] = field(default_factory=dict)
    expand: dict[Start, int] = field(default_factory=dict)
    exit: dict[Exit, int] = field(default_factory=dict)
    serve: dict[Work, float] = field(default_factory=dict)
    claim: dict[Claim, float] = field(default_factory=dict)
    join: dict[str, bool] = field(default_factory=dict)
    """By programme."""
    draw: dict[Draw, float] = field(default_factory=dict)
    repay: dict[Balance, float] = field(default_factory=dict)
    claimed_exit: dict[ClaimedExit, float] = field(default_factory=dict)
    overlap: dict[Overlap, float] = field(default_factory=dict)
    overlap_exit: dict[OverlapExit, float] = field(default_factory=dict)
    credit: dict[Credit, float] = field(default_factory=dict)
