"""A subsidy: who pays what share of which cost, under which limits, when, and for what in return."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.case.offer import Window
from planner.case.quantities import (
    Amount,
    Count,
    Duration,
    DurationText,
    FiscalYear,
    Month,
    Name,
    Noun,
    PositiveMoney,
    Share,
    Text,
)
from planner.case.workload import Metric
from planner.vocabulary.aid import AIDS, AidKind, AidRecord

NO_TIME = Duration(value=0, unit="month")

CostCategory = Literal["systems", "additions", "facility"]
"""What a cost is for: the systems, their network, storage and installation, or the blocks of an expansion."""


class Obligation(Noun):
    """A floor of installed capability that the programme demands in return."""

    metric: Metric
    """What is counted, over all installed systems."""
    floor: Amount
    """Least installed amount, in the metric (an EFLOPS is 1000 PFLOPS)."""
    first: Annotated[Month, Field(alias="from")]
    """First month in which the floor holds; inside a period, from the start of that period on."""
    last: Annotated[Month | None, Field(alias="to")] = None
    """Last month in which the floor holds; inside a period, to its end; without it to the end of the horizon."""
    source: Text = ""
    """Where the figures come from."""


class Milestone(Noun):
    """One part of a grant, and when it is paid."""

    share: Share
    """Share of the grant; the shares of all milestones are 100 % together."""
    event: Literal["order", "delivery"] = "delivery"
    """What the time until payment runs from: the order, or the start of a block; or its delivery."""
    lag: DurationText = NO_TIME
    """From that event to the payment."""


EarlyExit = Literal["forbidden", "repay_remaining", "repay_all"]
"""What leaving before the retention ends costs: it is not allowed, or the grant goes back, in part or as a whole."""


class Programme(Noun):
    """A subsidy programme; index letter ``j``."""

    kind: AidKind = "grant"
    """grant: money paid out. tax_credit: taken off the tax of the year of delivery. special_depreciation: a part of
    the cost that is written off at once, which puts tax off."""
    rate: Share
    """Share of the eligible cost that is paid, taken off tax, or written off at once."""
    categories: tuple[CostCategory, ...]
    """Categories of cost that count."""
    eligible_share: Share = 1.0
    """Share of the cost of those categories that counts."""
    systems: tuple[Name, ...] = ()
    """Systems that count; empty means all."""
    sites: tuple[Name, ...] = ()
    """Sites that count; empty means all."""
    regions: tuple[Name, ...] = ()
    """Regions that count; empty means all."""
    order_window: Window = Window()
    """Months in which an order, or the start of a block, counts."""
    in_service_by: Month | None = None
    """Last month in which a delivery counts."""
    total_cap: PositiveMoney | None = None
    """Most that the programme pays to all operators of the case together."""
    operator_cap: PositiveMoney | None = None
    """Most that it pays to one operator: its award."""
    fiscal_year_caps: dict[FiscalYear, PositiveMoney] = {}
    """Most that it pays in a fiscal year, such as FY2025; a year that is left out has no cap of its own."""
    payment_lag: DurationText = NO_TIME
    """From delivery to payment, where a grant is paid in one sum."""
    milestones: tuple[Milestone, ...] = ()
    """Parts in which a grant is paid, in place of the payment lag."""
    retention: DurationText = NO_TIME
    """How long what was paid for must stay installed."""
    early_exit: EarlyExit = "forbidden"
    """forbidden: nothing leaves before the retention ends. repay_remaining: the part of the grant goes back that
    belongs to the months that are left of it. repay_all: the whole grant goes back."""
    after: tuple[Name, ...] = ()
    """Programmes that come first: what they pay for the same unit is taken off its eligible cost here."""
    tax_limit: Share = 1.0
    """Most of a year's tax that a tax credit may take off."""
    basis_reduction: Share | None = None
    """Share of a tax credit that lowers the cost which may be written off for tax, none where it is not stated; half
    for the investment tax credit of the United States. Needs books of tax apart, under ``finance.tax.depreciation``."""
    property_tax_relief: Share | None = None
    """Share of the property tax on the eligible cost of what is claimed that is not due at its first assessments, none
    where it is not stated. A programme that gives nothing else has a rate of 0 %."""
    relief_years: Count | None = None
    """At how many assessments, from the first after delivery on, that relief is given."""
    carry_forward: DurationText = NO_TIME
    """For how many further years a tax credit that is not used up is kept; whole years."""
    minimum_investment: PositiveMoney | None = None
    """Least eligible cost that has to be claimed if the programme is joined."""
    obligations: tuple[Obligation, ...] = ()
    """What has to be delivered if the programme is joined."""
    excludes: tuple[Name, ...] = ()
    """Programmes that cannot pay for the same unit."""
    source: Text = ""
    """Where the figures come from."""

    @property
    def property_relief(self) -> float:
        """The share of property tax on what is claimed that is not due at its first assessments."""
        return self.property_tax_relief or 0.0

    @property
    def relieved_assessments(self) -> int:
        """At how many assessments it is not due."""
        return self.relief_years or 0

    @property
    def lowers_tax_basis(self) -> bool:
        """Whether a part of what it takes off tax is taken off the cost that may be written off for tax."""
        return self.lower_basis > 0

    @property
    def lower_basis(self) -> float:
        """The share of a tax credit that is taken off the cost which may be written off for tax."""
        return (self.basis_reduction or 0.0) if self.aid.is_off_tax else 0.0

    @property
    def aid(self) -> AidRecord:
        """What the kind of the programme says of what it gives."""
        return AIDS[self.kind]
