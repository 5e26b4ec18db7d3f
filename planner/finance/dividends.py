"""What may be paid to owners, and whether lenders let it be paid."""

from __future__ import annotations

from collections.abc import Sequence

from planner.finance.lending import debt_service_cover


def distributable(opening: float, net_profits: Sequence[float], paid: Sequence[float]) -> float:
    """Profit that may be paid out: ``opening + all net profit so far - what was paid of it``, never less than nothing.

    Losses come off it, of whichever year. So section 830 of the Companies Act 2006 of the United Kingdom has it:
    accumulated realised profits that were not distributed before, less accumulated realised losses.

    >>> distributable(10.0, [-30.0, 50.0], [5.0]), distributable(0.0, [-30.0, 20.0], [])
    (25.0, 0.0)
    """
    return max(0.0, opening + sum(net_profits) - sum(paid))


def is_locked_up(operating_cash: float, debt_service: float, cover: float | None) -> bool:
    """Whether lenders let nothing be paid for a year, since cash from operations pays less often for its debt service.

    Lenders ask for more than for the covenant whose breach is a default, so that money stays before it comes to
    that. A year without debt service has no cover, and is open.

    >>> is_locked_up(120.0, 100.0, 1.25), is_locked_up(125.0, 100.0, 1.25), is_locked_up(-5.0, 0.0, 1.25)
    (True, False, False)
    """
    found = debt_service_cover(operating_cash, debt_service)
    return cover is not None and found is not None and found < cover
