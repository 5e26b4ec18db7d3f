"""Money per something: an energy price, a rent, the price of an hour of compute."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from planner.case.quantities.base import Noun, refuse, refuse_negative, refuse_without_unit, shown
from planner.case.quantities.examples import rates_allowed
from planner.case.quantities.meant import in_unit, unit_meant
from planner.case.quantities.money import Money, amount_text, not_negative
from planner.case.quantities.text import narrowed, refuse_long


class Rate(Noun):
    """Money per something: an energy price, a rent, the price of an hour of compute."""

    amount: float
    currency: str
    per: str

    def __str__(self) -> str:
        return f"{amount_text(self.amount)} {self.currency}/{self.per}"


def parse_rate(value: object, units: tuple[str, ...]) -> Rate:
    """Reads ``18.6 JPY/kWh``; only the given units may stand behind the slash."""
    if isinstance(value, Rate):
        return value
    allowed, per = rates_allowed(units), f"/{units[0]}"
    if not isinstance(value, str):
        allowed = f"money per unit, such as {allowed}"
        refuse_negative(value, allowed)
        if isinstance(value, int | float) and not isinstance(value, bool):
            Money.parse(value, allowed, per)
        raise refuse_without_unit(value, allowed)
    refuse_long(value, f"money per unit, such as {allowed}")
    head, slash, unit = narrowed(value).partition("/")
    if not slash and (worded := _WORDED.fullmatch(head)):
        raise refuse(f"{shown(value)} says per what in words", allowed, _meant(worded[1], worded[2], units, allowed))
    unit = unit.strip()
    if slash and unit not in units:
        found = f"{shown(value)} is per {unit or 'nothing'}, not per {' or '.join(units)}"
        raise refuse(found, allowed, _meant(head, unit, units, allowed))
    money = Money.parse(head, allowed, f"/{unit}" if slash else per)
    if not slash:
        raise refuse(f"{shown(value)} does not say per what", allowed, f"write {value.strip()}{per}")
    money = not_negative(money)
    return Rate(amount=money.amount, currency=money.currency, per=unit)


_WORDED = re.compile(r"(.*?)\s+per\s+(\S+)\s*", re.IGNORECASE)


def _meant(head: str, unit: str, units: tuple[str, ...], allowed: str) -> str:
    """The same price per the unit that is probably meant; empty where nobody can tell."""
    meant = unit_meant(unit, units) if unit else None
    if meant is None:
        return ""
    known, factor = meant
    money = Money.parse(head, allowed, f"/{known}")  # what is wrong with the amount is told with this unit behind
    if factor == 1.0:
        return f"did you mean {head.strip()}/{known}?"
    return f"did you mean {in_unit(money.amount, (f'{money.currency}/{known}', factor))}?"


def _read(*units: str) -> BeforeValidator:
    return BeforeValidator(lambda value: parse_rate(value, units))


def _schema(*units: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "examples": [f"12.5 JPY/{unit}" for unit in units]})


_HOURS = ("accelerator-hour", "PFLOPS-hour")
EnergyPrice = Annotated[Rate, _read("kWh"), PlainSerializer(str), _schema("kWh")]
"""Money per kWh."""
PowerRent = Annotated[Rate, _read("kW-month"), PlainSerializer(str), _schema("kW-month")]
"""Money per kW and month."""
ComputePrice = Annotated[Rate, _read(*_HOURS), PlainSerializer(str), _schema(*_HOURS)]
"""Money per accelerator-hour or per PFLOPS-hour."""
AcceleratorPrice = Annotated[Rate, _read("accelerator-hour"), PlainSerializer(str), _schema("accelerator-hour")]
"""Money per accelerator-hour."""
