"""When money comes back."""

from __future__ import annotations

from collections.abc import Sequence

from planner.finance.present_value import DAYS_PER_YEAR


def payback(flows: Sequence[float], days: Sequence[int]) -> float | None:
    """Years until the sum of all flows is no longer negative and stays so; straight lines inside a period.

    ``days`` are those from the start to the end of each period. None where the money does not come back; 0 where none
    is ever out. Unit: years of 365 days. Source: payback period of capital budgeting.

    >>> payback([-100.0, 50.0, 100.0], [365, 730, 1095]), payback([-100.0, 50.0], [365, 730])
    (2.5, None)
    """
    time, out, last = 0.0, 0.0, 0.0
    for flow, day in zip(flows, days, strict=True):
        before, out, start = out, out + flow, last
        last = day / DAYS_PER_YEAR
        if before < 0 <= out:
            time = start + (last - start) * -before / flow
    return None if out < 0 else time
