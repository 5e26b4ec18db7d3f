"""The whole-number side of a plan: what stands where, what that costs, and which limits it breaks by itself."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from planner.decisions import Decisions
from tests.rival.assessing import property_tax
from tests.rival.books import Books
from tests.rival.figures import CAPACITY_FIELD, RESOURCES
from tests.rival.frozen import frozen_faults, is_over
from tests.rival.moments import INVESTMENTS, LINES
from tests.rival.running import Vintage

NEAR = 1e-6
"""How far two figures may differ, as a share of the larger one."""


def exceeds(left: float, right: float) -> bool:
    """Whether a side is larger than another by more than rounding."""
    return left > right + NEAR * max(1.0, abs(left), abs(right)) and left - right > 1e-9


class WholePlan:
    """Orders, blocks, exits and joined programmes of one plan."""

    def __init__(self, figures: Books, decisions: Decisions) -> None:
        self.figures = figures
        self.decisions = decisions
        self.lines = {line: np.zeros(figures.moments.count) for line in LINES}
        """Amounts by moment."""
        self.terminal_value = 0.0
        self.left_to_pay = 0.0
        """Of what was bought, after the horizon."""
        self._pay_purchases()
        self._pay_contracts()
        self._run_vintages()
        self._pay_property_tax()

    @cached_property
    def arrivals(self) -> dict[Vintage, int]:
        """Systems that arrive, by vintage."""
        return self.figures.fleet | {self.figures.vintage(key): units for key, units in self.decisions.order.items()}

    @cached_property
    def installed(self) -> dict[tuple[str, str, int], int]:
        """Systems that stand there, by (system, site, period)."""
        found: dict[tuple[str, str, int], int] = {}
        for (system, site, arrival), units in self.arrivals.items():
            for t in range(self.figures.arrival_period(arrival), len(self.figures.starts)):
                found[system, site, t] = found.get((system, site, t), 0) + units
        for (system, site, _arrival, t), units in self.decisions.exit.items():
            for later in range(t, len(self.figures.starts)):
                found[system, site, later] = found.get((system, site, later), 0) - units
        return found

    def exits(self, vintage: Vintage, before: int | None = None) -> int:
        """Systems of a vintage that leave before a month, or ever."""
        starts = self.figures.starts
        return sum(
            units
            for (*leaving, t), units in self.decisions.exit.items()
            if tuple(leaving) == vintage and (before is None or starts[t] < before)
        )

    def _pay_purchases(self) -> None:
        line_of = {"systems": "system_price", "additions": "additions", "facility": "expansion"}
        bought = [(self.figures.orders[key], units) for key, units in self.decisions.order.items()]
        bought += [(self.figures.blocks[key], units) for key, units in self.decisions.expand.items()]
        self.bought = bought
        for purchase, units in bought:
            for category, paid in purchase.paid.items():
                self.lines[line_of[category]] += units * paid
            self.left_to_pay += units * purchase.left_to_pay
            if not purchase.system:
                self.terminal_value += units * self.figures.block_end_value(purchase)

    def _pay_contracts(self) -> None:
        for place in self.figures.case.sites.values():
            for fleet in place.fleet:
                m = self.figures.due_on_arrival(fleet.arrives)
                if m in self.figures.moments.months:
                    unpaid = self.figures.money(fleet.unpaid, self.figures.moments.period_of(m))
                    self.lines["contracted"] += self.figures.moments.at("contracted", m, unpaid)

    def _run_vintages(self) -> None:
        moments = self.figures.moments
        for (system, site, arrival), units in self.arrivals.items():
            standing = units
            for t in range(self.figures.arrival_period(arrival), len(self.figures.starts)):
                standing -= self.decisions.exit.get((system, site, arrival, t), 0)
                for line, cost in self.figures.idle_costs(system, site, arrival, t).items() if standing else ():
                    self.lines[line] += moments.over(line, t, standing * cost)
        for (system, _site, arrival, t), units in self.decisions.exit.items():
            fetched = units * self.figures.resale(system, arrival, t)
            self.lines["resale"] += moments.at("resale", moments.months_of(t)[0], fetched)
        for vintage, units in self.arrivals.items():
            self.terminal_value += (units - self.exits(vintage)) * self.figures.end_value(vintage[0], vintage[2])
        if not self.figures.case.finance.terminal_value:
            self.terminal_value = 0.0

    def _pay_property_tax(self) -> None:
        """Instalments in their months; what is due after the last one is taken off what there is at the end."""
        moments = self.figures.moments
        for m, amount in property_tax(self):
            if m in moments.months:
                self.lines["property_tax"] += moments.at("property_tax", m, amount)
            elif m > 0:
                self.terminal_value -= amount

    @property
    def capital(self) -> np.ndarray:
        """Capital expenditure of each period."""
        return self.figures.moments.by_period(sum((self.lines[line] for line in INVESTMENTS), np.zeros(1)))

    @property
    def bf16_installed(self) -> float:
        """Dense-BF16 PFLOPS installed in the month that the objective names."""
        month = self.figures.case.objective.installed_by
        assert month is not None
        return self.metric_installed("bf16_pflops", self.figures.calendar.period_containing(month))

    def metric_installed(self, metric: str, t: int) -> float:
        """What is installed in a period over all sites, in a metric."""
        return sum(
            units * self.figures.metric(system, metric)
            for (system, _site, period), units in self.installed.items()
            if period == t
        )

    # --- limits ---

    def faults(self) -> list[str]:
        """Every limit that exits, room, supply and obligations break."""
        # What never arrived cannot be looked at any further.
        rest = [*self._resources(), *self._supply(), *self._obligations(), *frozen_faults(self.figures, self.decisions)]
        return self._exits() or rest

    def purchase_faults(self) -> list[str]:
        """Every limit on spending that depends on purchases alone."""
        return [*self._supply_chain(), *self._capex()]

    def _exits(self) -> list[str]:
        found = []
        for (system, site, arrival, t), units in self.decisions.exit.items():
            if units < 0 or (system, site, arrival) not in self.arrivals:
                found.append(f"exit: {system}, {site}, {arrival}, {units} units that never were")
            elif t not in self.figures.exit_periods(system, arrival):
                found.append(f"exit: {system}, {site}, {arrival} cannot leave in period {t}")
        for vintage, units in self.arrivals.items():
            gone = self.exits(vintage)
            over = self.figures.life_end(vintage[0], vintage[2]) <= self.figures.last
            if gone > units or (over and gone < units):
                found.append(f"useful_life: {vintage}: {gone} of {units} leave")
        return found

    def _resources(self) -> list[str]:
        figures, found = self.figures, []
        for site in figures.case.sites:
            for resource in RESOURCES:
                for t in figures.periods:
                    added = sum(
                        units * figures.added(name, resource)
                        for (name, start), units in self.decisions.expand.items()
                        if (block := figures.blocks[name, start]).site == site
                        and block.arrival <= t < figures.retires(block)
                    )
                    taken = sum(
                        units * figures.use(system, site, resource)
                        for (system, place, period), units in self.installed.items()
                        if (place, period) == (site, t)
                    )
                    if exceeds(taken, figures.capacity(site, resource, t) + added):
                        found.append(f"site_resource: {site}, {CAPACITY_FIELD[resource]}, {t}")
        return found

    def _supply(self) -> list[str]:
        figures, found = self.figures, []
        for name, offer in figures.case.offers.items():
            ordered = [
                sum(n for (o, _d, u), n in self.decisions.order.items() if (o, u) == (name, t)) for t in figures.periods
            ]
            for t, month in enumerate(figures.starts):
                if offer.available and ordered[t] > (offer.available.at(month) or 0):
                    found.append(f"supply: {name}, available, {t}")
                if offer.allocation and sum(ordered[: t + 1]) > (offer.allocation.at(month) or 0):
                    found.append(f"supply: {name}, allocation, {t}")
        for name, expansion in figures.case.expansions.items():
            if sum(n for (x, _t), n in self.decisions.expand.items() if x == name) > expansion.blocks:
                found.append(f"supply: {name}, blocks")
        return found

    def _supply_chain(self) -> list[str]:
        figures, found = self.figures, []
        spend = {key: units * figures.orders[key].cost for key, units in self.decisions.order.items()}
        for tag, share in figures.case.supply_chain_limits.items():
            tagged = sum(cost for key, cost in spend.items() if tag in figures.case.offers[key[0]].tags)
            if exceeds(tagged, share * sum(spend.values())):
                found.append(f"supply_chain_share: {tag}")
        return found

    def _capex(self) -> list[str]:
        found = []
        for year, periods in self.figures.calendar.fiscal_years.items():
            limit = self.figures.case.finance.capex_limits.get(year)
            if all(is_over(self.figures, t) for t in periods):
                continue
            if limit and exceeds(sum(self.capital[t] for t in periods), self.figures.money(limit, periods[0])):
                found.append(f"capex_limit: {year}")
        return found

    def _obligations(self) -> list[str]:
        found = []
        for name in (name for name, joined in self.decisions.join.items() if joined):
            for duty in self.figures.case.programmes[name].obligations:
                first = max(0, self.figures.calendar.period_containing(duty.first))
                end = self.figures.last if duty.last is None else self.figures.calendar.period_containing(duty.last)
                for t in range(first, min(end, self.figures.last) + 1):
                    if not is_over(self.figures, t) and exceeds(duty.floor, self.metric_installed(duty.metric, t)):
                        found.append(f"obligation: {name}, {duty.metric}, {t}")
        return found
