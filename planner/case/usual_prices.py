"""What a unit of money is roughly worth, to tell a likely mistake of scale or currency; never used for a plan."""

from __future__ import annotations

import math
from collections.abc import Callable

ROUGH_USD = {
    "USD": 1.0, "EUR": 1.1, "GBP": 1.3, "CHF": 1.2, "JPY": 0.0067, "CNY": 0.14, "HKD": 0.13, "TWD": 0.031,
    "KRW": 0.0007, "SGD": 0.76, "INR": 0.0115, "AUD": 0.65, "NZD": 0.59, "CAD": 0.72, "THB": 0.03, "MYR": 0.23,
    "IDR": 0.00006, "VND": 0.00004, "PHP": 0.0175, "SEK": 0.1, "NOK": 0.095, "DKK": 0.15, "ISK": 0.0078, "PLN": 0.26,
    "CZK": 0.045, "HUF": 0.0028, "RON": 0.22, "ILS": 0.29, "AED": 0.27, "SAR": 0.27, "QAR": 0.27, "KWD": 3.25,
    "ZAR": 0.056, "BRL": 0.18, "MXN": 0.054, "CLP": 0.00105, "KZT": 0.0019,
}  # fmt: skip
"""US dollars for one unit, to within a factor of two; currencies that move faster than that are left out."""


def span_in(currency: str, least_usd: float, most_usd: float) -> tuple[float, float] | None:
    """A span of US dollars in another currency, widened to one significant figure; None for an unknown currency.

    >>> span_in("JPY", 10_000, 300e9)
    (1000000.0, 50000000000000.0)
    """
    in_usd = ROUGH_USD.get(currency)
    return (
        None if in_usd is None else (_rounded(least_usd / in_usd, math.floor), _rounded(most_usd / in_usd, math.ceil))
    )


def usual_rate(foreign: str, own: str) -> float | None:
    """Roughly what one unit of a foreign currency costs; None where one of the two is unknown."""
    if foreign not in ROUGH_USD or own not in ROUGH_USD:
        return None
    return ROUGH_USD[foreign] / ROUGH_USD[own]


def _rounded(value: float, towards: Callable[[float], int]) -> float:
    """A number with one significant figure left."""
    if value == 0:
        return 0.0
    digits = math.floor(math.log10(value))
    return float(f"{towards(round(value / 10.0**digits, 9))}e{digits}")
