"""Every unit of currency of the plan, by line and period."""

from __future__ import annotations

from planner.audit.facts import Facts, cohort_month, delivery_period, grant_period, ready_period, throughput
from planner.decisions import Investment
from planner.finance.present_value import discount_factor
from planner.finance.resale import straight_line_remainder
from planner.outcome import INFLOWS, LINES, Accounts


def money_of(facts: Facts) -> Accounts:
    """The accounts of the plan, in the currency of the case."""
    lines = {line: [0.0] * len(facts.periods) for line in LINES}
    _investments(facts, lines)
    _grants(facts, lines)
    _operation(facts, lines)
    _resale(facts, lines)
    finance = facts.case.finance
    funding = [0.0] * len(facts.periods)
    for month, money in finance.funding.items():
        period = facts.calendar.period_containing(month)
        funding[period] += facts.money(money, period)
    cash, balance = [], facts.money(finance.opening_cash, 0)
    net = [sum(v[t] if line in INFLOWS else -v[t] for line, v in lines.items()) for t in facts.periods]
    for t in facts.periods:
        balance += funding[t] + net[t]
        cash.append(balance)
    discount = [discount_factor(finance.discount_rate, days) for days in facts.calendar.days_to_end]
    terminal = _terminal(facts) if finance.terminal_value else 0.0
    npv = sum(factor * amount for factor, amount in zip(discount, net, strict=True)) + discount[-1] * terminal
    return Accounts(
        lines={line: tuple(amounts) for line, amounts in lines.items()},
        funding=tuple(funding),
        cash=tuple(cash),
        discount=tuple(discount),
        terminal_value=terminal,
        npv=npv,
    )


def _investments(facts: Facts, lines: dict[str, list[float]]) -> None:
    for (offer, _, t), count in facts.decisions.order.items():
        first, rest = facts.order_payments(offer, t)
        arrival, share = delivery_period(facts.case, offer, t), facts.additions_share(offer)
        for period, payment in ((t, first), (arrival, rest)):
            lines["system_price"][period] += count * payment
            lines["additions"][period] += count * payment * share
    for (expansion, t), count in facts.decisions.expand.items():
        first, rest = facts.block_payments(expansion, t)
        lines["expansion"][t] += count * first
        lines["expansion"][ready_period(facts.case, expansion, t)] += count * rest
    for place in facts.case.sites.values():
        for fleet in place.fleet:
            period = max(0, facts.calendar.first_period_from(fleet.arrives))
            if period < len(facts.periods):
                lines["contracted"][period] += facts.money(fleet.unpaid, period)


def _grants(facts: Facts, lines: dict[str, list[float]]) -> None:
    for (programme, name, site, t), amount in facts.decisions.claim.items():
        investment = (name, site, t)
        period = grant_period(facts.case, programme, facts.ready(investment))
        lines["grants"][period] += amount * facts.grant(programme, investment)


def _operation(facts: Facts, lines: dict[str, list[float]]) -> None:
    months = facts.calendar.months_per_period
    for (system, site, t), count in facts.installed.items():
        place, machine = facts.case.sites[site], facts.case.systems[system]
        kilowatts = count * (machine.installation.power_kw or 0.0)
        energy_price = facts.money(facts.at(place.energy_price, t), t)
        idle_hours = machine.installation.idle_power_share * facts.calendar.hours[t]
        lines["energy"][t] += kilowatts * idle_hours * place.pue * energy_price
        lines["rent"][t] += kilowatts * months * facts.money(facts.at(place.rent, t), t)
        lines["operations"][t] += kilowatts * months * facts.money(facts.at(place.operations, t), t)
        yearly = facts.typical_price(system, t) * machine.maintenance_per_year
        lines["maintenance"][t] += count * yearly * months / 12
    for (workload, system, site, t), amount in facts.decisions.serve.items():
        place, needs = facts.case.sites[site], facts.case.systems[system].installation
        hours = facts.calendar.hours[t]
        extra = (needs.busy_power_share - needs.idle_power_share) * (needs.power_kw or 0.0) * hours * place.pue
        lines["energy"][t] += amount * extra * facts.money(facts.at(place.energy_price, t), t)
        lines["revenue"][t] += amount * hours * _hourly_revenue(facts, workload, system, t)


def _hourly_revenue(facts: Facts, workload: str, system: str, t: int) -> float:
    demand = facts.case.workloads[workload]
    if demand.price_by_system:
        price = facts.money(facts.at(demand.price_by_system[system], t), t)
        return price * facts.case.systems[system].accelerators
    return facts.money(facts.at(demand.price, t), t) * throughput(facts.case, workload, system)


def _resale(facts: Facts, lines: dict[str, list[float]]) -> None:
    for (system, _, cohort, t), count in facts.decisions.exit.items():
        age = facts.calendar.starts[t] - cohort_month(cohort)
        lines["resale"][t] += count * facts.resale(system, age, t)


def _terminal(facts: Facts) -> float:
    end, last = facts.calendar.end, facts.periods[-1]
    total = 0.0
    for (system, site, cohort), (_, count) in facts.cohorts.items():
        gone = sum(facts.decisions.exit.get((system, site, cohort, t), 0) for t in facts.periods)
        total += (count - gone) * facts.resale(system, end - cohort_month(cohort), last)
    for (programme, name, site, t), amount in facts.decisions.claim.items():
        if name in facts.case.offers:
            total -= amount * _repaid_at_end(facts, programme, (name, site, t))
    for (expansion, t), count in facts.decisions.expand.items():
        life = facts.case.expansions[expansion].terminal_life
        if life is not None:
            age = end - facts.calendar.starts[ready_period(facts.case, expansion, t)]
            investment = (expansion, facts.case.expansions[expansion].site, t)
            granted = sum(
                amount * facts.grant(programme, investment)
                for (programme, *claimed), amount in facts.decisions.claim.items()
                if tuple(claimed) == investment
            )
            own_cost = count * sum(facts.block_payments(expansion, t)) - granted
            total += straight_line_remainder(own_cost, age, life.months)
    return total


def _repaid_at_end(facts: Facts, programme: str, investment: Investment) -> float:
    """What of the end value of one system goes back to a programme whose retention outlasts the horizon."""
    arrived = facts.calendar.starts[facts.ready(investment)]
    if arrived.plus(facts.case.programmes[programme].retention.months) <= facts.calendar.end:
        return 0.0
    system = facts.case.offers[investment[0]].system
    worth = facts.resale(system, facts.calendar.end - arrived, facts.periods[-1])
    return min(facts.grant(programme, investment), worth)
