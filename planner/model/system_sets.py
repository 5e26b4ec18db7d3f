"""Index sets of what is bought: where and when it can be ordered, stand, work and leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from planner.coefficients import Coefficients
from planner.vocabulary.keys import Demand, Exit, Failover, Investment, Stand, Start, Vintage, Work
from planner.vocabulary.resources import Resource


def grouped[K, V](pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Values by their keys, in the order in which they come.

    >>> grouped([("a", 1), ("b", 2), ("a", 3)])
    {'a': [1, 3], 'b': [2]}
    """
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


class SystemSets:
    """Where each decision and each row about systems, blocks and work exists."""

    def __init__(self, coefficients: Coefficients) -> None:
        self.coefficients = coefficients
        self.periods = coefficients.periods
        self.orders: list[Investment] = sorted(key for key, most in coefficients.sites.order_limit.items() if most > 0)
        """Orders o,d,t that can be placed."""
        self.blocks: list[Start] = sorted(coefficients.blocks.ready)
        """Blocks x,t that can be started."""

    @cached_property
    def vintage_order(self) -> dict[Vintage, Investment]:
        """The order that a vintage comes with. A later order of an offer arrives later, so no two share a vintage."""
        return {self.coefficients.offers.vintage[order]: order for order in self.orders}

    @cached_property
    def order_vintage(self) -> dict[Investment, Vintage]:
        """The vintage that an order makes."""
        return {order: vintage for vintage, order in self.vintage_order.items()}

    @cached_property
    def vintages(self) -> list[Vintage]:
        """Vintages s,d,k that can exist."""
        return sorted({*self.vintage_order, *self.coefficients.vintages.fleet})

    @cached_property
    def exits(self) -> list[Exit]:
        """Exits s,d,k,t that can be."""
        times = grouped(((system, arrival), t) for system, arrival, t in self.coefficients.vintages.resale)
        return [
            Exit(vintage, t)
            for vintage in self.vintages
            for t in sorted(times.get((vintage.system, vintage.arrival), []))
            if t >= min(self.coefficients.vintages.held_until.get(vintage, 0), self.life_end(vintage))
        ]

    @cached_property
    def vintage_exits(self) -> dict[Vintage, list[Exit]]:
        """Exits of a vintage, in the order of time."""
        found: dict[Vintage, list[Exit]] = {vintage: [] for vintage in self.vintages}
        for key in self.exits:
            found[key.vintage].append(key)
        return found

    @cached_property
    def arrivals(self) -> dict[tuple[str, str, int], list[Vintage]]:
        """Vintages by system, site and the period in which they arrive."""
        return grouped(((one.system, one.site, self.arrival_period(one)), one) for one in self.vintages)

    def arrival_period(self, vintage: Vintage) -> int:
        """The period from which a vintage is installed."""
        if vintage in self.coefficients.vintages.fleet:
            return self.coefficients.vintages.fleet[vintage][0]
        return self.coefficients.offers.delivery[self.vintage_order[vintage]]

    def life_end(self, vintage: Vintage) -> int:
        """The period at whose start what is left of a vintage retires; may lie past the horizon."""
        return self.coefficients.vintages.life_end[vintage.system, vintage.arrival]

    @cached_property
    def exits_at(self) -> dict[tuple[str, str, int], list[Exit]]:
        """Exits by system, site and period."""
        return grouped(((key.vintage.system, key.vintage.site, key.period), key) for key in self.exits)

    @cached_property
    def placements(self) -> list[tuple[str, str]]:
        """Systems and sites s,d where systems can come to stand."""
        return sorted({(system, site) for system, site, _ in self.vintages})

    @cached_property
    def standing(self) -> list[Stand]:
        """Where and when systems can stand: s,d,t from the first possible arrival on."""
        first: dict[tuple[str, str], int] = {}
        for system, site, t in self.arrivals:
            first[system, site] = min(t, first.get((system, site), t))
        return [Stand(s, d, t) for s, d in self.placements for t in self.periods if t >= first[s, d]]

    @cached_property
    def serving(self) -> list[Work]:
        """Work w,s,d,t that can be done: the system suits, can stand there, and there is demand."""
        demand = {key for key, amount in self.coefficients.demand.amount.items() if amount > 0}
        workloads = grouped(((system, site), workload) for workload, system, site in self.coefficients.demand.suits)
        return [Work(w, s, d, t) for s, d, t in self.standing for w in workloads.get((s, d), []) if (w, t) in demand]

    @cached_property
    def serving_by_place(self) -> dict[Stand, list[Work]]:
        """Work by system, site and period."""
        return grouped((Stand(key.system, key.site, key.period), key) for key in self.serving)

    @cached_property
    def serving_by_demand(self) -> dict[Demand, list[Work]]:
        """Work by workload and period."""
        return grouped((Demand(key.workload, key.period), key) for key in self.serving)

    @cached_property
    def site_losses(self) -> list[tuple[str, Demand]]:
        """Site l whose loss work could suffer from that has to survive it, and w,t of all such work at that time."""
        protected = [key for key in self.open_demands if self.coefficients.demand.protected_share.get(key.workload)]
        at_risk = sorted({(key.period, work.site) for key in protected for work in self.serving_by_demand.get(key, [])})
        by_period = grouped((key.period, key) for key in protected)
        return [(lost, key) for t, lost in at_risk for key in by_period[t]]

    @cached_property
    def failovers(self) -> list[Failover]:
        """Work l,w,s,d,t that could be done elsewhere if a site were lost."""
        return [
            Failover(lost, *work)
            for lost, key in self.site_losses
            for work in self.serving_by_demand.get(key, [])
            if work.site != lost
        ]

    @cached_property
    def demands(self) -> list[Demand]:
        """Demand w,t above zero."""
        return [key for key, amount in self.coefficients.demand.amount.items() if amount > 0]

    @cached_property
    def open_demands(self) -> list[Demand]:
        """Those in periods that are not over."""
        return [key for key in self.demands if not self.coefficients.frozen.is_over(key.period)]

    @cached_property
    def resources(self) -> list[tuple[str, Resource, int]]:
        """Limited resources d,r,t at sites where systems can stand."""
        hosts = {site for _, site in self.placements}
        return [key for key in self.coefficients.sites.capacity if key[0] in hosts]

    @cached_property
    def site_systems(self) -> dict[tuple[str, int], list[str]]:
        """Systems that can stand at a site in a period."""
        return grouped(((site, t), system) for system, site, t in self.standing)

    @cached_property
    def ready_blocks(self) -> dict[tuple[str, int], list[Start]]:
        """Expansions of a site with the latest start x,t whose blocks are ready in a period."""
        return self._latest_starts(self.coefficients.blocks.ready)

    @cached_property
    def retired_blocks(self) -> dict[tuple[str, int], list[Start]]:
        """Expansions of a site with the latest start x,t whose blocks have retired by a period."""
        return self._latest_starts(self.coefficients.blocks.retired)

    def _latest_starts(self, since: Mapping[Start, int]) -> dict[tuple[str, int], list[Start]]:
        """Expansions of a site with the latest start x,t of which something holds in a period: since when, by start."""
        latest: dict[tuple[str, int], dict[str, Start]] = defaultdict(dict)
        for start in (one for one in self.blocks if one in since):
            for t in self.periods[since[start] :]:
                latest[self.coefficients.blocks.site[start.expansion], t][start.expansion] = start
        return {key: [*starts.values()] for key, starts in latest.items()}

    @cached_property
    def block_before(self) -> dict[Start, Start | None]:
        """The start x,t before each start of the same expansion; none before its first."""
        found: dict[Start, Start | None] = {}
        last: dict[str, Start] = {}
        for key in self.blocks:
            found[key] = last.get(key.expansion)
            last[key.expansion] = key
        return found

    @cached_property
    def investments(self) -> list[Investment]:
        """Everything that money can be spent on: orders o,d,t and blocks x,d,t."""
        return self.orders + [Investment(x, self.coefficients.blocks.site[x], t) for x, t in self.blocks]

    @cached_property
    def offer_orders(self) -> dict[str, list[Investment]]:
        """Orders of an offer."""
        found: dict[str, list[Investment]] = {offer: [] for offer in self.coefficients.offers.system_of}
        for key in self.orders:
            found[key.name].append(key)
        return found

    @cached_property
    def offer_orders_at(self) -> dict[tuple[str, int], list[Investment]]:
        """Orders of an offer in a period."""
        return grouped(((key.name, key.period), key) for key in self.orders)
