"""When what is sold or used on credit is paid."""

from __future__ import annotations

import math

DAYS_PER_MONTH = 30
"""Days of credit that are a month, whatever the length of the months in the calendar."""
ROUNDING = 1e-9
"""Part of a month that is none but for rounding."""


def paid_after(days: float) -> dict[int, float]:
    """The shares of a month's sale or use that are paid so many months later, by the number of months.

    With ``n`` the whole months in ``days / 30`` and ``r`` what is left: ``1 - r`` is paid after ``n`` months, ``r`` one
    month later. Unit: share. Source: thirty days of credit count as a month, as the Japan Fair Trade Commission counts
    sixty days for paying a subcontractor as two months whether these are long or short; what lies between two closing
    dates is spread in a straight line.

    Less than nothing are days in advance.

    >>> paid_after(60), paid_after(45), paid_after(0), paid_after(-90)
    ({2: 1.0}, {1: 0.5, 2: 0.5}, {0: 1.0}, {-3: 1.0})
    """
    months = days / DAYS_PER_MONTH
    whole = math.floor(months + ROUNDING)
    rest = months - whole
    return {whole: 1.0} if rest <= ROUNDING else {whole: 1.0 - rest, whole + 1: rest}
