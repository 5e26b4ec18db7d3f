"""What borrowed money costs, and whether what comes in covers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def interest(owed: float, rate_per_year: float, months: float) -> float:
    """Interest on what is owed all through some months: ``owed * rate * months / 12``.

    Unit: that of ``owed``. Source: simple interest by equal months, usual for term loans.

    >>> interest(1000.0, 0.02, 3)
    5.0
    """
    return owed * rate_per_year * months / 12


def scheduled_repayments(due: Sequence[float], repaid: Sequence[float], years: Iterable[Sequence[int]]) -> list[float]:
    """What the terms of a loan oblige to repay in each period; ``due`` and ``repaid`` are sums so far, from the start.

    ``max(0, due[t] - max(due[t-1], repaid before the fiscal year))``: over a fiscal year what has fallen due by its
    end, less what was repaid before it began. Repaid early within a year is still repaid for that year; what was repaid
    in an earlier one asks for nothing any more, and was voluntary then. Unit: that of ``due``. Source: scheduled debt
    service of loan agreements, voluntary prepayments set against the next instalments.

    >>> scheduled_repayments([10, 20, 30, 40], [10, 35, 35, 40], [(0, 1), (2, 3)])
    [10, 10, 0, 5]
    """
    found = []
    for periods in years:
        first = periods[0]
        settled = repaid[first - 1] if first else 0
        for t in periods:
            found.append(max(0, due[t] - max(due[t - 1] if t else 0, settled)))
    return found


def debt_service_cover(operating_cash: float, debt_service: float) -> float | None:
    """How many times operating cash pays interest and scheduled repayments: ``cash / service``; None without service.

    Unit: a multiple; below 1 the debt is not served from operations. Source: debt service coverage ratio of lenders.

    >>> debt_service_cover(30.0, 20.0), debt_service_cover(30.0, 0.0)
    (1.5, None)
    """
    # Less than one unit of currency is what binary numbers leave of a loan that is paid back.
    return operating_cash / debt_service if debt_service >= 1 else None
