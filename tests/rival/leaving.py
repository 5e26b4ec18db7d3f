"""Limits on what leaves: how long it has to stay, and which claimed systems are among those that leave."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from tests.rival.books import Books
from tests.rival.effect import Column
from tests.rival.linear import Continuous
from tests.rival.subsidies import Key
from tests.rival.whole import WholePlan


def _of(programme: Continuous, kind: str, key: Key, names: list[str]) -> list[Column]:
    """Columns of an order that belong to some programmes."""
    return [c for c in programme.columns if c[0] == kind and c[2:5] == key and c[1] in names]


def retention_rows(programme: Continuous, plan: WholePlan) -> None:
    """What is claimed stays for as long as its programme asks, where it forbids anything else."""
    figures: Books = plan.figures
    terms = figures.case.programmes
    for key, units in plan.decisions.order.items():
        vintage = figures.vintage(key)
        start = figures.starts[figures.orders[key].arrival]
        for together in figures.exclusive_sets:
            strict = [name for name in together if figures.forbids(name)]
            for name in strict:
                months = terms[name].retention.months
                longer = [k for k in strict if terms[k].retention.months >= months]
                kept = dict.fromkeys(_of(programme, "claim", key, longer), 1.0)
                gone = plan.exits(vintage, before=start.plus(months))
                programme.add(f"retention: {name}, {vintage}", kept, units - gone)


def claimed_exit_rows(programme: Continuous, plan: WholePlan) -> None:
    """Claimed systems leave among those that leave, and all that is claimed is among what stays or left claimed."""
    figures: Books = plan.figures
    for key, units in plan.decisions.order.items():
        for claim in _of(programme, "claim", key, list(figures.case.programmes)):
            left = {c: 1.0 for c in programme.columns if c[0] == "claimed_exit" and c[1:5] == claim[1:]}
            if left:
                programme.add(f"claimed_exits: {claim}", {**left, claim: -1.0}, 0.0)
        for together in figures.exclusive_sets:
            leaves = _of(programme, "claimed_exit", key, list(together))
            claims = dict.fromkeys(_of(programme, "claim", key, list(together)), 1.0)
            for u in _named(figures, claims):
                now, before = _gone(plan, key, u)
                name = f"claimed_exits: {together}, {key}, {u}"
                programme.add(name, {c: 1.0 for c in leaves if c[5] == u}, now)
                stays = claims | {c: -1.0 for c in leaves if c[5] <= u}
                programme.add(f"{name}, what stays", stays, units - before - now)


def _gone(plan: WholePlan, key: Key, u: int) -> tuple[int, int]:
    """Systems of an order that leave at the start of a period, and before it."""
    vintage, month = plan.figures.vintage(key), plan.figures.starts[u]
    before = plan.exits(vintage, before=month)
    return plan.exits(vintage, before=month.plus(1)) - before, before


def _named(figures: Books, claims: Iterable[Column]) -> list[int]:
    """Periods in which it is said which of the systems leave that some programmes claim."""
    return sorted({u for claim in claims for u in figures.named_periods.get(claim[1:], [])})


def stacking_order_rows(programme: Continuous, plan: WholePlan, units: dict[Key, int]) -> None:
    """What two programmes claim together is in both claims, and as much as does not fit side by side.

    It holds for programmes that exclude each other and stand after others that do so too: of all units, of those that
    leave, and of those that stay.
    """
    figures: Books = plan.figures
    for key, bought in units.items():
        pairs = [c for c in programme.columns if c[0] == "overlap" and c[3:] == key]
        for group, others in itertools.product(figures.exclusive_sets, repeat=2):
            here = [c for c in pairs if c[1] in group and c[2] in others]
            for chosen in _all_after_all(here):
                _stacking_order(programme, plan, key, chosen, bought)


def _all_after_all(pairs: list[Column]) -> Iterator[list[Column]]:
    """Pairs of programmes, picked such that every later one of them stands after every earlier one."""
    later, earlier = sorted({c[1] for c in pairs}), sorted({c[2] for c in pairs})
    for some, before in itertools.product(_some(later), _some(earlier)):
        chosen = [c for c in pairs if c[1] in some and c[2] in before]
        if len(chosen) == len(some) * len(before):
            yield chosen


def _some(names: list[Any]) -> Iterator[tuple[Any, ...]]:
    for size in range(1, len(names) + 1):
        yield from itertools.combinations(names, size)


def _stacking_order(programme: Continuous, plan: WholePlan, key: Key, pairs: list[Column], bought: int) -> None:
    figures: Books = plan.figures
    names = sorted({name for c in pairs for name in (c[1], c[2])})
    claims: list[Column] = [("claim", name, *key) for name in names]
    row = f"stacking_order: {names}, {key}"
    _overlap(
        programme, row, {c: _one(c) for c in pairs}, {c: _one(c) for c in claims}, bought - _kept(plan, key, names)
    )
    for u in _named(figures, claims):
        now, before = _gone(plan, key, u)
        overlap_exits = {c: _exits(programme, c, u, u) for c in pairs}
        _overlap(programme, f"{row}, {u}", overlap_exits, {c: _exits(programme, c, u, u) for c in claims}, now)
        stay_both = {c: _one(c) | _less(_exits(programme, c, 0, u)) for c in pairs}
        stay = {c: _one(c) | _less(_exits(programme, c, 0, u)) for c in claims}
        _overlap(programme, f"{row}, {u}, what stays", stay_both, stay, bought - before - now)


def _kept(plan: WholePlan, key: Key, names: list[str]) -> int:
    """Systems of an order that nobody claimed, since they leave before any of the programmes lets systems go."""
    figures: Books = plan.figures
    if key not in figures.orders or not all(figures.forbids(name) for name in names):
        return 0
    months = min(figures.case.programmes[name].retention.months for name in names)
    return plan.exits(figures.vintage(key), before=figures.starts[figures.orders[key].arrival].plus(months))


def _overlap(
    programme: Continuous,
    row: str,
    overlaps: dict[Column, dict[Column, float]],
    claims: dict[Column, dict[Column, float]],
    units: int,
) -> None:
    """Overlaps are not negative, no larger than each claim, and leave no more than there are units."""
    for column, amount in overlaps.items():
        programme.add(f"{row}, {column}", _less(amount), 0.0)
    for column, amount in claims.items():
        here = _sum(amount for pair, amount in overlaps.items() if column[1] in pair[1:3])
        programme.add(f"{row}, {column}", _sum([here, _less(amount)]), 0.0)
    programme.add(f"{row}, all", _sum([*claims.values(), *map(_less, overlaps.values())]), units)


def _one(column: Column) -> dict[Column, float]:
    return {column: 1.0}


def _less(some: dict[Column, float]) -> dict[Column, float]:
    return {column: -a for column, a in some.items()}


def _sum(parts: Iterable[dict[Column, float]]) -> dict[Column, float]:
    return {column: a for part in parts for column, a in part.items()}


def _exits(programme: Continuous, claim: Column, first: int, last: int) -> dict[Column, float]:
    """Columns of what leaves of a claim, or of what two programmes claim together, in some periods."""
    kind = "claimed_exit" if claim[0] == "claim" else "overlap_exit"
    return {c: 1.0 for c in programme.columns if c[:-1] == (kind, *claim[1:]) and first <= c[-1] <= last}
