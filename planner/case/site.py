"""A place that hosts systems, and the blocks that enlarge it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.case.offer import Payment, Window
from planner.case.quantities import (
    Amount,
    BandwidthGbps,
    Count,
    DurationText,
    EnergyPrice,
    Month,
    Name,
    Noun,
    PositiveMoney,
    PowerKw,
    PowerRent,
    Text,
)
from planner.case.system import Cooling
from planner.case.timeline import Timeline
from planner.vocabulary.resources import RESOURCES, Resource

Remainder = Literal["straight_line", "annuity"]
"""How what is left of a cost falls with age."""


class Capacity(Noun):
    """What a site offers by month; a resource that is left out is not limited, except liquid cooling, which is zero."""

    power_kw: Annotated[Timeline[PowerKw], Field(alias="power")]
    """Power for IT equipment, before cooling losses."""
    racks: Timeline[Amount] | None = None
    """Rack positions."""
    liquid_cooling_kw: Annotated[Timeline[PowerKw] | None, Field(alias="liquid_cooling")] = None
    """Heat that liquid cooling can carry away."""
    staff: Timeline[Amount] | None = None
    """Full-time posts that can be filled."""
    uplink_gbps: Annotated[Timeline[BandwidthGbps] | None, Field(alias="uplink")] = None
    """Bandwidth of the uplink."""

    def stated(self, resource: Resource) -> Timeline[float] | None:
        """What the case says of a resource; None where it says nothing."""
        timeline: Timeline[float] | None = getattr(self, RESOURCES[resource].field)
        return timeline

    def of(self, resource: Resource) -> Timeline[float] | None:
        """What there is of a resource; None where it is not limited."""
        nothing = None if RESOURCES[resource].unlimited else Timeline.constant(0.0)
        return self.stated(resource) or nothing


class Fleet(Noun):
    """Systems that are there already, or come under a contract signed before the plan."""

    system: Name
    """Which system."""
    quantity: Count
    """How many."""
    arrives: Month
    """Month of delivery; before the horizon for systems that are there already."""
    unpaid: PositiveMoney | None = None
    """What is still to be paid for all of them together, in the period of delivery."""
    book_value: PositiveMoney | None = None
    """What all of them together are worth in the books at the start of the horizon; nothing where it is not stated."""
    acquisition_cost: PositiveMoney | None = None
    """What all of them together cost when they were bought, before any grant; property tax counts on it. Without it
    what they are worth in the books and what is unpaid, for systems that are still to come."""
    retained_until: Month | None = None
    """First month in which they may leave before the end of their life; for what an earlier grant paid for."""
    source: Text = ""
    """Where the figures come from."""


class Site(Noun):
    """A place that hosts systems; index letter ``d``."""

    region: Name
    """Region, which workloads and programmes may name."""
    opens: Month
    """First month in which systems can stand there."""
    cooling: tuple[Cooling, ...]
    """Kinds of cooling that the site offers."""
    capacity: Capacity
    """Resources by month, before expansions."""
    rack_power_kw: Annotated[PowerKw | None, Field(alias="rack_power")] = None
    """Highest power of one rack; decides how many systems share a rack and which systems cannot be hosted."""
    rack_height_units: Amount = 42.0
    """Rack units that systems can use in one rack."""
    pue: Annotated[Amount, Field(ge=1, le=3)]
    """Power usage effectiveness: energy of the whole site over energy of its IT equipment."""
    energy_price: Timeline[EnergyPrice]
    """Price of electric energy, all charges included."""
    rent: Timeline[PowerRent] | None = None
    """Colocation rent on the power of installed systems."""
    operations: Timeline[PowerRent] | None = None
    """Staff, upkeep and other running costs on the power of installed systems."""
    property_tax: Name | None = None
    """The one of ``finance.property_taxes`` that is due on what stands there; without it none is."""
    fleet: tuple[Fleet, ...] = ()
    """Systems already there or under contract."""
    source: Text = ""
    """Where the figures come from."""


class Block(Noun):
    """The resources that one block of an expansion adds."""

    power_kw: Annotated[PowerKw, Field(alias="power")] = 0.0
    """Power for IT equipment."""
    racks: Amount = 0.0
    """Rack positions."""
    liquid_cooling_kw: Annotated[PowerKw, Field(alias="liquid_cooling")] = 0.0
    """Heat that liquid cooling can carry away."""
    staff: Amount = 0.0
    """Full-time posts."""
    uplink_gbps: Annotated[BandwidthGbps, Field(alias="uplink")] = 0.0
    """Bandwidth of the uplink."""

    def of(self, resource: Resource) -> float:
        """What one block adds of a resource."""
        amount: float = getattr(self, RESOURCES[resource].field)
        return amount


class Expansion(Noun):
    """Blocks that enlarge a site; index letter ``x``."""

    site: Name
    """The site that grows."""
    adds: Block
    """What one block adds."""
    capex: Timeline[PositiveMoney]
    """Cost of one block by month of start."""
    lead_time: DurationText
    """From start to use."""
    blocks: Count
    """Most blocks that can be built over the horizon."""
    start_window: Window = Window()
    """Months in which blocks may be started."""
    payment: Payment = Payment()
    """Terms of payment: a share at the start, the rest when the block is ready; or instalments."""
    terminal_life: DurationText | None = None
    """Life over which the end value, cost less grants, falls to zero; without it it is nothing."""
    terminal_method: Remainder = "straight_line"
    """How it falls: straight_line, or annuity: what the equal yearly payments that pay for a block over that life, at
    the discount rate, and that are still to come at the end, are worth then; less falls at first, and more later."""
    useful_life: DurationText | None = None
    """How long a block can be used from when it is ready; then its room is gone, and what is left of it in the books
    is written off. Without it it serves to the end of the horizon."""
    depreciation_life: DurationText | None = None
    """Life over which its cost is written off; without it that of facilities under ``finance.depreciation``."""
    source: Text = ""
    """Where the figures come from."""
