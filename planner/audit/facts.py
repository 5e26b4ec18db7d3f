"""What the case says about single decisions, read straight from it: dates, prices, eligibility, resale."""

from __future__ import annotations

import math
from functools import cached_property
from itertools import combinations

from planner.case.case import Case
from planner.case.programme import CostCategory
from planner.case.quantities import Money, Month, Rate
from planner.case.site import Resource, Site
from planner.case.system import System
from planner.case.timeline import Timeline
from planner.case.workload import Metric
from planner.decisions import Decisions, Investment
from planner.finance.resale import resale_share

RELATIVE_ROUNDING = 1e-9
"""How far binary numbers may be off where the written figures divide evenly: 42.9 kW over 14.3 kW is three."""
MONEY_TOLERANCE = 1e-8
"""How far money may be off, as a share of the dearest system of the case: well under one yen on sixty million."""


def cohort_month(cohort: str) -> Month:
    """The month in which a cohort arrived."""
    return Month.parse(cohort)


def delivery_period(case: Case, offer: str, t: int) -> int:
    """The period from whose start systems ordered in ``t`` are installed; may lie past the horizon."""
    stated = case.offers[offer].lead_time or case.systems[case.offers[offer].system].lead_time.typical
    assert stated is not None
    return case.calendar.first_period_from(case.calendar.starts[t].plus(stated.months))


def ready_period(case: Case, expansion: str, t: int) -> int:
    """The period from whose start a block begun in ``t`` can be used; may lie past the horizon."""
    lead = case.expansions[expansion].lead_time.months
    return case.calendar.first_period_from(case.calendar.starts[t].plus(lead))


def life_end_period(case: Case, system: str, cohort: str) -> int:
    """The period at whose start what is left of a cohort retires; may lie past the horizon."""
    return case.calendar.first_period_from(cohort_month(cohort).plus(case.systems[system].useful_life.months))


def first_exit_period(case: Case, cohort: str) -> int:
    """First period in which systems of a cohort may leave: after their first, or at once if they stood there."""
    month = cohort_month(cohort)
    return 0 if month < case.calendar.start else case.calendar.first_period_from(month) + 1


def held_until_period(case: Case, system: str, site: str, cohort: str) -> int:
    """The first period in which an earlier grant lets a fleet leave; 0 where nothing holds it."""
    months = [
        fleet.retained_until
        for fleet in case.sites[site].fleet
        if fleet.system == system and str(fleet.arrives) == cohort and fleet.retained_until is not None
    ]
    return max((case.calendar.first_period_from(month) for month in months), default=0)


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
    machine, place = case.systems[system], case.sites[site]
    needs = machine.installation
    power = needs.power_kw or 0.0
    if resource == "power":
        return power
    if resource == "racks":
        return 1.0 / systems_per_rack(machine, place)
    if resource == "liquid_cooling":
        return power if is_liquid_cooled(machine, place) else 0.0
    return needs.staff if resource == "staff" else needs.uplink_gbps


def order_allowed(case: Case, offer: str, site: str, t: int) -> bool:
    """Whether an order may be placed: the offer is open, the site can take it, and it arrives within the horizon."""
    arrival = delivery_period(case, offer, t)
    return (
        case.offers[offer].order_window.holds(case.calendar.starts[t])
        and can_host(case, case.offers[offer].system, site)
        and arrival < case.calendar.periods
        and case.calendar.starts[arrival] >= case.sites[site].opens
    )


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


def categories_of(case: Case, programme: str, name: str) -> set[CostCategory]:
    """Categories of an investment's cost that a programme pays for."""
    own: set[CostCategory] = {"systems", "additions"} if name in case.offers else {"facility"}
    return own & set(case.programmes[programme].categories)


def claim_allowed(case: Case, programme: str, investment: Investment) -> bool:
    """Whether an investment is eligible, and its grant would be paid within the horizon."""
    name, site, t = investment
    rules, calendar = case.programmes[programme], case.calendar
    if name in case.offers:
        ready = delivery_period(case, name, t)
        kind_fits = not rules.systems or case.offers[name].system in rules.systems
    elif name in case.expansions:
        ready = ready_period(case, name, t)
        kind_fits = case.expansions[name].site == site
    else:
        return False
    return (
        ready < calendar.periods
        and kind_fits
        and bool(categories_of(case, programme, name))
        and rules.order_window.holds(calendar.starts[t])
        and (rules.in_service_by is None or calendar.starts[ready] <= rules.in_service_by)
        and (not rules.sites or site in rules.sites)
        and (not rules.regions or case.sites[site].region in rules.regions)
        and grant_period(case, programme, ready) < calendar.periods
    )


def grant_period(case: Case, programme: str, ready: int) -> int:
    """The period in which a grant for something ready in period ``ready`` is paid."""
    lag = case.programmes[programme].payment_lag.months
    return case.calendar.period_containing(case.calendar.starts[ready].plus(lag))


class Facts:
    """The case and the decisions, with the few figures that accounts and limits both need."""

    def __init__(self, case: Case, decisions: Decisions) -> None:
        self.case = case
        self.decisions = decisions
        self.calendar = case.calendar
        self.periods = range(case.calendar.periods)

    def at[T](self, timeline: Timeline[T] | None, t: int) -> T | None:
        """What a timeline says for period ``t``."""
        return None if timeline is None else timeline.at(self.calendar.starts[t])

    def money(self, money: Money | Rate | None, t: int) -> float:
        """Money in the currency of the case, at the exchange rate of period ``t``."""
        if money is None:
            return 0.0
        finance = self.case.finance
        if money.currency == finance.currency:
            return money.amount
        rate = finance.exchange_rates[money.currency].at(self.calendar.starts[t])
        assert rate is not None
        return money.amount * rate.amount

    def typical_price(self, system: str, t: int) -> float:
        """Typical price of a system in the currency of the case, at the exchange rate of period ``t``."""
        return self.money(self.case.systems[system].price.typical, t)

    def order_payments(self, offer: str, t: int) -> tuple[float, float]:
        """What one system of an order costs with the order and on delivery, without additions."""
        terms = self.case.offers[offer]
        stated = terms.price.at(self.calendar.starts[t]) if terms.price else None
        price = stated or self.case.systems[terms.system].price.typical
        share = terms.payment.at_order
        arrival = delivery_period(self.case, offer, t)
        return share * self.money(price, t), (1 - share) * self.money(price, arrival)

    def additions_share(self, offer: str) -> float:
        """Network, storage and installation of an offer as a share of its price."""
        terms = self.case.offers[offer]
        typical = self.case.systems[terms.system].additions.typical
        return terms.additions if terms.additions is not None else (typical or 0.0)

    def block_payments(self, expansion: str, t: int) -> tuple[float, float]:
        """What one block costs at its start and when it is ready."""
        terms = self.case.expansions[expansion]
        capex = terms.capex.at(self.calendar.starts[t])
        share = terms.payment.at_order
        ready = ready_period(self.case, expansion, t)
        return share * self.money(capex, t), (1 - share) * self.money(capex, ready)

    def unit_cost(self, investment: Investment) -> dict[CostCategory, float]:
        """Cost of one unit of an investment by category, as paid."""
        name, _, t = investment
        if name in self.case.expansions:
            return {"facility": sum(self.block_payments(name, t))}
        price = sum(self.order_payments(name, t))
        return {"systems": price, "additions": price * self.additions_share(name)}

    def eligible_cost(self, programme: str, investment: Investment) -> float:
        """Cost of one unit of an investment that counts under a programme."""
        costs = self.unit_cost(investment)
        counted = categories_of(self.case, programme, investment[0])
        return self.case.programmes[programme].eligible_share * sum(costs[category] for category in counted)

    def grant(self, programme: str, investment: Investment) -> float:
        """Grant for one unit of an investment."""
        return self.case.programmes[programme].rate * self.eligible_cost(programme, investment)

    def ready(self, investment: Investment) -> int:
        """The period from which an investment is in use."""
        name, _, t = investment
        return delivery_period(self.case, name, t) if name in self.case.offers else ready_period(self.case, name, t)

    def resale(self, system: str, age_months: int, t: int) -> float:
        """What one system of an age fetches in period ``t``."""
        curve = [(point.age.months, point.share) for point in self.case.finance.resale]
        return resale_share(curve, age_months) * self.typical_price(system, t)

    @cached_property
    def exclusive_sets(self) -> list[tuple[str, ...]]:
        """Maximal sets of programmes that exclude each other pairwise; a programme alone is one as well."""
        programmes = self.case.programmes
        sets = [
            group
            for size in range(len(programmes), 0, -1)
            for group in combinations(programmes, size)
            if all(b in programmes[a].excludes or a in programmes[b].excludes for a, b in combinations(group, 2))
        ]
        return [group for group in sets if not any(set(group) < set(bigger) for bigger in sets)]

    @cached_property
    def cohorts(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """Period from which a cohort is installed, and its number, by (system, site, cohort)."""
        found: dict[tuple[str, str, str], tuple[int, int]] = {}
        for site, place in self.case.sites.items():
            for fleet in place.fleet:
                key = (fleet.system, site, str(fleet.arrives))
                period = max(0, self.calendar.first_period_from(fleet.arrives))
                found[key] = (period, found.get(key, (0, 0))[1] + fleet.quantity)
        for (offer, site, t), count in self.decisions.order.items():
            period = delivery_period(self.case, offer, t)
            key = (self.case.offers[offer].system, site, str(self.calendar.starts[period]))
            found[key] = (period, found.get(key, (0, 0))[1] + count)
        return {key: value for key, value in found.items() if value[0] < self.calendar.periods}

    @cached_property
    def money_tolerance(self) -> float:
        """How far an amount of money may be off, in the currency of the case: a share of the dearest system."""
        prices = [
            sum(self.order_payments(offer, t))
            for offer, terms in self.case.offers.items()
            for t in self.periods
            if terms.order_window.holds(self.calendar.starts[t])
            and delivery_period(self.case, offer, t) < len(self.periods)
        ]
        prices += [self.typical_price(system, 0) for system in self.case.systems]
        return MONEY_TOLERANCE * max(prices, default=1.0)

    @cached_property
    def installed(self) -> dict[tuple[str, str, int], int]:
        """Systems that stand at a site in a period."""
        standing: dict[tuple[str, str, int], int] = {}
        for (system, site, cohort), (period, count) in self.cohorts.items():
            left = count
            for t in self.periods[period:]:
                left -= self.decisions.exit.get((system, site, cohort, t), 0)
                if left:
                    standing[system, site, t] = standing.get((system, site, t), 0) + left
        return standing

    def compute(self) -> float:
        """Dense-BF16 PFLOPS-hours at work, or PFLOPS installed by the date that the objective names."""
        by = self.case.objective.installed_by
        if by is None:
            return self.pflops_hours()
        t = self.calendar.period_containing(by)
        return sum(
            (metric_value(self.case.systems[system], "bf16_pflops") or 0.0) * count
            for (system, _, period), count in self.installed.items()
            if period == t
        )

    def pflops_hours(self) -> float:
        """Dense-BF16 PFLOPS-hours at work over the horizon."""
        return sum(
            amount * (metric_value(self.case.systems[system], "bf16_pflops") or 0.0) * self.calendar.hours[t]
            for (_, system, _, t), amount in self.decisions.serve.items()
        )
