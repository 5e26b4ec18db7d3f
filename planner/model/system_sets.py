"""Index sets of what is bought: where and when it can be ordered, stand, work and leave."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from planner.coefficients import Coefficients
from planner.decisions import Investment
from planner.vocabulary.resources import Resource

Cohort = tuple[str, str, str]
"""System s, site d, and the month of arrival with the offer k."""


class SystemSets:
    """Where each decision and each row about systems, blocks and work exists."""

    def __init__(self, figures: Coefficients) -> None:
        self.figures = figures
        self.periods = figures.periods
        self.orders: list[Investment] = sorted(key for key in figures.delivery if figures.order_limit[key] > 0)
        """Orders o,d,t that can be placed."""
        self.blocks: list[tuple[str, int]] = sorted(figures.ready)
        """Blocks x,t that can be started."""

    @cached_property
    def cohort_order(self) -> dict[Cohort, Investment]:
        """The order that a cohort comes with. A later order of an offer arrives later, so no two share a cohort."""
        figures = self.figures
        return {
            (figures.system_of[offer], site, figures.cohort(offer, figures.delivery[offer, site, t])): (offer, site, t)
            for offer, site, t in self.orders
        }

    @cached_property
    def order_cohort(self) -> dict[Investment, Cohort]:
        """The cohort that an order makes."""
        return {order: cohort for cohort, order in self.cohort_order.items()}

    @cached_property
    def cohorts(self) -> list[Cohort]:
        """Cohorts s,d,k that can exist."""
        return sorted({*self.cohort_order, *self.figures.fleet})

    @cached_property
    def exits(self) -> list[tuple[str, str, str, int]]:
        """Exits s,d,k,t that can be."""
        times: dict[tuple[str, str], list[int]] = defaultdict(list)
        for system, cohort, t in self.figures.resale:
            times[system, cohort].append(t)
        return [
            (s, d, k, t)
            for s, d, k in self.cohorts
            for t in sorted(times[s, k])
            if t >= min(self.figures.held_until.get((s, d, k), 0), self.figures.life_end[s, k])
        ]

    @cached_property
    def cohort_exits(self) -> dict[Cohort, list[tuple[str, str, str, int]]]:
        """Exits of a cohort, in the order of time."""
        found: dict[Cohort, list[tuple[str, str, str, int]]] = {cohort: [] for cohort in self.cohorts}
        for system, site, cohort, t in self.exits:
            found[system, site, cohort].append((system, site, cohort, t))
        return found

    @cached_property
    def arrivals(self) -> dict[tuple[str, str, int], list[Cohort]]:
        """Cohorts by system, site and the period in which they arrive."""
        found: dict[tuple[str, str, int], list[Cohort]] = defaultdict(list)
        for system, site, cohort in self.cohorts:
            found[system, site, self.arrival_period((system, site, cohort))].append((system, site, cohort))
        return dict(found)

    def arrival_period(self, cohort: Cohort) -> int:
        """The period from which a cohort is installed."""
        if cohort in self.figures.fleet:
            return self.figures.fleet[cohort][0]
        return self.figures.delivery[self.cohort_order[cohort]]

    @cached_property
    def exits_at(self) -> dict[tuple[str, str, int], list[tuple[str, str, str, int]]]:
        """Exits by system, site and period."""
        found: dict[tuple[str, str, int], list[tuple[str, str, str, int]]] = defaultdict(list)
        for system, site, cohort, t in self.exits:
            found[system, site, t].append((system, site, cohort, t))
        return dict(found)

    @cached_property
    def placements(self) -> list[tuple[str, str]]:
        """Systems and sites s,d where systems can come to stand."""
        return sorted({(system, site) for system, site, _ in self.cohorts})

    @cached_property
    def standing(self) -> list[tuple[str, str, int]]:
        """Where and when systems can stand: s,d,t from the first possible arrival on."""
        first: dict[tuple[str, str], int] = {}
        for system, site, t in self.arrivals:
            first[system, site] = min(t, first.get((system, site), t))
        return [(s, d, t) for s, d in self.placements for t in self.periods if t >= first[s, d]]

    @cached_property
    def serving(self) -> list[tuple[str, str, str, int]]:
        """Work w,s,d,t that can be done: the system suits, can stand there, and there is demand."""
        demand = {key for key, amount in self.figures.amount.items() if amount > 0}
        workloads: dict[tuple[str, str], list[str]] = defaultdict(list)
        for workload, system, site in self.figures.suits:
            workloads[system, site].append(workload)
        return [(w, s, d, t) for s, d, t in self.standing for w in workloads[s, d] if (w, t) in demand]

    @cached_property
    def serving_by_place(self) -> dict[tuple[str, str, int], list[tuple[str, str, str, int]]]:
        """Work by system, site and period."""
        found: dict[tuple[str, str, int], list[tuple[str, str, str, int]]] = defaultdict(list)
        for key in self.serving:
            found[key[1:]].append(key)
        return dict(found)

    @cached_property
    def serving_by_demand(self) -> dict[tuple[str, int], list[tuple[str, str, str, int]]]:
        """Work by workload and period."""
        found: dict[tuple[str, int], list[tuple[str, str, str, int]]] = defaultdict(list)
        for workload, system, site, t in self.serving:
            found[workload, t].append((workload, system, site, t))
        return dict(found)

    @cached_property
    def demands(self) -> list[tuple[str, int]]:
        """Demand w,t above zero."""
        return [key for key, amount in self.figures.amount.items() if amount > 0]

    @cached_property
    def resources(self) -> list[tuple[str, Resource, int]]:
        """Limited resources d,r,t at sites where systems can stand."""
        hosts = {site for _, site in self.placements}
        return [key for key in self.figures.capacity if key[0] in hosts]

    @cached_property
    def site_systems(self) -> dict[tuple[str, int], list[str]]:
        """Systems that can stand at a site in a period."""
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        for system, site, t in self.standing:
            found[site, t].append(system)
        return dict(found)

    @cached_property
    def ready_blocks(self) -> dict[tuple[str, int], list[tuple[str, int]]]:
        """Expansions of a site with the latest start x,t whose blocks are ready in a period."""
        latest: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
        for expansion, started in self.blocks:
            for t in self.periods[self.figures.ready[expansion, started] :]:
                latest[self.figures.expansion_site[expansion], t][expansion] = started
        return {key: list(starts.items()) for key, starts in latest.items()}

    @cached_property
    def block_before(self) -> dict[tuple[str, int], tuple[str, int] | None]:
        """The start x,t before each start of the same expansion; none before its first."""
        found: dict[tuple[str, int], tuple[str, int] | None] = {}
        last: dict[str, tuple[str, int]] = {}
        for key in self.blocks:
            found[key] = last.get(key[0])
            last[key[0]] = key
        return found

    @cached_property
    def investments(self) -> list[Investment]:
        """Everything that money can be spent on: orders o,d,t and blocks x,d,t."""
        return self.orders + [(x, self.figures.expansion_site[x], t) for x, t in self.blocks]

    @cached_property
    def offer_orders(self) -> dict[str, list[Investment]]:
        """Orders of an offer."""
        found: dict[str, list[Investment]] = {offer: [] for offer in self.figures.system_of}
        for key in self.orders:
            found[key[0]].append(key)
        return found

    @cached_property
    def offer_orders_at(self) -> dict[tuple[str, int], list[Investment]]:
        """Orders of an offer in a period."""
        found: dict[tuple[str, int], list[Investment]] = defaultdict(list)
        for key in self.orders:
            found[key[0], key[2]].append(key)
        return dict(found)
