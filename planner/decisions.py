"""What the optimiser chose, in the words of the case: the one noun that the model hands to everything after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from planner.vocabulary.keys import (
    Balance,
    Claim,
    ClaimedExit,
    Credit,
    Draw,
    Exit,
    Failover,
    Investment,
    Overlap,
    OverlapExit,
    Payout,
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
    failover: dict[Failover, float] = field(default_factory=dict)
    claim: dict[Claim, float] = field(default_factory=dict)
    join: dict[str, bool] = field(default_factory=dict)
    """By programme."""
    draw: dict[Draw, float] = field(default_factory=dict)
    repay: dict[Balance, float] = field(default_factory=dict)
    claimed_exit: dict[ClaimedExit, float] = field(default_factory=dict)
    overlap: dict[Overlap, float] = field(default_factory=dict)
    overlap_exit: dict[OverlapExit, float] = field(default_factory=dict)
    credit: dict[Credit, float] = field(default_factory=dict)
    dividend: dict[Payout, float] = field(default_factory=dict)

    @property
    def ordered(self) -> dict[tuple[str, str], int]:
        """Systems ordered over the horizon, by offer and site."""
        return summed(((offer, site), count) for (offer, site, _), count in self.order.items())

    @property
    def bought(self) -> dict[str, int]:
        """Systems and blocks over the horizon, by the name of their offer or expansion."""
        blocks = ((start.expansion, count) for start, count in self.expand.items())
        return summed(chain(((order.name, count) for order, count in self.order.items()), blocks))

    @property
    def buys_anything(self) -> bool:
        """Whether any system or block is bought."""
        return any(self.bought.values())


def summed[K, N: (int, float)](amounts: Iterable[tuple[K, N]]) -> dict[K, N]:
    """Amounts added up by their keys.

    >>> summed([("a", 1), ("b", 2), ("a", 3)])
    {'a': 4, 'b': 2}
    """
    found: dict[K, N] = {}
    for key, amount in amounts:
        found[key] = found[key] + amount if key in found else amount
    return found
