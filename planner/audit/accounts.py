"""Every unit of currency of the plan, by line, period and month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.audit.books import books_of, profit_of, tax_paid_of, tax_years_of
from planner.audit.consumption_tax import owed_to_state, settlement_entries, settlements, tax_entries
from planner.audit.dates import contract_month, dividend_month
from planner.audit.facts import Facts
from planner.audit.financing import loan_cost, shield_of
from planner.audit.hosting import throughput
from planner.audit.lending import costs_of, drawn, repaid
from planner.audit.months import (
    at_turns,
    balances_of,
    by_month_of,
    by_period_of,
    discount_of,
    flows_of,
    funding_of,
    present_value,
)
from planner.audit.payments import dated, grant_entries
from planner.audit.property_tax import property_tax_entries, property_tax_owed
from planner.audit.register import register_of
from planner.audit.terminal import terminal_value_of
from planner.audit.working_capital import changes, open_balances
from planner.outcome import FINANCE_COSTS, FINANCING, TO_OWNERS, Accounts, Entry


def money_of(facts: Facts) -> Accounts:
    """The accounts of the plan, in the currency of the case."""
    finance = facts.case.finance
    entries = [entry for amounts in SOURCES for entry in amounts(facts)]
    entries += tax_entries(facts, entries)
    settled = settlements(facts, entries)
    entries += settlement_entries(facts, settled)
    balances = open_balances(facts, entries)
    entries += changes(facts, balances)
    lines = by_period_of(facts, entries)
    register = register_of(facts, finance.depreciation)
    profit = profit_of(facts, lines, register)
    taxable = profit
    if finance.tax_books_apart:
        taxable = profit_of(facts, lines, register_of(facts, finance.tax_depreciation, for_tax=True))
    years = tax_years_of(facts, taxable)
    lines["tax"] = tax_paid_of(facts, years)
    entries += [
        dated(facts.calendar, "tax", (str(year),), month, amount)
        for year, one in years.items()
        for month, amount in one.payments
        if month is not None
    ]
    for (paid_for,), amount in facts.decisions.dividend.items():
        month = dividend_month(facts.case, paid_for)
        assert month is not None
        entries.append(dated(facts.calendar, "dividends", (str(paid_for),), month, amount))
        lines["dividends"][facts.calendar.period_of(month)] += amount
    terminal = (terminal_value_of(facts) if finance.terminal_value else 0.0) - property_tax_owed(facts)
    by_month = by_month_of(facts.calendar, lines, entries)
    to_state = owed_to_state(by_month, settled)
    books = books_of(facts, lines["tax"], register, profit, taxable, years, terminal, balances, to_state)
    funding, discount = funding_of(facts), discount_of(facts, finance.discount_rate)
    at_start, at_end = flows_of(by_month, facts.calendar)
    put_in = [put + flow for put, flow in zip(funding, at_start, strict=True)]
    after_payments, cash, earned = balances_of(facts, put_in, at_end)
    by_month["interest_on_cash"] = earned
    for month, one in enumerate(earned):
        entries.append(dated(facts.calendar, "interest_on_cash", (), month, one))
        lines["interest_on_cash"][facts.calendar.period_of(month)] += one
    shield = shield_of(facts, [sum(lines[cost][t] for cost in FINANCE_COSTS) for t in facts.periods], years)
    loan_costs = {name: loan_cost(facts, name, discount) for name in finance.loans}
    end_value = terminal - books.tax_payable[-1] - books.end_tax - books.unpaid[-1]
    end_value += books.receivables[-1] - books.payables[-1] - books.prepayments[-1] - books.consumption_tax[-1]
    before_loans = at_turns(
        {line: months for line, months in by_month.items() if line not in FINANCING}, facts.calendar
    )
    unlevered = present_value(discount, before_loans) - present_value(discount, shield) + discount[-1] * end_value
    return Accounts(
        lines={line: tuple(amounts) for line, amounts in lines.items()},
        entries=tuple(entry for entry in entries if entry.amount),
        by_month={line: tuple(amounts) for line, amounts in by_month.items()},
        funding=tuple(funding),
        cash_after_payments=tuple(after_payments),
        cash_at_end=tuple(cash),
        cash=tuple(cash[facts.calendar.months_of(t)[-1]] for t in facts.periods),
        discount=tuple(discount),
        terminal_value=terminal,
        shield=tuple(shield),
        loan_costs=loan_costs,
        unlevered=unlevered,
        npv=unlevered - sum(loan_costs.values()),
        equity=_equity(facts, by_month, end_value - sum(owed[-1] for owed in books.debt.values()), cash[-1]),
        books=books,
    )


def _equity(facts: Facts, by_month: Mapping[str, Sequence[float]], left: float, cash: float) -> float | None:
    """Value to the owners, at their rate: lines that count for them, loans included, and what is left less debt.

    Where the case says when they are paid: what they get, cash at the end with it, less what they put in and the cash
    that was there.
    """
    finance = facts.case.finance
    if finance.cost_of_equity is None:
        return None
    discount = discount_of(facts, finance.cost_of_equity)
    if finance.dividends is None:
        flows = at_turns({one: by_month[one] for one in TO_OWNERS}, facts.calendar)
        return present_value(discount, flows) + discount[-1] * left
    got = [0.0, *by_month["dividends"]]
    put_in = [*funding_of(facts), 0.0]
    put_in[0] += facts.money(finance.opening_cash, 0)
    return present_value(discount, got) - present_value(discount, put_in) + discount[-1] * (left + cash)


def _investments(facts: Facts) -> Iterator[Entry]:
    calendar = facts.calendar
    within = range(len(calendar.months))
    for (offer, site, t), count in facts.decisions.order.items():
        share = facts.additions_share(offer)
        for month, payment in facts.order_payments(offer, t).items():
            if month in within:
                yield dated(calendar, "system_price", (offer, site), month, count * payment, t)
                yield dated(calendar, "additions", (offer, site), month, count * payment * share, t)
    for start, count in facts.decisions.expand.items():
        expansion, site, t = facts.block(start)
        for month, payment in facts.block_payments(expansion, t).items():
            if month in within:
                yield dated(calendar, "expansion", (expansion, site), month, count * payment, t)
    for site, place in facts.case.sites.items():
        for fleet in place.fleet:
            month = calendar.number_of(contract_month(facts.case, fleet))
            if month < len(calendar.months):
                yield dated(calendar, "contracted", (fleet.system, site), month, facts.unpaid(fleet))


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
        if not machine.maintenance_by_age:
            yearly = facts.typical_price(system, t) * machine.maintenance_per_year
            yield Entry("maintenance", about, t, count * yearly * months / 12)
    yield from _maintenance_by_age(facts)


def _maintenance_by_age(facts: Facts) -> Iterator[Entry]:
    """Lot by lot, month by month: each month at the factor of its age."""
    calendar = facts.calendar
    for vintage, (since, count) in facts.vintages.items():
        machine, left = facts.case.systems[vintage.system], count
        if not machine.maintenance_by_age:
            continue
        for t in facts.periods[since:]:
            left -= facts.exits.get(vintage, {}).get(t, 0)
            yearly = facts.typical_price(vintage.system, t) * machine.maintenance_per_year
            for number in calendar.months_of(t) if left else ():
                age = calendar.months[number] - vintage.arrival.month
                reached = [step.factor for step in machine.maintenance_by_age if step.age.months <= age]
                monthly = yearly * (reached[-1] if reached else 1.0) / 12
                yield Entry("maintenance", (vintage.system, vintage.site), t, left * monthly)


def _work(facts: Facts) -> Iterator[Entry]:
    for (workload, system, site, t), amount in facts.decisions.serve.items():
        place, needs = facts.case.sites[site], facts.case.systems[system].installation
        hours = facts.calendar.hours[t]
        extra = (needs.busy_power_share - needs.idle_power_share) * (needs.power_kw or 0.0) * hours * place.pue
        yield Entry("energy", (system, site), t, amount * extra * facts.money(facts.at(place.energy_price, t), t))
        earned = amount * hours * _hourly_revenue(facts, workload, system, t)
        yield Entry("revenue", (workload, system, site), t, earned)
        kept_by_others = facts.at(facts.case.workloads[workload].selling_costs, t)
        if kept_by_others:
            yield Entry("selling_costs", (workload, system, site), t, earned * kept_by_others)


def _hourly_revenue(facts: Facts, workload: str, system: str, t: int) -> float:
    demand = facts.case.workloads[workload]
    if demand.price_by_system:
        price = facts.money(facts.at(demand.price_by_system[system], t), t)
        return price * facts.case.systems[system].accelerators
    return facts.money(facts.at(demand.price, t), t) * throughput(facts.case, workload, system)


def _resale(facts: Facts) -> Iterator[Entry]:
    for (vintage, t), count in facts.decisions.exit.items():
        sold_for = count * facts.resale(vintage, facts.calendar.starts[t], t)
        yield dated(facts.calendar, "resale", vintage.names, facts.calendar.months_of(t)[0], sold_for)


def _lending(facts: Facts) -> Iterator[Entry]:
    for name in facts.case.finance.loans:
        costs = costs_of(facts, name)
        for t in facts.periods:
            months = facts.calendar.months_of(t)
            yield dated(facts.calendar, "loans_drawn", (name,), months[0], drawn(facts, name, t))
            yield dated(facts.calendar, "loans_repaid", (name,), months[-1], repaid(facts, name, t))
            yield Entry("interest", (name,), t, costs["interest"][t])
            yield dated(facts.calendar, "arrangement_fees", (name,), months[0], costs["arrangement_fees"][t])
            yield Entry("interest_capitalised", (name,), t, costs["interest_capitalised"][t])
            yield Entry("commitment_fees", (name,), t, costs["commitment_fees"][t])


SOURCES = (_investments, grant_entries, _operation, _work, property_tax_entries, _resale, _lending)
"""Where entries come from; tax follows from all of them."""
