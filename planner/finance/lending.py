"""What borrowed money costs, and whether what comes in covers it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence


def interest(owed: float, rate_per_year: float, months: float) -> float:
    """Interest on what is owed all through some months: ``owed * rate * months / 12``.

    Unit: that of ``owed``. Source: simple interest by equal months, usual for term loans.

    >>> interest(1000.0, 0.02, 3)
    5.0
    """
    return owed * rate_per_year * months / 12


def commitment_fee(undrawn: float, fee_per_year: float, months: float) -> float:
    """What a lender takes for keeping money ready through some months: ``undrawn * fee * months / 12``.

    Unit: that of ``undrawn``. Source: commitment fee of facility agreements, a share per year of the undrawn part
    while the facility is open.

    >>> commitment_fee(800.0, 0.005, 6)
    2.0
    """
    return undrawn * fee_per_year * months / 12


def level_payment(rate: float, payments: float, balloon: float = 0.0) -> float:
    """Interest and principal that are the same sum each time, for one unit of money that is lent:
    ``(1 - balloon / growth) * rate / (1 - 1 / growth)`` with ``growth = (1 + rate) ** payments``.

    ``rate`` is the interest of one payment's time, ``payments`` how many there are, and ``balloon`` the share that is
    still owed after the last of them. Source: annuity of financial mathematics; ``PMT`` of spreadsheet programs, with
    the sign turned round.

    >>> round(10_000 * level_payment(0.08 / 12, 10), 2)  # the worked example of PMT in Microsoft's documentation
    1037.03
    >>> level_payment(0.0, 4, balloon=0.2)
    0.2
    """
    return rate * balloon + (1 - balloon) / level_payments_worth(rate, payments)


def level_payments_worth(rate: float, payments: float) -> float:
    """What payments of one unit each are worth when the loan is given: ``(1 - (1 + rate) ** -payments) / rate``.

    Without interest as much as there are payments. Unit: payments. Source: present value of an annuity; ``PV``.

    >>> level_payments_worth(0.25, 2)
    1.44
    >>> level_payments_worth(0.0, 2.5)
    2.5
    """
    return -math.expm1(-payments * math.log1p(rate)) / rate if rate > 0 else payments


def share_repaid_by_level_payments(rate: float, paid: float, payments: float) -> float:
    """Share of a loan that level payments have paid back: ``((1 + rate) ** paid - 1) / ((1 + rate) ** payments - 1)``.

    What each of them pays back is larger than the one before by the interest on that. Without interest the parts are
    equal. Source: annuity of financial mathematics; sums of ``PPMT``.

    >>> share_repaid_by_level_payments(0.5, 1, 2)
    0.4
    >>> share_repaid_by_level_payments(0.0, 1, 4)
    0.25
    """
    if paid >= payments:
        return 1.0
    if paid <= 0:
        return 0.0
    growth = math.log1p(rate)
    return math.expm1(paid * growth) / math.expm1(payments * growth) if growth > 0 else paid / payments


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
    """How many times operating cash pays for debt service: ``cash / service``; None without service.

    Unit: a multiple; below 1 the debt is not served from operations. Source: debt service coverage ratio of lenders.

    >>> debt_service_cover(30.0, 20.0), debt_service_cover(30.0, 0.0)
    (1.5, None)
    """
    # Less than one unit of currency is what binary numbers leave of a loan that is paid back.
    return operating_cash / debt_service if debt_service >= 1 else None
