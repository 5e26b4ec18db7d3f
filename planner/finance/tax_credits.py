"""How long a tax credit may wait for tax that it can be set against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def credit_left(
    earned: Mapping[int, float], used: Mapping[int, float], years: Iterable[int], years_kept: int
) -> dict[int, float]:
    """What is there to be used in each year: earned in it or in the ``years_kept`` years before, and not yet used.

    The oldest is used first, which leaves most for later. Unit: that of ``earned``. Source: carry-forward of tax
    credits, such as for one year in art. 42-12 and others of the Act on Special Measures Concerning Taxation of Japan.

    >>> credit_left({2025: 30.0, 2026: 10.0}, {2025: 12.0, 2026: 20.0}, [2025, 2026, 2027], 1)
    {2025: 30.0, 2026: 28.0, 2027: 8.0}
    >>> credit_left({2025: 30.0}, {2025: 12.0}, [2025, 2026], 0)
    {2025: 30.0, 2026: 0.0}
    """
    stock: dict[int, float] = {}
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
