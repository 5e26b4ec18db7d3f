"""Sizes of changes: a number with the unit that it needs where it is used, and shares that may be below zero."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from planner.case.quantities.base import kind, refuse, shown
from planner.case.quantities.durations import MONTHS_PER, time_hint, time_unit
from planner.case.quantities.meant import in_unit, unit_meant
from planner.case.quantities.money import CURRENCIES, Money, amount_text
from planner.case.quantities.physical import hundredth
from planner.case.quantities.text import narrowed, parse_number, split_quantity
from planner.case.words import nearest

_ALLOWED = "a number such as 1.2, a share such as 80 %, or a figure with its unit, such as 3 months or 150 JPY"
_FRACTION = re.compile(r"(-?\d{1,9})/([1-9]\d{0,8})", re.ASCII)
_PHYSICAL = {"W": (1e-3, "kW"), "kW": (1.0, "kW"), "MW": (1e3, "kW"), "GW": (1e6, "kW")} | {
    "Gbps": (1.0, "Gbps"),
    "Tbps": (1e3, "Gbps"),
}


@dataclass(frozen=True, slots=True)
class Size:
    """How much: a number, and the unit in which it is told; a share and a multiple have none.

    >>> str(Size.parse("80 %")), str(Size.parse("2 weeks")), str(Size.parse("1.5 bn JPY")), str(Size.parse(-3))
    ('0.8', '2 weeks', '1_500_000_000 JPY', '-3')
    """

    number: float
    unit: str = ""
    """Nothing, a unit of time in the singular, a currency, a currency per something, kW or Gbps."""

    @classmethod
    def parse(cls, value: object) -> Self:
        """Reads ``1.2``, ``80 %``, ``1/3``, ``-2 months``, ``150 JPY``, ``20 JPY/kWh`` or ``1 MW``."""
        if isinstance(value, cls):
            return value
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise refuse(f"{kind(value)}, not a size", _ALLOWED)
        if not isinstance(value, str):
            if not math.isfinite(value):
                raise refuse(f"{shown(value)} is not a finite number", _ALLOWED)
            return cls(parse_number(repr(float(value)), _ALLOWED))
        return cls(*_of_text(value))

    @property
    def is_time(self) -> bool:
        """Whether it is a length of time."""
        return self.unit in MONTHS_PER

    @property
    def months(self) -> float:
        """A length of time in months, not rounded; may be below zero."""
        return self.number * MONTHS_PER[self.unit]

    def plain(self) -> float | str:
        """As a case file has it: a number, or a text with its unit."""
        number = int(self.number) if self.number == int(self.number) else self.number
        if not self.unit:
            return number
        if self.is_time:
            return f"{number} {self.unit}{'' if abs(self.number) == 1 else 's'}"
        return f"{amount_text(self.number)} {self.unit}"

    def __str__(self) -> str:
        return str(self.plain())

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(cls.plain)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: object, _handler: object) -> dict[str, Any]:
        return {"anyOf": [{"type": "number"}, {"type": "string"}], "examples": [1.2, "80 %", "3 months", "150 JPY"]}


def _of_text(value: str) -> tuple[float, str]:
    """The number and the unit of a text; money is the last that it can be, and knows best what is wrong."""
    plain = narrowed(value).strip()
    if fraction := _FRACTION.fullmatch(plain):
        return int(fraction[1]) / int(fraction[2]), ""
    head, slash, per = plain.partition("/")
    if slash:
        money = Money.parse(head, _ALLOWED, f"/{per.strip()}")
        return money.amount, f"{money.currency}/{per.strip()}"
    if not plain.endswith("円"):
        number, unit = split_quantity(value, _ALLOWED)
        if not unit:
            raise refuse(f"{shown(value)} is text", _ALLOWED, f"write {number:g}, without quotes")
        if (known := _with_unit(number, unit)) is not None:
            return known
    try:
        money = Money.parse(value, _ALLOWED)
    except PydanticCustomError as error:
        if hint := _unit_hint(plain):
            raise refuse(f"{shown(value)} has no unit that is read", _ALLOWED, hint) from error
        raise
    return money.amount, money.currency


def _unit_hint(plain: str) -> str:
    """The same with the unit that is nearly there; empty where none is, or where it is rather a currency."""
    number, unit = split_quantity(plain, _ALLOWED)
    if nearest(unit.upper(), CURRENCIES) or not unit.isascii() or " " in unit:
        return ""
    if unit.lower() in ("pct", "percent"):
        return f"write {number:g} %"
    if meant := unit_meant(unit, _PHYSICAL):
        return f"did you mean {in_unit(number, meant)}?"
    return time_hint(number, unit)


def _with_unit(number: float, unit: str) -> tuple[float, str] | None:
    """A number and the unit in which it is held; None for a unit that is none of these."""
    if unit == "%":
        return hundredth(number), ""
    if unit in _PHYSICAL:
        factor, held_in = _PHYSICAL[unit]
        return number * factor, held_in
    singular = time_unit(unit)
    return None if singular is None else (number, singular)


def size_in(value: object) -> Size | None:
    """What a value says as a size; None where it is another kind of value."""
    try:
        return Size.parse(value)
    except PydanticCustomError:
        return None


def parse_signed_share(value: object) -> float:
    """Reads ``-30 %``, ``-0.3`` or ``0.3``: a share that may be below zero.

    >>> parse_signed_share("-30 %"), parse_signed_share(0.5)
    (-0.3, 0.5)
    """
    allowed = "a number from -1 to 1, or a share from -100 % to 100 %"
    try:
        size = Size.parse(value)
    except PydanticCustomError as error:
        words = error.context or {}
        raise refuse(words["found"], allowed, words["remedy"]) from error
    if size.unit:
        raise refuse(f"{shown(value)} has a unit", allowed)
    if not -1 <= size.number <= 1:
        near = size.number / 100
        meant = f"did you mean {size.number:g} %?" if not isinstance(value, str) and -1 <= near <= 1 else ""
        raise refuse(f"{shown(value)} lies outside -1 to 1", allowed, meant)
    return size.number


SignedShare = Annotated[
    float,
    BeforeValidator(parse_signed_share),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": -1, "maximum": 1}, {"type": "string", "pattern": "%$"}]}),
]
"""A share that may be below zero, held as a number from -1 to 1."""
