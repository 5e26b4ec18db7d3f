"""Examples in messages, in the currency of the case that is read: what is proposed can be typed as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from math import floor, log10

from planner.case.usual_prices import ROUGH_USD

_USUAL = "JPY"
_CURRENCY: ContextVar[str] = ContextVar("currency of examples", default=_USUAL)
_LARGE, _SMALL = 20e9, 40e6
"""Yen: a budget, and the price of a system."""
_RATES = {"kWh": 12.5, "kW-month": 20_000.0, "accelerator-hour": 400.0, "PFLOPS-hour": 200.0}
"""Yen for one of each unit."""


@contextmanager
def examples_in(currency: str) -> Iterator[None]:
    """Messages inside take their examples in a currency."""
    token = _CURRENCY.set(currency)
    try:
        yield
    finally:
        _CURRENCY.reset(token)


def own_currency() -> str:
    """The currency of the case that is read; yen where there is none."""
    return _CURRENCY.get()


def money_allowed() -> str:
    """What money looks like."""
    return _money_allowed(own_currency())


def rates_allowed(units: tuple[str, ...]) -> str:
    """What money per unit looks like, an example for each unit."""
    return _rates_allowed(own_currency(), units)


def money_example() -> str:
    """An amount of money, such as ``20 bn JPY``."""
    return _large(own_currency())


def rate_example(unit: str) -> str:
    """Money per a unit, such as ``12.5 JPY/kWh``."""
    return _rates_allowed(own_currency(), (unit,))


@cache
def _money_allowed(currency: str) -> str:
    return f"money with its currency, such as {_large(currency)} or {int(_in(currency, _SMALL)):_} {currency}"


def _large(currency: str) -> str:
    large = _in(currency, _LARGE)
    size, scale = next((s, w) for s, w in ((1e12, "tn"), (1e9, "bn"), (1e6, "mn"), (1.0, "")) if large >= s)
    return f"{large / size:g} {scale} {currency}"


@cache
def _rates_allowed(currency: str, units: tuple[str, ...]) -> str:
    return " or ".join(f"{_in(currency, _RATES[unit]):.15g} {currency}/{unit}" for unit in units)


def _in(currency: str, yen: float) -> float:
    """About as much in another currency, to one figure; the same number in one whose worth is not known."""
    if currency == _USUAL or currency not in ROUGH_USD:
        return yen
    amount = yen * ROUGH_USD[_USUAL] / ROUGH_USD[currency]
    return round(amount, -floor(log10(amount)))
