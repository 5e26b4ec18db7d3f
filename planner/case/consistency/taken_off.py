"""Programmes that stand after several others: what these take off does not depend on which of them comes first."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Finding
from planner.case.consistency.unknown import as_far_as_known
from planner.case.consistency.whole import WHOLE
from planner.case.consistency.written_off import compatible, share_of_cost, share_units
from planner.case.programme import CostCategory, Programme
from planner.case.quantities import Month
from planner.case.words import listed

UNITS: tuple[tuple[CostCategory, ...], ...] = (("systems", "additions"), ("facility",))
"""Categories that one unit may have: a system that is ordered, or a block."""


def order_does_not_decide_what_is_left(draft: Draft) -> Iterator[Finding]:
    """Grants that come first take off no more than there is, so that each takes off all that it pays.

    Otherwise the last of them would find nothing left to take off, and the order of names in ``after`` would decide
    what a unit brings that only some of them pay for.
    """
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            most, together = max(
                (_most(draft, earlier) for earlier in _side_by_side(draft, programme)), default=(0.0, ())
            )
            if most > programme.eligible_share + WHOLE:
                words = listed([f"'{one}'" for one in together], "and")
                counted = f"{programme.eligible_share * 100:.6g} %"
                found = f"{words} pay up to {most * 100:.6g} % of a cost of which '{name}' counts {counted}"
                allowed = f"grants that together pay for {counted} of the cost at most: more cannot be taken off"
                remedy = "lower a rate, or say with `excludes:` which of them never pay for the same unit"
                yield Finding(("programmes", name, "after"), found, allowed, remedy)


def _side_by_side(draft: Draft, programme: Programme) -> Iterator[list[str]]:
    """Programmes before another that may take something off one unit, by kind of unit and by when it is ordered."""
    starts = draft.calendar.starts if draft.calendar is not None else ()
    for unit in UNITS:
        for start in starts:
            with_it = [
                other
                for other in dict.fromkeys(programme.after)
                if other in draft.programmes
                and share_units(programme, draft.programmes[other])
                and _counts(draft.programmes[other], unit, start)
            ]
            if _counts(programme, unit, start):
                yield with_it


def _counts(programme: Programme, unit: tuple[CostCategory, ...], start: Month) -> bool:
    return not set(unit).isdisjoint(programme.categories) and programme.order_window.holds(start)


def _most(draft: Draft, names: list[str]) -> tuple[float, tuple[str, ...]]:
    """The largest share of a cost that two or more of some programmes pay together, and which they are."""
    sets = [together for together in compatible(draft, names) if len(together) > 1]
    return max(
        ((sum(share_of_cost(draft.programmes[one]) for one in together), together) for together in sets),
        default=(0.0, ()),
    )
