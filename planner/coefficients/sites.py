"""Sites: what they offer, what a system takes there, what it costs to run, and what the room leaves for orders."""

from __future__ import annotations

from itertools import product

from planner.case.case import Case
from planner.case.hosting import hosts, taken, whole_part
from planner.coefficients.groups import Blocks, Offers, Sites
from planner.coefficients.maintenance import maintenance_of, oldest_factor
from planner.coefficients.money import Exchange
from planner.vocabulary.keys import Investment
from planner.vocabulary.resources import RESOURCES, Resource

Capacity = dict[tuple[str, Resource, int], float]
Use = dict[tuple[str, str, Resource], float]
Costs = dict[tuple[str, str, int], float]
"""Cost of one installed system, by s,d,t."""


def sites_of(case: Case, exchange: Exchange, offers: Offers, blocks: Blocks) -> Sites:
    """Room and running costs, for the systems that a site can host."""
    calendar, capacity = case.calendar, _capacity(case)
    use, maintenance = Use(), dict[tuple[str, int], float]()
    idle, work, rent, operations = Costs(), Costs(), Costs(), Costs()
    for (name, site), (machine, system) in product(case.sites.items(), case.systems.items()):
        if not hosts(system, site):
            continue
        needs, power = system.installation, system.installation.power_kw or 0.0
        kw_months = power * calendar.months_per_period
        use |= {(machine, name, resource): taken(system, site, resource) for resource in RESOURCES}
        for t, start in enumerate(calendar.starts):
            key = (machine, name, t)
            full_energy = power * site.pue * calendar.hours[t] * exchange.money(site.energy_price.at(start), t)
            idle[key] = needs.idle_power_share * full_energy
            work[key] = (needs.busy_power_share - needs.idle_power_share) * full_energy
            rent[key] = kw_months * exchange.money(site.rent.at(start) if site.rent else None, t)
            operations[key] = kw_months * exchange.money(site.operations.at(start) if site.operations else None, t)
            maintenance[machine, t] = oldest_factor(system) * maintenance_of(case, exchange, machine, t)
    return Sites(
        capacity=capacity,
        use=use,
        order_limit=_order_limits(offers, blocks, capacity, use),
        availability={machine: system.availability for machine, system in case.systems.items()},
        energy_idle=idle,
        energy_work=work,
        rent=rent,
        operations=operations,
        maintenance=maintenance,
    )


def _capacity(case: Case) -> Capacity:
    """What sites offer of the resources that they limit; nothing before they open."""
    return {
        (name, resource, t): (timeline.at(start) or 0.0) if start >= site.opens else 0.0
        for name, site in case.sites.items()
        for resource in RESOURCES
        if (timeline := site.capacity.of(resource)) is not None
        for t, start in enumerate(case.calendar.starts)
    }


def _order_limits(offers: Offers, blocks: Blocks, capacity: Capacity, use: Use) -> dict[Investment, int]:
    """The most that supply and the room of the fully expanded site leave for one order."""
    room: dict[tuple[str, Resource], float] = {}
    for (site, resource, _), amount in capacity.items():
        room[site, resource] = max(room.get((site, resource), 0.0), amount)
    for (expansion, resource), amount in blocks.adds.items():
        key = (blocks.site[expansion], resource)
        if key in room:
            room[key] += amount * blocks.limit[expansion]
    found = {}
    for order in offers.delivery:
        offer, site, t = order
        system = offers.system_of[offer]
        limits = [
            room[place, resource] / use[system, place, resource]
            for place, resource in room
            if place == site and use[system, place, resource] > 0
        ]
        limits += [limit[offer, t] for limit in (offers.available, offers.allocation) if (offer, t) in limit]
        found[order] = whole_part(min(limits))
    return found
