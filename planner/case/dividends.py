"""What owners are paid within the horizon, and what has to be kept before."""

from __future__ import annotations

from planner.case.quantities import (
    Amount,
    Duration,
    DurationText,
    FiscalYear,
    MoneyText,
    Noun,
    PositiveMoney,
    Share,
    Text,
)


class Dividends(Noun):
    """What owners are paid out of profit within the horizon: at most what the books and lenders allow."""

    payment_lag: DurationText = Duration(value=3, unit="month")
    """From the end of a fiscal year to the end of the month in which the dividend for it is paid; what would be paid
    after the horizon is left as cash. A dividend for a year before the horizon is negative ``funding``."""
    opening_retained_profit: MoneyText | None = None
    """Profit of earlier years that may still be paid out at the start; negative where losses have to be made good
    first. None where it is left out."""
    most_share_of_profit: Share | None = None
    """Most of a fiscal year's profit after tax that is paid for it, in years for which nothing is stated; without it as
    much as is left of all profit so far."""
    stated: dict[FiscalYear, PositiveMoney] = {}
    """What is paid for a fiscal year, no more and no less; of other years the plan decides."""
    lock_up_cover: Amount | None = None
    """How many times cash from operations of a fiscal year, as for the least debt service cover, pays for its debt
    service at least, or no dividend is paid for it; without it lenders ask for nothing."""
    source: Text = ""
    """Where the figures come from."""
