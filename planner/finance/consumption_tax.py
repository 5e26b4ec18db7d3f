"""When consumption tax is settled with the state."""

from __future__ import annotations


def months_to_the_end(month: int, first_month: int, length: int) -> int:
    """How many months after a month of the year its tax period ends: ``length - 1 - (month - first) mod length``.

    Tax periods follow each other from the first month of the fiscal year. Unit: months. Source: a tax period is the
    fiscal year, or by choice its quarters or months, and tax is paid within two months of its end: articles 19 and 45
    of the Consumption Tax Act of Japan, as the National Tax Agency explains them (Tax Answer No. 6137 and 6601).

    >>> [months_to_the_end(month, 4, 3) for month in (4, 5, 6, 7)], months_to_the_end(1, 4, 12)
    ([2, 1, 0, 2], 2)
    """
    return length - 1 - (month - first_month) % 12 % length
