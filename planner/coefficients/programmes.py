"""Subsidies: which investment earns how much under which programme, when it is paid, and what it binds."""

from __future__ import annotations

from itertools import combinations

from planner.case.case import Case
from planner.case.programme import CostCategory, Programme
from planner.coefficients.coefficients import Coefficients, Obligation
from planner.coefficients.demand import metric_of
from planner.coefficients.money import Exchange
from planner.decisions import Investment


def programme_figures(case: Case, exchange: Exchange, figures: Coefficients) -> None:
    """Fills in eligible costs, grants, caps, obligations and retention."""
    figures.public_money_ceiling = case.finance.public_money_ceiling
    figures.exclusive = exclusive_sets(case.programmes)
    costs = _costs(figures)
    figures.unit_cost = {investment: sum(parts.values()) for investment, parts in costs.items()}
    obligations: list[Obligation] = []
    for name, programme in case.programmes.items():
        _claims(case, figures, name, programme, costs)
        _caps(exchange, figures, name, programme)
        obligations += _obligations(case, figures, name, programme)
        if programme.minimum_investment is not None:
            figures.minimum[name] = exchange.money(programme.minimum_investment, 0)
        if programme.obligations or programme.minimum_investment is not None:
            _joining(figures, name)
        figures.retention_months[name] = programme.retention.months
        for t, start in enumerate(case.calendar.starts):
            figures.retained_until[name, t] = case.calendar.first_period_from(start.plus(programme.retention.months))
    figures.obligations = tuple(obligations)


def _costs(figures: Coefficients) -> dict[Investment, dict[CostCategory, float]]:
    """Cost of one unit of every possible investment, by category, as it is paid."""
    costs: dict[Investment, dict[CostCategory, float]] = {}
    for offer, site, t in figures.delivery:
        price = figures.price_now[offer, t] + figures.price_then[offer, t]
        costs[offer, site, t] = {"systems": price, "additions": price * figures.additions_share[offer]}
    for expansion, t in figures.ready:
        cost = figures.capex_now[expansion, t] + figures.capex_then[expansion, t]
        costs[expansion, figures.expansion_site[expansion], t] = {"facility": cost}
    return costs


def _claims(
    case: Case,
    figures: Coefficients,
    name: str,
    programme: Programme,
    costs: dict[Investment, dict[CostCategory, float]],
) -> None:
    calendar = case.calendar
    for investment, parts in costs.items():
        source, site, t = investment
        is_order = source in figures.system_of
        ready = figures.delivery[investment] if is_order else figures.ready[source, t]
        if is_order and programme.systems and figures.system_of[source] not in programme.systems:
            continue
        if programme.sites and site not in programme.sites:
            continue
        if programme.regions and case.sites[site].region not in programme.regions:
            continue
        late = programme.in_service_by is not None and calendar.starts[ready] > programme.in_service_by
        if late or not programme.order_window.holds(calendar.starts[t]):
            continue
        paid = calendar.period_containing(calendar.starts[ready].plus(programme.payment_lag.months))
        eligible = programme.eligible_share * sum(parts.get(category, 0.0) for category in programme.categories)
        if paid < calendar.periods and eligible > 0:
            figures.eligible[name, investment] = eligible
            figures.grant[name, investment] = programme.rate * eligible
            figures.grant_period[name, investment] = paid
            if is_order and calendar.starts[ready].plus(programme.retention.months) > calendar.end:
                worth = figures.terminal.get((figures.system_of[source], figures.cohort(source, ready)), 0.0)
                figures.repaid_at_end[name, investment] = min(figures.grant[name, investment], worth)


def _caps(exchange: Exchange, figures: Coefficients, name: str, programme: Programme) -> None:
    if programme.total_cap is not None:
        figures.caps[name, "total"] = exchange.money(programme.total_cap, 0)
    if programme.operator_cap is not None:
        figures.caps[name, "operator"] = exchange.money(programme.operator_cap, 0)
    for year, cap in programme.fiscal_year_caps.items():
        periods = figures.fiscal_year_periods(year)
        if periods:
            figures.caps[name, year] = exchange.money(cap, periods[0])


def _joining(figures: Coefficients, name: str) -> None:
    """What ties grants to joining: the smallest cap, or without one a bound on every claim.

    One bound on all grants together would be as large as everything that could ever be bought, and a programme that
    is joined by a millionth, which the solver takes for not at all, would pay a millionth of that.
    """
    figures.joinable = (*figures.joinable, name)
    caps = [cap for (programme, kind), cap in figures.caps.items() if programme == name and not kind.startswith("FY")]
    if caps:
        figures.grant_limit[name] = min(caps)
        return
    for programme, investment in figures.grant:
        if programme == name:
            bound = figures.order_limit.get(investment, figures.block_limit.get(investment[0], 0))
            figures.claim_limit[programme, investment] = float(bound)


def _obligations(case: Case, figures: Coefficients, name: str, programme: Programme) -> list[Obligation]:
    calendar = case.calendar
    found = []
    for duty in programme.obligations:
        first = max(0, calendar.period_containing(duty.first))
        last = calendar.periods - 1 if duty.last is None else calendar.period_containing(duty.last)
        value = {machine: metric_of(system, duty.metric) for machine, system in case.systems.items()}
        periods = tuple(range(first, min(last, calendar.periods - 1) + 1))
        found.append(Obligation(name, duty.metric, duty.floor, periods, value))
    return found


def exclusive_sets(programmes: dict[str, Programme]) -> tuple[tuple[str, ...], ...]:
    """Maximal sets of programmes that exclude each other pairwise; a programme that excludes none is a set alone.

    One row for a whole set is exact where rows for its pairs are not: three programmes that exclude each other could
    otherwise each pay for half of one system.
    """
    apart = {frozenset((name, other)) for name, programme in programmes.items() for other in programme.excludes}
    found: list[tuple[str, ...]] = []
    for size in range(len(programmes), 0, -1):
        for group in combinations(programmes, size):
            pairwise = all(frozenset(pair) in apart for pair in combinations(group, 2))
            if pairwise and not any(set(group) <= set(larger) for larger in found):
                found.append(group)
    return tuple(found)
