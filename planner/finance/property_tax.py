"""Property tax on depreciable assets: what a cost is assessed at, year after year."""

from __future__ import annotations

from collections.abc import Sequence

FIRST_YEAR_PART = 0.5
"""Part of a year's reduction that counts at the first assessment, however late in the year an asset came."""
LEFT_AFTER_LIFE = 0.1
"""Share of a cost that the reduction rate of a life leaves at its end."""


def reduction_rate(life_months: float) -> float:
    """By which share the assessed value falls from year to year: ``1 - 0.1 ** (12 / life)``, to three decimals.

    Unit: share per year. Source: the reduction rates by useful life, table 15 of the standards for the valuation of
    fixed assets (Ministry of Internal Affairs and Communications, Japan), such as 0.438 for four years, 0.369 for five
    and 0.142 for fifteen; they are those of the declining-balance method before 2007, which this formula gives.

    >>> [reduction_rate(12 * years) for years in (2, 4, 5, 6, 10, 15)]
    [0.684, 0.438, 0.369, 0.319, 0.206, 0.142]
    >>> reduction_rate(0)
    1.0
    """
    return round(1.0 - LEFT_AFTER_LIFE ** (12.0 / life_months), 3) if life_months > 0 else 1.0


def assessments_since(months: int) -> int:
    """Which assessment it is, counted from the first, so many months after an asset came: ``ceil(months / 12)``.

    >>> [assessments_since(months) for months in (1, 12, 13)]
    [1, 1, 2]
    """
    return -(-months // 12)


def declining_share(assessment: int, life_months: float) -> float:
    """The share of a cost that is assessed, before its floor: ``(1 - rate / 2) * (1 - rate) ** (assessment - 1)``.

    Unit: share. Source: part 3 of the standards for the valuation of fixed assets (Japan), by art. 388 of the Local Tax
    Act: half of the yearly reduction for what came in the year before, the whole in later years; on the cost before any
    compression by grants, which this tax does not know. A server, with its life of five years:

    >>> [round(declining_share(number, 60), 4) for number in (1, 2, 3)]
    [0.8155, 0.5146, 0.3247]
    """
    rate = reduction_rate(life_months)
    return float((1.0 - FIRST_YEAR_PART * rate) * (1.0 - rate) ** (assessment - 1))


def straight_line_share(months: float, life_months: float) -> float:
    """The share of a cost that is left so many months after an asset came, before its floor: ``1 - months / life``.

    Unit: share. Source: straight-line method.

    >>> straight_line_share(15, 60), straight_line_share(75, 60), straight_line_share(3, 0)
    (0.75, 0.0, 0.0)
    """
    return max(0.0, 1.0 - months / life_months) if life_months > 0 else 0.0


def share_of_table(assessment: int, shares: Sequence[float]) -> float:
    """The share of a cost that a table says of an assessment; the last one holds for all later ones.

    Unit: share. Source: percentages by age that assessors publish, as many do in the United States.

    >>> share_of_table(1, [0.85, 0.69]), share_of_table(5, [0.85, 0.69])
    (0.85, 0.69)
    """
    return shares[min(assessment, len(shares)) - 1]
