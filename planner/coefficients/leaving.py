"""Claimed exits: when it matters which of the systems that leave were claimed, since grants go back (clawback)."""

from __future__ import annotations

from collections import defaultdict

from planner.coefficients.coefficients import Coefficients
from planner.vocabulary.keys import Claim, Investment, Overlap


def leaving_figures(figures: Coefficients) -> None:
    """Fills in the periods in which claimed systems may leave, as long as that matters to any programme beside them.

    Programmes that exclude each other, or deduct from each other, share the systems of an order: who follows what one
    of them has paid for must follow the others as well, from the first period in which one of them lets systems go.
    """
    claimants: dict[Investment, list[str]] = defaultdict(list)
    for programme, investment in figures.claims:
        if investment in figures.delivery:
            claimants[investment].append(programme)
    for order, programmes in claimants.items():
        exits = _exits(figures, order)
        for group in _side_by_side(figures, order, programmes):
            last = max((t for j in group for t in exits if _matters(figures, j, order, t)), default=-1)
            for j in group:
                free_from = figures.retained_until[j, figures.delivery[order]]
                figures.leave_periods[Claim(j, order)] = tuple(t for t in exits if free_from <= t <= last)


def _exits(figures: Coefficients, order: Investment) -> list[int]:
    """Periods at whose start systems of an order can leave."""
    vintage = figures.vintage(order)
    return [t for t in figures.periods if (vintage.system, vintage.arrival, t) in figures.resale]


def _matters(figures: Coefficients, programme: str, order: Investment, t: int) -> bool:
    """Whether a claimed system that leaves sends money back, or takes book value with it that was lowered."""
    terms, ready = figures.claims[Claim(programme, order)], figures.delivery[order]
    if t in terms.clawback_share:
        return True
    free = t >= figures.retained_until[programme, ready]
    return terms.lowers_book_value and free and figures.vintage_depreciated[figures.vintage(order)][t] < 1


def _side_by_side(figures: Coefficients, order: Investment, programmes: list[str]) -> list[list[str]]:
    """Programmes on an order in groups: those that share its systems with one another, however indirectly."""
    groups: list[list[str]] = []
    for j in programmes:
        joined = [group for group in groups if any(_share(figures, order, j, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([member for group in joined for member in group] + [j])
    return groups


def _share(figures: Coefficients, order: Investment, one: str, other: str) -> bool:
    deducts = Overlap(one, other, order) in figures.deducted or Overlap(other, one, order) in figures.deducted
    return deducts or any(one in group and other in group for group in figures.exclusive)
