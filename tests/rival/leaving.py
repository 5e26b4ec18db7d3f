"""Limits on what leaves: how long it has to stay, and which claimed systems are among those that leave."""

from __future__ import annotations

from rival.books import Books
from rival.effect import Column
from rival.linear import Continuous
from rival.subsidies import Key
from rival.whole import WholePlan


def _of(programme: Continuous, kind: str, key: Key, names: list[str]) -> list[Column]:
    """Columns of an order that belong to some programmes."""
    return [c for c in programme.columns if c[0] == kind and c[2:5] == key and c[1] in names]


def retention_rows(programme: Continuous, plan: WholePlan) -> None:
    """What is claimed stays for as long as its programme asks, where it forbids anything else."""
    figures: Books = plan.figures
    terms = figures.case.programmes
    for key, units in plan.decisions.order.items():
        lot = figures.lot(key)
        start = figures.starts[figures.orders[key].arrival]
        for together in figures.exclusive_sets:
            strict = [name for name in together if figures.forbids(name)]
            for name in strict:
                months = terms[name].retention.months
                longer = [k for k in strict if terms[k].retention.months >= months]
                kept = dict.fromkeys(_of(programme, "claim", key, longer), 1.0)
                gone = plan.exits(lot, before=start.plus(months))
                programme.add(f"retention: {name}, {lot}", kept, units - gone)


def leave_rows(programme: Continuous, plan: WholePlan) -> None:
    """Claimed systems leave among those that leave, and all that is claimed is among what stays or left claimed."""
    figures: Books = plan.figures
    for key, units in plan.decisions.order.items():
        for claim in _of(programme, "claim", key, list(figures.case.programmes)):
            left = {c: 1.0 for c in programme.columns if c[0] == "leave" and c[1:5] == claim[1:]}
            if left:
                programme.add(f"leave_with_grant: {claim}", {**left, claim: -1.0}, 0.0)
        for together in figures.exclusive_sets:
            leaves = _of(programme, "leave", key, list(together))
            claims = dict.fromkeys(_of(programme, "claim", key, list(together)), 1.0)
            for u in figures.named_periods[key] if claims else []:
                now, before = _gone(plan, key, u)
                name = f"leave_with_grant: {together}, {key}, {u}"
                programme.add(name, {c: 1.0 for c in leaves if c[5] == u}, now)
                stays = claims | {c: -1.0 for c in leaves if c[5] <= u}
                programme.add(f"{name}, what stays", stays, units - before - now)


def _gone(plan: WholePlan, key: Key, u: int) -> tuple[int, int]:
    """Systems of an order that leave at the start of a period, and before it."""
    lot, month = plan.figures.lot(key), plan.figures.starts[u]
    before = plan.exits(lot, before=month)
    return plan.exits(lot, before=month.plus(1)) - before, before


def remainder_rows(programme: Continuous, plan: WholePlan, units: dict[Key, int]) -> None:
    """What two programmes claim together is in both claims, and what is in neither one alone has to be."""
    figures: Books = plan.figures
    for both in [c for c in programme.columns if c[0] == "both"]:
        _kind, later, earlier, *rest = both
        key: Key = tuple(rest)  # type: ignore[assignment]
        pair = [("claim", later, *key), ("claim", earlier, *key)]
        together(programme, f"remainder: {both}", {both: 1.0}, [{claim: 1.0} for claim in pair], units[key])
        for u in figures.named_periods.get(key, ()):
            now, before = _gone(plan, key, u)
            leaving = [_leavers(programme, claim, u, u) for claim in pair]
            name = f"remainder: {both}, {u}"
            together(programme, name, _leavers(programme, both, u, u), leaving, now)
            # Of what stays the same holds.
            standing = [{claim: 1.0} | _less(_leavers(programme, claim, 0, u)) for claim in pair]
            stays = {both: 1.0} | _less(_leavers(programme, both, 0, u))
            together(programme, f"{name}, what stays", stays, standing, units[key] - before - now)
            programme.add(f"{name}, what stays is not negative", _less(stays), 0.0)


def _less(some: dict[Column, float]) -> dict[Column, float]:
    return {column: -a for column, a in some.items()}


def _leavers(programme: Continuous, claim: Column, first: int, last: int) -> dict[Column, float]:
    """Columns of what leaves of a claim, or of what two programmes claim together, in some periods."""
    kind = "leave" if claim[0] == "claim" else "leave_both"
    return {c: 1.0 for c in programme.columns if c[:-1] == (kind, *claim[1:]) and first <= c[-1] <= last}


def together(
    programme: Continuous, name: str, both: dict[Column, float], parts: list[dict[Column, float]], units: int
) -> None:
    """What is in both of two parts of some units: at most each of them, and at least what they are above the units."""
    one, other = parts
    programme.add(f"{name}, one", both | _less(one), 0.0)
    programme.add(f"{name}, other", both | _less(other), 0.0)
    programme.add(f"{name}, all", {**one, **other, **_less(both)}, units)
