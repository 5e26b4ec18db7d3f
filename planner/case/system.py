"""The thing one buys: an eight-accelerator server or a rack-scale system, as the hardware catalogue describes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.case.quantities import (
    Amount,
    BandwidthGbps,
    Count,
    DurationText,
    Noun,
    PositiveMoney,
    PowerKw,
    Share,
    Text,
)
from planner.case.timeline import Timeline
from planner.vocabulary.resources import RESOURCES, Resource

Confidence = Literal["high", "medium", "low"]
Cooling = Literal["air", "liquid"]
Precision = Literal["fp64", "bf16", "fp8", "fp4"]


class Sourced(Noun):
    """A group of figures with where they come from."""

    source: Text = ""
    """Where the figures come from; 'estimate' and its reasoning where there is no source."""
    as_of: Text = ""
    """The date or span for which the figures hold."""
    confidence: Confidence | None = None
    """How far to trust the figures."""


class Performance(Sourced):
    """Dense throughput of one accelerator; never sparse figures."""

    fp64_tflops_dense: Amount | None = None
    """Dense FP64 TFLOPS of one accelerator."""
    bf16_tflops_dense: Amount | None = None
    """Dense BF16 TFLOPS of one accelerator; the metric in which the Japanese programme counts."""
    fp8_tflops_dense: Amount | None = None
    """Dense FP8 TFLOPS of one accelerator."""
    fp4_tflops_dense: Amount | None = None
    """Dense FP4 TFLOPS of one accelerator."""
    memory_gb: Amount | None = None
    """Memory of one accelerator, GB."""
    memory_bandwidth_tb_s: Amount | None = None
    """Memory bandwidth of one accelerator, TB/s."""
    scale_up_accelerators: Count | None = None
    """Accelerators in one scale-up domain (NVLink or the like)."""

    def tflops(self, precision: Precision) -> float | None:
        """Dense TFLOPS of one accelerator at a precision; None where no figure is known."""
        figures: dict[Precision, float | None] = {
            "fp64": self.fp64_tflops_dense,
            "bf16": self.bf16_tflops_dense,
            "fp8": self.fp8_tflops_dense,
            "fp4": self.fp4_tflops_dense,
        }
        return figures[precision]


class Installation(Sourced):
    """What one system needs of a site."""

    power_kw: Annotated[PowerKw | None, Field(alias="power")] = None
    """Highest power draw of one system."""
    busy_power_share: Share = 1.0
    """Average draw of a system at work, as a share of its highest draw; counts for energy, not for capacity."""
    idle_power_share: Share = 1.0
    """Average draw of a system without work, as a share of its highest draw."""
    rack_units: Amount | None = None
    """Height of one system in rack units; for systems that share a rack."""
    racks: Amount | None = None
    """Racks of one system; for systems that fill racks of their own."""
    cooling: tuple[Cooling, ...] = ()
    """Kinds of cooling that the system can work with; any one of them is enough."""
    uplink_gbps: Annotated[BandwidthGbps, Field(alias="uplink")] = 0.0
    """Bandwidth that one system takes of the site's uplink."""
    staff: Amount = 0.0
    """Full-time posts that one system needs at its site."""

    def stated(self, resource: Resource) -> float:
        """What the case says that one system takes of a resource; nothing where it says nothing."""
        amount: float | None = getattr(self, RESOURCES[resource].field)
        return amount or 0.0


class Price(Sourced):
    """What one system costs, without network, storage and installation."""

    low: PositiveMoney | None = None
    """Lowest price seen."""
    typical: PositiveMoney | None = None
    """The price that an offer takes when it states none."""
    high: PositiveMoney | None = None
    """Highest price seen."""
    floor_per_accelerator: PositiveMoney | None = None
    """A price per accelerator below this is refused as a likely mistake of unit or of quantity."""


class LeadTime(Sourced):
    """From order to delivery."""

    low: DurationText | None = None
    """Shortest lead time seen."""
    typical: DurationText | None = None
    """The lead time that an offer takes when it states none."""
    high: DurationText | None = None
    """Longest lead time seen."""


class Additions(Sourced):
    """Network, storage and installation, as a share of the system's price."""

    low: Share | None = None
    """Lowest share seen."""
    typical: Share | None = None
    """The share that an offer takes when it states none."""
    high: Share | None = None
    """Highest share seen."""


class Rental(Sourced):
    """What the market pays for an hour of one accelerator; for orientation, not read by the model."""

    low: Amount | None = None
    """Lowest rental price seen, USD per accelerator-hour."""
    typical: Amount | None = None
    """Usual rental price, USD per accelerator-hour."""
    high: Amount | None = None
    """Highest rental price seen, USD per accelerator-hour."""


class ResalePoint(Noun):
    """One point of the resale curve."""

    age: DurationText
    """Age of the system."""
    share: Share
    """What it fetches, as a share of its typical price in the catalogue, or of the cheapest offer of it that is open
    then, if that is less."""


class MaintenanceStep(Noun):
    """One step of maintenance by age."""

    age: DurationText
    """Age from which it holds, until the next step."""
    factor: Amount
    """What maintenance then costs, as a multiple of the yearly maintenance; 0 for a free warranty."""


class System(Noun):
    """One purchasable system; index letter ``s``."""

    vendor: Text
    """Who makes the accelerators."""
    acquisition: Text = ""
    """How one gets it: buy, rent, or not in this market."""
    accelerators: Count
    """Accelerators in one system."""
    released: Text = ""
    """Quarter in which deliveries began."""
    performance: Performance
    """Dense throughput and memory."""
    installation: Installation
    """Power, space and cooling."""
    price: Price = Price()
    """Price of one system."""
    lead_time: LeadTime = LeadTime()
    """Lead time of one system."""
    additions: Additions = Additions()
    """Network, storage and installation on top of the price."""
    rental: Rental = Rental()
    """Market rental prices."""
    useful_life: DurationText
    """How long the system serves before it is retired."""
    useful_life_source: Text = ""
    """Where the useful life comes from."""
    availability: Share = 1.0
    """Share of the time that an installed system can work."""
    maintenance_per_year: Share = 0.0
    """Yearly maintenance and support, as a share of the typical price."""
    maintenance_by_age: tuple[MaintenanceStep, ...] = ()
    """How that changes with the age of a system since its arrival, step by step; without steps it never does."""
    resale: tuple[ResalePoint, ...] = ()
    """What it fetches used, by age; without points that of all systems, under ``finance.resale``."""
    resale_factor: Timeline[Amount] | None = None
    """By how much the shares of its curve are multiplied, by month of the sale; without it that of all systems."""
    notes: Text = ""
    """Conflicts between sources and other warnings."""

    def pflops(self, precision: Precision) -> float | None:
        """Dense PFLOPS of one whole system at a precision."""
        tflops = self.performance.tflops(precision)
        return None if tflops is None else tflops * self.accelerators / 1000

    @property
    def memory_gb(self) -> float | None:
        """Memory of one whole system, GB."""
        per_accelerator = self.performance.memory_gb
        return None if per_accelerator is None else per_accelerator * self.accelerators
