"""Shares of a whole, electric power and bandwidth, each with its unit."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, cast

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from planner.case.quantities.base import kind, refuse, refuse_negative, shown
from planner.case.quantities.meant import in_unit, is_energy, unit_meant
from planner.case.quantities.money import amount_text
from planner.case.quantities.text import narrowed, split_quantity


def parse_share(value: object) -> float:
    """Reads ``50 %``, ``0.5`` or ``1/3``; a bare number above 1 is refused with the likely meaning.

    >>> parse_share("50 %"), parse_share(0.5), parse_share("1/4"), parse_share("34.6 %")
    (0.5, 0.5, 0.25, 0.346)
    """
    allowed = "a share between 0 and 1, or between 0 % and 100 %, or a fraction such as 1/3"
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        raise refuse(f"{kind(value)}, not a share", allowed)
    if isinstance(value, str):
        number = _share_in(value, allowed)
    else:
        number = float(cast("float", value)) + 0.0  # no minus in front of zero
        if not math.isfinite(number):
            raise refuse(f"{shown(value)} is not a finite number", allowed)
        if 1 < number <= 100:
            raise refuse(f"{shown(value)} is more than the whole", allowed, f"did you mean {number:g} %?")
    if not 0 <= number <= 1:
        raise refuse(f"{shown(value)} lies outside 0 to 100 %", allowed)
    return number


_PERCENT_IN = {"割": 10.0, "bp": 0.01, "bps": 0.01, "‰": 0.1, "permille": 0.1, "per mille": 0.1}
"""Per cent in one of other units of shares."""
_WHOLE = 100
"""Per cent of everything."""


def _share_in(text: str, allowed: str) -> float:
    """A fraction or a percentage as a number."""
    if fraction := re.fullmatch(r"(\d{1,9})/(\d{1,9})", narrowed(text).strip(), re.ASCII):
        if int(fraction[2]) == 0:
            raise refuse(f"{shown(text)} divides by zero", allowed)
        return int(fraction[1]) / int(fraction[2])
    number, unit = split_quantity(text, allowed)
    if not unit:
        as_number = f"write {number:g}, without quotes" if 0 <= number <= 1 else f"did you mean {number:g} %?"
        raise refuse(f"{shown(text)} is text", allowed, as_number if 0 <= number <= _WHOLE else "")
    if unit != "%":
        percent = float(f"{number * _PERCENT_IN.get(unit.lower(), 1.0):.12g}")
        remedy = f"if it is a share, write {percent:g} %" if 0 <= percent <= _WHOLE else ""
        raise refuse(f"the unit {shown(unit)} is not a share", allowed, remedy)
    return hundredth(number)


def hundredth(percent: float) -> float:
    """A hundredth of a number as it is written: what a spreadsheet holds for the same percentage.

    In binary 34.6 / 100 is a little more than 0.346, and a case would be another one in a file than in a workbook.
    """
    return float(Decimal(repr(percent)).scaleb(-2))


Share = Annotated[
    float,
    BeforeValidator(parse_share),
    WithJsonSchema(
        {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": r"(%|\d/\d+)$"}]}
    ),
]
"""A share of a whole, held as a number from 0 to 1."""


def _physical(units: dict[str, float], allowed: str) -> Callable[[object], float]:
    def parse(value: object) -> float:
        refuse_negative(value, allowed)
        number, unit = split_quantity(value, allowed, next(iter(units)))
        if unit not in units:
            found = "no unit" if not unit else f"the unit {shown(unit)}"
            found += ", which is energy and not power" if is_energy(unit) and "kW" in units else ""
            raise refuse(f"{shown(value)} has {found}", allowed, _unit_hint(number, unit, units))
        if number < 0:
            raise refuse(f"{shown(value)} is negative", allowed)
        return number * units[unit]

    return parse


def _unit_hint(number: float, unit: str, units: dict[str, float]) -> str:
    """The same number with the unit that is probably meant; empty where nobody can tell."""
    if number < 0:
        return ""
    if not unit:
        near = next(iter(units))
    else:
        plain = unicodedata.normalize("NFKC", unit).lower()
        near = next((known for known in units if known.lower() == plain), "")
    if near:
        return f"write {number:g} {near}, if that is meant"
    meant = unit_meant(unit, units)
    return f"did you mean {in_unit(number, meant)}?" if meant else ""


PowerKw = Annotated[
    float,
    BeforeValidator(
        _physical({"kW": 1.0, "MW": 1e3, "GW": 1e6, "W": 1e-3}, "power with its unit, such as 14.3 kW or 6 MW")
    ),
    PlainSerializer(lambda kw: f"{amount_text(kw)} kW"),
    WithJsonSchema({"type": "string", "examples": ["14.3 kW", "6 MW"]}),
]
"""Electric power, held in kW."""

BandwidthGbps = Annotated[
    float,
    BeforeValidator(_physical({"Gbps": 1.0, "Tbps": 1e3}, "bandwidth with its unit, such as 400 Gbps")),
    PlainSerializer(lambda gbps: f"{amount_text(gbps)} Gbps"),
    WithJsonSchema({"type": "string", "examples": ["400 Gbps"]}),
]
"""Network bandwidth, held in Gbit/s."""
