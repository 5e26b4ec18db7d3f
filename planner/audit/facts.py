"""The case and the decisions side by side: vintages, awards, what stands and what leaves."""

from __future__ import annotations

from functools import cached_property

from planner.audit.awards import Award, awards_of
from planner.audit.dates import contract_month, delivery_period, period_in_use, retired_period, vintage_of
from planner.audit.exclusive import exclusive_sets
from planner.audit.hosting import metric_value
from planner.audit.prices import Prices
from planner.case.case import Case
from planner.case.site import Fleet
from planner.decisions import Decisions
from planner.vocabulary.keys import Arrival, Investment, Stand, Start, Vintage

MONEY_TOLERANCE = 1e-8
"""How far money may be off, as a share of the dearest system of the case: well under one yen on sixty million."""


class Facts(Prices):
    """The case and the decisions, with the few figures that accounts and limits both need."""

    def __init__(self, case: Case, decisions: Decisions) -> None:
        super().__init__(case)
        self.decisions = decisions

    def is_over(self, t: int) -> bool:
        """Whether all of a period has happened: nothing is asked of it any more."""
        frozen = self.case.frozen
        return frozen is not None and frozen.complete and self.calendar.starts[t] <= frozen.until

    def ready(self, investment: Investment) -> int:
        """The period from which an investment is in use."""
        return period_in_use(self.case, investment)

    def retiring(self, start: Start) -> dict[int, int]:
        """How many of the blocks of a start retire within the horizon, by period."""
        ended = retired_period(self.case, *start)
        return {ended: self.decisions.expand.get(start, 0)} if ended < len(self.periods) else {}

    def bought(self, investment: Investment) -> int:
        """How many units of an investment the plan buys."""
        name, _, t = investment
        if name in self.case.expansions:
            return self.decisions.expand.get(Start(name, t), 0)
        return self.decisions.order.get(investment, 0)

    def vintage_of(self, order: Investment) -> Vintage:
        """The vintage that an order brings."""
        return vintage_of(self.case, order)

    def block(self, start: Start) -> Investment:
        """The blocks of a start as an investment."""
        return Investment(start.expansion, self.case.expansions[start.expansion].site, start.period)

    @cached_property
    def awards(self) -> list[Award]:
        """What programmes do for what was claimed, by programme and investment."""
        return awards_of(self, self.decisions)

    @cached_property
    def exclusive_sets(self) -> list[tuple[str, ...]]:
        """Maximal sets of programmes that exclude each other pairwise; a programme alone is one as well."""
        return exclusive_sets(self.case.programmes)

    @cached_property
    def vintages(self) -> dict[Vintage, tuple[int, int]]:
        """Period from which a vintage is installed, and its number."""
        found: dict[Vintage, tuple[int, int]] = {}
        for site, place in self.case.sites.items():
            for fleet in place.fleet:
                key = Vintage(fleet.system, site, Arrival(fleet.arrives))
                found[key] = (self.arrival(fleet), found.get(key, (0, 0))[1] + fleet.quantity)
        for order, count in self.decisions.order.items():
            found[self.vintage_of(order)] = (self.ready(order), count)
        return {key: value for key, value in found.items() if value[0] < self.calendar.periods}

    def arrival(self, fleet: Fleet) -> int:
        """The period from which a fleet is installed; may lie past the horizon."""
        return max(0, self.calendar.first_period_from(fleet.arrives))

    def unpaid(self, fleet: Fleet) -> float:
        """What is still to be paid for a fleet, at the exchange rate of the period that holds its payment."""
        due = self.calendar.period_containing(contract_month(self.case, fleet))
        return self.money(fleet.unpaid, due) if due < len(self.periods) else 0.0

    @cached_property
    def exits(self) -> dict[Vintage, dict[int, int]]:
        """How many systems of a vintage leave, by period; vintages that nobody has are listed as well."""
        found: dict[Vintage, dict[int, int]] = {}
        for (vintage, t), count in self.decisions.exit.items():
            found.setdefault(vintage, {})[t] = count
        return found

    def gone(self, vintage: Vintage, before: int | None = None) -> int:
        """How many systems of a vintage have left, over the whole horizon or before a period."""
        return sum(count for t, count in self.exits.get(vintage, {}).items() if before is None or t < before)

    @cached_property
    def money_tolerance(self) -> float:
        """How far an amount of money may be off, in the currency of the case: a share of the dearest system."""
        prices = [
            sum(self.order_payments(offer, t).values())
            for offer, terms in self.case.offers.items()
            for t in self.periods
            if terms.order_window.holds(self.calendar.starts[t])
            and delivery_period(self.case, offer, t) < len(self.periods)
        ]
        prices += [self.typical_price(system, 0) for system in self.case.systems]
        return MONEY_TOLERANCE * max(prices, default=1.0)

    @cached_property
    def installed(self) -> dict[Stand, int]:
        """Systems that stand at a site in a period."""
        standing: dict[Stand, int] = {}
        for vintage, (period, count) in self.vintages.items():
            leaving, left = self.exits.get(vintage, {}), count
            for t in self.periods[period:]:
                left -= leaving.get(t, 0)
                if left:
                    key = Stand(vintage.system, vintage.site, t)
                    standing[key] = standing.get(key, 0) + left
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
