"""When money comes back."""

from __future__ import annotations

from collections.abc import Sequence

from planner.finance.present_value import DAYS_PER_YEAR

ROUNDING = 1e-12
"""What of a sum of flows is left by binary numbers, as a share of the largest flow."""


def payback(flows: Sequence[float], days: Sequence[int]) -> float | None:
    """Years from the first payment until the sum of all flows is no longer negative and stays so; straight lines
    between the days of the flows.

    A day with a negative flow is one of payment. None where the money does not come back; 0 where none is ever out.
    Unit: years of 365 days. Source: payback period of capital budgeting.

    >>> payback([-100.0, 50.0, 100.0], [365, 730, 1095]), payback([-100.0, 50.0], [365, 730])
    (1.5, None)
    """
    time, out, last = 0.0, 0.0, 0.0
    begun = next((day for flow, day in zip(flows, days, strict=True) if flow < 0), 0) / DAYS_PER_YEAR
    rounding = ROUNDING * max((abs(flow) for flow in flows), default=0.0)
    for flow, day in zip(flows, days, strict=True):
        before, out, start = out, out + flow, last
        if abs(out) <= rounding:  # all of it is back: by a hair of nothing it would be back a year later
            out = 0.0
        last = day / DAYS_PER_YEAR
        if before < 0 <= out:
            time = start + (last - start) * -before / flow - begun
    return None if out < 0 else time
