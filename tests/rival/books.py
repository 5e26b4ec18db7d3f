"""What is written off by when, what a loan costs and falls due, and how a profit is taxed; in plain figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.case.finance import Loan, Tax
from planner.case.quantities import Month
from planner.decisions import cohort_of
from rival.running import Lot, Running


@dataclass(frozen=True)
class Asset:
    """One unit of a lot or of a block in the books."""

    ready: int
    """The period from whose start it is in use."""
    cost: float
    """All that it costs, and so all that can be written off."""
    left: np.ndarray
    """Share of the cost that is not written off yet at the start of each period, and at the end of the last."""


@dataclass(frozen=True)
class FiscalYear:
    """The tax terms of one fiscal year, as far as it lies in the horizon."""

    name: int
    periods: tuple[int, ...]
    rate: float
    paid_in: int | None
    """The period in which its tax is paid; None after the horizon."""


class Books(Running):
    """Figures of the accounts."""

    # --- assets ---

    def left(self, ready: int, life: int) -> np.ndarray:
        """Share of a cost that is left at every edge between periods: a straight line from ``ready`` on."""
        months = self.calendar.months_per_period * (np.arange(len(self.starts) + 1) - ready)
        if life <= 0:
            return np.where(months > 0, 0.0, 1.0)
        return np.clip(1 - months / life, 0.0, 1.0)

    @cached_property
    def assets(self) -> dict[Lot, Asset]:
        """One system of every lot that can be ordered or is in the fleet."""
        life = self.case.finance.depreciation.systems.months
        found = {}
        for key, purchase in self.orders.items():
            found[self.lot(key)] = Asset(purchase.arrival, purchase.cost, self.left(purchase.arrival, life))
        for lot, units in self.fleet.items():
            arrives = next(one.arrives for one in self.case.sites[lot[1]].fleet if cohort_of(one.arrives) == lot[2])
            served = max(0, self.calendar.start - arrives)
            ready = self.arrival(lot[2])
            found[lot] = Asset(ready, self._fleet_cost(lot) / units, self.left(ready, life - served))
        return found

    def _fleet_cost(self, lot: Lot) -> float:
        """Book value and what is left to pay of all fleet of one lot."""
        t = self.arrival(lot[2])
        return sum(
            self.money(one.book_value, 0) + self.money(one.unpaid, t)
            for one in self.case.sites[lot[1]].fleet
            if (one.system, cohort_of(one.arrives)) == (lot[0], lot[2])
        )

    @cached_property
    def block_assets(self) -> dict[tuple[str, int], Asset]:
        """One block by key."""
        found = {}
        for key, purchase in self.blocks.items():
            life = self.case.expansions[key[0]].depreciation_life or self.case.finance.depreciation.facility
            found[key] = Asset(purchase.arrival, purchase.cost, self.left(purchase.arrival, life.months))
        return found

    def asset(self, key: tuple[str, str, int]) -> Asset:
        """The asset that an investment brings."""
        return self.assets[self.lot(key)] if key in self.orders else self.block_assets[key[0], key[2]]

    def opening_book_value(self, *, there: bool) -> float:
        """Book value of the fleet that stood there before the horizon, or of what was paid for before it came."""
        return sum(
            self.money(lot.book_value, 0)
            for site in self.case.sites.values()
            for lot in site.fleet
            if (lot.arrives < self.calendar.start) == there
        )

    def end_value_lost(self, programme: str, key: tuple[str, str, int], grant: float) -> float:
        """What the grant on one unit takes off the value that its owner has at the end."""
        if not self.case.finance.terminal_value:
            return 0.0
        if key not in self.orders:
            block = self.blocks[key[0], key[2]]
            return grant * self.block_end_value(block) / block.cost if block.cost else 0.0
        order = self.orders[key]
        arrived = self.starts[order.arrival]
        if arrived.plus(self.case.programmes[programme].retention.months) <= self.calendar.end:
            return 0.0
        # Sold while it is still retained, it would owe the grant again.
        return min(grant, self.end_value(order.system, cohort_of(arrived)))

    @property
    def reduces(self) -> bool:
        """Whether grants lower the book value."""
        return self.case.finance.asset_grants == "reduce_book_value"

    def leave_periods(self, programme: str, key: tuple[str, str, int]) -> list[int]:
        """Periods at whose start claimed systems of an order may leave with something left in the books."""
        if not self.reduces or key not in self.orders:
            return []
        system, _site, cohort = lot = self.lot(key)
        asset = self.assets[lot]
        free = self.starts[asset.ready].plus(self.case.programmes[programme].retention.months)
        return [u for u in self.exit_periods(system, cohort) if self.starts[u] >= free and asset.left[u] > 0]

    # --- loans ---

    def interest(self, loan: Loan, t: int) -> float:
        """Interest on one unit of money that is owed over a period."""
        return (loan.rate.at(self.starts[t]) or 0.0) * self.calendar.months_per_period / 12

    def due(self, loan: Loan, u: int, t: int) -> float:
        """Share of a draw at the start of ``u`` that has to be repaid by the end of ``t``."""
        term, months = loan.term.months, self.calendar.months_per_period
        if t < u:
            return 0.0
        if loan.repayment == "at_end" or term == 0:
            return float(months * (t - u + 1) >= term)
        return min(1.0, months * (t - u + 1) / term)

    # --- tax ---

    @cached_property
    def years(self) -> list[FiscalYear]:
        """Every fiscal year with its tax terms; none without tax."""
        tax = self.case.finance.tax
        return [] if tax is None else [self._year(tax, *entry) for entry in self.calendar.fiscal_years.items()]

    def _year(self, tax: Tax, name: int, periods: tuple[int, ...]) -> FiscalYear:
        after = self.starts[periods[-1]].plus(self.calendar.months_per_period)
        paid_in = max(periods[-1], self.calendar.period_containing(Month(after + tax.payment_lag.months - 1)))
        rate = tax.rate.at(self.starts[periods[0]]) or 0.0
        return FiscalYear(name, periods, rate, paid_in if paid_in <= self.last else None)

    @property
    def opening_loss(self) -> float:
        tax = self.case.finance.tax
        return 0.0 if tax is None else self.money(tax.opening_loss, 0)

    @property
    def loss_use_limit(self) -> float:
        tax = self.case.finance.tax
        return 1.0 if tax is None else tax.loss_use_limit

    @property
    def end_tax_rate(self) -> float:
        """Rate on what the terminal value is above book value; nothing is paid for a loss."""
        return self.years[-1].rate if self.years and self.case.finance.terminal_value else 0.0

    def taxed(self, profits: list[float]) -> list[tuple[float, float, float]]:
        """Gain, loss and earlier losses used, by fiscal year."""
        found, carried = [], self.opening_loss
        for profit in profits:
            gain, loss = max(0.0, profit), max(0.0, -profit)
            used = min(carried, self.loss_use_limit * gain)
            found.append((gain, loss, used))
            carried += loss - used
        return found
