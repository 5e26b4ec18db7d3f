"""Sites and their expansions: what a system takes there, what it costs to run, and what blocks add."""

from __future__ import annotations

from planner.case.case import Case
from planner.case.hosting import hosts, taken, whole_part
from planner.case.site import Expansion
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.money import Exchange
from planner.finance.resale import straight_line_remainder
from planner.vocabulary.keys import Start
from planner.vocabulary.resources import RESOURCES, Resource


def site_figures(case: Case, exchange: Exchange, figures: Coefficients) -> None:
    """Fills in room, running costs and expansions."""
    for name, expansion in case.expansions.items():
        _expansion(case, exchange, figures, name, expansion)
    for name, site in case.sites.items():
        for resource in RESOURCES:
            timeline = site.capacity.of(resource)
            if timeline is None:
                continue
            for t, start in enumerate(case.calendar.starts):
                is_open = start >= site.opens
                figures.capacity[name, resource, t] = (timeline.at(start) or 0.0) if is_open else 0.0
        for machine, system in case.systems.items():
            if hosts(system, site):
                for resource in RESOURCES:
                    figures.use[machine, name, resource] = taken(system, site, resource)
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
    for resource in RESOURCES:
        figures.adds[name, resource] = expansion.adds.of(resource)
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
