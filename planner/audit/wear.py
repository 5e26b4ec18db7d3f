"""How one unit of cost wears off by methods that go by fiscal years, rolled forward month by month.

Each fiscal year settles at its first month what it writes off; every month of it in use then takes an equal part of
that. No formula for the share written off so far is asked, as the model's own figures do.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from planner.audit.facts import Facts
from planner.case.depreciation import DepreciationTerms
from planner.finance.depreciation import DECLINING_BALANCE, MACRS

NOTHING = 1e-12
"""Share of a cost that is rounding and nothing else."""


def falls_of(facts: Facts, terms: DepreciationTerms, since: int, used: int = 0) -> tuple[float, ...] | None:
    """What is left of one unit at the start of period ``since`` and at the end of each from then on.

    One where it is new. Of what had been used for some months before, all that was left then counts as one. None where
    a straight line says it.
    """
    if terms.method == "straight_line":
        return None
    months = facts.calendar.months_per_period
    begun = facts.calendar.start.plus(since * months - used)
    first_year = 1
    while begun.plus(first_year).month != facts.calendar.fiscal_year_start_month:
        first_year += 1
    left = list(islice(_months(terms, first_year), used + months * (len(facts.periods) - since) + 1))[used:]
    there = left[0]
    if there <= NOTHING:
        return (1.0, *(0.0 for _ in facts.periods[since:]))
    return tuple(one / there for one in left[::months])


def _months(terms: DepreciationTerms, first_year: int) -> Iterator[float]:
    """What is left of a new unit after no month, one, two and so on."""
    left, length, turned_at = 1.0, first_year, 0.0
    yield left
    year = 0
    while True:
        if terms.method == "declining_balance":
            rates = DECLINING_BALANCE[terms.life_months // 12]
            if not turned_at and left * rates.rate < rates.guaranteed:
                turned_at = left
            of_year = (turned_at * rates.revised if turned_at else left * rates.rate) * length / 12
        else:
            shares = terms.shares or MACRS[terms.life_months // 12]
            of_year = shares[year] if year < len(shares) else left
            of_year = left if year == len(shares) - 1 else of_year
        of_year = left if of_year > left - NOTHING else of_year
        opening = left
        for month in range(1, length + 1):
            left = opening - of_year * month / length
            yield left
        length, year = 12, year + 1
