"""What a pool of operators says beside the cases of its operators: what all of them together are to bring about."""

from __future__ import annotations

from typing import Literal

from planner.case.quantities import Amount, FileName, Month, Noun, Text, YesNo
from planner.case.workload import Metric

PoolObjectiveKind = Literal["npv", "compute", "compute_per_public_yen"]


class PoolObjective(Noun):
    """What the plan of the pool makes as good as it can."""

    kind: PoolObjectiveKind = "npv"
    """npv: highest net present value of all operators together. compute: most dense-BF16 compute.
    compute_per_public_yen: most dense-BF16 compute beyond what would stand without the shared programmes, for each
    unit of money that they pay."""
    installed_by: Month | None = None
    """Count the dense-BF16 PFLOPS installed in this month, instead of the PFLOPS-hours served."""
    least: Amount | None = None
    """Least compute of all operators, in PFLOPS or PFLOPS-hours as it is counted; without one, the smallest plan would
    often be the best by the yen."""


class Target(Noun):
    """What all operators together are to have installed."""

    metric: Metric = "bf16_pflops"
    """What is counted, over all installed systems of all operators."""
    floor: Amount
    """Least installed amount, in the metric (an EFLOPS is 1000 PFLOPS)."""
    by: Month
    """Month in which it is to stand."""
    must_hold: YesNo = False
    """Whether a plan that misses it is refused; otherwise the shortfall is reported."""
    source: Text = ""
    """Where the figures come from."""


class Pool(Noun):
    """What a pool file says beside what is shared, what is common, and its operators."""

    name: FileName
    """Names the pool and the folder of its results."""
    title: Text = ""
    """One line that says what the pool is."""
    objective: PoolObjective = PoolObjective()
    """What to make best."""
    target: Target | None = None
    """What all operators together are to have installed."""
    participation: YesNo = True
    """Whether no operator may be worse off than in the best plan of the pool without the shared programmes."""
