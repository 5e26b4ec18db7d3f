"""Every unit of currency of the plan, by line and period."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.books import books_of, profit_of, tax_paid_of, tax_years_of
from planner.audit.dates import ready_period
from planner.audit.facts import Facts
from planner.audit.hosting import throughput
from planner.audit.lending import drawn, interest_of, repaid
from planner.audit.payments import grant_entries
from planner.audit.register import register_of
from planner.audit.terminal import terminal_value_of
from planner.finance.present_value import discount_factor
from planner.outcome import LINES, Accounts, Entry
from planner.vocabulary.cash_lines import CASH_LINES


def money_of(facts: Facts) -> Accounts:
    """The accounts of the plan, in the currency of the case."""
    finance = facts.case.finance
    entries = [entry for amounts in SOURCES for entry in amounts(facts)]
    lines = {line: [0.0] * len(facts.periods) for line in LINES}
    for entry in entries:
        lines[entry.line][entry.period] += entry.amount
    register = register_of(facts)
    profit = profit_of(facts, lines, register)
    years = tax_years_of(facts, profit)
    lines["tax"] = tax_paid_of(facts, years)
    entries += [
        Entry("tax", (str(year),), one.paid_in, one.tax) for year, one in years.items() if one.paid_in is not None
    ]
    terminal = terminal_value_of(facts) if finance.terminal_value else 0.0
    books = books_of(facts, lines["tax"], register, profit, years, terminal)
    net = [sum(CASH_LINES[line].sign * v[t] for line, v in lines.items()) for t in facts.periods]
    discount = [discount_factor(finance.discount_rate, days) for days in facts.calendar.days_to_end]
    end_value = terminal - sum(owed[-1] for owed in books.debt.values()) - books.tax_payable[-1] - books.end_tax
    funding = _funding(facts)
    return Accounts(
        lines={line: tuple(amounts) for line, amounts in lines.items()},
        entries=tuple(entry for entry in entries if entry.amount),
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


def _investments(facts: Facts) -> Iterator[Entry]:
    for order, count in facts.decisions.order.items():
        offer, site, t = order
        first, rest = facts.order_payments(offer, t)
        arrival, share = facts.ready(order), facts.additions_share(offer)
        for period, payment in ((t, first), (arrival, rest)):
            yield Entry("system_price", (offer, site), period, count * payment, t)
            yield Entry("additions", (offer, site), period, count * payment * share, t)
    for start, count in facts.decisions.expand.items():
        expansion, site, t = facts.block(start)
        first, rest = facts.block_payments(expansion, t)
        yield Entry("expansion", (expansion, site), t, count * first, t)
        yield Entry("expansion", (expansion, site), ready_period(facts.case, expansion, t), count * rest, t)
    for site, place in facts.case.sites.items():
        for fleet in place.fleet:
            period = facts.arrival(fleet)
            if period < len(facts.periods):
                yield Entry("contracted", (fleet.system, site), period, facts.money(fleet.unpaid, period))


def _operation(facts: Facts) -> Iterator[Entry]:
    months = facts.calendar.months_per_period
    for (system, site, t), count in facts.installed.items():
        place, machine, about = facts.case.sites[site], facts.case.systems[system], (system, site)
        kilowatts = count * (machine.installation.power_kw or 0.0)
        energy_price = facts.money(facts.at(place.energy_price, t), t)
        idle_hours = machine.installation.idle_power_share * facts.calendar.hours[t]
        yield Entry("energy", about, t, kilowatts * idle_hours * place.pue * energy_price)
        yield Entry("rent", about, t, kilowatts * months * facts.money(facts.at(place.rent, t), t))
        yield Entry("operations", about, t, kilowatts * months * facts.money(facts.at(place.operations, t), t))
        yearly = facts.typical_price(system, t) * machine.maintenance_per_year
        yield Entry("maintenance", about, t, count * yearly * months / 12)


def _work(facts: Facts) -> Iterator[Entry]:
    for (workload, system, site, t), amount in facts.decisions.serve.items():
        place, needs = facts.case.sites[site], facts.case.systems[system].installation
        hours = facts.calendar.hours[t]
        extra = (needs.busy_power_share - needs.idle_power_share) * (needs.power_kw or 0.0) * hours * place.pue
        yield Entry("energy", (system, site), t, amount * extra * facts.money(facts.at(place.energy_price, t), t))
        earned = amount * hours * _hourly_revenue(facts, workload, system, t)
        yield Entry("revenue", (workload, system, site), t, earned)


def _hourly_revenue(facts: Facts, workload: str, system: str, t: int) -> float:
    demand = facts.case.workloads[workload]
    if demand.price_by_system:
        price = facts.money(facts.at(demand.price_by_system[system], t), t)
        return price * facts.case.systems[system].accelerators
    return facts.money(facts.at(demand.price, t), t) * throughput(facts.case, workload, system)


def _resale(facts: Facts) -> Iterator[Entry]:
    for (vintage, t), count in facts.decisions.exit.items():
        yield Entry("resale", vintage.names, t, count * facts.resale(vintage, facts.calendar.starts[t], t))


def _lending(facts: Facts) -> Iterator[Entry]:
    for name in facts.case.finance.loans:
        interest = interest_of(facts, name)
        for t in facts.periods:
            yield Entry("loans_drawn", (name,), t, drawn(facts, name, t))
            yield Entry("loans_repaid", (name,), t, repaid(facts, name, t))
            yield Entry("interest", (name,), t, interest[t])


SOURCES = (_investments, grant_entries, _operation, _work, _resale, _lending)
"""Where entries come from; tax follows from all of them."""
