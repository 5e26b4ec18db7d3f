"""Which systems a site can take, what they use of it, and what work they can do."""

from __future__ import annotations

import math
from typing import assert_never

from planner.case.case import Case
from planner.case.site import Site
from planner.case.system import System
from planner.case.workload import Metric
from planner.vocabulary.resources import RESOURCES, Resource

RELATIVE_ROUNDING = 1e-9
"""How far binary numbers may be off where the written figures divide evenly: 42.9 kW over 14.3 kW is three."""


def is_liquid_cooled(system: System, site: Site) -> bool:
    """Whether the system needs the site's liquid cooling: wherever air does not do for both."""
    return not ("air" in system.installation.cooling and "air" in site.cooling)


def systems_per_rack(system: System, site: Site) -> float:
    """How many systems one rack of the site holds; 0 where the system does not fit."""
    needs = system.installation
    power = needs.power_kw or 0.0
    if needs.racks is not None:
        dense = site.rack_power_kw is not None and power / needs.racks > site.rack_power_kw * (1 + RELATIVE_ROUNDING)
        return 0.0 if dense else 1.0 / needs.racks
    assert needs.rack_units is not None
    by_height = math.floor(site.rack_height_units / needs.rack_units + RELATIVE_ROUNDING)
    by_power = math.inf
    if site.rack_power_kw is not None and power > 0:
        by_power = math.floor(site.rack_power_kw / power + RELATIVE_ROUNDING)
    return float(min(by_height, by_power))


def can_host(case: Case, system: str, site: str) -> bool:
    """Whether cooling and density of the site suit the system."""
    machine, place = case.systems[system], case.sites[site]
    return bool(set(machine.installation.cooling) & set(place.cooling)) and systems_per_rack(machine, place) > 0


def resource_use(case: Case, system: str, site: str, resource: Resource) -> float:
    """What one system takes of a resource at a site."""
    machine, place, taking = case.systems[system], case.sites[site], RESOURCES[resource].taking
    if taking == "stated":
        return machine.installation.stated(resource)
    if taking == "racks":
        return 1.0 / systems_per_rack(machine, place)
    if taking == "liquid_cooling":
        return machine.installation.power_kw or 0.0 if is_liquid_cooled(machine, place) else 0.0
    assert_never(taking)


def metric_value(system: System, metric: Metric) -> float | None:
    """What one system counts in a metric; None where the catalogue has no figure."""
    if metric == "accelerators":
        return float(system.accelerators)
    figures = {
        "fp64_pflops": system.performance.fp64_tflops_dense,
        "bf16_pflops": system.performance.bf16_tflops_dense,
        "fp8_pflops": system.performance.fp8_tflops_dense,
        "fp4_pflops": system.performance.fp4_tflops_dense,
    }
    tflops = figures[metric]
    return None if tflops is None else tflops * system.accelerators / 1000


def throughput(case: Case, workload: str, system: str) -> float:
    """What one system at work serves of a workload, in the workload's metric; 0 where it cannot."""
    demand, machine = case.workloads[workload], case.systems[system]
    return (metric_value(machine, demand.metric) or 0.0) * demand.efficiency.get(system, 1.0)


def can_serve(case: Case, workload: str, system: str, site: str) -> bool:
    """Whether a system at a site may work on a workload."""
    demand, machine = case.workloads[workload], case.systems[system]
    memory = (machine.performance.memory_gb or 0.0) * machine.accelerators
    return (
        (not demand.regions or case.sites[site].region in demand.regions)
        and memory >= demand.memory_gb
        and (machine.performance.scale_up_accelerators or 0) >= demand.scale_up_accelerators
        and (not demand.price_by_system or system in demand.price_by_system)
        and throughput(case, workload, system) > 0
    )
