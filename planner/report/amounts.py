"""How a figure is written where people read it: the unit in which it is one or more, and digits that mean something.

A figure shows three significant digits at least. Money with a scale always shows two decimals, so that amounts of one
scale can be added up by eye.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from planner.vocabulary.message import Message, say

SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "mn"))
"""Scales of money."""
POWER = ((1e6, "GW"), (1e3, "MW"), (1.0, "kW"))
COMPUTE = ((1e3, "EFLOPS"), (1.0, "PFLOPS"))
"""Units of power and of compute, and how many kW and PFLOPS they are; the largest first."""
SIGNIFICANT = 3
MOST_DECIMALS = 6
"""What is smaller than the last of these is the rounding of larger numbers."""
LEAST_MONEY = 0.005
"""A smaller amount of money is none."""


def digits(value: float) -> str:
    """A number to three significant digits, and never without its whole part.

    >>> digits(48), digits(0.0481), digits(21.0978), digits(217.15), digits(18904.2), digits(-2.5), digits(1e-9)
    ('48', '0.0481', '21.1', '217', '18,904', '-2.5', '0')
    """
    if not math.isfinite(value) or round(value, MOST_DECIMALS) == 0:
        return "0" if math.isfinite(value) else f"{value}"
    text = f"{value:,.{decimals_of(value)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimals_of(value: float) -> int:
    """Decimals with which a number shows three significant digits; none where its whole part has as many.

    >>> decimals_of(0.67), decimals_of(3.14), decimals_of(447), decimals_of(0)
    (3, 2, 0, 0)
    """
    if value == 0:
        return 0
    return min(max(SIGNIFICANT - 1 - math.floor(math.log10(abs(value))), 0), MOST_DECIMALS)


def short(amount: float) -> str:
    """An amount of money with its scale.

    >>> short(50.1e9), short(999_999_999), short(-1.25e6), short(1234.5), short(57), short(0.0481), short(1e-7)
    ('50.10 bn', '1.00 bn', '-1.25 mn', '1,234', '57', '0.0481', '0')
    """
    size = abs(amount)
    for unit, word in SCALES:
        if round(size / unit, 5) >= 1:
            return f"{amount / unit:,.2f} {word}"
    if size < LEAST_MONEY:
        return "0"
    return digits(amount) if size < 1 or amount == round(amount) else f"{amount:,.{0 if size >= 100 else 2}f}"


def money(amount: float, currency: str) -> str:
    """Money with its scale and currency: ``50.10 bn JPY``."""
    return f"{short(amount)} {currency}"


def power(kw: float) -> str:
    """Electric power.

    >>> power(17_800), power(88), power(999.7), power(1_230_000)
    ('17.8 MW', '88 kW', '1 MW', '1.23 GW')
    """
    return _in_unit(kw, POWER)


def compute(pflops: float) -> str:
    """Throughput.

    >>> compute(48), compute(21_097.8), compute(0.5)
    ('48 PFLOPS', '21.1 EFLOPS', '0.5 PFLOPS')
    """
    return _in_unit(pflops, COMPUTE)


def percent(share: float) -> str:
    """A share of a whole, as it is written everywhere: the sign stands apart, as units do.

    >>> percent(0.391), percent(0.00081), percent(1), percent(0)
    ('39.1 %', '0.081 %', '100 %', '0 %')
    """
    return str(share_words(share))


def share_words(share: float) -> Message:
    """The same for a text that is said in a language: Japanese sets the sign close."""
    return say("{number} %", number=digits(100 * share))


def _in_unit(value: float, units: Sequence[tuple[float, str]]) -> str:
    """A figure in the largest unit in which it is one or more, as it is rounded; else in the smallest."""
    size, word = next((one for one in units if abs(value) >= one[0] * (1 - 0.5 * 10**-SIGNIFICANT)), units[-1])
    return f"{digits(value / size)} {word}"
