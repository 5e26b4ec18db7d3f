"""Every unit of currency of the plan, by line and period."""

from __future__ import annotations

from planner.audit.books import books_of, profit_of, tax_paid_of, tax_years_of
from planner.audit.dates import ready_period
from planner.audit.facts import Facts
from planner.audit.hosting import throughput
from planner.audit.lending import drawn, interest_of, repaid
from planner.audit.payments import given_back, paid
from planner.audit.register import register_of
from planner.audit.terminal import terminal_value_of
from planner.decisions import cohort_month
from planner.finance.present_value import discount_factor
from planner.outcome import INFLOWS, LINES, Accounts


def money_of(facts: Facts) -> Accounts:
    """The accounts of the plan, in the currency of the case."""
    finance = facts.case.finance
    lines = {line: [0.0] * len(facts.periods) for line in LINES}
    for fill in (_investments, _grants, _operation, _work, _resale, _lending):
        fill(facts, lines)
    register = register_of(facts)
    profit = profit_of(facts, lines, register)
    years = tax_years_of(facts, profit)
    lines["tax"] = tax_paid_of(facts, years)
    terminal = terminal_value_of(facts) if finance.terminal_value else 0.0
    books = books_of(facts, lines["tax"], register, profit, years, terminal)
    net = [sum(v[t] if line in INFLOWS else -v[t] for line, v in lines.items()) for t in facts.periods]
    discount = [discount_factor(finance.discount_rate, days) for days in facts.calendar.days_to_end]
    end_value = terminal - sum(owed[-1] for owed in books.debt.values()) - books.tax_payable[-1] - books.end_tax
    funding = _funding(facts)
    return Accounts(
        lines={line: tuple(amounts) for line, amounts in lines.items()},
        funding=tuple(funding),
        cash=tuple(_cash(facts, funding, net)),
        discount=tuple(discount),
        terminal_value=terminal,
        npv=sum(factor * amount for factor, amount in zip(discount, net, strict=True)) + discount[-1] * end_value,
        books=books,
    )


def _funding(facts: Facts) -> list[float]:
    funding = [0.0] * len(facts.periods)
    for month, money in facts.case.finance.funding.items():
        period = facts.calendar.period_containing(month)
        if 0 <= period < len(funding):
            funding[period] += facts.money(money, period)
    return funding


def _cash(facts: Facts, funding: list[float], net: list[float]) -> list[float]:
    cash, balance = [], facts.money(facts.case.finance.opening_cash, 0)
    for t in facts.periods:
        balance += funding[t] + net[t]
        cash.append(balance)
    return cash


def _investments(facts: Facts, lines: dict[str, list[float]]) -> None:
    for (offer, site, t), count in facts.decisions.order.items():
        first, rest = facts.order_payments(offer, t)
        arrival, share = facts.ready((offer, site, t)), facts.additions_share(offer)
        for period, payment in ((t, first), (arrival, rest)):
            lines["system_price"][period] += count * payment
            lines["additions"][period] += count * payment * share
    for (expansion, t), count in facts.decisions.expand.items():
        first, rest = facts.block_payments(expansion, t)
        lines["expansion"][t] += count * first
        lines["expansion"][ready_period(facts.case, expansion, t)] += count * rest
    for place in facts.case.sites.values():
        for fleet in place.fleet:
            period = facts.arrival(fleet)
            if period < len(facts.periods):
                lines["contracted"][period] += facts.money(fleet.unpaid, period)


def _grants(facts: Facts, lines: dict[str, list[float]]) -> None:
    for award in facts.awards:
        for period, amount in paid(facts.case, award):
            lines["grants"][period] += amount
        for period, amount in given_back(facts.case, award):
            lines["grants_repaid"][period] += amount


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


def _work(facts: Facts, lines: dict[str, list[float]]) -> None:
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


def _lending(facts: Facts, lines: dict[str, list[float]]) -> None:
    for name in facts.case.finance.loans:
        interest = interest_of(facts, name)
        for t in facts.periods:
            lines["loans_drawn"][t] += drawn(facts, name, t)
            lines["loans_repaid"][t] += repaid(facts, name, t)
            lines["interest"][t] += interest[t]
