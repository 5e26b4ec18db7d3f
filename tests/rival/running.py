"""What installed systems cost and fetch, and what work earns; in plain figures."""

from __future__ import annotations

import itertools
from functools import cached_property

from planner.case.quantities import Month
from planner.case.system import ResalePoint
from tests.rival.arrivals import arrival_month, arrival_of
from tests.rival.figures import Figures, Purchase

Vintage = tuple[str, str, str]
"""System, site and arrival: what came with one order, or what the fleet brings in one month."""


class Running(Figures):
    """Figures of the time after the purchase."""

    # --- vintages ---

    @cached_property
    def fleet(self) -> dict[Vintage, int]:
        """Systems there already or under contract, by (system, site, arrival), as far as they arrive in the horizon."""
        found: dict[Vintage, int] = {}
        for site, place in self.case.sites.items():
            for fleet in place.fleet:
                if self.arrival_period(arrival_of(fleet.arrives)) <= self.last:
                    key = (fleet.system, site, arrival_of(fleet.arrives))
                    found[key] = found.get(key, 0) + fleet.quantity
        return found

    def vintage(self, key: tuple[str, str, int]) -> Vintage:
        """The vintage that an order brings."""
        purchase = self.orders[key]
        return purchase.system, purchase.site, arrival_of(self.starts[purchase.arrival], purchase.name)

    @cached_property
    def order_of(self) -> dict[Vintage, tuple[str, str, int]]:
        """The one order that brings a vintage."""
        found = {self.vintage(key): key for key in self.orders}
        assert len(found) == len(self.orders), "two orders bring one vintage"
        return found

    def arrival_period(self, arrival: str) -> int:
        """The period from whose start what arrives so stands there."""
        return max(0, self.calendar.first_period_from(arrival_month(arrival)))

    def due_on_arrival(self, arrives: Month) -> int:
        """The month in which what is left to pay of a fleet is paid: that of its arrival, or the first."""
        return max(0, self.moments.number(arrives))

    def life_end(self, system: str, arrival: str) -> int:
        """The first period in which nothing of what arrived then may stand there."""
        months = self.case.systems[system].useful_life.months
        return max(0, self.calendar.first_period_from(Month(arrival_month(arrival) + months)))

    def exit_periods(self, system: str, arrival: str) -> range:
        """Periods at whose start systems that arrived so can leave."""
        there_before = arrival_month(arrival) < self.calendar.start
        first = 0 if there_before else self.arrival_period(arrival) + 1
        return range(first, min(self.life_end(system, arrival), self.last) + 1)

    def resale_share(self, system: str, months: int, t: int) -> float:
        """The share of the curve of a system, in the market of a period; never more than all."""
        one, finance = self.case.systems[system], self.case.finance
        market = one.resale_factor or finance.resale_factor
        share = self.by_age([*(one.resale or finance.resale)], months)
        return min(1.0, share * (market.at(self.starts[t]) or 0.0)) if market else share

    def by_age(self, curve: list[ResalePoint], months: int) -> float:
        """Straight lines between the points, from the full price at age 0 where nothing else is said."""
        points = sorted((point.age.months, point.share) for point in curve)
        if not points:
            return 0.0
        if points[0][0] > 0:
            points.insert(0, (0, 1.0))
        for (age, share), (next_age, next_share) in itertools.pairwise(points):
            if age <= months <= next_age:
                return share + (next_share - share) * (months - age) / (next_age - age)
        return points[-1][1]

    def resale(self, system: str, arrival: str, t: int) -> float:
        """What one system fetches at the start of a period."""
        age = self.starts[t] - arrival_month(arrival)
        return self.resale_share(system, age, t) * self.used_price(system, t)

    def end_value(self, system: str, arrival: str) -> float:
        """What one system that still stands at the end is worth then."""
        age = self.calendar.end - arrival_month(arrival)
        return self.resale_share(system, age, self.last) * self.used_price(system, self.last)

    def block_end_value(self, block: Purchase) -> float:
        """What one block is worth at the end."""
        life = self.case.expansions[block.name].terminal_life
        if life is None:
            return 0.0
        age = self.calendar.end - self.starts[block.arrival]
        return block.cost * self.left_of_block(age, life.months, self.case.expansions[block.name].terminal_method)

    def left_of_block(self, age: int, life: int, method: str) -> float:
        """What is left of a cost at an age: in equal parts, or as a loan of that cost that a level payment repays."""
        rate = self.case.finance.discount_rate
        if method == "straight_line" or rate == 0 or age >= life:
            return max(0.0, 1 - age / life)
        grown = (1 + rate) ** (age / 12) - 1
        return 1 - grown / ((1 + rate) ** (life / 12) - 1)

    def retires(self, block: Purchase) -> int:
        """The period at whose start a block retires; one after the last where it does not."""
        life = self.case.expansions[block.name].useful_life
        if life is None:
            return self.last + 1
        ended = self.starts[block.arrival].plus(life.months)
        return next((t for t in self.periods if self.starts[t] >= ended), self.last + 1)

    # --- running costs of one system over one period ---

    def energy(self, system: str, site: str, t: int, share: float) -> float:
        """Energy cost of one system that draws a share of its highest power."""
        place, power = self.case.sites[site], self.case.systems[system].installation.power_kw or 0.0
        return self.at(place.energy_price, t) * place.pue * self.calendar.hours[t] * power * share

    def wear(self, system: str, arrival: str, t: int) -> float:
        """The mean factor on maintenance over the months of a period, for what arrived so."""
        steps = self.case.systems[system].maintenance_by_age
        factors = []
        for m in self.moments.months_of(t):
            age, factor = m - self.moments.number(arrival_month(arrival)), 1.0
            for step in steps:
                factor = step.factor if age >= step.age.months else factor
            factors.append(factor)
        return sum(factors) / len(factors)

    def idle_costs(self, system: str, site: str, arrival: str, t: int) -> dict[str, float]:
        """What one installed system costs over a period even without work, by line of the cash flow."""
        one, place = self.case.systems[system], self.case.sites[site]
        months, power = self.calendar.months_per_period, one.installation.power_kw or 0.0
        yearly = self.money(one.price.typical, t) * one.maintenance_per_year
        return {
            "energy": self.energy(system, site, t, one.installation.idle_power_share),
            "rent": self.at(place.rent, t) * months * power,
            "operations": self.at(place.operations, t) * months * power,
            "maintenance": self.wear(system, arrival, t) * yearly * months / 12,
        }

    def work_energy(self, system: str, site: str, t: int) -> float:
        """What work adds to the energy cost of one system over a period."""
        needs = self.case.systems[system].installation
        return self.energy(system, site, t, needs.busy_power_share - needs.idle_power_share)

    # --- work ---

    def throughput(self, workload: str, system: str) -> float:
        work = self.case.workloads[workload]
        return self.metric(system, work.metric) * work.efficiency.get(system, 1.0)

    def serves(self, workload: str, system: str, site: str) -> bool:
        """Whether a system at a site can do a kind of work."""
        work, one = self.case.workloads[workload], self.case.systems[system]
        return (
            (not work.regions or self.case.sites[site].region in work.regions)
            and (one.memory_gb or 0.0) >= work.memory_gb
            and (one.performance.scale_up_accelerators or 0) >= work.scale_up_accelerators
            and (not work.price_by_system or system in work.price_by_system)
            and self.throughput(workload, system) > 0
        )

    def revenue(self, workload: str, system: str, t: int) -> float:
        """What one system earns that works over the whole of a period."""
        work, hours = self.case.workloads[workload], self.calendar.hours[t]
        if work.price_by_system:
            return self.case.systems[system].accelerators * self.at(work.price_by_system[system], t) * hours
        return self.throughput(workload, system) * self.at(work.price, t) * hours

    def selling_costs(self, workload: str, system: str, t: int) -> float:
        """What others keep of that revenue."""
        kept = self.case.workloads[workload].selling_costs
        return (kept.at(self.starts[t]) or 0.0) * self.revenue(workload, system, t) if kept else 0.0

    def amount(self, workload: str, t: int) -> float:
        return self.case.workloads[workload].amount.at(self.starts[t]) or 0.0
