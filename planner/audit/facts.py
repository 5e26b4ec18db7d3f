"""The case and the decisions side by side: cohorts, awards, what stands and what leaves."""

from __future__ import annotations

from functools import cached_property

from planner.audit.awards import Award, awards_of
from planner.audit.dates import delivery_period, period_in_use
from planner.audit.exclusive import exclusive_sets
from planner.audit.hosting import metric_value
from planner.audit.prices import Prices
from planner.case.case import Case
from planner.case.site import Fleet
from planner.decisions import Decisions, Investment, cohort_of

Lot = tuple[str, str, str]
"""A cohort at its place: (system, site, cohort)."""
MONEY_TOLERANCE = 1e-8
"""How far money may be off, as a share of the dearest system of the case: well under one yen on sixty million."""


class Facts(Prices):
    """The case and the decisions, with the few figures that accounts and limits both need."""

    def __init__(self, case: Case, decisions: Decisions) -> None:
        super().__init__(case)
        self.decisions = decisions

    def ready(self, investment: Investment) -> int:
        """The period from which an investment is in use."""
        return period_in_use(self.case, investment)

    def bought(self, investment: Investment) -> int:
        """How many units of an investment the plan buys."""
        name, site, t = investment
        if name in self.case.expansions:
            return self.decisions.expand.get((name, t), 0)
        return self.decisions.order.get((name, site, t), 0)

    def lot_of(self, order: Investment) -> Lot:
        """The cohort that an order brings."""
        offer, site, _ = order
        arrived = self.calendar.starts[self.ready(order)]
        return self.case.offers[offer].system, site, cohort_of(arrived, offer)

    @cached_property
    def awards(self) -> list[Award]:
        """What programmes do for what was claimed, by programme and investment."""
        return awards_of(self, self.decisions)

    @cached_property
    def exclusive_sets(self) -> list[tuple[str, ...]]:
        """Maximal sets of programmes that exclude each other pairwise; a programme alone is one as well."""
        return exclusive_sets(self.case.programmes)

    @cached_property
    def cohorts(self) -> dict[Lot, tuple[int, int]]:
        """Period from which a cohort is installed, and its number, by (system, site, cohort)."""
        found: dict[Lot, tuple[int, int]] = {}
        for site, place in self.case.sites.items():
            for fleet in place.fleet:
                key = (fleet.system, site, cohort_of(fleet.arrives))
                found[key] = (self.arrival(fleet), found.get(key, (0, 0))[1] + fleet.quantity)
        for order, count in self.decisions.order.items():
            found[self.lot_of(order)] = (self.ready(order), count)
        return {key: value for key, value in found.items() if value[0] < self.calendar.periods}

    def arrival(self, fleet: Fleet) -> int:
        """The period from which a fleet is installed; may lie past the horizon."""
        return max(0, self.calendar.first_period_from(fleet.arrives))

    @cached_property
    def exits(self) -> dict[Lot, dict[int, int]]:
        """How many systems of a cohort leave, by period; cohorts that nobody has are listed as well."""
        found: dict[Lot, dict[int, int]] = {}
        for (system, site, cohort, t), count in self.decisions.exit.items():
            found.setdefault((system, site, cohort), {})[t] = count
        return found

    def gone(self, lot: Lot, before: int | None = None) -> int:
        """How many systems of a cohort have left, over the whole horizon or before a period."""
        return sum(count for t, count in self.exits.get(lot, {}).items() if before is None or t < before)

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
        for lot, (period, count) in self.cohorts.items():
            leaving, left = self.exits.get(lot, {}), count
            for t in self.periods[period:]:
                left -= leaving.get(t, 0)
                if left:
                    standing[*lot[:2], t] = standing.get((*lot[:2], t), 0) + left
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
