"""What is written off by when, and which claimed systems leave with how much of that; in plain figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.case.depreciation import Depreciation
from tests.rival.arrivals import arrival_month, arrival_of
from tests.rival.assessing import has_gone, spared
from tests.rival.running import Vintage
from tests.rival.subsidies import Key, Subsidies
from tests.rival.wear import Wear, said_of, wear_of


@dataclass(frozen=True)
class Asset:
    """One unit of a vintage or of a block in the books."""

    ready: int
    """The period from whose start it is in use."""
    cost: float
    """All that it costs, and so all that can be written off."""
    left: np.ndarray
    """Share of the cost that is not written off yet at the start of each period, and at the end of the last."""


class Assets(Subsidies):
    """Figures of what stands in the books."""

    for_tax = True
    """Whether these are the books of tax, where they are apart: they decide about the plan."""

    @property
    def said(self) -> Depreciation:
        """How cost is written off."""
        return said_of(self.case, for_tax=self.for_tax)

    def left(self, ready: int, wear: Wear, served: int = 0) -> np.ndarray:
        """Share of a cost that is left at every edge between periods, from ``ready`` on.

        Of what had served for some months before that, the share of what was left by then.
        """
        span = self.calendar.months_per_period
        begun = self.calendar.start.plus(span * ready - served)
        by_age = wear.left_by_age(self.calendar, begun, served + span * len(self.starts))
        ages = np.maximum(0, span * (np.arange(len(self.starts) + 1) - ready))
        there = by_age[served]
        return by_age[served + ages] / there if there > 0 else np.where(ages > 0, 0.0, 1.0)

    def left_of_parts(self, ready: int, costs: dict[str, float], other: Depreciation | None = None) -> np.ndarray:
        """The same of what a system costs by kind, each kind by its own way."""
        whole, said = sum(costs.values()), other or self.said
        if not whole:
            return self.left(ready, wear_of(said, "systems"))
        parts = [cost / whole * self.left(ready, wear_of(said, kind)) for kind, cost in costs.items() if cost]
        return np.sum(parts, axis=0)

    def left_of_claim(self, programme: str, key: Key, other: Depreciation | None = None) -> np.ndarray:
        """What is left of what a programme takes off: as of the kinds of cost that it pays for."""
        if key not in self.orders:
            return self.asset(key).left
        counted = self.case.programmes[programme].categories
        order = self.orders[key]
        paid = {k: order.cost_of(k) for k in order.paid if k in counted}
        return self.left_of_parts(order.arrival, paid, other)

    @cached_property
    def assets(self) -> dict[Vintage, Asset]:
        """One system of every vintage that can be ordered or is in the fleet."""
        found = {}
        for key, purchase in self.orders.items():
            left = self.left_of_parts(purchase.arrival, {k: purchase.cost_of(k) for k in purchase.paid})
            found[self.vintage(key)] = Asset(purchase.arrival, purchase.cost, left)
        for vintage, units in self.fleet.items():
            arrives = next(
                one.arrives for one in self.case.sites[vintage[1]].fleet if arrival_of(one.arrives) == vintage[2]
            )
            served = max(0, self.calendar.start - arrives)
            ready = self.arrival_period(vintage[2])
            left = self.left(ready, wear_of(self.said, "systems"), served)
            found[vintage] = Asset(ready, self._fleet_cost(vintage) / units, left)
        return found

    def _fleet_cost(self, vintage: Vintage) -> float:
        """Book value and what is left to pay of all fleet of one vintage."""
        t = self.moments.period_of(self.due_on_arrival(arrival_month(vintage[2])))
        return sum(
            self.money(one.book_value, 0) + self.money(one.unpaid, t)
            for one in self.case.sites[vintage[1]].fleet
            if (one.system, arrival_of(one.arrives)) == (vintage[0], vintage[2])
        )

    @cached_property
    def block_assets(self) -> dict[tuple[str, int], Asset]:
        """One block by key."""
        found = {}
        for key, purchase in self.blocks.items():
            wear = wear_of(self.said, "facility", self.case.expansions[key[0]].depreciation_life)
            found[key] = Asset(purchase.arrival, purchase.cost, self.left(purchase.arrival, wear))
        return found

    def asset(self, key: Key) -> Asset:
        """The asset that an investment brings."""
        return self.assets[self.vintage(key)] if key in self.orders else self.block_assets[key[0], key[2]]

    def opening_book_value(self, *, there: bool) -> float:
        """Book value of the fleet that stood there before the horizon, or of what was paid for before it came."""
        return sum(
            self.money(fleet.book_value, 0)
            for site in self.case.sites.values()
            for fleet in site.fleet
            if (fleet.arrives < self.calendar.start) == there
        )

    def block_value_lost(self, programme: str, key: Key, grant: float) -> float:
        """What the grant on one block takes off the value that its owner has at the end."""
        grants = self.case.programmes[programme].kind == "grant"
        if key in self.orders or not grants or not self.case.finance.terminal_value:
            return 0.0
        block = self.blocks[key[0], key[2]]
        return grant * self.block_end_value(block) / block.cost if block.cost else 0.0

    def owed_at_end(self, programme: str, key: Key, before: str | None = None) -> float:
        """What selling one system at the end would owe a programme, as far as it is worth that much.

        On the full cost, or on what is left of it when the programmes up to one ``before`` have taken theirs off.
        """
        terms, order = self.claims[(programme, *key)], self.orders.get(key)
        grants = self.case.programmes[programme].kind == "grant"
        if order is None or not grants or not self.case.finance.terminal_value:
            return 0.0
        names = list(terms.earlier)
        off = sum(terms.earlier[name] for name in names[: names.index(before) + 1]) if before else 0.0
        paid = self.case.programmes[programme].rate * (terms.eligible - off) * sum(terms.parts.values())
        owed = max(0.0, paid) * self.clawback_share(programme, order.arrival, self.calendar.end)
        return min(owed, self.end_value(order.system, arrival_of(self.starts[order.arrival])))

    def clawback_spared_at_end(self, programme: str, earlier: str, key: Key) -> float:
        """What is owed less for a system that an earlier programme pays for as well."""
        names = list(self.claims[(programme, *key)].earlier)
        position = names.index(earlier)
        first = self.owed_at_end(programme, key, names[position - 1] if position else None)
        return first - self.owed_at_end(programme, key, earlier)

    @property
    def reduces(self) -> bool:
        """Whether grants lower the book value."""
        return self.case.finance.asset_grants == "reduce_book_value"

    def lowers_book_value(self, programme: str) -> bool:
        """Whether what a programme gives takes something off the book value."""
        kind = self.case.programmes[programme].kind
        return kind == "special_depreciation" or (kind == "grant" and self.reduces)

    def basis_reduction(self, programme: str) -> float:
        """Share of a tax credit that is taken off the cost that may be written off for tax."""
        one = self.case.programmes[programme]
        return (one.basis_reduction or 0.0) if one.kind == "tax_credit" else 0.0

    # --- leaving ---

    @cached_property
    def named_periods(self) -> dict[tuple[str, str, str, int], list[int]]:
        """Periods in which it has to be said which claimed systems of an order leave, by claim.

        Up to the last that matters to any programme that shares systems with this one, however indirectly.
        """
        found = {}
        for key, order in self.orders.items():
            leaving = self.exit_periods(order.system, self.vintage(key)[2])
            for sharing in self._sharing(key):
                last = max((u for u in leaving for j in sharing if self._matters(j, key, u)), default=-1)
                found |= {(j, *key): [u for u in leaving if u <= last] for j in sharing}
        return found

    def _sharing(self, key: Key) -> list[set[str]]:
        """Programmes that can pay for an order, apart where nothing ties the systems of one to those of another."""
        left = {name for name, *investment in self.claims if investment == [*key]}
        links = [{*one} for one in self.exclusive_sets]
        links += [{name, earlier} for name in left for earlier in self.claims[(name, *key)].earlier]
        found: list[set[str]] = []
        for name in sorted(left):
            if not any(name in one for one in found):
                tied, size = {name}, 0
                while size < len(tied):
                    size = len(tied)
                    tied |= {other for link in links if link & tied for other in link & left}
                found.append(tied)
        return found

    def _matters(self, programme: str, key: Key, u: int) -> bool:
        """Whether it makes a difference that a system claimed under a programme leaves at the start of a period."""
        asset = self.assets[self.vintage(key)]
        if self.retained(programme, asset.ready, self.starts[u]):
            return not self.forbids(programme)
        if any(has_gone(self.starts[u], day) for day, _, _ in spared(self, programme, key)):
            return True
        lowers = self.lowers_book_value(programme) or self.basis_reduction(programme) > 0
        return lowers and any(
            self.left_of_claim(programme, key, said_of(self.case, for_tax=for_tax))[u] > 0 for for_tax in (True, False)
        )

    def claimed_exit_periods(self, programme: str, key: Key) -> list[int]:
        """Periods in which systems that a programme paid for may leave, and are counted."""
        if key not in self.orders:
            return []
        ready, forbids = self.orders[key].arrival, self.forbids(programme)
        return [
            u
            for u in self.named_periods[(programme, *key)]
            if not (forbids and self.retained(programme, ready, self.starts[u]))
        ]
