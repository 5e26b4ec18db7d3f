"""Demand: what is asked for, and what work on it earns."""

from __future__ import annotations

from itertools import product

from planner.case.case import Case
from planner.case.system import Precision, System
from planner.case.workload import Metric, Workload
from planner.coefficients.groups import Sites, Workloads
from planner.coefficients.money import Exchange
from planner.finance.selling import selling_costs
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


def demand_of(case: Case, exchange: Exchange, sites: Sites) -> Workloads:
    """What is asked for, and what every system that can serve it earns with it."""
    calendar = case.calendar
    throughput, suits = dict[tuple[str, str], float](), dict[tuple[str, str, str], bool]()
    revenue, selling = dict[tuple[str, str, int], float](), dict[tuple[str, str, int], float]()
    for (name, workload), (machine, system) in product(case.workloads.items(), case.systems.items()):
        work = metric_of(system, workload.metric) * workload.efficiency.get(machine, 1.0)
        places = _places(case, sites, workload, machine)
        if work <= 0 or not places or not serves(system, workload):
            continue
        throughput[name, machine] = work
        suits |= {(name, machine, site): True for site in places}
        for t, start in enumerate(calendar.starts):
            if workload.price_by_system:
                hourly = system.accelerators * exchange.money(workload.price_by_system[machine].at(start), t)
            else:
                hourly = work * exchange.money(workload.price.at(start) if workload.price else None, t)
            revenue[name, machine, t] = hourly * calendar.hours[t]
            if workload.selling_costs is not None and (share := workload.selling_costs.at(start)):
                selling[name, machine, t] = selling_costs(revenue[name, machine, t], share)
    return Workloads(
        amount={
            Demand(name, t): workload.amount.at(start) or 0.0
            for name, workload in case.workloads.items()
            for t, start in enumerate(calendar.starts)
        },
        may_go_unserved={name: 1 - workload.must_serve for name, workload in case.workloads.items()},
        protected_share={
            name: workload.must_serve for name, workload in case.workloads.items() if workload.survives_site_loss
        },
        throughput=throughput,
        suits=suits,
        revenue=revenue,
        selling_costs=selling,
        pflops={machine: metric_of(system, "bf16_pflops") for machine, system in case.systems.items()},
    )


def _places(case: Case, sites: Sites, workload: Workload, machine: str) -> list[str]:
    """Sites at which a system can stand and serve a workload; none where its work has no price."""
    if workload.price_by_system and machine not in workload.price_by_system:
        return []
    return [
        site
        for site, place in case.sites.items()
        if (machine, site, "power") in sites.use and (not workload.regions or place.region in workload.regions)
    ]
