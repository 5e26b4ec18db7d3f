"""The smallest changes that make an impossible case possible, each confirmed by planning the changed case."""

from __future__ import annotations

import bisect
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.errors import NoProofError
from planner.explain.figure import Figure, Path, changed
from planner.explain.impossible import Conflict, Impossible
from planner.explain.lever import Lever
from planner.explain.narrowing import Whole, branch_on
from planner.explain.remedy import WAYS, Remedy, asks_for_less, base_of, different, way
from planner.explain.statement import Statement
from planner.explain.wide import wide_model
from planner.model.build import build
from planner.solving.any_plan import has_any_plan
from planner.solving.elastic import Elastic

MOST_KINDS = 4
"""Changes that are offered."""
CLOSE = 0.02
"""A change that is searched for is known to this share of itself before it is rounded outward."""
NINE_TENTHS = 0.9
LOOK_SECONDS = 12.0
"""What planning one changed case may take; a change that takes longer to confirm is left out."""
LARGEST = 1e15
"""No figure is raised further than this; larger ones cannot be held exactly."""


def has_plan(case: Case, deadline: float) -> bool:
    """Whether a case has any plan in whole numbers, however good.

    Raises:
        NoProofError: no time was left to find out.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise NoProofError("no time was left to plan a changed case")
    return has_any_plan(build(coefficients_of(case)), min(left, LOOK_SECONDS))


def remedies(found: Impossible) -> list[Remedy]:
    """The smallest changes of different kinds, smallest first; fewer where time runs out."""
    kinds = [_kinds(found, conflict, number) for number, conflict in enumerate(found.conflicts)]
    if not kinds or not all(kinds):
        return []
    count = max(len(of_one) for of_one in kinds)
    offered = []
    for place in range(count):
        parts = [of_one[min(place, len(of_one) - 1)] for of_one in kinds]
        changes = dict(itertools.chain(*(part.changes for part in parts)))
        remedy = Remedy(tuple(changes.items()), all(part.is_least for part in parts))
        try:
            # With one contradiction each change was planned already; together they are planned here.
            if len(kinds) == 1 or has_plan(changed(found.case, remedy.texts), found.deadline):
                offered.append(remedy)
        except NoProofError:
            break
    return offered


def _kinds(found: Impossible, conflict: Conflict, number: int) -> list[Remedy]:
    """The smallest change of each statement of one conflict, with the other conflicts out of the way."""
    others = [other for n, other in enumerate(found.conflicts) if n != number]
    away = _out_of_the_way(found, others)
    remedies_found: list[Remedy] = []
    share = (found.deadline - time.monotonic()) / (len(found.conflicts) - number)
    ends = time.monotonic() + share
    for statement in by_way(found, conflict.statements):
        enough = found.is_large and len({way(remedy.changes[0][0]) for remedy in remedies_found}) >= MOST_KINDS
        if time.monotonic() > ends or enough:
            break
        try:
            remedy = _smallest(found, statement, away, conflict.needs)
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
    ways: dict[str, list[tuple[bool, bool, Statement]]] = {}
    for statement in statements:
        levers = [found.lever(n) for n in found.groups[statement.group]]
        figure = next((lever.figure for lever in levers if lever.figure is not None), None)
        if figure is not None:
            at_hand = levers[0].exact or figure.path[0] == "programmes"  # rather than terms of offers and hardware
            in_steps = figure.path[0] == "systems" or (figure.path[0], figure.kind) == ("workloads", "amount")
            ways.setdefault(way(figure), []).append((in_steps, not at_hand, statement))
    rows = [[one for *_, one in sorted(ways[name], key=itemgetter(0, 1))] for name in WAYS if name in ways]
    return [one for row in itertools.zip_longest(*rows) for one in row if one is not None]


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
            if _is_smallest(later, case, found.deadline):
                return later
        except NoProofError:
            return None
    return None


def _out_of_the_way(found: Impossible, conflicts: list[Conflict]) -> Case:
    """The case with one limit of each of some conflicts loosened as far as can be."""
    changes: dict[Path, str] = {}
    for conflict in conflicts:
        for statement in sorted(conflict.statements, key=lambda one: one.path[0] == "workloads"):
            figures = list(_figures(found, statement))
            if figures:
                changes |= {figure.path: figure.yaml(_far(figure)) for figure in figures}
                break
    return changed(found.case, changes)


def _far(figure: Figure) -> float:
    if figure.kind == "count":
        return min(figure.most, 100 * figure.value + 1000)
    return min(figure.most, 1000 * abs(figure.value) or 1e6, LARGEST - abs(figure.value))


def _figures(found: Impossible, statement: Statement) -> Iterator[Figure]:
    seen = set()
    for number in statement.levers:
        figure = found.lever(number).figure
        if figure is not None and figure.path not in seen and figure.most > 0:
            seen.add(figure.path)
            yield figure


def _smallest(found: Impossible, statement: Statement, case: Case, needs: Whole) -> Remedy | None:
    """The smallest change of one statement that leaves a plan, rounded outward; None where no change of it does."""
    levers = [(n, found.lever(n)) for n in found.groups[statement.group] if found.lever(n).figure is not None]
    if not levers:
        return None
    exact = [(n, lever) for n, lever in levers if lever.exact]
    stages: list[Whole] = [needs, "blocks", *(() if found.is_large else ("systems",))]
    for stage in dict.fromkeys(stages) if exact else ():  # in fractions it is soon answered, and mostly is enough
        remedy = _by_model(found, exact, case, stage)
        if remedy is not None and _is_smallest(remedy, case, found.deadline):
            return remedy
    figures = list(dict.fromkeys(lever.figure for _, lever in levers if lever.figure is not None))
    for figure in figures:
        remedy = _searched(figure, case, found.deadline)
        if remedy is not None:
            return remedy
    return None


def _is_smallest(remedy: Remedy, case: Case, deadline: float) -> bool:
    """Whether a change is known to be enough, and nine tenths of it known not to be."""
    try:
        enough = has_plan(changed(case, remedy.texts), deadline)
        return enough and not has_plan(changed(case, remedy.part(NINE_TENTHS)), deadline)
    except NoProofError:
        if time.monotonic() > deadline:
            raise
        return False


def _by_model(found: Impossible, levers: list[tuple[int, Lever]], case: Case, stage: Whole) -> Remedy | None:
    """How far levers must be pulled at least, from a model in which pulling them is what costs."""
    wide, elastic = found.wide, found.elastic
    if case != found.case:
        wide = wide_model(case, coefficients_of(case))
        elastic = Elastic(wide.columns, wide.rows, wide.slacks, found.deadline)
        same = {lever.figure for _, lever in levers}
        levers = [(n, lever) for n, lever in enumerate(wide.levers) if lever.figure in same and lever.exact]
    figures = {n: lever.figure for n, lever in levers if lever.figure is not None}
    if not figures:  # nothing that the model can pull; whoever asked tries other changes
        return None
    branch_on(elastic, wide, stage)
    elastic.deadline = min(found.deadline, time.monotonic() + LOOK_SECONDS)
    costs = {n: lever.scale / base_of(figures[n]) for n, lever in levers}
    scale = max(costs.values())
    pulled = elastic.least({n: cost / scale for n, cost in costs.items()}, whole=stage == "systems")
    if pulled is None:
        return None
    changes = []
    for n, lever in levers:
        least = pulled[n] * lever.scale
        if least > 1e-9 * base_of(figures[n]):
            changes.append((figures[n], min(figures[n].steps_outward(least), figures[n].most)))
    return Remedy(tuple(changes)) if changes else None


def _searched(figure: Figure, case: Case, deadline: float) -> Remedy | None:
    """The smallest change of one figure that is known to leave a plan, by halving; None where the furthest is not."""
    doubtful = []

    def enough(change: float) -> bool:
        try:
            return has_plan(changed(case, {figure.path: figure.yaml(change)}), deadline)
        except NoProofError:  # at the edge of what is possible it takes longest to find out; more of it is clearer
            if time.monotonic() > deadline:
                raise
            doubtful.append(change)
            return False

    if figure.stops:
        stop = _first_stop(figure.stops, enough)
        return None if stop is None else Remedy(((figure, stop),), not doubtful)
    high = _far(figure)
    if high <= 0 or not enough(high):
        return None
    low = 0.0
    while not doubtful and high - low > (1.0 if figure.whole else CLOSE * high):
        middle = (low + high) / 2
        middle = float(round(middle)) if figure.whole else middle
        if enough(middle):
            high = middle
        else:
            low = middle
    change = min(figure.steps_outward(high), figure.most)
    if doubtful:
        return Remedy(((figure, change if enough(change) else high),), is_least=False)
    change = change if figure.whole or not enough(NINE_TENTHS * change) else high
    return Remedy(((figure, change),), not doubtful)


def _first_stop(stops: tuple[float, ...], enough: Callable[[float], bool]) -> float | None:
    """The first stop that is enough, by halving; None where the last is not."""
    if not enough(stops[-1]):
        return None
    return stops[bisect.bisect_left(stops[:-1], True, key=enough)]
