"""Maintenance of one system over a period, and how it changes with age."""

from __future__ import annotations

from planner.case.case import Case
from planner.case.system import System
from planner.coefficients.money import Exchange
from planner.finance.maintenance import mean_beyond_last
from planner.vocabulary.keys import Arrival


def steps_of(system: System) -> list[tuple[int, float]]:
    """Age in months and factor of each step."""
    return [(step.age.months, step.factor) for step in system.maintenance_by_age]


def oldest_factor(system: System) -> float:
    """The factor past the last step."""
    return system.maintenance_by_age[-1].factor if system.maintenance_by_age else 1.0


def maintenance_of(case: Case, exchange: Exchange, name: str, t: int) -> float:
    """What a whole period costs at a factor of one."""
    system = case.systems[name]
    yearly = system.maintenance_per_year * exchange.money(system.price.typical, t)
    return yearly * case.calendar.months_per_period / 12


def by_age(case: Case, exchange: Exchange, name: str, arrival: Arrival) -> dict[int, float]:
    """How much more a period costs for systems of one arrival than for old ones, by t; equal ones are left out.

    Told as a difference, so that old systems need nothing beside how many stand there.
    """
    system, calendar = case.systems[name], case.calendar
    steps = steps_of(system)
    if not steps:
        return {}
    first = max(0, calendar.first_period_from(arrival.month))
    found = {}
    for t in range(first, calendar.periods):
        age = calendar.starts[t] - arrival.month
        more = mean_beyond_last(steps, range(age, age + calendar.months_per_period))
        if more:
            found[t] = more * maintenance_of(case, exchange, name, t)
    return found
