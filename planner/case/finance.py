"""The budget: currency, exchange rates, cash, and what a later yen is worth today."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from planner.case.quantities import (
    DurationText,
    FiscalYear,
    MoneyText,
    Month,
    Noun,
    PositiveMoney,
    Share,
    Text,
    YesNo,
    kind,
    refuse,
)
from planner.case.timeline import Timeline


def parse_currency(value: object) -> str:
    """Reads an ISO 4217 currency code."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{3}", value):
        raise refuse(f"{kind(value)}, not a currency", "a currency code of three capital letters, such as JPY")
    return value


Currency = Annotated[str, BeforeValidator(parse_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]


class ResalePoint(Noun):
    """One point of the resale curve."""

    age: DurationText
    """Age of the system."""
    share: Share
    """What it fetches, as a share of its typical price in the catalogue."""


class Finance(Noun):
    """The operator's budget and its terms."""

    currency: Currency
    """Currency of all results."""
    exchange_rates: dict[Currency, Timeline[MoneyText]] = {}
    """Price of one unit of a foreign currency, in the currency of the results, by month."""
    opening_cash: MoneyText
    """Cash at the start of the horizon."""
    funding: dict[Month, MoneyText] = {}
    """Money that comes in from owners and lenders, by month."""
    minimum_cash: PositiveMoney
    """Cash that must be left at the end of every period."""
    capex_limits: dict[FiscalYear, PositiveMoney] = {}
    """Most capital expenditure paid in a fiscal year, such as FY2025; a year that is left out has no limit."""
    discount_rate: Share
    """Discount rate per year."""
    resale: tuple[ResalePoint, ...] = ()
    """What a used system fetches by age, straight lines between the points; nothing without points."""
    terminal_value: YesNo = True
    """Whether what is still installed at the end counts at its resale value."""
    public_money_ceiling: Share = 1.0
    """Most that all grants together may pay of the cost of one investment."""
    source: Text = ""
    """Where the figures come from."""
