"""How cost is spread over the years in which it is used."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from planner.case.depreciation import DepreciationTerms

YEAR = 12
"""Months of a fiscal year."""
DUST = 1e-12
"""Share of a cost below which what is left of it is rounding and nothing else."""


class StatutoryRates(NamedTuple):
    """Rates of the 200 % declining balance of one life."""

    rate: float
    """Share of what is left at the start of a fiscal year that is written off in it."""
    revised: float
    """Share of what was left when it was turned to, that is written off in each fiscal year from then on."""
    guaranteed: float
    """Share of the cost; a fiscal year in which less than that would be written off turns to the revised rate."""


DECLINING_BALANCE = {
    2: StatutoryRates(1.000, 1.000, 0.0),
    3: StatutoryRates(0.667, 1.000, 0.11089),
    4: StatutoryRates(0.500, 1.000, 0.12499),
    5: StatutoryRates(0.400, 0.500, 0.10800),
    6: StatutoryRates(0.333, 0.334, 0.09911),
    7: StatutoryRates(0.286, 0.334, 0.08680),
    8: StatutoryRates(0.250, 0.334, 0.07909),
    9: StatutoryRates(0.222, 0.250, 0.07126),
    10: StatutoryRates(0.200, 0.250, 0.06552),
    11: StatutoryRates(0.182, 0.200, 0.05992),
    12: StatutoryRates(0.167, 0.200, 0.05566),
    13: StatutoryRates(0.154, 0.167, 0.05180),
    14: StatutoryRates(0.143, 0.167, 0.04854),
    15: StatutoryRates(0.133, 0.143, 0.04565),
    16: StatutoryRates(0.125, 0.143, 0.04294),
    17: StatutoryRates(0.118, 0.125, 0.04038),
    18: StatutoryRates(0.111, 0.112, 0.03884),
    19: StatutoryRates(0.105, 0.112, 0.03693),
    20: StatutoryRates(0.100, 0.112, 0.03486),
}
"""Rates by life in years, of what was acquired since April 2012. Source: ordinance of the Ministry of Finance of Japan
on lives of depreciable assets, appended table 10, as the National Tax Agency publishes it. A life of two years has no
revised rate: its rate of one writes off all of it."""
MACRS = {
    5: (0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576),
    15: (
        *(0.05, 0.095, 0.0855, 0.077, 0.0693, 0.0623, 0.059, 0.059),
        *(0.0591, 0.059, 0.0591, 0.059, 0.0591, 0.059, 0.0591, 0.0295),
    ),
}
"""Shares of the cost by fiscal year, by life in years. Source: IRS Publication 946, table A-1, half-year convention."""


def depreciated(months: float, life_months: float) -> float:
    """The share of a cost that is written off after so many months: ``min(1, months / life)``, 0 before its first.

    Without a life all of it is written off as soon as time has passed. Unit: share. Source: straight-line method.

    >>> depreciated(0, 60), depreciated(15, 60), depreciated(75, 60), depreciated(0, 0), depreciated(3, 0)
    (0.0, 0.25, 1.0, 0.0, 1.0)
    """
    if months <= 0:
        return 0.0
    return 1.0 if life_months <= 0 else min(1.0, months / life_months)


@cache
def declining_balance(life_years: int, first_year_months: int) -> tuple[float, ...]:
    """The share of a cost that is written off in each fiscal year by the 200 % declining balance of Japan.

    ``left * rate``, in the first year by its months in use. From the first year on in which that would be less than
    ``cost * guaranteed``, ``left in that year * revised``, and never more than is left. The last unit of currency that
    stays in the books until a thing is gone is not counted. Unit: share. Source: order for enforcement of the
    Corporation Tax Act of Japan, art. 48-2; bookkeeping exams write 600,000 over five years as 240,000 in the first.

    >>> [round(600_000 * share) for share in declining_balance(5, 12)]
    [240000, 144000, 86400, 64800, 64800]
    >>> [round(600_000 * share) for share in declining_balance(5, 6)]
    [120000, 192000, 115200, 69120, 51840, 51840]
    """
    rates, left, base = DECLINING_BALANCE[life_years], 1.0, 0.0
    found: list[float] = []
    while left > 0:
        if not base and left * rates.rate < rates.guaranteed:
            base = left
        charge = base * rates.revised if base else left * rates.rate
        charge *= first_year_months / YEAR if not found else 1
        found.append(left if charge >= left - DUST else charge)
        left = 0.0 if charge >= left - DUST else left - charge
    return tuple(found)


def by_fiscal_year(shares: Sequence[float], months: float, first_year_months: int) -> float:
    """The share of a cost that is written off after so many months in use, by its shares by fiscal year.

    The first share belongs to the fiscal year in which use begins, however few of its months are left; each is spread
    evenly over its months in use. Unit: share. Source: definition of this program; the half-year convention of MACRS
    is in its shares.

    >>> by_fiscal_year((0.5, 0.5), 3, 3), by_fiscal_year((0.5, 0.5), 9, 3), by_fiscal_year((0.5, 0.5), 15, 3)
    (0.5, 0.75, 1.0)
    """
    if months <= 0:
        return 0.0
    if months < first_year_months:
        return shares[0] * months / first_year_months
    years, part = divmod(months - first_year_months, YEAR)
    if years + 1 >= len(shares):
        return 1.0
    sums = list(accumulate(shares))
    return sums[int(years)] + shares[int(years) + 1] * part / YEAR


def written_off(terms: DepreciationTerms, months: float, first_year_months: int) -> float:
    """The share of a cost that is written off after so many months in use, by whichever method.

    ``first_year_months`` says how many months of the fiscal year in which use began were left then. Unit: share.
    Source: see the methods above.

    >>> five_years = DepreciationTerms("macrs", 60, ())
    >>> written_off(five_years, 6, 6), round(written_off(five_years, 18, 6), 4), written_off(five_years, 66, 6)
    (0.2, 0.52, 1.0)
    """
    if terms.method == "straight_line":
        return depreciated(months, terms.life_months)
    return by_fiscal_year(_shares(terms, first_year_months), months, first_year_months)


def of_what_is_left(terms: DepreciationTerms, used: int, months: float, first_year_months: int) -> float:
    """The share of what was left after ``used`` months that is written off in so many further ones.

    What was left goes on as its cost did: ``1 - left(used + months) / left(used)``. All of it as soon as time has
    passed where nothing should be left. Unit: share. Source: definition of this program.

    >>> of_what_is_left(DepreciationTerms("straight_line", 60, ()), 12, 12, 12)
    0.25
    >>> round(of_what_is_left(DepreciationTerms("declining_balance", 60, ()), 12, 12, 12), 6)
    0.4
    """
    if terms.method == "straight_line":
        return depreciated(months, max(0, terms.life_months - used))
    left = 1 - written_off(terms, used, first_year_months)
    if months <= 0 or left <= 0:
        return 1.0 if months > 0 else 0.0
    return 1 - (1 - written_off(terms, used + months, first_year_months)) / left


def months_to_year_end(month_of_year: int, fiscal_year_start: int) -> int:
    """Months of a fiscal year that are left from the start of a month of the calendar year on; 12 in its first.

    Unit: months. Source: definition.

    >>> months_to_year_end(4, 4), months_to_year_end(3, 4), months_to_year_end(1, 4)
    (12, 1, 3)
    """
    return YEAR - (month_of_year - fiscal_year_start) % YEAR


def _shares(terms: DepreciationTerms, first_year_months: int) -> Sequence[float]:
    if terms.method == "table":
        return terms.shares
    if terms.method == "macrs":
        return MACRS[terms.life_months // YEAR]
    return declining_balance(terms.life_months // YEAR, first_year_months)
