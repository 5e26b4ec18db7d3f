"""Internal rate of return: the rate of discount at which an investment has a net present value of zero; and what is
told in its place where several rates are such."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from planner.finance.present_value import DAYS_PER_YEAR, discount_factor

STEP = 0.01
"""Width, in the logarithm of 1 + rate, of the pieces that are searched for a root."""
FARTHEST = 10.0
"""Where the search ends if there is no root nearer by: rates between -99.995 % and 2.2 million per cent a year."""
LARGEST_EXPONENT = 600.0
"""Powers beyond this do not fit a floating-point number."""
LOWEST_RATE, HIGHEST_RATE = -0.99, 10.0
"""Between which rates per year all roots are told: -99 % and 1,000 %."""
TOUCHING = 1e-14
"""Share of the largest flow that a present value of zero may be off by rounding."""
DOUBTFUL = 1e-12
"""Share of all that is added up below which the sign of a sum is worked out term by term."""
PresentValue = Callable[[float], float]
"""A present value, or its slope, by the logarithm of 1 + rate."""


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

    None where there is no such rate, as where all flows have one sign; of several the one closest to zero by the
    logarithm of ``1 + rate``, in which half and twice the money are equally far. Unit: share per year. Source:
    actual/365 compounding, the convention of the spreadsheet function XIRR.

    >>> round(internal_rate_of_return([-100.0, 110.0], [0, 365]), 9), internal_rate_of_return([50.0, 60.0], [0, 365])
    (0.1, None)
    """
    return chosen_root(roots(flows, days), flows, days)


def chosen_root(found: Sequence[float], flows: Sequence[float], days: Sequence[int]) -> float | None:
    """The same for those who know all roots between -99 % and 1,000 % already; without any, it is looked for beyond."""
    if found:
        return min(found, key=lambda rate: abs(math.log1p(rate)))
    if sign_changes(flows) == 0:
        return None
    present_value, _ = _present_value_and_slope(flows, days)
    root = _root_nearest_zero(present_value, _farthest(days))
    return None if root is None else math.expm1(root)


def roots(flows: Sequence[float], days: Sequence[int]) -> tuple[float, ...]:
    """Every yearly rate between -99 % and 1,000 % at which the flows have no present value, from the lowest on.

    More than one where flows turn more than once and no rate alone says what they yield. Unit: share per year.
    Source: actual/365 compounding; two roots closer to each other than 1 % are found where the slope turns.

    The worked example of Lorie and Savage (1955): 1,600 buy a larger pump that brings forward 10,000 by a year.

    >>> [round(rate, 9) for rate in roots([-1_600.0, 10_000.0, -10_000.0], [0, 365, 730])]
    [0.25, 4.0]
    """
    if sign_changes(flows) == 0:
        return ()
    present_value, slope = _present_value_and_slope(flows, days)
    farthest = _farthest(days)
    low, high = max(math.log1p(LOWEST_RATE), -farthest), min(math.log1p(HIGHEST_RATE), farthest)
    pieces = math.ceil((high - low) / STEP)
    edges = [low + (high - low) * piece / pieces for piece in range(pieces + 1)]
    values, slopes = _signed(flows, days, edges, present_value, slope)
    found = [edge for edge, value in zip(edges, values, strict=True) if value == 0.0]
    for (inner, outer), (before, after), (falls, rises) in zip(
        pairwise(edges), pairwise(values), pairwise(slopes), strict=True
    ):
        if before * after < 0:
            found.append(_bisected(present_value, inner, outer))
        elif before * after > 0 > falls * rises:
            found += _roots_beside(present_value, inner, _bisected(slope, inner, outer), outer)
    return tuple(math.expm1(root) for root in sorted(found))


def modified_internal_rate_of_return(flows: Sequence[float], days: Sequence[int], rate_per_year: float) -> float | None:
    """What all that is paid in yields until the last flow, when it is drawn from and what it brings is laid out at a
    stated rate: ``(future value of what comes in / present value of what goes out) ** (365 / days) - 1``.

    There is one and only one, however often the flows turn; None where nothing goes out or nothing comes in. Present is
    the day of the first flow, future that of the last. Unit: share per year. Source: the modified internal rate of
    return of spreadsheets (MIRR) with one rate for both, by real days as in XIRR.

    The worked example of Microsoft's documentation of MIRR, with 12 % for both rates:

    >>> flows = [-120_000.0, 39_000.0, 30_000.0, 21_000.0, 37_000.0, 46_000.0]
    >>> round(modified_internal_rate_of_return(flows, [365 * year for year in range(6)], 0.12), 4)
    0.1261
    """
    moved = [(flow, day) for flow, day in zip(flows, days, strict=True) if flow != 0]
    if sign_changes(flows) == 0:
        return None
    first, last = moved[0][1], moved[-1][1]
    spent = -math.fsum(flow * discount_factor(rate_per_year, day - first) for flow, day in moved if flow < 0)
    earned = math.fsum(flow * discount_factor(rate_per_year, day - last) for flow, day in moved if flow > 0)
    return float((earned / spent) ** (DAYS_PER_YEAR / (last - first))) - 1.0


def _present_value_and_slope(flows: Sequence[float], days: Sequence[int]) -> tuple[PresentValue, PresentValue]:
    """The present value of flows as a share of the largest one, and its slope, by the logarithm of 1 + rate."""
    largest = max(abs(flow) for flow in flows)
    terms = [
        (flow / largest, (day - days[0]) / DAYS_PER_YEAR) for flow, day in zip(flows, days, strict=True) if flow != 0
    ]

    def present_value(log_rate: float) -> float:
        return math.fsum(flow * math.exp(-log_rate * years) for flow, years in terms)

    def slope(log_rate: float) -> float:
        return math.fsum(-years * flow * math.exp(-log_rate * years) for flow, years in terms)

    return present_value, slope


def _signed(
    flows: Sequence[float],
    days: Sequence[int],
    edges: Sequence[float],
    present_value: PresentValue,
    slope: PresentValue,
) -> tuple[list[float], list[float]]:
    """The present value and its slope at some points, as exact as their signs ask for: all at once, and one by one
    where rounding could turn a sign."""
    import numpy as np  # noqa: PLC0415 - whoever only checks files does not load it

    flow, years = np.array(flows, dtype=float), (np.array(days, dtype=float) - days[0]) / DAYS_PER_YEAR
    weights, found = np.exp(-np.outer(edges, years)), list[list[float]]()
    for terms, exact in ((flow / np.abs(flow).max(), present_value), (-years * flow / np.abs(flow).max(), slope)):
        sums, sizes = weights @ terms, weights @ np.abs(terms)
        found.append(sums.tolist())
        for place in np.flatnonzero(np.abs(sums) <= DOUBTFUL * sizes).tolist():
            found[-1][place] = exact(edges[place])
    return found[0], found[1]


def _farthest(days: Sequence[int]) -> float:
    """How far from zero powers of 1 + rate fit a number, for as many days."""
    longest = max(abs(day - days[0]) for day in days) / DAYS_PER_YEAR
    return min(FARTHEST, LARGEST_EXPONENT / longest) if longest else FARTHEST


def _roots_beside(present_value: PresentValue, inner: float, turn: float, outer: float) -> list[float]:
    """Roots on both sides of where the slope turns, if the present value is beyond zero there; one if it is at zero."""
    extreme = present_value(turn)
    if abs(extreme) <= TOUCHING:
        return [turn]
    if extreme * present_value(inner) > 0:
        return []
    return [_bisected(present_value, inner, turn), _bisected(present_value, turn, outer)]


def _root_nearest_zero(present_value: PresentValue, farthest: float) -> float | None:
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


def _bisected(present_value: PresentValue, inner: float, outer: float) -> float:
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
