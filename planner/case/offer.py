"""A way to buy a system: from whom, at what price, how fast, how many, and on which terms of payment."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.case.quantities import (
    Count,
    Duration,
    DurationText,
    Money,
    Month,
    Name,
    Noun,
    PerPeriod,
    PositiveMoney,
    Share,
    Text,
    refuse,
)
from planner.case.system import System
from planner.case.timeline import Timeline


class Window(Noun):
    """A span of months, both ends included; an open end is left out."""

    first: Annotated[Month | None, Field(alias="from")] = None
    """First month."""
    last: Annotated[Month | None, Field(alias="to")] = None
    """Last month."""

    def model_post_init(self, _context: object) -> None:
        """Refuses an end that lies before its start."""
        if self.first is not None and self.last is not None and self.last < self.first:
            raise refuse(f"the end {self.last} is before the start {self.first}", "an end on or after the start")

    def holds(self, month: Month) -> bool:
        """Whether the month lies inside."""
        return (self.first is None or month >= self.first) and (self.last is None or month <= self.last)


NOW = Duration(value=0, unit="month")


class PriceInstalment(Noun):
    """One part of a price, and when it is paid."""

    share: Share
    """Share of the price; the shares of all instalments are 100 % together."""
    event: Literal["order", "delivery"] = "delivery"
    """What the time runs from: the order, or the start of a block; or its delivery."""
    lag: DurationText = NOW
    """From that event to the payment; without it, or an advance, the payment is made in the month of the event."""
    advance: DurationText = NOW
    """From the payment to the delivery, where it is paid before; at the earliest with the order."""


class Payment(Noun):
    """When the price is paid: a share with the order, the rest on delivery; or in instalments of any number."""

    at_order: Share = 0.0
    """Share paid in the period of the order; the rest is paid in the period of delivery."""
    instalments: tuple[PriceInstalment, ...] = ()
    """Parts in which the price is paid, in place of a share with the order. What falls after the horizon is owed at its
    end, and has to be there then."""


class Offer(Noun):
    """One supplier's way to sell one system; index letter ``o``."""

    system: Name
    """The system that is bought."""
    supplier: Text
    """Who sells it."""
    price: Timeline[PositiveMoney] | None = None
    """Price of one system by month of order; without it the catalogue's typical price."""
    additions: Share | None = None
    """Network, storage and installation as a share of the price; without it the catalogue's typical share."""
    import_duty: Timeline[Share] | None = None
    """Import duty or sales tax that is not recovered, as a share of the price and of its additions, by month of order,
    such as 0 % while a programme exempts; without it none. It is paid with each part of them, and is part of what the
    systems cost, in the books and for programmes."""
    lead_time: DurationText | None = None
    """From order to delivery; without it the catalogue's typical lead time."""
    order_window: Window = Window()
    """Months in which orders are taken."""
    available: Timeline[PerPeriod] | None = None
    """Most systems that may be ordered in one period, all sites together; without it no limit. Say for which time it
    counts, such as 60 per quarter: a bare number counts for a period of the calendar, whatever its length."""
    allocation: Timeline[Count] | None = None
    """Most systems that may be ordered from the start of the horizon up to a month; without it no limit."""
    payment: Payment = Payment()
    """Terms of payment."""
    tags: tuple[Name, ...] = ()
    """Dependences of the supply chain, such as a country, a supplier or a packaging line."""
    source: Text = ""
    """Where the figures come from."""

    def place_of(self, name: str, field: Literal["price", "lead_time", "additions"]) -> str:
        """Where the case states a figure of the offer of this name: its own, else the typical one of the system."""
        own = getattr(self, field) is not None
        return f"offers.{name}.{field}" if own else f"systems.{self.system}.{field}.typical"

    def effective_lead_time(self, system: System) -> Duration | None:
        """From order to delivery: its own, else the typical one of the system; None where neither is stated."""
        return self.lead_time or system.lead_time.typical

    def effective_price(self, system: System) -> Timeline[Money] | None:
        """Price of one system by month of order: its own, else the typical one; None where neither is stated."""
        typical = system.price.typical
        return self.price or (None if typical is None else Timeline.constant(typical))

    def price_at(self, system: System, month: Month) -> Money | None:
        """What one system costs that is ordered in a month; before the first step of its price the typical one."""
        by_month = self.effective_price(system)
        return (by_month.at(month) if by_month else None) or system.price.typical

    def duty_at(self, ordered: Month) -> float:
        """Import duty of what is ordered in a month, as a share; none where none is stated."""
        return (self.import_duty.at(ordered) if self.import_duty is not None else None) or 0.0

    def effective_additions(self, system: System) -> float:
        """Network, storage and installation as a share of the price; nothing where nobody states one."""
        return self.additions if self.additions is not None else system.additions.typical or 0.0
