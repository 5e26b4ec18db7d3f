"""Books and tax: what investments cost in the books, how that cost is written off, and how profit is taxed.

What is ordered has its figures in every case: how far it is written off decides until when it matters who leaves. All
else only a case has whose profit is taxed: without tax it decides nothing, and the audit keeps the books.
"""

from __future__ import annotations

from planner.case.case import Case
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.money import Exchange
from planner.coefficients.records import CreditTerms, TaxYearTerms
from planner.finance.depreciation import depreciated
from planner.vocabulary.keys import Demand


def book_figures(case: Case, exchange: Exchange, figures: Coefficients) -> None:
    """Fills in cost and depreciation of orders; of everything else, and the terms of tax, where profit is taxed."""
    tax = case.finance.tax
    _vintages_of_orders(case, figures)
    if tax is None:
        return
    _vintages_of_the_fleet(case, exchange, figures)
    _blocks(case, figures)
    figures.opening_loss = exchange.money(tax.opening_loss, 0)
    figures.loss_use_limit = tax.loss_use_limit
    figures.tax_years = tuple(_years(case, figures))
    _credits(case, figures)
    figures.end_tax_rate = figures.tax_years[-1].rate if case.finance.terminal_value else 0.0


def _written_off(figures: Coefficients, ready: int, life_months: int) -> tuple[float, ...]:
    """Share of a cost written off before the start of each period, and at the end of the last."""
    months = figures.calendar.months_per_period
    return tuple(depreciated(months * (t - ready), life_months) for t in range(figures.calendar.periods + 1))


def _vintages_of_orders(case: Case, figures: Coefficients) -> None:
    life = case.finance.depreciation.systems.months
    for order, ready in figures.delivery.items():
        vintage = figures.vintage(order)
        figures.vintage_cost[vintage] = figures.unit_cost[order]
        figures.vintage_depreciated[vintage] = _written_off(figures, ready, life)


def _vintages_of_the_fleet(case: Case, exchange: Exchange, figures: Coefficients) -> None:
    """Systems without an order cost their book value and what is unpaid, spread over all of a vintage."""
    life = case.finance.depreciation.systems.months
    for vintage, (ready, count) in figures.fleet.items():
        system, site, arrival = vintage
        entries = [e for e in case.sites[site].fleet if (e.system, e.arrives) == (system, arrival.month)]
        cost = sum(exchange.money(e.book_value, 0) + exchange.money(e.unpaid, ready) for e in entries)
        age = max(0, case.calendar.start - entries[0].arrives)
        figures.vintage_cost[vintage] = cost / count if count else 0.0
        figures.vintage_depreciated[vintage] = _written_off(figures, ready, max(0, life - age))


def _blocks(case: Case, figures: Coefficients) -> None:
    for start, ready in figures.ready.items():
        life = case.expansions[start.expansion].depreciation_life or case.finance.depreciation.facility
        figures.block_depreciated[start] = _written_off(figures, ready, life.months)


def _years(case: Case, figures: Coefficients) -> list[TaxYearTerms]:
    calendar, tax = case.calendar, case.finance.tax
    assert tax is not None
    largest = _largest_results(case, figures)
    found = []
    for year, periods in calendar.fiscal_years.items():
        after = calendar.starts[periods[-1]].plus(calendar.months_per_period)
        paid_in = max(periods[-1], calendar.period_containing(after.plus(tax.payment_lag.months - 1)))
        found.append(
            TaxYearTerms(
                name=year,
                periods=periods,
                rate=tax.rate.at(calendar.starts[periods[0]]) or 0.0,
                paid_in=paid_in if paid_in < calendar.periods else None,
                largest=sum(largest[t] for t in periods),
            )
        )
    return found


def _credits(case: Case, figures: Coefficients) -> None:
    """How the credits can be used that anything can earn."""
    for name, programme in case.programmes.items():
        earned = [figures.ready_period(investment) for other, investment in figures.claims if other == name]
        if programme.aid.is_off_tax and earned:
            figures.credits[name] = CreditTerms(
                limit=programme.tax_limit,
                kept_years=programme.carry_forward.months // 12,
                years=tuple(year.name for year in figures.tax_years if year.periods[-1] >= min(earned)),
            )


def _largest_results(case: Case, figures: Coefficients) -> list[float]:
    """A generous bound on the profit or loss of each period.

    All systems of a site fit into it at once, whatever they are; so what arrives, leaves or is written off in one
    period is worth no more than the dearest systems that fill every site.
    """
    dearest: dict[str, float] = {}
    for (system, _, _), cost in figures.vintage_cost.items():
        dearest[system] = max(dearest.get(system, 0.0), cost)
    for (system, _, _), worth in figures.resale.items():
        dearest[system] = max(dearest.get(system, 0.0), worth)
    fits: dict[tuple[str, str], int] = {}
    for (offer, site, _), most in figures.order_limit.items():
        key = (figures.system_of[offer], site)
        fits[key] = max(fits.get(key, 0), most)
    for (system, site, _), (_, count) in figures.fleet.items():
        fits[system, site] = fits.get((system, site), 0) + count
    systems = sum(most * dearest.get(system, 0.0) for (system, _), most in fits.items())
    blocks = sum(
        figures.block_limit[expansion]
        * max(figures.unit_cost[key] for key in figures.unit_cost if key.name == expansion)
        for expansion in dict.fromkeys(name for name, _ in figures.ready)
    )
    owed = sum(loan.limit + loan.outstanding for loan in figures.loans.values())
    usual = 4 + _further_charges(figures)
    paid = _largest_milestones(case, figures)
    return [usual * (systems + blocks) + _largest_operation(figures, fits, t) + owed + paid[t] for t in figures.periods]


def _further_charges(figures: Coefficients) -> int:
    """How often everything that stands there can be charged once more: where programmes write its cost off at once,
    or take a grant back, perhaps with one that is paid in the same period to who has left already."""
    at_once = {j for (j, _), terms in figures.claims.items() if terms.aid.is_written_off}
    taken_back = {j for (j, _), terms in figures.claims.items() if terms.clawback_share}
    return len(at_once) + 2 * len(taken_back)


def _largest_milestones(case: Case, figures: Coefficients) -> list[float]:
    """What programmes with milestones can pay in each period, and take back in it from systems that have left."""
    found = [0.0] * len(figures.periods)
    for (name, investment), terms in figures.claims.items():
        if case.programmes[name].milestones:
            units = figures.order_limit.get(investment, figures.block_limit.get(investment.name, 0))
            for t, share in terms.parts:
                found[t] += 2 * units * share * terms.amount
    return found


def _largest_operation(figures: Coefficients, fits: dict[tuple[str, str], int], t: int) -> float:
    """The highest revenue of a period and the highest running cost, one added to the other."""
    hourly: dict[str, float] = {}
    for (workload, system, period), revenue in figures.revenue.items():
        if period == t:
            hourly[workload] = max(hourly.get(workload, 0.0), revenue / figures.throughput[workload, system])
    earned = sum(figures.amount.get(Demand(workload, t), 0.0) * each for workload, each in hourly.items())
    running = 0.0
    for (system, site), count in fits.items():
        key = (system, site, t)
        costs = (figures.energy_idle, figures.energy_work, figures.rent, figures.operations)
        if key in figures.energy_idle:
            running += count * (sum(cost[key] for cost in costs) + figures.maintenance[system, t])
    return earned + running
