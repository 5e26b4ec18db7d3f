"""Limits on claims: how much may be claimed, how long it has to stay, and with what it leaves."""

from __future__ import annotations

from rival.books import Books
from rival.effects import Column
from rival.linear import Continuous
from rival.whole import WholePlan


def claim_rows(programme: Continuous, plan: WholePlan, units: dict[tuple[str, str, int], int]) -> None:
    """Programmes that exclude each other share an investment; ceilings, caps and minima hold."""
    figures: Books = plan.figures
    claims = {column: figures.claims[column[1:]] for column in programme.columns if column[0] == "claim"}
    for key, bought in units.items():
        here = {c: grant for c, (_eligible, grant, _paid) in claims.items() if c[2:] == key}
        purchase = figures.investment(key)
        assert purchase is not None
        for together in figures.exclusive_sets:
            programme.add(f"claim_once: {together}, {key}", {c: 1.0 for c in here if c[1] in together}, bought)
        programme.add(f"public_share: {key}", here, figures.case.finance.public_money_ceiling * purchase.cost * bought)
    for name, one in figures.case.programmes.items():
        mine = {c: figure for c, figure in claims.items() if c[1] == name}
        for cap in (one.total_cap, one.operator_cap):
            if cap is not None:
                programme.add(f"programme_cap: {name}", {c: f[1] for c, f in mine.items()}, figures.money(cap, 0))
        for year, periods in figures.calendar.fiscal_years.items():
            if (cap := one.fiscal_year_caps.get(f"FY{year}")) is not None:
                paid = {c: f[1] for c, f in mine.items() if f[2] in periods}
                programme.add(f"programme_cap: {name}, FY{year}", paid, figures.money(cap, periods[0]))
        if one.minimum_investment is not None and plan.decisions.join.get(name):
            least = -figures.money(one.minimum_investment, 0)
            programme.add(f"minimum_investment: {name}", {c: -f[0] for c, f in mine.items()}, least)


def _of(programme: Continuous, kind: str, key: tuple[str, str, int], names: list[str]) -> list[Column]:
    """Columns of an order that belong to some programmes."""
    return [c for c in programme.columns if c[0] == kind and c[2:5] == key and c[1] in names]


def retention_rows(programme: Continuous, plan: WholePlan) -> None:
    """What is claimed stays for as long as its programme asks."""
    figures: Books = plan.figures
    terms = figures.case.programmes
    for key, units in plan.decisions.order.items():
        lot = figures.lot(key)
        start = figures.starts[figures.orders[key].arrival]
        for together in figures.exclusive_sets:
            for name in together:
                months = terms[name].retention.months
                longer = [k for k in together if terms[k].retention.months >= months]
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
            _leave_together(programme, plan, key, units, together)


def _leave_together(
    programme: Continuous, plan: WholePlan, key: tuple[str, str, int], units: int, together: tuple[str, ...]
) -> None:
    figures: Books = plan.figures
    leaves, claims = _of(programme, "leave", key, list(together)), _of(programme, "claim", key, list(together))
    system, _site, cohort = lot = figures.lot(key)
    asset, starts = figures.assets[lot], figures.starts
    free = min(starts[asset.ready].plus(figures.case.programmes[j].retention.months) for j in together)
    if not leaves:
        return
    for u in (u for u in figures.exit_periods(system, cohort) if asset.left[u] > 0):
        left, gone = {c: 1.0 for c in leaves if c[5] <= u}, plan.exits(lot, before=starts[u].plus(1))
        now = {c: 1.0 for c in left if c[5] == u}
        programme.add(f"leave_with_grant: {together}, {lot}, {u}", now, gone - plan.exits(lot, before=starts[u]))
        if starts[u] >= free:
            stays = dict.fromkeys(claims, 1.0) | dict.fromkeys(left, -1.0)
            programme.add(f"leave_with_grant: {together}, {lot}, {u}, what stays", stays, units - gone)
