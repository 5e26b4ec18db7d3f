"""Irreducible infeasible set (IIS) by deletion filter: groups of elastic variables that, all shut, leave no plan.

Without any one of them there would be a plan. Users read it as the statements that contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from planner.errors import NoProofError
from planner.solving.elastic import ElasticSolver


@dataclass(frozen=True)
class IrreducibleSet[G: Hashable]:
    """Groups that cannot all be kept; without any one of them the others can."""

    groups: tuple[G, ...]
    slacks: frozenset[int]
    """Slacks of these groups that the contradiction is about."""
    whole: bool
    """Whether only whole numbers are in the way that the search itself looked at: in fractions there is a plan."""
    smallest: bool = True
    """Whether each group is known to be needed; otherwise some of them could perhaps be left out."""


def deletion_filter[G: Hashable](
    elastic: ElasticSolver,
    groups: Mapping[G, Sequence[int]],
    loose: set[int],
    order: Sequence[G],
    *,
    in_whole: bool = True,
) -> IrreducibleSet[G] | None:
    """A smallest set of groups that leaves no plan, with some slacks let go already; None where there is a plan.

    Groups are let go one after the other for good, as long as there is still no plan; what is left at the end is
    needed, each of it. In fractions each proof that there is none names the slacks that it rests on, and all others
    are let go at once. A group of which it could not be found out, for want of time or otherwise, stays.

    Args:
        order: the groups in the order in which it is tried to do without them.
        in_whole: whether it also counts when only whole numbers are in the way.

    Raises:
        NoProofError: it could not be found out whether there is a plan.
    """
    whole = elastic.possible(loose)
    if whole and not (in_whole and elastic.has_whole and not elastic.possible_in_whole(loose)):
        return None
    kept = {group for group in groups if any(slack not in loose for slack in groups[group])}
    if not whole:
        kept = _in_farkas_support(elastic, groups, kept)
    possible: Callable[[set[int]], bool] = elastic.possible_in_whole if whole else elastic.possible
    smallest = True
    for group in order:
        if group not in kept:
            continue
        without = loose | {slack for name in groups if name not in kept - {group} for slack in groups[name]}
        try:
            is_needed = possible(without)
        except NoProofError:
            smallest = False
            continue
        if not is_needed:
            kept = kept - {group} if whole else _in_farkas_support(elastic, groups, kept - {group})
    held = {slack for name in kept for slack in groups[name]} - loose
    if not whole:
        held &= elastic.farkas_support()
    return IrreducibleSet(tuple(name for name in groups if name in kept), frozenset(held), whole, smallest)


def _in_farkas_support[G: Hashable](elastic: ElasticSolver, groups: Mapping[G, Sequence[int]], kept: set[G]) -> set[G]:
    farkas_support = elastic.farkas_support()
    return {name for name in kept if any(slack in farkas_support for slack in groups[name])}
