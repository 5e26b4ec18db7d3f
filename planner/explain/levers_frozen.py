"""Levers on what is frozen: other numbers of what is listed, and something besides it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from planner.case.case import Case
from planner.case.frozen import FrozenDraw, FrozenRepayment
from planner.coefficients.money import Exchange
from planner.explain.figure import Figure, Path, noun_of
from planner.explain.lever import Ground, Lever
from planner.model.linear import Key
from planner.vocabulary.constraints.family import Family
from planner.vocabulary.constraints.frozen import (
    FROZEN_BLOCKS,
    FROZEN_CLAIM,
    FROZEN_DRAW,
    FROZEN_ENTRY,
    FROZEN_EXIT,
    FROZEN_ORDER,
    FROZEN_REPAYMENT,
)
from planner.vocabulary.keys import Arrival, Claim, Exit, Investment, Start, Vintage


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
    yield from _claims(ground)
    yield from _loans(ground)
    yield from _besides(ground, listed)
    yield from _complete(ground)
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


def _claims(ground: Ground) -> Iterator[Lever]:
    """Claims by the number of units."""
    assert ground.case.frozen is not None
    for number, one in enumerate(ground.case.frozen.claims):
        t = ground.case.calendar.period_containing(one.month)
        key = Claim(one.programme, Investment(one.investment, one.site, t))
        path: Path = ("frozen", "claims", str(number))
        of_what = f"{one.investment} at {one.site}, of {one.month},"
        words = f"{one.units:,.6g} of {of_what} are claimed under {one.programme}, as frozen"
        for side in (1, -1):
            figure = Figure((*path, "units"), one.units, "amount", side, most=math.inf if side > 0 else one.units)
            yield Lever(path, words, ((FROZEN_CLAIM, key, -float(side)),), (), figure, most=figure.most)


def _loans(ground: Ground) -> Iterator[Lever]:
    """Draws and repayments by the amount."""
    frozen, calendar = ground.case.frozen, ground.case.calendar
    assert frozen is not None
    exchange, unit = Exchange(ground.case, 1.0), ground.coefficients.money_unit
    moves: list[tuple[str, str, Family, int, FrozenDraw | FrozenRepayment]] = [
        *(("draws", "drawn from", FROZEN_DRAW, number, one) for number, one in enumerate(frozen.draws)),
        *(("repayments", "repaid to", FROZEN_REPAYMENT, number, one) for number, one in enumerate(frozen.repayments)),
    ]
    for field, verb, family, number, one in moves:
        t, path = calendar.period_containing(one.month), ("frozen", field, str(number))
        words = f"{one.money.words} are {verb} {one.loan} in {one.month}, as frozen"
        rate, value = exchange.rate(one.money.currency, t), one.money.amount
        for side in (1, -1):
            most = math.inf if side > 0 else value
            figure = Figure((*path, "money"), value, "money", side, one.money.currency, most)
            entries = ((family, (one.loan, t), -float(side) * rate),)
            yield Lever(path, words, entries, (), figure, scale=unit, most=most / unit)


def _complete(ground: Ground) -> Iterator[Lever]:
    """What is not listed of exits, claims and loans could be all the same."""
    frozen, listed = ground.case.frozen, ground.coefficients.frozen
    assert frozen is not None
    tables: list[tuple[Family, Collection[Key]]] = [
        (FROZEN_EXIT, listed.exits),
        (FROZEN_CLAIM, listed.claims),
        (FROZEN_DRAW, listed.draws),
        (FROZEN_REPAYMENT, listed.repayments),
    ]
    words = f"nothing else leaves, is claimed, drawn or repaid up to {frozen.until}: what is frozen is complete"
    for family, keys in tables:
        for row in ground.rows.get(family, ()):
            if row.key not in keys:
                yield Lever(("frozen", "complete"), words, ((family, row.key, -1.0),), (), None, exact=False)


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
