"""Claimed exits: when it matters which of the systems that leave were claimed, since grants go back (clawback)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from planner.coefficients.coefficients import Coefficients
from planner.vocabulary.keys import Claim, Investment, Overlap


def claimed_exit_periods_of(known: Coefficients) -> dict[Claim, tuple[int, ...]]:
    """Periods in which claimed systems may leave, as long as that matters to any programme beside them.

    Programmes that exclude each other, or deduct from each other, share the systems of an order: who follows what one
    of them has paid for must follow the others as well, from the first period in which one of them lets systems go.
    """
    claimants: dict[Investment, list[str]] = defaultdict(list)
    for programme, investment in known.claims.terms:
        if investment in known.offers.delivery:
            claimants[investment].append(programme)
    found, relieved = {}, _relieved_until(known)
    for order, programmes in claimants.items():
        exits = _exits(known, order)
        for group in _side_by_side(known, order, programmes):
            last = max((t for j in group for t in exits if _matters(known, Claim(j, order), t, relieved)), default=-1)
            for j in group:
                free_from = known.aid.retained_until[j, known.offers.delivery[order]]
                found[Claim(j, order)] = tuple(t for t in exits if free_from <= t <= last)
    return found


def _exits(known: Coefficients, order: Investment) -> list[int]:
    """Periods at whose start systems of an order can leave."""
    vintage = known.offers.vintage[order]
    return [t for t in known.periods if (vintage.system, vintage.arrival, t) in known.vintages.resale]


def _matters(known: Coefficients, claim: Claim, t: int, relieved: Mapping[Claim, int]) -> bool:
    """Whether a claimed system that leaves sends money back, takes book value with it that was lowered, or ends a
    relief of property tax."""
    terms, order, books = known.claims.terms[claim], claim.investment, known.books
    if t in terms.clawback_share:
        return True
    if t < known.aid.retained_until[claim.programme, known.offers.delivery[order]]:
        return False
    if t <= relieved.get(claim, -1):
        return True
    written = books.last_written_off.get(claim) or books.claim_written_off.get(claim)
    return terms.lowers_book_value and (written or books.written_off[known.offers.vintage[order]])[t] < 1


def _relieved_until(known: Coefficients) -> dict[Claim, int]:
    """The last period at whose start a claimed system may leave and so lose relief of property tax, by claim."""
    found, taxes = dict[Claim, int](), known.property_taxes
    for claim, one in taxes.spared:
        found[claim] = max(found.get(claim, -1), taxes.assessments[one].stood_in)
    return found


def _side_by_side(known: Coefficients, order: Investment, programmes: list[str]) -> list[list[str]]:
    """Programmes on an order in groups: those that share its systems with one another, however indirectly."""
    groups: list[list[str]] = []
    for j in programmes:
        joined = [group for group in groups if any(_share(known, order, j, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([member for group in joined for member in group] + [j])
    return groups


def _share(known: Coefficients, order: Investment, one: str, other: str) -> bool:
    deducted = known.claims.deducted
    deducts = Overlap(one, other, order) in deducted or Overlap(other, one, order) in deducted
    return deducts or any(one in group and other in group for group in known.aid.exclusive)
