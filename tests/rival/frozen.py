"""What is frozen: whether a plan orders, starts, lets go and enters what was decided already, and nothing besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.decisions import Decisions
from tests.rival.arrivals import arrival_of
from tests.rival.books import Books
from tests.rival.effect import Column

if TYPE_CHECKING:
    from tests.rival.linear import Continuous

Key = tuple[Any, ...]


def frozen_faults(figures: Books, plan: Decisions) -> list[str]:
    """What a plan does otherwise than it was decided; keys laid flat."""
    return [*purchases_besides(figures, plan), *the_rest(figures, plan)]


def purchases_besides(figures: Books, plan: Decisions) -> list[str]:
    """Orders and blocks that are not as they were decided."""
    frozen = figures.case.frozen
    if frozen is None:
        return []
    orders: dict[Key, int] = {(one.offer, one.site, str(one.month)): one.systems for one in frozen.orders}
    blocks: dict[Key, int] = {(one.expansion, str(one.month)): one.blocks for one in frozen.blocks}
    found = []
    for name, asked, made in (("order", orders, plan.order), ("expand", blocks, plan.expand)):
        done = {(*key[:-1], str(figures.starts[int(str(key[-1]))])): n for key, n in made.items() if n}
        so_far = {key: n for key, n in done.items() if is_decided_by(figures, key[-1]) or key in asked}
        found += [f"frozen: {name} {key}" for key in {*asked, *so_far} if asked.get(key, 0) != so_far.get(key, 0)]
    return found


def is_decided_by(figures: Books, month: str) -> bool:
    """Whether a month is one up to which all is decided."""
    frozen = figures.case.frozen
    return frozen is not None and month <= str(frozen.until)


def is_over(figures: Books, t: int) -> bool:
    """Whether all of a period has happened: what had to be served or to stand then is no longer asked for."""
    frozen = figures.case.frozen
    return frozen is not None and frozen.complete and is_decided_by(figures, str(figures.starts[t]))


def the_rest(figures: Books, plan: Decisions) -> list[str]:
    """Exits and programmes that are not as they were decided."""
    frozen = figures.case.frozen
    if frozen is None:
        return []
    found = []
    for one in frozen.exits:
        month = figures.starts.index(one.month)
        key = (one.system, one.site, arrival_of(one.arrived, one.offer or ""), month)
        if plan.exit.get(key, 0) != one.systems:  # type: ignore[call-overload]  # keys laid flat
            found.append(f"frozen: exit {key}")
    listed = {(one.system, one.site, arrival_of(one.arrived, one.offer or ""), str(one.month)) for one in frozen.exits}
    for (system, site, arrival, t), units in plan.exit.items():  # type: ignore[misc]  # keys laid flat
        month, is_early = str(figures.starts[t]), t < figures.life_end(system, arrival)
        is_listed = (system, site, arrival, month) in listed
        if frozen.complete and units and is_early and not is_listed and is_decided_by(figures, month):
            found.append(f"frozen: exit {system}, {site}, {arrival}, {month}")
    for name, entered in frozen.programmes.items():
        if bool(plan.join.get(name)) != entered:
            found.append(f"frozen: {name}")
    return found


def frozen_rows(programme: Continuous, figures: Books) -> None:
    """Claims, draws and repayments that are as they were decided; where all is listed, no others up to then."""
    frozen = figures.case.frozen
    if frozen is None:
        return
    at = figures.starts.index
    asked: dict[Column, float] = {}
    for claim in frozen.claims:
        asked["claim", claim.programme, claim.investment, claim.site, at(claim.month)] = claim.units
    for draw in frozen.draws:
        asked["draw", draw.loan, at(draw.month)] = figures.money(draw.money, at(draw.month))
    for repaid in frozen.repayments:
        asked["repay", repaid.loan, at(repaid.month)] = figures.money(repaid.money, at(repaid.month))
    for column in programme.columns:
        past = column[0] in ("claim", "draw", "repay") and is_decided_by(figures, str(figures.starts[int(column[-1])]))
        if past and frozen.complete:
            asked.setdefault(column, 0.0)
    for column, amount in asked.items():
        known = {column: 1.0} if column in programme.columns else {}
        programme.add_equal(f"frozen: {column}", known, amount)
