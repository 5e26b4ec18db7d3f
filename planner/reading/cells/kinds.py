"""What a cell of the template may hold, by the type of its field, and how a case file would write it."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from planner.case import quantities
from planner.case.finance import Currency
from planner.case.timeline import Timeline

Shape = Literal[
    "money",
    "rate",
    "unit",
    "share",
    "duration",
    "month",
    "fiscal year",
    "number",
    "count",
    "switch",
    "name",
    "text",
    "currency",
    "choice",
    "path",
    "any",
]


class ShapeWords(NamedTuple):
    """What a cell of a shape takes: in a header, and in a sentence; nothing where its kind says more."""

    header: str = ""
    sentence: str = ""


SHAPE_WORDS: dict[Shape, ShapeWords] = {
    "money": ShapeWords("money", "an amount, in the currency of its row"),
    "share": ShapeWords("share or %", "a share, such as 50 %"),
    "duration": ShapeWords("", "months, or a text such as 26 weeks"),
    "month": ShapeWords("month", "the first day of a month"),
    "fiscal year": ShapeWords("FY", "a fiscal year such as FY2025"),
    "count": ShapeWords("whole number", "a whole number"),
    "number": ShapeWords("number", "a number"),
    "switch": ShapeWords("yes/no", "yes or no"),
    "currency": ShapeWords("code"),
}


@dataclass(frozen=True)
class Kind:
    """How the cells of one field are read."""

    shape: Shape
    units: tuple[str, ...] = ()
    """What a bare number counts, such as kW; of a rate, what may stand behind the slash."""
    choices: tuple[str, ...] = ()
    many: bool = False
    """Several in one cell, with commas between them."""
    by_month: bool = False
    """May have steps, one a row."""
    negative: bool = False
    """Whether a number below zero has a meaning."""

    @property
    def has_money(self) -> bool:
        """Whether a bare number needs a currency beside it."""
        return self.shape in ("money", "rate")

    def per(self, metric: str) -> str:
        """What a bare price is per, where its row counts a metric."""
        if len(self.units) == 1 or not metric:
            return self.units[0]
        return next(unit for unit in self.units if unit.startswith("accelerator") == (metric == "accelerators"))


_SHAPES: tuple[tuple[Any, Kind], ...] = (
    (quantities.DurationText, Kind("duration", ("months",))),
    (quantities.MoneyText, Kind("money", negative=True)),
    (quantities.PositiveMoney, Kind("money")),
    (quantities.EnergyPrice, Kind("rate", ("kWh",))),
    (quantities.PowerRent, Kind("rate", ("kW-month",))),
    (quantities.ComputePrice, Kind("rate", ("accelerator-hour", "PFLOPS-hour"))),
    (quantities.AcceleratorPrice, Kind("rate", ("accelerator-hour",))),
    (quantities.Share, Kind("share")),
    (quantities.PowerKw, Kind("unit", ("kW",))),
    (quantities.BandwidthGbps, Kind("unit", ("Gbps",))),
    (quantities.Amount, Kind("number")),
    (quantities.SignedShare, Kind("number", negative=True)),
    (quantities.Count, Kind("count")),
    (quantities.PerPeriod, Kind("count", ("per period",))),
    (quantities.YesNo, Kind("switch", choices=("yes", "no"))),
    (quantities.Name, Kind("name")),
    (quantities.FileName, Kind("name")),
    (quantities.Text, Kind("text")),
    (Currency, Kind("currency")),
)
_PLAIN: tuple[tuple[Any, Shape], ...] = (
    (quantities.Month, "month"), (quantities.FiscalYear, "fiscal year"), (Any, "any"), (str, "path"),
    (quantities.Size, "any"),
)  # fmt: skip
"""Types that read themselves."""
_BY_VALIDATOR = {id(get_args(hint)[1]): kind for hint, kind in _SHAPES}
"""Kinds by the validator that reads the field: the one thing that each of them has for itself."""


def kind_of(hint: Any) -> Kind:  # noqa: ANN401 - any type hint
    """The kind of a field that is a single value, a list of values, or a figure by month.

    Raises:
        TypeError: cells of such a type are not known here; a new quantity needs a line above.
    """
    plain = next((Kind(shape) for own, shape in _PLAIN if own is hint), None)
    return plain or _composed(hint, get_origin(hint), get_args(hint))


def _composed(hint: Any, origin: Any, parts: tuple[Any, ...]) -> Kind:  # noqa: ANN401
    if origin is Annotated:
        marks = (mark for mark in parts[1:] if not isinstance(mark, FieldInfo))
        return next((_BY_VALIDATOR[id(mark)] for mark in marks if id(mark) in _BY_VALIDATOR), None) or kind_of(parts[0])
    wrapped: dict[Any, Callable[[], Kind]] = {
        Literal: lambda: Kind("choice", choices=tuple(str(part) for part in parts)),
        Union: lambda: kind_of(next(part for part in parts if part is not types.NoneType)),
        types.UnionType: lambda: kind_of(next(part for part in parts if part is not types.NoneType)),
        Timeline: lambda: replace(kind_of(parts[0]), by_month=True),
        tuple: lambda: replace(kind_of(parts[0]), many=True),
    }
    if origin not in wrapped:
        raise TypeError(f"no words for {hint} in a cell")
    return wrapped[origin]()
