"""A plan in the names of a case in which some of its orders have terms, and so a name, of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planner.audit.dates import vintage_of
from planner.case.case import Case
from planner.decisions import Decisions
from planner.vocabulary.keys import (
    Claim,
    ClaimedExit,
    Exit,
    Investment,
    Overlap,
    OverlapExit,
    Start,
    Vintage,
)

Rename = Callable[[Investment], Investment]
"""What an order, or the blocks of a start, are called there."""


def renamed(decisions: Decisions, home: Case, there: Case, rename: Rename) -> Decisions:
    """The same decisions in the names of another case.

    Args:
        decisions: a plan.
        home: the case that it was made for.
        there: the other case, in which what is ordered may come at another time.
        rename: what each order is called there.
    """
    vintages = {vintage_of(home, order): vintage_of(there, rename(order)) for order in decisions.order}

    def vintage(one: Vintage) -> Vintage:
        return vintages.get(one, one)

    def claim(one: Claim) -> Claim:
        return Claim(one.programme, rename(one.investment))

    def overlap(one: Overlap) -> Overlap:
        return Overlap(one.programme, one.earlier, rename(one.investment))

    def start(one: Start) -> Start:
        site = home.expansions[one.expansion].site
        return Start(rename(Investment(one.expansion, site, one.period)).name, one.period)

    return replace(
        decisions,
        order={rename(key): count for key, count in decisions.order.items()},
        expand={start(key): count for key, count in decisions.expand.items()},
        exit={Exit(vintage(key.vintage), key.period): count for key, count in decisions.exit.items()},
        claim={claim(key): units for key, units in decisions.claim.items()},
        claimed_exit={
            ClaimedExit(claim(key.claim), key.period): units for key, units in decisions.claimed_exit.items()
        },
        overlap={overlap(key): units for key, units in decisions.overlap.items()},
        overlap_exit={
            OverlapExit(overlap(key.overlap), key.period): units for key, units in decisions.overlap_exit.items()
        },
    )
