"""What a case says, in plain figures by period. Shares no code with the planner's own coefficients."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.case.case import Case
from planner.case.offer import Offer, Payment, PriceInstalment
from planner.case.quantities import Money, Month, Rate
from planner.case.timeline import Timeline
from tests.rival.moments import Moments

RESOURCES = ("power", "racks", "liquid_cooling", "staff", "uplink")
CAPACITY_FIELD = {
    "power": "power_kw",
    "racks": "racks",
    "liquid_cooling": "liquid_cooling_kw",
    "staff": "staff",
    "uplink": "uplink_gbps",
}


@dataclass(frozen=True)
class Purchase:
    """One unit of an investment: a system of an offer at a site, or a block of an expansion."""

    name: str
    site: str
    start: int
    arrival: int
    system: str
    """Empty for a block."""
    paid: dict[str, np.ndarray]
    """Money paid at each moment, by category of cost: systems and additions, or facility."""
    owed: dict[str, float]
    """What is paid after the horizon, by category as well."""

    def cost_of(self, category: str) -> float:
        """What one unit costs of a category, whenever that is paid."""
        return float(self.paid[category].sum()) + self.owed[category] if category in self.paid else 0.0

    @property
    def cost(self) -> float:
        """Everything that one unit costs."""
        return sum(self.cost_of(category) for category in self.paid)

    @property
    def left_to_pay(self) -> float:
        """What of it is still to be paid when the horizon is over."""
        return sum(self.owed.values())


class Figures:
    """Figures of one case; every method takes names and period numbers."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.calendar = case.calendar
        self.starts = case.calendar.starts
        self.periods = range(case.calendar.periods)
        self.last = case.calendar.periods - 1
        self.moments = Moments(case.calendar)
        self.capital_factors = self.moments.factors(case.finance.discount_rate)
        """Present value of money at the weighted average cost of capital, by moment."""
        self.equity_factors = self.moments.factors(case.finance.cost_of_equity or 0.0)
        """The same at the cost of equity."""
        self.counts_equity = case.objective.kind == "equity"
        self.discount = self.equity_factors if self.counts_equity else self.capital_factors
        """The same at the rate of the objective."""

    # --- money ---

    def exchange(self, currency: str, t: int) -> float:
        if currency == self.case.finance.currency:
            return 1.0
        rate = self.case.finance.exchange_rates[currency].at(self.starts[t])
        assert rate is not None, f"no exchange rate of {currency} at {self.starts[t]}"
        return rate.amount

    def money(self, amount: Money | Rate | None, t: int) -> float:
        return 0.0 if amount is None else amount.amount * self.exchange(amount.currency, t)

    def paid_late(self, line: str, workload: str = "") -> float:
        """Days after which a line is paid: what a workload says of its customers, else what holds for all; less than
        nothing where customers pay in advance."""
        early = self.case.workloads[workload].paid_in_advance if workload else None
        if early is not None:
            return -30.0 * early.months
        own = self.case.workloads[workload].customer_days if workload else None
        terms = self.case.finance.working_capital
        if own is not None or terms is None:
            return own or 0.0
        days = {
            "revenue": terms.customer_days,
            "energy": terms.energy_days,
            "rent": terms.rent_days,
            "operations": terms.operations_days,
            "maintenance": terms.maintenance_days,
        }
        return days.get(line, 0.0)

    def at(self, timeline: Timeline[Rate] | None, t: int) -> float:
        """A price or rate that may change with time, in the case's currency."""
        return 0.0 if timeline is None else self.money(timeline.at(self.starts[t]), t)

    def paid(self, line: str, price: Money, at_order: float, t: int, lead: int) -> np.ndarray:
        """What a price costs by moment: a share with the order, the rest in the month of delivery.

        Each part is paid at the exchange rate of the period in which it is paid.
        """
        ordered = self.moments.months_of(t)[0]
        payments = np.zeros(self.moments.count)
        for m, share in ((ordered, at_order), (ordered + lead, 1 - at_order)):
            rate = self.exchange(price.currency, self.moments.period_of(m))
            payments += self.moments.at(line, m, share * price.amount * rate)
        return payments

    def by_terms(self, line: str, price: Money, terms: Payment, t: int, lead: int) -> tuple[np.ndarray, float]:
        """The same by any terms of payment, and what of it is left to pay after the horizon."""
        if not terms.instalments:
            return self.paid(line, price, terms.at_order, t, lead), 0.0
        payments, left = np.zeros(self.moments.count), 0.0
        for one in terms.instalments:
            m = self.instalment_month(one, self.moments.months_of(t)[0], lead)
            if m in self.moments.months:
                rate = self.exchange(price.currency, self.moments.period_of(m))
                payments += self.moments.at(line, m, one.share * price.amount * rate)
            else:
                left += one.share * price.amount * self.exchange(price.currency, self.last)
        return payments, left

    def instalment_month(self, one: PriceInstalment, ordered: int, lead: int) -> int:
        """The month of an instalment: so long after its event, or before a delivery but not before the order."""
        if one.event == "order":
            return ordered + one.lag.months
        return ordered + max(0, lead + one.lag.months - one.advance.months)

    # --- prices ---

    def price(self, offer: str, t: int) -> Money | None:
        """What an offer asks for one system at the start of a period."""
        stated, system = self.case.offers[offer].price, self.case.systems[self.case.offers[offer].system]
        return (stated.at(self.starts[t]) if stated else None) or system.price.typical

    def used_price(self, system: str, t: int) -> float:
        """What a used system fetches a share of: its typical price, or the cheapest offer that is open then."""
        prices = [
            self.price(name, t)
            for name, offer in self.case.offers.items()
            if offer.system == system and offer.order_window.holds(self.starts[t])
        ]
        return min(self.money(price, t) for price in [self.case.systems[system].price.typical, *prices] if price)

    # --- investments ---

    @cached_property
    def orders(self) -> dict[tuple[str, str, int], Purchase]:
        """Every order that can be placed at all."""
        found = {}
        for name, offer in self.case.offers.items():
            system = self.case.systems[offer.system]
            lead = offer.lead_time or system.lead_time.typical
            assert lead is not None, f"{name} has no lead time"
            additions = offer.additions if offer.additions is not None else system.additions.typical or 0.0
            for site, t in itertools.product(self.case.sites, self.periods):
                arrival = self.calendar.first_period_from(Month(self.starts[t] + lead.months))
                price = self.price(name, t)
                if not offer.order_window.holds(self.starts[t]) or arrival > self.last or price is None:
                    continue
                if self.starts[arrival] < self.case.sites[site].opens or not self.hosts(offer.system, site):
                    continue
                bare, left = self.by_terms("system_price", price, offer.payment, t, lead.months)
                bare, left = self.with_duty(offer, bare, t), self.with_duty(offer, left, t)
                paid = {"systems": bare, "additions": additions * bare}
                owed = {"systems": left, "additions": additions * left}
                found[name, site, t] = Purchase(name, site, t, arrival, offer.system, paid, owed)
        return found

    def with_duty[A: (float, np.ndarray)](self, offer: Offer, amount: A, t: int) -> A:
        """What is paid of a price, and what is paid of it at the border and does not come back."""
        rate = offer.import_duty.at(self.starts[t]) if offer.import_duty is not None else 0.0
        return amount * (1.0 + (rate or 0.0))

    @cached_property
    def blocks(self) -> dict[tuple[str, int], Purchase]:
        """Every block that can be started at all."""
        found = {}
        for name, expansion in self.case.expansions.items():
            for t in self.periods:
                ready = self.calendar.first_period_from(Month(self.starts[t] + expansion.lead_time.months))
                capex = expansion.capex.at(self.starts[t])
                if ready > self.last or capex is None or not expansion.start_window.holds(self.starts[t]):
                    continue
                paid, left = self.by_terms("expansion", capex, expansion.payment, t, expansion.lead_time.months)
                found[name, t] = Purchase(name, expansion.site, t, ready, "", {"facility": paid}, {"facility": left})
        return found

    def investment(self, key: tuple[str, str, int]) -> Purchase | None:
        """The order or the block of an investment's key."""
        return self.orders.get(key) or self.blocks.get((key[0], key[2]))

    # --- systems at sites ---

    def air(self, system: str, site: str) -> bool:
        """Whether a system is air-cooled at a site: wherever both can."""
        return "air" in self.case.systems[system].installation.cooling and "air" in self.case.sites[site].cooling

    def per_rack(self, system: str, site: str) -> int:
        """How many systems share a rack."""
        needs, place = self.case.systems[system].installation, self.case.sites[site]
        assert needs.rack_units is not None and needs.power_kw is not None
        fits = place.rack_height_units / needs.rack_units
        if place.rack_power_kw is not None:
            fits = min(fits, place.rack_power_kw / needs.power_kw)
        return math.floor(fits + 1e-9)

    def hosts(self, system: str, site: str) -> bool:
        """Whether a site can host a system: cooling and density."""
        needs, place = self.case.systems[system].installation, self.case.sites[site]
        if not set(needs.cooling) & set(place.cooling):
            return False
        if needs.racks is not None:
            return place.rack_power_kw is None or (needs.power_kw or 0) / needs.racks <= place.rack_power_kw + 1e-9
        return needs.rack_units is None or self.per_rack(system, site) >= 1

    def use(self, system: str, site: str, resource: str) -> float:
        """How much of a resource one installed system takes."""
        needs = self.case.systems[system].installation
        power = needs.power_kw or 0.0
        if resource == "racks":
            if needs.racks is not None:
                return needs.racks
            return 1.0 / self.per_rack(system, site) if needs.rack_units else 0.0
        if resource == "liquid_cooling":
            return 0.0 if self.air(system, site) else power
        return {"power": power, "staff": needs.staff, "uplink": needs.uplink_gbps}[resource]

    def capacity(self, site: str, resource: str, t: int) -> float:
        """What a site offers before expansions; infinite where nothing is said, but for liquid cooling."""
        stated = getattr(self.case.sites[site].capacity, CAPACITY_FIELD[resource])
        if stated is None:
            return 0.0 if resource == "liquid_cooling" else math.inf
        if self.starts[t] < self.case.sites[site].opens:
            return 0.0
        return stated.at(self.starts[t]) or 0.0

    def added(self, expansion: str, resource: str) -> float:
        return getattr(self.case.expansions[expansion].adds, CAPACITY_FIELD[resource])

    def metric(self, system: str, metric: str) -> float:
        """Accelerators or PFLOPS of one system; 0 where unknown."""
        if metric == "accelerators":
            return float(self.case.systems[system].accelerators)
        return self.case.systems[system].pflops(metric.removesuffix("_pflops")) or 0.0  # type: ignore[arg-type]
