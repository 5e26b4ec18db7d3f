"""Tax on the profit of a year, with losses carried forward."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class YearlyTax(NamedTuple):
    """The tax of one year and the losses behind it; all in the unit of the profit."""

    tax: float
    loss_used: float
    """Losses of earlier years set against the profit."""
    loss_carried: float
    """Losses left for later years."""


def tax_of_year(profit: float, loss_carried: float, rate: float, loss_use_limit: float = 1.0) -> YearlyTax:
    """Tax of a year: ``rate * (gain - used)`` with ``gain = max(0, profit)``, ``used = min(carried, limit * gain)``.

    A loss is carried forward without an end; what was set off is used up. Unit: that of ``profit``.
    Source: Corporation Tax Act of Japan, art. 57 (set-off up to a share of the income of the year).

    >>> tax_of_year(100.0, 80.0, 0.25, 0.5)
    YearlyTax(tax=12.5, loss_used=50.0, loss_carried=30.0)
    >>> tax_of_year(-40.0, 30.0, 0.25)
    YearlyTax(tax=0.0, loss_used=0.0, loss_carried=70.0)
    """
    gain, loss = max(0.0, profit), max(0.0, -profit)
    used = min(loss_carried, loss_use_limit * gain)
    return YearlyTax(rate * (gain - used), used, loss_carried + loss - used)


def losses_left(
    made: Sequence[tuple[int, float]], used: float, year: int, years_kept: int
) -> tuple[list[tuple[int, float]], float]:
    """Losses by the year in which each was made, after some of them were used, the oldest first, and what lapsed.

    At the end of a year those lapse that were made ``years_kept`` years before it, or earlier. Unit: that of the
    losses. Source: Corporation Tax Act of Japan, art. 57 (ten years, in the order in which they were made).

    >>> losses_left([(2024, 30.0), (2025, 20.0)], 10.0, year=2026, years_kept=2)
    ([(2025, 20.0)], 20.0)
    >>> losses_left([(2024, 30.0), (2025, 20.0)], 35.0, year=2026, years_kept=2)
    ([(2025, 15.0)], 0.0)
    """
    left, lapsed = [], 0.0
    for made_in, amount in sorted(made):
        taken = min(amount, used)
        used -= taken
        if made_in <= year - years_kept:
            lapsed += amount - taken
        elif amount > taken:
            left.append((made_in, amount - taken))
    return left, lapsed


def interim_tax(tax_of_year_before: float, share: float, months: int = 12) -> float:
    """Tax that is paid in advance for a year: ``share * tax of the year before * 12 / its months``.

    Unit: that of the tax. Source: Corporation Tax Act of Japan, art. 71 (interim returns: the tax of the year before
    over its months, times six).

    >>> interim_tax(100.0, 0.5), interim_tax(25.0, 0.5, months=3)
    (50.0, 50.0)
    """
    return share * tax_of_year_before * 12 / months


def tax_on_end_value(gain: float, rate: float, tax_of_last_year: float) -> float:
    """Tax on what a terminal value is above book value, as on a sale on the last day: ``max(rate * gain, -tax)``.

    A loss saves tax and is negative here; it saves at most the tax of its year, since nothing of it is carried on.
    Unit: that of ``gain``. Source: definition of this program, after the tax on a disposal.

    >>> tax_on_end_value(40.0, 0.25, 3.0), tax_on_end_value(-8.0, 0.25, 3.0), tax_on_end_value(-40.0, 0.25, 3.0)
    (10.0, -2.0, -3.0)
    """
    return max(rate * gain, -tax_of_last_year)


def deferred_tax(book_value: float, tax_value: float, rate: float) -> float:
    """Tax that is put off: ``rate * (book value - tax value)``, a liability; negative is an asset.

    What is written off faster for tax than in the books is not deductible any more when the books write it off. Unit:
    that of ``book_value``. Source: liability method of deferred tax (IAS 12, ASC 740, ASBJ Guidance 28).

    >>> deferred_tax(80.0, 60.0, 0.3), deferred_tax(50.0, 60.0, 0.3)
    (6.0, -3.0)
    """
    return rate * (book_value - tax_value)
