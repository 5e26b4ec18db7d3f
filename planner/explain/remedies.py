"""The smallest changes that make an impossible case possible, each confirmed by planning the changed case."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from operator import itemgetter

from planner.case.case import Case
from planner.errors import NoProofError
from planner.explain.figure import Figure, Path, changed, furthest
from planner.explain.how_far import is_smallest, least_change
from planner.explain.impossible import Conflict, Impossible, figures_of, out_of_the_way
from planner.explain.remedy import WAYS, Remedy, asks_for_less, different, way
from planner.explain.statement import Statement
from planner.explain.trials import has_plan

MOST_KINDS = 4
"""Changes that are offered."""
SHARE_OF_SEARCH = 0.8
"""Share of the time in which the smallest changes are looked for; the rest is for planning with what was found."""


def remedies(found: Impossible) -> list[Remedy]:
    """The smallest changes of different kinds, smallest first; fewer where time runs out."""
    conflicts = _that_need_a_change(found)
    smallest = [_kinds(found, conflicts, number) for number in range(len(conflicts))]
    kinds = [of_one or _in_full(found, conflicts[number]) for number, of_one in enumerate(smallest)]
    if not kinds or not all(kinds):
        return []
    count = max(len(of_one) for of_one in kinds)
    offered = []
    for place in range(count):
        parts = [of_one[min(place, len(of_one) - 1)] for of_one in kinds]
        changes = dict(itertools.chain(*(part.changes for part in parts)))
        remedy = Remedy(tuple(changes.items()), all(part.is_least for part in parts))
        try:
            # With one contradiction each change was planned already; together, or in full, they are planned here.
            if (len(kinds) == 1 and all(smallest)) or has_plan(changed(found.case, remedy.texts), found.deadline):
                offered.append(remedy)
        except NoProofError:
            break
    return offered


def _that_need_a_change(found: Impossible) -> list[Conflict]:
    """The contradictions, without those that are gone as soon as the others are: they share what would help."""
    needed = list(found.conflicts)
    for conflict in reversed(found.conflicts):
        others = [other for other in needed if other is not conflict]
        try:
            if others and has_plan(out_of_the_way(found.case, found, others), found.deadline):
                needed = others
        except NoProofError:  # then each is taken to need a change of its own
            continue
    return needed


def _kinds(found: Impossible, conflicts: Sequence[Conflict], number: int) -> list[Remedy]:
    """The smallest change of each statement of one conflict, with the other conflicts out of the way."""
    conflict = conflicts[number]
    away = out_of_the_way(found.case, found, [other for other in conflicts if other is not conflict])
    remedies_found: list[Remedy] = []
    share = SHARE_OF_SEARCH * (found.deadline - time.monotonic()) / (len(conflicts) - number)
    ends = time.monotonic() + share
    for statement in by_way(found, conflict.statements):
        enough = found.is_large and len({way(remedy.changes[0][0]) for remedy in remedies_found}) >= MOST_KINDS
        if time.monotonic() > ends or enough:
            break
        try:
            remedy = least_change(found, statement, away, conflict.needs)
        except NoProofError:  # of this one it could not be found out in time; of another it may be
            continue
        if remedy is not None and remedy not in remedies_found:
            remedies_found.append(remedy)
    ranked = different(sorted(remedies_found, key=lambda remedy: (asks_for_less(remedy), remedy.size)), MOST_KINDS)
    for place, remedy in enumerate(ranked):
        later = _later_money(found, remedy, away)
        if later is not None and all(later.texts != other.texts for other in ranked):
            return [*ranked[: place + 1], later, *ranked[place + 1 :]]  # beside the change of which it is a variant
    return ranked


def by_way(found: Impossible, statements: Sequence[Statement]) -> list[Statement]:
    """The statements in the order in which changes of them are looked for: one of each way out first.

    Time may run out on a large case; then what was found so far should differ as much as it can.
    """
    ways: dict[str, list[tuple[bool, bool, bool, Statement]]] = {}
    for statement in statements:
        levers = [found.lever(n) for n in found.groups[statement.group]]
        figure = next((lever.figure for lever in levers if lever.figure is not None), None)
        if figure is not None:
            at_hand = levers[0].exact or figure.path[0] == "programmes"  # rather than terms of offers and hardware
            in_steps = figure.path[0] == "systems" or (figure.path[0], figure.kind) == ("workloads", "amount")
            is_lent = figure.path[:2] != ("finance", "opening_cash")  # money itself before the terms of who lends it
            ways.setdefault(way(figure), []).append((in_steps, not at_hand, is_lent, statement))
    rows = [[one for *_, one in sorted(ways[name], key=itemgetter(0, 1, 2))] for name in WAYS if name in ways]
    return [one for row in itertools.zip_longest(*rows) for one in row if one is not None]


def _in_full(found: Impossible, conflict: Conflict) -> list[Remedy]:
    """One statement of a contradiction loosened as far as can be, where no time was left to find out how far it need
    be; nothing where none of them has a figure of its own."""
    for statement in by_way(found, conflict.statements):
        changes = tuple((figure, furthest(figure)) for figure in figures_of(found, statement))
        if changes:
            return [Remedy(changes, is_least=False)]
    return []


def _later_money(found: Impossible, remedy: Remedy, case: Case) -> Remedy | None:
    """Money that is missing at the start, brought in at the start of the latest fiscal year that is early enough."""
    ((figure, change), *others) = remedy.changes
    if others or figure.path != ("finance", "opening_cash"):
        return None
    finance, calendar = found.case.finance, found.case.calendar
    for periods in reversed(list(calendar.fiscal_years.values())):
        month = calendar.starts[periods[0]]
        there = finance.funding.get(month)
        if periods[0] == 0 or (there is not None and there.currency != figure.currency):
            continue
        path: Path = ("finance", "funding", str(month))
        then = Figure(path, there.amount if there else 0.0, "money", 1, figure.currency)
        later = Remedy(((then, change),))
        try:
            if is_smallest(later, case, found.deadline):
                return later
        except NoProofError:
            return None
    return None
