"""Subsidies: their caps, what they ask for in return, and how long what they paid for has to stay."""

from __future__ import annotations

from planner.case.case import Case
from planner.case.programme import Programme
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.demand import metric_of
from planner.coefficients.money import Exchange
from planner.coefficients.records import Obligation
from planner.vocabulary.keys import CapKey, ExclusiveSet, FiscalYear


def programme_figures(case: Case, exchange: Exchange, figures: Coefficients) -> None:
    """Fills in caps, obligations and retention."""
    figures.public_money_ceiling = case.finance.public_money_ceiling
    figures.exclusive = exclusive_sets(case.programmes)
    obligations: list[Obligation] = []
    for name, programme in case.programmes.items():
        _caps(exchange, figures, name, programme)
        obligations += _obligations(case, name, programme)
        if programme.minimum_investment is not None:
            figures.minimum[name] = exchange.money(programme.minimum_investment, 0)
        if programme.obligations or programme.minimum_investment is not None:
            _joining(figures, name)
        held = programme.retention.months if programme.early_exit == "forbidden" else 0
        figures.retention_months[name] = held
        for t, start in enumerate(case.calendar.starts):
            figures.retained_until[name, t] = case.calendar.first_period_from(start.plus(held))
    figures.obligations = tuple(obligations)


def _caps(exchange: Exchange, figures: Coefficients, name: str, programme: Programme) -> None:
    if programme.total_cap is not None:
        figures.caps[CapKey(name, "total")] = exchange.money(programme.total_cap, 0)
    if programme.operator_cap is not None:
        figures.caps[CapKey(name, "operator")] = exchange.money(programme.operator_cap, 0)
    for year, cap in programme.fiscal_year_caps.items():
        periods = figures.fiscal_year_periods(year)
        if periods:
            figures.caps[CapKey(name, year)] = exchange.money(cap, periods[0])


def _joining(figures: Coefficients, name: str) -> None:
    """What ties grants to joining: the smallest cap, or without one a bound on every claim.

    One bound on all grants together would be as large as everything that could ever be bought, and a programme that
    is joined by a millionth, which the solver takes for not at all, would pay a millionth of that.
    """
    figures.joinable = (*figures.joinable, name)
    caps = [cap for of, cap in figures.caps.items() if of.programme == name and not isinstance(of.kind, FiscalYear)]
    if caps:
        figures.grant_limit[name] = min(caps)
        return
    for claim in figures.claims:
        if claim.programme == name:
            investment = claim.investment
            bound = figures.order_limit.get(investment, figures.block_limit.get(investment.name, 0))
            figures.claim_limit[claim] = float(bound)


def _obligations(case: Case, name: str, programme: Programme) -> list[Obligation]:
    calendar = case.calendar
    found = []
    for duty in programme.obligations:
        first = max(0, calendar.period_containing(duty.first))
        last = calendar.periods - 1 if duty.last is None else calendar.period_containing(duty.last)
        value = {machine: metric_of(system, duty.metric) for machine, system in case.systems.items()}
        periods = tuple(range(first, min(last, calendar.periods - 1) + 1))
        found.append(Obligation(name, duty.metric, duty.floor, periods, value))
    return found


def exclusive_sets(programmes: dict[str, Programme]) -> tuple[ExclusiveSet, ...]:
    """Maximal sets of programmes that exclude each other pairwise; a programme that excludes none is a set alone.

    One row for a whole set is exact where rows for its pairs are not: three programmes that exclude each other could
    otherwise each pay for half of one system.
    """
    apart = {frozenset((name, other)) for name, programme in programmes.items() for other in programme.excludes}
    found: list[tuple[str, ...]] = []
    for name in programmes:
        shared = [tuple(other for other in group if frozenset((name, other)) in apart) for group in found]
        wider = [(*group, name) for group in dict.fromkeys([*shared, ()])]
        every = [group for group in found if group not in shared] + wider
        found = [group for group in every if not any(set(group) < set(larger) for larger in every)]
    place = list(programmes).index
    return tuple(map(ExclusiveSet, sorted(found, key=lambda group: (-len(group), *map(place, group)))))
