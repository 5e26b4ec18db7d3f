"""Every limit of the case, with both of its sides worked out from the decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.audit.facts import (
    Facts,
    claim_allowed,
    cohort_month,
    delivery_period,
    life_end_period,
    metric_value,
    ready_period,
    resource_use,
    throughput,
)
from planner.case.case import Case
from planner.case.site import RESOURCE_UNITS, Resource
from planner.decisions import Investment
from planner.outcome import INVESTMENTS, Accounts, Limit, Quantities

QUANTITY_TOLERANCE = 1e-6
"""How far a physical quantity may be off, as a share of the limit (of one unit, for limits below one)."""


def limits_of(facts: Facts, accounts: Accounts, quantities: Quantities) -> Iterator[Limit]:
    """All limits of the plan, rule by rule."""
    for rule in _RULES:
        yield from rule(facts, accounts, quantities)


def _limit(
    rule: str, subject: str, left: float, sense: str, right: float, unit: str, tolerance: float, t: int | None = None
) -> Limit:
    return Limit(rule, subject, left, sense, right, unit, tolerance, t)  # type: ignore[arg-type]


def _count(rule: str, subject: str, left: float, sense: str, right: float, unit: str, t: int | None = None) -> Limit:
    return _limit(rule, subject, left, sense, right, unit, QUANTITY_TOLERANCE * max(1.0, abs(right)), t)


def _money(facts: Facts, rule: str, subject: str, left: float, sense: str, right: float, t: int | None = None) -> Limit:
    tolerance = max(facts.money_tolerance, 1e-12 * abs(right))
    return _limit(rule, subject, left, sense, right, facts.case.finance.currency, tolerance, t)


def _fleet_balance(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    for (system, site, cohort, t), count in facts.decisions.exit.items():
        if (system, site, cohort) not in facts.cohorts:
            yield _count(
                "fleet_balance", f"exit of {system} at {site} that arrived {cohort}", count, "<=", 0, "systems", t
            )
    for (system, site, cohort), (_, count) in facts.cohorts.items():
        gone = sum(facts.decisions.exit.get((system, site, cohort, t), 0) for t in facts.periods)
        yield _count("fleet_balance", f"{system} at {site} that arrived {cohort}: exits", gone, "<=", count, "systems")


def _useful_life(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    for (system, site, cohort), (_, count) in facts.cohorts.items():
        end = life_end_period(facts.case, system, cohort)
        if end < len(facts.periods):
            gone = sum(facts.decisions.exit.get((system, site, cohort, t), 0) for t in range(end + 1))
            subject = f"{system} at {site} that arrived {cohort}: gone at the end of life"
            yield _count("useful_life", subject, gone, "=", count, "systems", end)


def _capacity(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    working: dict[tuple[str, str, int], float] = {}
    for (_, system, site, t), amount in facts.decisions.serve.items():
        working[system, site, t] = working.get((system, site, t), 0.0) + amount
    for system, site, t in {**facts.installed, **working}:
        able = facts.case.systems[system].availability * facts.installed.get((system, site, t), 0)
        busy = working.get((system, site, t), 0.0)
        subject = f"{system} at {site}, {facts.calendar.label(t)}: at work"
        yield _count("capacity", subject, busy, "<=", able, "systems", t)


def _site_capacity(facts: Facts, site: str, resource: Resource, t: int) -> float | None:
    capacity = facts.case.sites[site].capacity
    timelines = {
        "power": capacity.power_kw,
        "racks": capacity.racks,
        "liquid_cooling": capacity.liquid_cooling_kw,
        "staff": capacity.staff,
        "uplink": capacity.uplink_gbps,
    }
    timeline = timelines[resource]
    if timeline is None and resource != "liquid_cooling":
        return None
    is_open = facts.calendar.starts[t] >= facts.case.sites[site].opens
    base = (facts.at(timeline, t) or 0.0) if is_open else 0.0
    return base + sum(
        count * block_adds(facts.case, expansion, resource)
        for (expansion, started), count in facts.decisions.expand.items()
        if facts.case.expansions[expansion].site == site and ready_period(facts.case, expansion, started) <= t
    )


def block_adds(case: Case, expansion: str, resource: Resource) -> float:
    """What one block of an expansion adds of a resource."""
    adds = case.expansions[expansion].adds
    amounts: dict[Resource, float] = {
        "power": adds.power_kw,
        "racks": adds.racks,
        "liquid_cooling": adds.liquid_cooling_kw,
        "staff": adds.staff,
        "uplink": adds.uplink_gbps,
    }
    return amounts[resource]


def _site_resource(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    for site in facts.case.sites:
        systems = [system for system, place, _ in facts.installed if place == site]
        for resource, unit in RESOURCE_UNITS.items():
            use = {system: resource_use(facts.case, system, site, resource) for system in systems}
            for t in facts.periods:
                capacity = _site_capacity(facts, site, resource, t)
                if capacity is not None:
                    used = sum(use[system] * facts.installed.get((system, site, t), 0) for system in use)
                    subject = f"{site}, {resource}, {facts.calendar.label(t)}"
                    yield _count("site_resource", subject, used, "<=", capacity, unit, t)


def _block_balance(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    for expansion, terms in facts.case.expansions.items():
        begun = sum(count for (name, _), count in facts.decisions.expand.items() if name == expansion)
        yield _count("block_balance", f"{expansion}: blocks", begun, "<=", terms.blocks, "blocks")


def _supply(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    for offer, terms in facts.case.offers.items():
        ordered = [0] * len(facts.periods)
        for (name, _, t), count in facts.decisions.order.items():
            ordered[t] += count if name == offer else 0
        for t in facts.periods:
            label = facts.calendar.label(t)
            if terms.available is not None:
                most = facts.at(terms.available, t) or 0
                yield _count("supply", f"{offer}, {label}: ordered", ordered[t], "<=", most, "systems", t)
            if terms.allocation is not None:
                most = facts.at(terms.allocation, t) or 0
                subject = f"{offer}, up to {label}: ordered"
                yield _count("supply", subject, sum(ordered[: t + 1]), "<=", most, "systems", t)


def _supply_chain_share(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    spend = {key: count * sum(facts.unit_cost(key).values()) for key, count in facts.decisions.order.items()}
    total = sum(spend.values())
    for tag, share in facts.case.supply_chain_limits.items():
        tagged = sum(amount for (offer, _, _), amount in spend.items() if tag in facts.case.offers[offer].tags)
        yield _money(facts, "supply_chain_share", f"spend on offers with the tag {tag}", tagged, "<=", share * total)


def _demand(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    served: dict[tuple[str, int], float] = {}
    for (workload, system, _, t), amount in facts.decisions.serve.items():
        served[workload, t] = served.get((workload, t), 0.0) + amount * throughput(facts.case, workload, system)
    for workload, demand in facts.case.workloads.items():
        for t in facts.periods:
            amount = facts.at(demand.amount, t) or 0.0
            subject = f"{workload}, {facts.calendar.label(t)}: served"
            got = served.get((workload, t), 0.0)
            yield _count("demand", subject, got, "<=", amount, demand.metric, t)


def _service_level(facts: Facts, _accounts: Accounts, quantities: Quantities) -> Iterator[Limit]:
    for workload, demand in facts.case.workloads.items():
        for t in facts.periods:
            amount = facts.at(demand.amount, t) or 0.0
            subject = f"{workload}, {facts.calendar.label(t)}: unserved"
            tolerance = QUANTITY_TOLERANCE * max(1.0, amount)
            unmet, most = quantities.unmet[workload, t], (1 - demand.must_serve) * amount
            yield _limit("service_level", subject, unmet, "<=", most, demand.metric, tolerance, t)


def _bought(facts: Facts, investment: Investment) -> int:
    name, site, t = investment
    if name in facts.case.expansions:
        return facts.decisions.expand.get((name, t), 0)
    return facts.decisions.order.get((name, site, t), 0)


def _claimed_investments(facts: Facts) -> list[Investment]:
    return sorted({(name, site, t) for _, name, site, t in facts.decisions.claim})


def _claim_once(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    for name, site, t in _claimed_investments(facts):
        for group in facts.exclusive_sets:
            claimed = sum(facts.decisions.claim.get((programme, name, site, t), 0.0) for programme in group)
            subject = f"{name} at {site}, {facts.calendar.label(t)}: claimed under {' and '.join(group)}"
            yield _count("claim_once", subject, claimed, "<=", _bought(facts, (name, site, t)), "units", t)


def _public_share(facts: Facts, _accounts: Accounts, quantities: Quantities) -> Iterator[Limit]:
    ceiling = facts.case.finance.public_money_ceiling
    for investment in _claimed_investments(facts):
        name, site, t = investment
        grants = sum(quantities.grant.get((programme, name, site, t), 0.0) for programme in facts.case.programmes)
        most = ceiling * sum(facts.unit_cost(investment).values()) * _bought(facts, investment)
        subject = f"{name} at {site}, {facts.calendar.label(t)}: grants"
        yield _money(facts, "public_share", subject, grants, "<=", most, t)


def _programme_cap(facts: Facts, _accounts: Accounts, quantities: Quantities) -> Iterator[Limit]:
    for programme, rules in facts.case.programmes.items():
        paid = {t: quantities.grant_paid.get((programme, t), 0.0) for t in facts.periods}
        joined = facts.decisions.join.get(programme, False) or not (rules.obligations or rules.minimum_investment)
        if not joined:
            yield _money(facts, "programme_cap", f"{programme}: grants without joining", sum(paid.values()), "<=", 0.0)
        for words, cap in (("in total", rules.total_cap), ("to one operator", rules.operator_cap)):
            if cap is not None:
                subject = f"{programme}: grants {words}"
                yield _money(facts, "programme_cap", subject, sum(paid.values()), "<=", facts.money(cap, 0))
        for year, cap in rules.fiscal_year_caps.items():
            periods = facts.calendar.fiscal_years.get(int(year[2:]), ())
            if periods:
                got = sum(paid[t] for t in periods)
                subject = f"{programme}: grants in {year}"
                yield _money(facts, "programme_cap", subject, got, "<=", facts.money(cap, periods[0]))


def _obligation(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    for programme, rules in facts.case.programmes.items():
        for duty in rules.obligations if facts.decisions.join.get(programme, False) else ():
            first = max(0, facts.calendar.period_containing(duty.first))
            last = len(facts.periods) - 1 if duty.last is None else facts.calendar.period_containing(duty.last)
            for t in range(first, min(last, facts.periods[-1]) + 1):
                standing = sum(
                    (metric_value(facts.case.systems[system], duty.metric) or 0.0) * count
                    for (system, _, period), count in facts.installed.items()
                    if period == t
                )
                subject = f"{programme}: installed {duty.metric}, {facts.calendar.label(t)}"
                yield _count("obligation", subject, standing, ">=", duty.floor, duty.metric, t)


def _minimum_investment(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    for programme, rules in facts.case.programmes.items():
        if rules.minimum_investment is not None and facts.decisions.join.get(programme, False):
            claimed = sum(
                amount * facts.eligible_cost(programme, (name, site, t))
                for (claimant, name, site, t), amount in facts.decisions.claim.items()
                if claimant == programme
            )
            least = facts.money(rules.minimum_investment, 0)
            yield _money(facts, "minimum_investment", f"{programme}: eligible cost claimed", claimed, ">=", least)


def _retention(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    claimed: dict[tuple[str, str, str, str], float] = {}
    for (programme, name, site, t), amount in facts.decisions.claim.items():
        if name in facts.case.offers and claim_allowed(facts.case, programme, (name, site, t)):
            cohort = str(facts.calendar.starts[delivery_period(facts.case, name, t)])
            key = (programme, facts.case.offers[name].system, site, cohort)
            claimed[key] = claimed.get(key, 0.0) + amount
    for system, site, cohort in sorted({key[1:] for key in claimed}):
        arrived = facts.cohorts.get((system, site, cohort), (0, 0))[1]
        for group in facts.exclusive_sets:
            for programme in group:
                term = facts.case.programmes[programme].retention.months
                held = sum(
                    claimed.get((other, system, site, cohort), 0.0)
                    for other in group
                    if facts.case.programmes[other].retention.months >= term
                )
                free_from = cohort_month(cohort).plus(term)
                gone = sum(
                    facts.decisions.exit.get((system, site, cohort, t), 0)
                    for t in facts.periods
                    if facts.calendar.starts[t] < free_from
                )
                subject = f"{system} at {site} that arrived {cohort}: exits before the retention of {programme} ends"
                yield _count("retention", subject, gone, "<=", arrived - held, "systems")


def _cash_balance(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    for t in facts.periods:
        least = facts.money(facts.case.finance.minimum_cash, t)
        subject = f"cash at the end of {facts.calendar.label(t)}"
        yield _money(facts, "cash_balance", subject, accounts.cash[t], ">=", least, t)


def _capex_limit(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    for year, limit in facts.case.finance.capex_limits.items():
        periods = facts.calendar.fiscal_years.get(int(year[2:]), ())
        if periods:
            spent = sum(accounts.lines[line][t] for line in INVESTMENTS for t in periods)
            subject = f"capital expenditure paid in {year}"
            yield _money(facts, "capex_limit", subject, spent, "<=", facts.money(limit, periods[0]))


_RULES: tuple[Callable[[Facts, Accounts, Quantities], Iterator[Limit]], ...] = (
    _fleet_balance,
    _useful_life,
    _capacity,
    _block_balance,
    _site_resource,
    _supply,
    _supply_chain_share,
    _demand,
    _service_level,
    _claim_once,
    _public_share,
    _programme_cap,
    _obligation,
    _minimum_investment,
    _retention,
    _cash_balance,
    _capex_limit,
)
AUDITED_RULES = tuple(rule.__name__.removeprefix("_") for rule in _RULES)
"""Names of the rules that the audit recomputes; a test holds them against the rules of the model."""
