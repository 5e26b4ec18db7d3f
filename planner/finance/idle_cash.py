"""What cash that waits for its use earns."""

from __future__ import annotations


def interest_on_cash(balance: float, rate_per_year: float) -> float:
    """Interest of one month on cash that was there all through it: ``balance * rate / 12``; nothing on an overdraft.

    Unit: that of ``balance``. Source: simple interest by equal months on deposits, at the rate that is left after tax.

    >>> interest_on_cash(1200.0, 0.01), interest_on_cash(-5.0, 0.01)
    (1.0, 0.0)
    """
    return max(0.0, balance) * rate_per_year / 12
