"""What borrowed money costs, and whether what comes in covers it."""

from __future__ import annotations


def interest(owed: float, rate_per_year: float, months: float) -> float:
    """Interest on what is owed all through some months: ``owed * rate * months / 12``.

    Unit: that of ``owed``. Source: simple interest by equal months, usual for term loans.

    >>> interest(1000.0, 0.02, 3)
    5.0
    """
    return owed * rate_per_year * months / 12


def debt_service_cover(operating_cash: float, debt_service: float) -> float | None:
    """How many times operating cash pays interest and repayments: ``cash / service``; None without debt service.

    Unit: a multiple; below 1 the debt is not served from operations. Source: debt service coverage ratio of lenders.

    >>> debt_service_cover(30.0, 20.0), debt_service_cover(30.0, 0.0)
    (1.5, None)
    """
    # Less than one unit of currency is what binary numbers leave of a loan that is paid back.
    return operating_cash / debt_service if debt_service >= 1 else None
