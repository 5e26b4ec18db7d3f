"""Subsidies: their caps, what they ask for in return, and how long what they paid for has to stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.case.case import Case
from planner.case.programme import Programme
from planner.coefficients.demand import metric_of
from planner.coefficients.groups import Aid, Blocks, Claims, Frozen, Sites
from planner.coefficients.money import Exchange
from planner.coefficients.records import Obligation
from planner.vocabulary.keys import CapKey, ExclusiveSet, FiscalYear


def aid_of(case: Case, exchange: Exchange, sites: Sites, blocks: Blocks, claims: Claims, frozen: Frozen) -> Aid:
    """Caps, obligations, retention, and what ties grants to joining.

    A grant is tied to joining by the smallest cap, or without one by a bound on every claim. One bound on all grants
    together would be as large as everything that could ever be bought, and a programme that is joined by a millionth,
    which the solver takes for not at all, would pay a millionth of that.
    """
    programmes, starts = case.programmes, case.calendar.starts
    caps = {key: cap for name, programme in programmes.items() for key, cap in _caps(case, exchange, name, programme)}
    joinable = tuple(name for name, one in programmes.items() if one.obligations or one.minimum_investment is not None)
    grant_limit = {name: min(found) for name in joinable if (found := _caps_on_all(caps, name))}
    held = {
        name: programme.retention.months if programme.early_exit == "forbidden" else 0
        for name, programme in programmes.items()
    }
    return Aid(
        public_money_ceiling=case.finance.public_money_ceiling,
        caps=caps,
        exclusive=exclusive_sets(programmes),
        joinable=joinable,
        grant_limit=grant_limit,
        claim_limit={
            claim: float(sites.order_limit.get(claim.investment, blocks.limit.get(claim.investment.name, 0)))
            for claim in claims.terms
            if claim.programme in joinable and claim.programme not in grant_limit
        },
        obligations=tuple(duty for name, one in programmes.items() for duty in _obligations(case, name, one, frozen)),
        minimum={
            name: exchange.money(one.minimum_investment, 0)
            for name, one in programmes.items()
            if one.minimum_investment is not None
        },
        retained_until={
            (name, t): case.calendar.first_period_from(start.plus(months))
            for name, months in held.items()
            for t, start in enumerate(starts)
        },
        retention_months=held,
    )


def _caps(case: Case, exchange: Exchange, name: str, programme: Programme) -> Iterator[tuple[CapKey, float]]:
    """What a programme pays at most, by kind of cap; a cap of a fiscal year beyond the horizon is none."""
    if programme.total_cap is not None:
        yield CapKey(name, "total"), exchange.money(programme.total_cap, 0)
    if programme.operator_cap is not None:
        yield CapKey(name, "operator"), exchange.money(programme.operator_cap, 0)
    for year, cap in programme.fiscal_year_caps.items():
        if periods := case.calendar.periods_of(year):
            yield CapKey(name, year), exchange.money(cap, periods[0])


def _caps_on_all(caps: Mapping[CapKey, float], name: str) -> list[float]:
    """Caps of a programme on all that it pays, whenever it does."""
    return [cap for key, cap in caps.items() if key.programme == name and not isinstance(key.kind, FiscalYear)]


def _obligations(case: Case, name: str, programme: Programme, frozen: Frozen) -> list[Obligation]:
    calendar = case.calendar
    found = []
    for duty in programme.obligations:
        first = max(0, calendar.period_containing(duty.first))
        last = calendar.periods - 1 if duty.last is None else calendar.period_containing(duty.last)
        value = {machine: metric_of(system, duty.metric) for machine, system in case.systems.items()}
        periods = tuple(t for t in range(first, min(last, calendar.periods - 1) + 1) if not frozen.is_over(t))
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
