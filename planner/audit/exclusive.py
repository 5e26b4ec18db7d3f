"""Programmes that exclude each other, and such sets of which one stands after the other.

Claims of programmes that exclude each other lie on different units and so add up. That is why limits are held over
whole sets: over pairs, three such programmes could each pay for half of one unit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

from planner.case.programme import Programme

Pair = tuple[str, str]
"""A programme, and one that comes before it."""


def exclusive_sets(programmes: Mapping[str, Programme]) -> list[tuple[str, ...]]:
    """Maximal sets of programmes that exclude each other pairwise, the largest first; a programme alone is one as well.

    One that is excluded need not say so itself.
    """
    found: set[frozenset[str]] = set()
    for name, rules in programmes.items():
        apart = {other for other, its in programmes.items() if other in rules.excludes or name in its.excludes}
        found |= {(group & apart) | {name} for group in (*found, frozenset[str]())}
        found = {group for group in found if not any(group < bigger for bigger in found)}
    places = {name: place for place, name in enumerate(programmes)}
    sets = [tuple(sorted(group, key=places.__getitem__)) for group in found]
    return sorted(sets, key=lambda group: (-len(group), [places[name] for name in group]))


def side_by_side(pairs: Collection[Pair], exclusive: Collection[tuple[str, ...]]) -> list[frozenset[Pair]]:
    """The largest groups of pairs whose units must fit side by side: programmes that exclude each other, each after
    all of some earlier ones that do so too.

    >>> [sorted(group) for group in side_by_side([("b", "a"), ("c", "a")], [("a",), ("b", "c")])]
    [[('b', 'a'), ('c', 'a')]]
    """
    found: list[frozenset[Pair]] = []
    for group in exclusive:
        later = [name for name in group if any(name == pair[0] for pair in pairs)]
        for some in (some for size in range(1, len(later) + 1) for some in combinations(later, size)):
            for others in exclusive:
                common = [other for other in others if all((name, other) in pairs for name in some)]
                found.append(frozenset((name, other) for name in some for other in common))
    unique = [one for one in dict.fromkeys(found) if one]
    return [one for one in unique if not any(one < other for other in unique)]
