"""Internal rate of return: the rate of discount at which an investment has a net present value of zero."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from planner.finance.present_value import DAYS_PER_YEAR

STEP = 0.01
"""Width, in the logarithm of 1 + rate, of the pieces that are searched for a root."""
FARTHEST = 10.0
"""Where the search ends: rates between -99.995 % and 2.2 million per cent a year."""
LARGEST_EXPONENT = 600.0
"""Powers beyond this do not fit a floating-point number."""


def sign_changes(flows: Sequence[float]) -> int:
    """How often flows turn from paying to earning or back; zeros are passed over.

    One change: the internal rate of return is the only one. More: there may be several, and none of them says much.
    Unit: a count. Source: Descartes' rule of signs.

    >>> sign_changes([-100, 0, 60, 60]), sign_changes([-100, 230, -132]), sign_changes([1, 2])
    (1, 2, 0)
    """
    signs = [flow > 0 for flow in flows if flow != 0]
    return sum(before != after for before, after in pairwise(signs))


def internal_rate_of_return(flows: Sequence[float], days: Sequence[int]) -> float | None:
    """The yearly rate at which the flows have no present value: ``sum(flow * (1 + rate) ** (-days / 365)) = 0``.

    None where there is no such rate, as where all flows have one sign; of several the one closest to zero.
    Unit: share per year. Source: actual/365 compounding, the convention of the spreadsheet function XIRR.

    >>> round(internal_rate_of_return([-100.0, 110.0], [0, 365]), 9), internal_rate_of_return([50.0, 60.0], [0, 365])
    (0.1, None)
    """
    if sign_changes(flows) == 0:
        return None
    largest = max(abs(flow) for flow in flows)
    terms = [
        (flow / largest, (day - days[0]) / DAYS_PER_YEAR) for flow, day in zip(flows, days, strict=True) if flow != 0
    ]

    def present_value(log_rate: float) -> float:
        return math.fsum(flow * math.exp(-log_rate * years) for flow, years in terms)

    longest = max(abs(years) for _, years in terms)
    farthest = min(FARTHEST, LARGEST_EXPONENT / longest) if longest else FARTHEST
    root = _root_nearest_zero(present_value, farthest)
    return None if root is None else math.expm1(root)


def _root_nearest_zero(present_value: Callable[[float], float], farthest: float) -> float | None:
    """Looks for a change of sign piece by piece, going out from zero in both directions."""
    up = down = present_value(0.0)
    if up == 0.0:
        return 0.0
    for step in range(round(farthest / STEP)):
        near, far = step * STEP, (step + 1) * STEP
        above, below = present_value(far), present_value(-far)
        roots = [
            _bisected(present_value, side * near, side * far)
            for side, inner, outer in ((1, up, above), (-1, down, below))
            if inner * outer <= 0.0
        ]
        if roots:
            return min(roots, key=abs)
        up, down = above, below
    return None


def _bisected(present_value: Callable[[float], float], inner: float, outer: float) -> float:
    """Halves a piece with a change of sign until its ends are neighbouring numbers."""
    is_positive = present_value(inner) > 0
    while True:
        middle = (inner + outer) / 2
        if middle in (inner, outer):
            return middle
        if (present_value(middle) > 0) == is_positive:
            inner = middle
        else:
            outer = middle
