"""What the optimiser chose, in the words of the case: the one noun that the model hands to everything after it.

Periods are numbers from 0, as in ``Calendar``. An investment is ``(name, site, t)``, where the name is that of an
offer or of an expansion. A cohort is the month in which systems arrive, written ``2024-10``: the age of a system is
what decides how long it serves and what it fetches.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Investment = tuple[str, str, int]


@dataclass(frozen=True)
class Decisions:
    """A whole plan: only what is not zero is listed."""

    order: dict[tuple[str, str, int], int] = field(default_factory=dict)
    """Systems ordered, by (offer, site, period); whole systems."""
    expand: dict[tuple[str, int], int] = field(default_factory=dict)
    """Blocks started, by (expansion, period); whole blocks."""
    exit: dict[tuple[str, str, str, int], int] = field(default_factory=dict)
    """Systems retired or sold at the start of a period, by (system, site, cohort, period), end of life included."""
    serve: dict[tuple[str, str, str, int], float] = field(default_factory=dict)
    """Systems at work on average over a period, by (workload, system, site, period)."""
    claim: dict[tuple[str, str, str, int], float] = field(default_factory=dict)
    """Systems or blocks of an investment claimed under a programme, by (programme, *investment)."""
    join: dict[str, bool] = field(default_factory=dict)
    """Whether a programme with an obligation or a minimum is joined."""
