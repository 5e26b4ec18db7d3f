"""Resale: the value of used equipment by its age."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def resale_share(points: Sequence[tuple[int, float]], age_months: int) -> float:
    """What a used system fetches, as a share of its price when new: straight lines between the points of a curve.

    A new system fetches its whole price unless the curve has a point at age 0; past the last point its share holds;
    without points nothing is ever fetched. Unit: share. Source: definition of this program.

    >>> curve = [(12, 0.6), (24, 0.4)]
    >>> resale_share(curve, 0), resale_share(curve, 18), resale_share(curve, 60), resale_share([], 12)
    (1.0, 0.5, 0.4, 0.0)
    """
    if not points:
        return 0.0
    curve = sorted(points)
    if curve[0][0] > 0:
        curve.insert(0, (0, 1.0))
    for (age, share), (next_age, next_share) in pairwise(curve):
        if age <= age_months < next_age:
            return share + (next_share - share) * (age_months - age) / (next_age - age)
    return curve[-1][1] if age_months >= curve[-1][0] else curve[0][1]


def share_then(points: Sequence[tuple[int, float]], age_months: int, factor: float) -> float:
    """The share at the market of a month: ``min(1, factor * share)``.

    Appraisers take what age leaves of a price and adjust it for the market at the date of the sale (American Society of
    Appraisers, Valuing Machinery and Equipment). However short supply is, a used system fetches no more than a new one.

    >>> share_then([(12, 0.6)], 12, 0.5), share_then([(12, 0.6)], 12, 2.0)
    (0.3, 1.0)
    """
    return min(1.0, factor * resale_share(points, age_months))


def straight_line_remainder(cost: float, age_months: int, life_months: int) -> float:
    """What is left of a cost that is written down in equal parts over a life; never below zero.

    Unit: that of ``cost``. Source: straight-line method.

    >>> straight_line_remainder(120.0, 9, 12), straight_line_remainder(120.0, 24, 12)
    (30.0, 0.0)
    """
    return cost * max(0.0, 1.0 - age_months / life_months)


def annuity_remainder(cost: float, age_months: int, life_months: int, rate_per_year: float) -> float:
    """What is left of a cost that is written down by the annuity method; never below zero.

    ``cost * (1 - (1 + r) ** -left) / (1 - (1 + r) ** -life)``, in years: equal payments over the life are worth the
    cost at its beginning, and those that are still to come are what is left of it. Unit: that of ``cost``. Source:
    annuity method of depreciation; the same as the spreadsheet functions ``PV(r, left, PMT(r, life, cost))``.

    >>> round(annuity_remainder(1000.0, 60, 120, 0.10), 2), annuity_remainder(1000.0, 60, 120, 0.0)
    (616.93, 500.0)
    """
    if rate_per_year == 0:
        return straight_line_remainder(cost, age_months, life_months)
    monthly = float((1 + rate_per_year) ** (-1 / 12))
    return cost * float(1 - monthly ** max(0, life_months - age_months)) / float(1 - monthly**life_months)
