"""Sites and their expansions: what a system takes there, what it costs to run, and what blocks add."""

from __future__ import annotations

import math

from planner.case.case import Case
from planner.case.site import Block, Capacity, Expansion, Resource, Site
from planner.case.system import System
from planner.case.timeline import Timeline
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.money import Exchange
from planner.finance.resale import straight_line_remainder
from planner.vocabulary.keys import Start

ROUNDING = 1e-9
"""Share by which a quotient may miss a whole number and still be it: three servers of 14.3 kW fit into 42.9 kW."""


def rack_share(system: System, site: Site) -> float | None:
    """Racks that one system takes at a site; None where its height or its power does not fit a rack."""
    needs, limit = system.installation, site.rack_power_kw
    power = needs.power_kw or 0.0
    if needs.racks is not None:
        too_dense = limit is not None and power > limit * needs.racks * (1 + ROUNDING)
        return None if too_dense else needs.racks
    in_one_rack = whole_part(site.rack_height_units / (needs.rack_units or math.inf))
    if limit is not None and power > 0:
        in_one_rack = min(in_one_rack, whole_part(limit / power))
    return 1 / in_one_rack if in_one_rack else None


def whole_part(quotient: float) -> int:
    """The whole part of a quotient of two written figures."""
    return math.floor(quotient * (1 + ROUNDING))


def hosts(system: System, site: Site) -> bool:
    """Whether the site can cool the system and its racks can hold it."""
    cooled = not set(system.installation.cooling).isdisjoint(site.cooling)
    return cooled and rack_share(system, site) is not None


def resource_needs(system: System, site: Site) -> dict[Resource, float]:
    """What one system takes of each resource; air cooling is preferred where both sides have it."""
    needs = system.installation
    power = needs.power_kw or 0.0
    on_air = "air" in needs.cooling and "air" in site.cooling
    return {
        "power": power,
        "racks": rack_share(system, site) or 0.0,
        "liquid_cooling": 0.0 if on_air else power,
        "staff": needs.staff,
        "uplink": needs.uplink_gbps,
    }


def limited_resources(capacity: Capacity) -> dict[Resource, Timeline[float]]:
    """What a site offers of the resources that it limits; liquid cooling that is not stated is none at all."""
    stated: dict[Resource, Timeline[float] | None] = {
        "power": capacity.power_kw,
        "racks": capacity.racks,
        "liquid_cooling": capacity.liquid_cooling_kw or Timeline.constant(0.0),
        "staff": capacity.staff,
        "uplink": capacity.uplink_gbps,
    }
    return {resource: timeline for resource, timeline in stated.items() if timeline is not None}


def block_amounts(block: Block) -> dict[Resource, float]:
    """What one block adds of each resource."""
    return {
        "power": block.power_kw,
        "racks": block.racks,
        "liquid_cooling": block.liquid_cooling_kw,
        "staff": block.staff,
        "uplink": block.uplink_gbps,
    }


def site_figures(case: Case, exchange: Exchange, figures: Coefficients) -> None:
    """Fills in room, running costs and expansions."""
    for name, expansion in case.expansions.items():
        _expansion(case, exchange, figures, name, expansion)
    for name, site in case.sites.items():
        for resource, timeline in limited_resources(site.capacity).items():
            for t, start in enumerate(case.calendar.starts):
                is_open = start >= site.opens
                figures.capacity[name, resource, t] = (timeline.at(start) or 0.0) if is_open else 0.0
        for machine, system in case.systems.items():
            if hosts(system, site):
                for resource, amount in resource_needs(system, site).items():
                    figures.use[machine, name, resource] = amount
                _running_costs(case, exchange, figures, machine, name)
    for machine, system in case.systems.items():
        figures.availability[machine] = system.availability
    _order_limits(figures)


def _running_costs(case: Case, exchange: Exchange, figures: Coefficients, machine: str, name: str) -> None:
    system, site, calendar = case.systems[machine], case.sites[name], case.calendar
    needs = system.installation
    power = needs.power_kw or 0.0
    for t, start in enumerate(calendar.starts):
        key = (machine, name, t)
        full_energy = power * site.pue * calendar.hours[t] * exchange.money(site.energy_price.at(start), t)
        figures.energy_idle[key] = needs.idle_power_share * full_energy
        figures.energy_work[key] = (needs.busy_power_share - needs.idle_power_share) * full_energy
        kw_months = power * calendar.months_per_period
        figures.rent[key] = kw_months * exchange.money(site.rent.at(start) if site.rent else None, t)
        figures.operations[key] = kw_months * exchange.money(site.operations.at(start) if site.operations else None, t)
        yearly = system.maintenance_per_year * exchange.money(system.price.typical, t)
        figures.maintenance[machine, t] = yearly * calendar.months_per_period / 12


def _expansion(case: Case, exchange: Exchange, figures: Coefficients, name: str, expansion: Expansion) -> None:
    calendar = case.calendar
    figures.expansion_site[name] = expansion.site
    figures.block_limit[name] = expansion.blocks
    for resource, amount in block_amounts(expansion.adds).items():
        figures.adds[name, resource] = amount
    for t, start in enumerate(calendar.starts):
        ready = calendar.first_period_from(start.plus(expansion.lead_time.months))
        if not expansion.start_window.holds(start) or ready >= calendar.periods:
            continue
        capex, now, key = expansion.capex.at(start), expansion.payment.at_order, Start(name, t)
        figures.ready[key] = ready
        figures.capex_now[key] = now * exchange.money(capex, t)
        figures.capex_then[key] = (1 - now) * exchange.money(capex, ready)
        if expansion.terminal_life is not None and case.finance.terminal_value:
            age = calendar.end - calendar.starts[ready]
            figures.block_remainder[key] = straight_line_remainder(1.0, age, expansion.terminal_life.months)


def _order_limits(figures: Coefficients) -> None:
    """The most that supply and the room of the fully expanded site leave for one order."""
    room: dict[tuple[str, Resource], float] = {}
    for (site, resource, _), amount in figures.capacity.items():
        room[site, resource] = max(room.get((site, resource), 0.0), amount)
    for (expansion, resource), amount in figures.adds.items():
        key = (figures.expansion_site[expansion], resource)
        if key in room:
            room[key] += amount * figures.block_limit[expansion]
    for order in figures.delivery:
        offer, site, t = order
        system = figures.system_of[offer]
        limits = [
            room[place, resource] / figures.use[system, place, resource]
            for place, resource in room
            if place == site and figures.use[system, place, resource] > 0
        ]
        limits += [figures.available[offer, t]] if (offer, t) in figures.available else []
        limits += [figures.allocation[offer, t]] if (offer, t) in figures.allocation else []
        figures.order_limit[order] = whole_part(min(limits))
