"""What is made of the values that plans have in many futures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Risk:
    """How much the worst futures count beside the expected value."""

    level: float = 0.9
    """Share of probability that lies outside the tail; 0 takes in all futures, 1 the worst alone."""
    share: float = 0.0
    """Weight of the mean over the tail; the expected value has the rest."""

    @property
    def counts_tail(self) -> bool:
        """Whether the tail weighs anything beyond the expected value."""
        return self.share > 0.0 and self.level > 0.0
