"""Demand that earns money."""

from __future__ import annotations

from typing import Literal

from planner.case.quantities import (
    AcceleratorPrice,
    Amount,
    ComputePrice,
    Count,
    DurationText,
    Name,
    Noun,
    Share,
    Text,
    YesNo,
)
from planner.case.timeline import Timeline

Metric = Literal["accelerators", "fp64_pflops", "bf16_pflops", "fp8_pflops", "fp4_pflops"]
"""What demand is counted in: accelerators, or dense PFLOPS at a precision, kept busy on average over a period."""


class Workload(Noun):
    """A kind of demand; index letter ``w``."""

    metric: Metric
    """What the amount counts: accelerators, or dense PFLOPS at a precision."""
    amount: Timeline[Amount]
    """Average demand at work at the same time, by month, in the metric."""
    price: Timeline[ComputePrice] | None = None
    """Price of one unit of the metric for one hour: per accelerator-hour or per PFLOPS-hour, as the metric is."""
    price_by_system: dict[Name, Timeline[AcceleratorPrice]] = {}
    """Price of one accelerator-hour by system; where given, only these systems can serve the workload."""
    selling_costs: Timeline[Share] | None = None
    """Payment fees, sales channels and other costs of selling, as a share of revenue, by month; without it none."""
    efficiency: dict[Name, Amount] = {}
    """Useful work of a system as a multiple of its nominal metric; 1 where nothing is said."""
    must_serve: Share = 0.0
    """Share of the amount that has to be served in every period."""
    regions: tuple[Name, ...] = ()
    """Regions whose sites may serve it; empty means all."""
    memory_gb: Amount = 0.0
    """Memory that one system must have, GB."""
    scale_up_accelerators: Count = 0
    """Accelerators that one scale-up domain must have."""
    customer_days: Amount | None = None
    """Days after which its customers pay; without it the days that finance.working_capital states for all."""
    paid_in_advance: DurationText | None = None
    """Months before the month of the work at whose end its customers pay, in place of days after it; work that would be
    paid for before the horizon is paid for in its own month. Without it nothing is paid in advance."""
    survives_site_loss: YesNo = False
    """Whether the share that must be served can also be served without any one site, whichever is lost."""
    source: Text = ""
    """Where the figures come from."""
