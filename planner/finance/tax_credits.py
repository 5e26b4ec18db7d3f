"""How long a tax credit may wait for tax that it can be set against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.case.quantities import FiscalYear


def credit_left(
    earned: Mapping[FiscalYear, float], used: Mapping[FiscalYear, float], years: Iterable[FiscalYear], years_kept: int
) -> dict[FiscalYear, float]:
    """What is there to be used in each year: earned in it or in the ``years_kept`` years before, and not yet used.

    The oldest is used first, which leaves most for later. Unit: that of ``earned``. Source: carry-forward of tax
    credits, such as for one year in art. 42-12 and others of the Act on Special Measures Concerning Taxation of Japan.

    >>> first, second, third = (FiscalYear(2025), FiscalYear(2026), FiscalYear(2027))
    >>> left = credit_left({first: 30.0, second: 10.0}, {first: 12.0, second: 20.0}, [first, second, third], 1)
    >>> list(left.values())
    [30.0, 28.0, 8.0]
    >>> list(credit_left({first: 30.0}, {first: 12.0}, [first, second], 0).values())
    [30.0, 0.0]
    """
    stock: dict[FiscalYear, float] = {}
    found = {}
    for year in sorted(years):
        stock = {made: amount for made, amount in stock.items() if year - made <= years_kept}
        stock[year] = earned.get(year, 0.0)
        found[year] = sum(stock.values())
        wanted = used.get(year, 0.0)
        for made in sorted(stock):
            taken = min(stock[made], wanted)
            stock[made] -= taken
            wanted -= taken
    return found
