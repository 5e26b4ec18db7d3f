"""Levers on what is frozen: other numbers of what is listed, and something besides it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.explain.figure import Figure, Path, noun_of
from planner.explain.lever import Ground, Lever
from planner.model.linear import Key
from planner.vocabulary.constraints.family import Family
from planner.vocabulary.constraints.frozen import FROZEN_BLOCKS, FROZEN_ENTRY, FROZEN_EXIT, FROZEN_ORDER
from planner.vocabulary.keys import Arrival, Exit, Investment, Start, Vintage


def pins(ground: Ground) -> Iterator[Lever]:
    """Each number that is frozen could be larger or smaller, and something else could be done up to the month."""
    if ground.case.frozen is None:
        return
    listed = set[tuple[Family, Key]]()
    for number, (family, key, words, count) in enumerate(_orders(ground.case)):
        listed.add((family, key))
        yield from _both_ways(family, key, ("frozen", "orders", str(number)), "systems", count, words)
    for number, (family, key, words, count) in enumerate(_blocks(ground.case)):
        listed.add((family, key))
        yield from _both_ways(family, key, ("frozen", "blocks", str(number)), "blocks", count, words)
    for number, (family, key, words, count) in enumerate(_exits(ground.case)):
        yield from _both_ways(family, key, ("frozen", "exits", str(number)), "systems", count, words)
    yield from _besides(ground, listed)
    for name, entered in ground.case.frozen.programmes.items():
        path: Path = ("frozen", "programmes", name)
        words = f"{name} is {'' if entered else 'not '}entered, as frozen"
        side = 1.0 if entered else -1.0
        yield Lever(path, words, ((FROZEN_ENTRY, (name,), side),), (), None, exact=False, most=1.0)


Pin = tuple[Family, Key, str, int]
"""Family and key of a row, what the case says with it, and the number."""


def _orders(case: Case) -> Iterator[Pin]:
    for one in case.frozen.orders if case.frozen else ():
        key = Investment(one.offer, one.site, case.calendar.period_containing(one.month))
        systems = f"{one.systems} {noun_of(one.systems, 'systems')}"
        verb = "is" if one.systems == 1 else "are"
        words = f"{systems} {verb} ordered from {one.offer} for {one.site} in {one.month}, as frozen"
        yield FROZEN_ORDER, key, words, one.systems


def _blocks(case: Case) -> Iterator[Pin]:
    for one in case.frozen.blocks if case.frozen else ():
        key = Start(one.expansion, case.calendar.period_containing(one.month))
        verb = "is" if one.blocks == 1 else "are"
        words = (
            f"{one.blocks} {noun_of(one.blocks, 'blocks')} of {one.expansion} {verb} started in {one.month}, as frozen"
        )
        yield FROZEN_BLOCKS, key, words, one.blocks


def _exits(case: Case) -> Iterator[Pin]:
    for one in case.frozen.exits if case.frozen else ():
        vintage = Vintage(one.system, one.site, Arrival(one.arrived, one.offer or ""))
        key = Exit(vintage, case.calendar.period_containing(one.month))
        systems = f"{one.systems} {one.system} that arrived {one.arrived}"
        words = f"{systems} {'leaves' if one.systems == 1 else 'leave'} {one.site} in {one.month}, as frozen"
        yield FROZEN_EXIT, key, words, one.systems


def _both_ways(family: Family, key: Key, path: Path, field: str, count: int, words: str) -> Iterator[Lever]:
    """More of it, and less where there is any."""
    place, value = (*path, field), float(count)
    yield Lever(path, words, ((family, key, -1.0),), (), Figure(place, value, "count", 1, noun=field))
    if count:
        less = Figure(place, value, "count", -1, most=value, noun=field)
        yield Lever(path, words, ((family, key, 1.0),), (), less, most=value)


def _besides(ground: Ground, listed: set[tuple[Family, Key]]) -> Iterator[Lever]:
    """What is not listed could be ordered or started all the same."""
    assert ground.case.frozen is not None
    until = ground.case.frozen.until
    figure = _until(ground)
    for family, what in ((FROZEN_ORDER, "ordered"), (FROZEN_BLOCKS, "started")):
        for row in ground.rows.get(family, ()):
            if (family, row.key) not in listed:
                words = f"nothing is {what} up to {until} besides what is frozen"
                yield Lever(("frozen", "until"), words, ((family, row.key, -1.0),), (), figure, exact=False)


def _until(ground: Ground) -> Figure | None:
    """The month could be earlier, as far as nothing that is listed comes after it; none where it cannot."""
    frozen, calendar = ground.case.frozen, ground.case.calendar
    assert frozen is not None
    months = [order.month for order in frozen.orders] + [blocks.month for blocks in frozen.blocks]
    first = max([calendar.start, *months, *(leaving.month for leaving in frozen.exits)])
    ways = (float(frozen.until - start.plus(-1)) for start in calendar.starts if first < start <= frozen.until)
    stops = tuple(sorted(way for way in ways if way > 0))
    return Figure(("frozen", "until"), float(frozen.until), "month", -1, most=stops[-1], stops=stops) if stops else None
