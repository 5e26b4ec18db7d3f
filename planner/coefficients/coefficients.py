"""The record of all coefficients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.case.calendar import Calendar
from planner.case.case import Objective
from planner.coefficients.groups import (
    Aid,
    Blocks,
    Books,
    Budget,
    Claims,
    ConsumptionTax,
    Frozen,
    Offers,
    PropertyTaxes,
    Sites,
    Tax,
    Trade,
    Units,
    Vintages,
    Workloads,
)
from planner.coefficients.records import CoverTerms, Dividends, LoanTerms, YearEndTerms
from planner.vocabulary.keys import Claim, FiscalYear, Investment


@dataclass(frozen=True)
class Coefficients:
    """All figures of the model, in groups; each group is made from those before it."""

    calendar: Calendar
    objective: Objective
    money_unit: float
    """Units of currency in one money unit."""
    currency: str
    offers: Offers
    vintages: Vintages
    blocks: Blocks
    sites: Sites
    demand: Workloads
    units: Units
    claims: Claims
    aid: Aid
    budget: Budget
    loans: Mapping[str, LoanTerms]
    """Loans by f."""
    books: Books = field(default_factory=lambda: Books({}, {}, {}))
    property_taxes: PropertyTaxes = field(default_factory=PropertyTaxes)
    tax: Tax = field(default_factory=Tax)
    covers: tuple[CoverTerms, ...] = ()
    """What a covenant or a lock-up asks of the debt service cover, by fiscal year; nothing without them."""
    year_ends: tuple[YearEndTerms, ...] = ()
    """What covenants ask of balances, by fiscal year that ends within the horizon; nothing without them."""
    dividends: Dividends = field(default_factory=Dividends)
    """What owners may be paid for each fiscal year within the horizon; nothing where the case does not say it."""
    trade: Trade = field(default_factory=Trade)
    consumption_tax: ConsumptionTax = field(default_factory=ConsumptionTax)
    frozen: Frozen = field(default_factory=Frozen)
    claimed_exit_periods: Mapping[Claim, tuple[int, ...]] = field(default_factory=dict)
    """Periods in which it matters that a claimed system leaves, and it may, by j,i."""

    def present_cost(self, order: Investment) -> float:
        """Present value of what one ordered system costs with its additions, what is owed at the end too; money
        units."""
        offer, _, t = order
        turns = self.budget.discount.at_turns
        paid = sum(due.amount * turns[min(due.month, len(turns) - 1)] for due in self.offers.payments[offer, t])
        return (1 + self.offers.additions_share[offer]) * paid

    @property
    def periods(self) -> range:
        """Index t."""
        return range(self.calendar.periods)

    def fiscal_year_periods(self, year: FiscalYear) -> tuple[int, ...]:
        """Periods of a fiscal year; none if it lies outside the horizon."""
        return self.calendar.periods_of(year)
