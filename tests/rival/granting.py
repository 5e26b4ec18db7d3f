"""Limits on claims: how much may be claimed, by whom, and of what an earlier programme pays for."""

from __future__ import annotations

from tests.rival.books import Books
from tests.rival.effect import Column
from tests.rival.linear import Continuous
from tests.rival.subsidies import Claim, Key
from tests.rival.whole import WholePlan


def claim_columns(figures: Books, plan: WholePlan, units: dict[Key, int]) -> list[Column]:
    """Claims, what two programmes claim together, and both among the systems that leave."""
    joined, found = plan.decisions.join, []
    for name, *rest in figures.claims:
        key: Key = tuple(rest)  # type: ignore[assignment]
        if units.get(key, 0) > 0 and (not figures.must_join(name) or joined.get(name)):
            found.append(("claim", name, *key))
            found += [("claimed_exit", name, *key, u) for u in figures.claimed_exit_periods(name, key)]
    for _kind, name, *rest in [column for column in found if column[0] == "claim"]:
        key = tuple(rest)  # type: ignore[assignment]
        for earlier in figures.claims[(name, *key)].earlier:
            if ("claim", earlier, *key) in found:
                found.append(("overlap", name, earlier, *key))
                together = set(figures.claimed_exit_periods(name, key)) & set(
                    figures.claimed_exit_periods(earlier, key)
                )
                found += [("overlap_exit", name, earlier, *key, u) for u in sorted(together)]
    return found


def amounts(programme: Continuous, figures: Books, name: str) -> dict[Column, float]:
    """What a programme gives for one unit of every claim, and less for what an earlier one pays for as well."""
    found = {c: figures.claims[c[1:]].grant for c in programme.columns if c[:2] == ("claim", name)}
    overlaps = [c for c in programme.columns if c[:2] == ("overlap", name)]
    return found | {c: -figures.taken_off(name, c[2], c[3:]) for c in overlaps}


def terms_of(figures: Books, column: Column) -> Claim:
    """The terms of a claim, or of what two programmes claim together."""
    return figures.claims[(column[1], *column[-3:])]


def claim_rows(programme: Continuous, plan: WholePlan, units: dict[Key, int]) -> None:
    """Programmes that exclude each other share an investment; ceilings, caps and minima hold."""
    figures: Books = plan.figures
    gives = {name: amounts(programme, figures, name) for name in figures.case.programmes}
    public = [name for name, one in figures.case.programmes.items() if one.kind != "special_depreciation"]
    for key, bought in units.items():
        claimed = [c for c in programme.columns if c[0] == "claim" and c[2:] == key]
        for together in figures.exclusive_sets:
            programme.add(f"claim_once: {together}, {key}", {c: 1.0 for c in claimed if c[1] in together}, bought)
        here = {c: amount for name in public for c, amount in gives[name].items() if c[-3:] == key}
        purchase = figures.investment(key)
        assert purchase is not None
        programme.add(f"aid_intensity: {key}", here, figures.case.finance.public_money_ceiling * purchase.cost * bought)
    for name in figures.case.programmes:
        _cap_rows(programme, figures, name, gives[name])
        _minimum_row(programme, plan, name)


def _cap_rows(programme: Continuous, figures: Books, name: str, gives: dict[Column, float]) -> None:
    one = figures.case.programmes[name]
    for cap in (one.total_cap, one.operator_cap):
        if cap is not None:
            programme.add(f"programme_cap: {name}", gives, figures.money(cap, 0))
    for year, periods in figures.calendar.fiscal_years.items():
        if (cap := one.fiscal_year_caps.get(year)) is not None:
            counted = {
                c: amount
                * sum(part for m, part in terms_of(figures, c).parts.items() if figures.moments.period_of(m) in periods)
                for c, amount in gives.items()
            }
            programme.add(f"programme_cap: {name}, {year}", counted, figures.money(cap, periods[0]))


def _minimum_row(programme: Continuous, plan: WholePlan, name: str) -> None:
    """Least eligible cost that is claimed, net of what earlier programmes take off."""
    figures, least = plan.figures, plan.figures.case.programmes[name].minimum_investment
    if least is None or not plan.decisions.join.get(name):
        return
    counted = {c: -figures.claims[c[1:]].eligible for c in programme.columns if c[:2] == ("claim", name)}
    overlaps = [c for c in programme.columns if c[:2] == ("overlap", name)]
    counted |= {c: terms_of(figures, c).earlier[c[2]] for c in overlaps}
    programme.add(f"minimum_investment: {name}", counted, -figures.money(least, 0))
