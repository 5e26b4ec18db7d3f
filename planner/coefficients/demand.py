"""Demand and the budget: what work earns, and what money comes in and must stay."""

from __future__ import annotations

from planner.case.case import Case
from planner.case.system import Precision, System
from planner.case.workload import Metric, Workload
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.money import Exchange
from planner.vocabulary.keys import Demand

_PRECISIONS: dict[Metric, Precision] = {
    "fp64_pflops": "fp64",
    "bf16_pflops": "bf16",
    "fp8_pflops": "fp8",
    "fp4_pflops": "fp4",
}


def metric_of(system: System, metric: Metric) -> float:
    """What one system counts in a metric; 0 where no figure is known, so that nothing is promised of it."""
    if metric == "accelerators":
        return float(system.accelerators)
    return system.pflops(_PRECISIONS[metric]) or 0.0


def serves(system: System, workload: Workload) -> bool:
    """Whether a system has the memory and the scale-up domain that a workload needs."""
    return (system.memory_gb or 0.0) >= workload.memory_gb and (
        (system.performance.scale_up_accelerators or 0) >= workload.scale_up_accelerators
    )


def demand_figures(case: Case, exchange: Exchange, figures: Coefficients) -> None:
    """Fills in demand, throughput, revenue, and the budget."""
    for name, workload in case.workloads.items():
        figures.may_go_unserved[name] = 1 - workload.must_serve
        for t, start in enumerate(case.calendar.starts):
            figures.amount[Demand(name, t)] = workload.amount.at(start) or 0.0
        for machine, system in case.systems.items():
            _pair(case, exchange, figures, name, machine, system)
    for machine, system in case.systems.items():
        figures.pflops[machine] = metric_of(system, "bf16_pflops")
    _budget(case, exchange, figures)


def _pair(case: Case, exchange: Exchange, figures: Coefficients, name: str, machine: str, system: System) -> None:
    workload = case.workloads[name]
    work = metric_of(system, workload.metric) * workload.efficiency.get(machine, 1.0)
    priced = not workload.price_by_system or machine in workload.price_by_system
    if work <= 0 or not priced or not serves(system, workload):
        return
    places = [
        site
        for site, place in case.sites.items()
        if (machine, site, "power") in figures.use and (not workload.regions or place.region in workload.regions)
    ]
    if not places:
        return
    figures.throughput[name, machine] = work
    for site in places:
        figures.suits[name, machine, site] = True
    for t, start in enumerate(case.calendar.starts):
        if workload.price_by_system:
            hourly = system.accelerators * exchange.money(workload.price_by_system[machine].at(start), t)
        else:
            hourly = work * exchange.money(workload.price.at(start) if workload.price else None, t)
        figures.revenue[name, machine, t] = hourly * case.calendar.hours[t]


def _budget(case: Case, exchange: Exchange, figures: Coefficients) -> None:
    finance, calendar = case.finance, case.calendar
    figures.discount = exchange.discounts()
    figures.opening_cash = exchange.money(finance.opening_cash, 0)
    figures.minimum_cash = tuple(exchange.money(finance.minimum_cash, t) for t in figures.periods)
    for month, money in finance.funding.items():
        t = calendar.period_containing(month)
        figures.funding[t] = figures.funding.get(t, 0.0) + exchange.money(money, t)
    for year, limit in finance.capex_limits.items():
        periods = figures.fiscal_year_periods(year)
        if periods:
            figures.capex_limits[year] = exchange.money(limit, periods[0])
