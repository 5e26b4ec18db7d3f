"""What the optimiser chose, in the words of the case: the one noun that the model hands to everything after it.

Periods are numbers from 0, as in ``Calendar``. An investment is ``(name, site, t)``, where the name is that of an
offer or of an expansion. A cohort is what came with one order: the month in which the systems arrive and the offer,
written ``2024-10 b200-market``; for systems that are there without an order, the month alone. Its age decides how long
a system serves and what it fetches, its offer what it cost.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.case.quantities import Month
from planner.vocabulary.keys import Credit

Investment = tuple[str, str, int]


def cohort_of(arrives: Month, offer: str = "") -> str:
    """How the systems of one order are called, or without an offer those that come without one.

    >>> cohort_of(Month.of(2024, 10), "b200-market"), cohort_of(Month.of(2024, 6))
    ('2024-10 b200-market', '2024-06')
    """
    return f"{arrives} {offer}".rstrip()


def cohort_month(cohort: str) -> Month:
    """The month in which a cohort arrives."""
    return Month.parse(cohort.partition(" ")[0])


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
    draw: dict[tuple[str, int], float] = field(default_factory=dict)
    """Money drawn at the start of a period, by (loan, period), in whole units of the case's currency."""
    repay: dict[tuple[str, int], float] = field(default_factory=dict)
    """Money repaid at the end of a period, by (loan, period), in whole units of the case's currency."""
    leave: dict[tuple[str, str, str, int, int], float] = field(default_factory=dict)
    """Systems claimed under a programme among those that leave, by (programme, *order, period in which they leave)."""
    both: dict[tuple[str, str, str, str, int], float] = field(default_factory=dict)
    """Units claimed under a programme and under one that comes before it, by (programme, earlier one, *investment)."""
    leave_both: dict[tuple[str, str, str, str, int, int], float] = field(default_factory=dict)
    """Of those, systems that leave, by (programme, earlier one, *order, period in which they leave)."""
    credit: dict[Credit, float] = field(default_factory=dict)
    """Tax credit used, by (programme, fiscal year), in whole units of the case's currency."""
