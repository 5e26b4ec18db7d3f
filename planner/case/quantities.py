"""Quantities that a person writes with their unit: money, rates of money, power, shares, durations, months.

A bare number where a unit is needed is refused, because the most expensive mistakes are mistakes of a unit.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any, Self, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

LARGEST_EXACT_INTEGER = 2**53
"""Above this a binary floating-point number no longer holds every whole number."""


def refuse(found: str, allowed: str, remedy: str = "") -> PydanticCustomError:
    """The error of one wrong field, in three parts: what was found, what is allowed, the likely fix.

    Read the parts from the error's context: its message is a template, in which braces would be replaced.
    """
    return PydanticCustomError("quantity", "{found}", {"allowed": allowed, "remedy": remedy, "found": found})


def shown(value: object) -> str:
    """A value as an error message shows it: short, on one line."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def kind(value: object) -> str:
    """What a value is, in the words of someone who writes case files."""
    if value is None:
        return "is missing"
    if isinstance(value, bool):
        return f"is yes/no ({str(value).lower()})"
    if isinstance(value, int | float):
        return f"is the bare number {shown(value)}"
    if isinstance(value, str):
        return f"is the text {shown(value)}"
    if isinstance(value, dict):
        return "is a group of fields"
    return "is a list"


_NUMBER = r"[+-]?\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?"
_QUANTITY = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>\D.*)?", re.ASCII)


def parse_number(text: str, allowed: str) -> float:
    """A finite number that binary floating point holds exactly enough; refuses NaN, infinity and huge integers."""
    number = float(text.replace("_", ""))
    if not math.isfinite(number):
        raise refuse(f"{shown(text)} is not a finite number", allowed)
    if abs(number) >= LARGEST_EXACT_INTEGER:
        raise refuse(f"{shown(text)} is too large to be held exactly", allowed, "check the unit; write a larger unit")
    return number


def split_quantity(value: object, allowed: str) -> tuple[float, str]:
    """Splits a text such as ``14.3 kW`` into its number and its unit."""
    if not isinstance(value, str):
        raise refuse(f"{kind(value)}; a unit is needed", allowed, "write the unit behind the number")
    text = value.strip()
    plain = unicodedata.normalize("NFKC", text)
    if plain != text and not re.search(r"[円億万兆]", text):
        raise refuse(f"{shown(value)} has full-width characters", allowed, f"write {plain}")
    if re.search(r"\d,\d", plain):
        raise refuse(f"{shown(value)} has commas in the number", allowed, f"write {plain.replace(',', '')}")
    if re.fullmatch(r"\d{4}-\d{1,2}(-\d{1,2})?", plain):
        raise refuse(f"{shown(value)} is a date", allowed)
    match = _QUANTITY.fullmatch(plain)
    if match is None:
        symbols = re.search(r"[△▲(¥$€]", plain)
        remedy = "write a minus for △ or brackets, and the currency behind: -100 JPY" if symbols else ""
        raise refuse(f"{shown(value)} is not a number with a unit", allowed, remedy)
    return parse_number(match["number"], allowed), (match["unit"] or "").strip()


class Noun(BaseModel):
    """Base of everything that a case file may say: frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True)


# --- Months ---------------------------------------------------------------------------------------------------------


class Month(int):
    """A calendar month, counted in months since year zero, so that differences are whole months.

    >>> Month.parse("2024-04") + 6 == Month.parse("2024-10")
    True
    >>> str(Month.parse("2024-04"))
    '2024-04'
    """

    @classmethod
    def of(cls, year: int, month: int) -> Self:
        """The month ``month`` (1 to 12) of ``year``."""
        return cls(year * 12 + month - 1)

    @classmethod
    def parse(cls, value: object) -> Self:
        """Reads ``2024-04``; refuses every other way of writing a month."""
        allowed = "a month as YYYY-MM, such as 2024-04"
        if isinstance(value, Month):
            return cls(value)
        if not isinstance(value, str):
            raise refuse(f"{kind(value)}, not a month", allowed)
        match = re.fullmatch(r"(\d{4})-(\d{2})", value.strip(), re.ASCII)
        if match is None:
            other = re.fullmatch(r"(\d{4})\D?(\d{1,2})(?:\D?\d{1,2})?", unicodedata.normalize("NFKC", value.strip()))
            hint = f"write {other[1]}-{int(other[2]):02d}" if other and 1 <= int(other[2]) <= 12 else ""
            raise refuse(f"{shown(value)} is not a month", allowed, hint)
        year, month = int(match[1]), int(match[2])
        if not (1 <= month <= 12 and 1900 <= year <= 2200):
            raise refuse(f"there is no month {value.strip()}", allowed)
        return cls.of(year, month)

    @property
    def year(self) -> int:
        """Calendar year."""
        return int(self) // 12

    @property
    def month(self) -> int:
        """Calendar month, 1 to 12."""
        return int(self) % 12 + 1

    def plus(self, months: int) -> Month:
        """The month that lies ``months`` later."""
        return Month(int(self) + months)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __repr__(self) -> str:
        return f"Month({self})"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: object, _handler: object) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}$", "examples": ["2024-04"]}


# --- Durations ------------------------------------------------------------------------------------------------------

DAYS_PER_MONTH = 365.25 / 12
_MONTHS_PER = {"month": 1.0, "year": 12.0, "week": 7 / DAYS_PER_MONTH, "day": 1 / DAYS_PER_MONTH}


class Duration(Noun):
    """A length of time as it was written, and the whole months that the plan counts it as (rounded up).

    >>> Duration(value=26, unit="week").months, Duration(value=5, unit="year").months
    (6, 60)
    """

    value: float = Field(ge=0)
    unit: str

    @classmethod
    def parse(cls, value: object) -> Duration:
        """Reads ``26 weeks``, ``5 years``, ``18 months`` or ``90 days``."""
        allowed = "a duration such as 26 weeks, 18 months or 5 years"
        if isinstance(value, Duration):
            return value
        number, unit = split_quantity(value, allowed)
        singular = unit.removesuffix("s")
        if singular not in _MONTHS_PER:
            found = f"the unit {shown(unit)} is not a unit of time" if unit else f"{shown(value)} has no unit"
            raise refuse(found, allowed)
        if number < 0:
            raise refuse(f"{shown(value)} is negative", allowed)
        return cls(value=number, unit=singular)

    @property
    def months(self) -> int:
        """Whole months, rounded up: 26 weeks are 6 months."""
        return math.ceil(self.value * _MONTHS_PER[self.unit] - 1e-9)

    def __str__(self) -> str:
        plural = "" if self.value == 1 else "s"
        number = int(self.value) if self.value == int(self.value) else self.value  # reads back as exactly the same
        return f"{number} {self.unit}{plural}"


DurationText = Annotated[
    Duration,
    BeforeValidator(Duration.parse),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["26 weeks", "18 months", "5 years"]}),
]

# --- Money ----------------------------------------------------------------------------------------------------------

_SCALES = {
    "": 1.0,
    "thousand": 1e3, "k": 1e3,
    "million": 1e6, "m": 1e6, "mn": 1e6,
    "billion": 1e9, "bn": 1e9,
    "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_YEN_SCALES = {"円": 1.0, "千円": 1e3, "万円": 1e4, "百万円": 1e6, "億円": 1e8, "兆円": 1e12}


class Money(Noun):
    """An amount of money with its currency, as an ISO 4217 code."""

    amount: float
    currency: str

    @classmethod
    def parse(cls, value: object) -> Money:
        """Reads ``20 bn JPY``, ``310_000 USD``, ``50.1 bn JPY`` or ``100 億円``."""
        allowed = "money with its currency, such as 20 bn JPY or 310_000 USD"
        if isinstance(value, Money):
            return value
        number, unit = split_quantity(value, allowed)
        if unit in _YEN_SCALES:
            return cls(amount=parse_number(repr(number * _YEN_SCALES[unit]), allowed), currency="JPY")
        words = unit.split()
        currency = words[-1] if words else ""
        scale = " ".join(words[:-1]).lower()
        if not re.fullmatch(r"[A-Z]{3}", currency):
            found = (
                f"{shown(value)} has no currency"
                if not re.search(r"[^\W\d_]{3}$", unit)
                else (f"{shown(currency)} is not a currency code")
            )
            known = {"JPY": "JPY", "YEN": "JPY", "USD": "USD", "DOLLAR": "USD", "DOLLARS": "USD", "EUR": "EUR"}
            code = known.get(currency.upper())
            hint = f"write {code}" if code else "end with the currency code that is meant, such as JPY"
            raise refuse(found, allowed, hint)
        if scale not in _SCALES:
            raise refuse(f"{shown(scale)} is not a scale of money", allowed, "use thousand, million, bn or tn")
        return cls(amount=parse_number(repr(number * _SCALES[scale]), allowed), currency=currency)

    @property
    def words(self) -> str:
        """The amount as people say it, to four figures: ``50.1 bn JPY``."""
        for size, scale in ((1e12, "tn "), (1e9, "bn "), (1e6, "mn ")):
            if abs(self.amount) >= size:
                return f"{self.amount / size:,.4g} {scale}{self.currency}"
        return f"{self.amount:,.10g} {self.currency}"

    def __str__(self) -> str:
        return f"{amount_text(self.amount)} {self.currency}"


def amount_text(amount: float) -> str:
    """A plain decimal text that reads back as exactly the same number.

    >>> amount_text(2e10), amount_text(0.5), amount_text(18.6)
    ('20_000_000_000', '0.5', '18.6')
    """
    if amount == int(amount) and abs(amount) < LARGEST_EXACT_INTEGER:
        return f"{int(amount):_}"
    return repr(amount)


_MONEY_SCHEMA = {"type": "string", "examples": ["20 bn JPY", "310_000 USD"]}
MoneyText = Annotated[Money, BeforeValidator(Money.parse), PlainSerializer(str), WithJsonSchema(_MONEY_SCHEMA)]


def _not_negative(money: Money) -> Money:
    if money.amount < 0:
        raise refuse(f"{money} is negative", "an amount of zero or more")
    return money


PositiveMoney = Annotated[
    Money, BeforeValidator(lambda value: _not_negative(Money.parse(value))), PlainSerializer(str),
    WithJsonSchema(_MONEY_SCHEMA),
]  # fmt: skip
"""Money that may not be negative."""


class Rate(Noun):
    """Money per something: an energy price, a rent, the price of an hour of compute."""

    amount: float
    currency: str
    per: str

    def __str__(self) -> str:
        return f"{amount_text(self.amount)} {self.currency}/{self.per}"


def parse_rate(value: object, units: tuple[str, ...]) -> Rate:
    """Reads ``18.6 JPY/kWh``; only the given units may stand behind the slash."""
    allowed = " or ".join(f"12.5 JPY/{unit}" for unit in units)
    if isinstance(value, Rate):
        return value
    if not isinstance(value, str):
        raise refuse(f"{kind(value)}; a unit is needed", f"money per unit, such as {allowed}")
    head, slash, unit = value.partition("/")
    if not slash:
        raise refuse(f"{shown(value)} does not say per what", allowed, f"write {value.strip()}/{units[0]}")
    if unit.strip() not in units:
        raise refuse(f"{shown(value)} is per {unit.strip()}, not per {' or '.join(units)}", allowed)
    money = _not_negative(Money.parse(head))
    return Rate(amount=money.amount, currency=money.currency, per=unit.strip())


def _rate_schema(*units: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "examples": [f"12.5 JPY/{unit}" for unit in units]})


EnergyPrice = Annotated[
    Rate, BeforeValidator(lambda value: parse_rate(value, ("kWh",))), PlainSerializer(str), _rate_schema("kWh")
]
"""Money per kWh."""
PowerRent = Annotated[
    Rate,
    BeforeValidator(lambda value: parse_rate(value, ("kW-month",))),
    PlainSerializer(str),
    _rate_schema("kW-month"),
]
"""Money per kW and month."""
ComputePrice = Annotated[
    Rate,
    BeforeValidator(lambda value: parse_rate(value, ("accelerator-hour", "PFLOPS-hour"))),
    PlainSerializer(str),
    _rate_schema("accelerator-hour", "PFLOPS-hour"),
]
"""Money per accelerator-hour or per PFLOPS-hour."""
AcceleratorPrice = Annotated[
    Rate,
    BeforeValidator(lambda value: parse_rate(value, ("accelerator-hour",))),
    PlainSerializer(str),
    _rate_schema("accelerator-hour"),
]
"""Money per accelerator-hour."""


def parse_fiscal_year(value: object) -> str:
    """Reads ``FY2025``."""
    if not isinstance(value, str) or not re.fullmatch(r"FY\d{4}", value, re.ASCII):
        raise refuse(f"{kind(value)}, not a fiscal year", "a fiscal year such as FY2025")
    return value


FiscalYear = Annotated[
    str, BeforeValidator(parse_fiscal_year), WithJsonSchema({"type": "string", "pattern": r"^FY\d{4}$"})
]
"""A fiscal year by the calendar year in which it starts."""

# --- Shares and physical units --------------------------------------------------------------------------------------


def parse_share(value: object) -> float:
    """Reads ``50 %``, ``0.5`` or ``1/3``; a bare number above 1 is refused with the likely meaning.

    >>> parse_share("50 %"), parse_share(0.5), parse_share("1/4")
    (0.5, 0.5, 0.25)
    """
    allowed = "a share between 0 and 1, or between 0 % and 100 %, or a fraction such as 1/3"
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        raise refuse(f"{kind(value)}, not a share", allowed)
    if isinstance(value, str) and (fraction := re.fullmatch(r"(\d{1,9})/([1-9]\d{0,8})", value.strip(), re.ASCII)):
        number = int(fraction[1]) / int(fraction[2])
    elif isinstance(value, str):
        number, unit = split_quantity(value, allowed)
        if unit != "%":
            found = f"{shown(value)} is text" if not unit else f"the unit {shown(unit)} is not a share"
            raise refuse(found, allowed, f"write {number:g}" if not unit else "write it in %")
        number /= 100
    else:
        number = float(cast("float", value))
        if not math.isfinite(number):
            raise refuse(f"{shown(value)} is not a finite number", allowed)
        if 1 < number <= 100:
            raise refuse(f"{shown(value)} is more than the whole", allowed, f"did you mean {number:g} %?")
    if not 0 <= number <= 1:
        raise refuse(f"{shown(value)} lies outside 0 to 100 %", allowed)
    return number


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
        if isinstance(value, int | float) and not isinstance(value, bool):
            remedy = f"write {value} {next(iter(units))}, if that is meant"
            raise refuse(f"{kind(value)}; a unit is needed", allowed, remedy)
        number, unit = split_quantity(value, allowed)
        if unit not in units:
            raise refuse(f"{shown(value)} has {'no unit' if not unit else 'the unit ' + shown(unit)}", allowed)
        if number < 0:
            raise refuse(f"{shown(value)} is negative", allowed)
        return number * units[unit]

    return parse


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


def _number_hint(value: object) -> str:
    """How to write a number that was written as text: in quotes, with commas, with full-width digits."""
    if not isinstance(value, str):
        return ""
    digits = unicodedata.normalize("NFKC", value).strip().replace(",", "").replace("_", "")
    if not re.fullmatch(_NUMBER, digits):
        return ""
    return f"write {re.sub(r'^([+-]?)0+(?=[0-9])', r'\1', digits)}, without quotes, commas or underscores"


def parse_plain_number(value: object) -> float:
    """A finite number of zero or more, written without a unit because it counts things."""
    allowed = "a number of zero or more"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refuse(f"{kind(value)}, not a number", allowed, _number_hint(value))
    if not math.isfinite(value):
        raise refuse(f"{shown(value)} is not a finite number", allowed)
    if value < 0:
        raise refuse(f"{shown(value)} is negative", allowed)
    if abs(value) >= LARGEST_EXACT_INTEGER:
        raise refuse(f"{shown(value)} is too large to be held exactly", allowed)
    return float(value)


Amount = Annotated[float, BeforeValidator(parse_plain_number), WithJsonSchema({"type": "number", "minimum": 0})]
"""A plain amount of zero or more."""

MOST_UNITS = 10_000_000


def parse_count(value: object) -> int:
    """A whole number from 0 to ten million."""
    allowed = f"a whole number from 0 to {MOST_UNITS:,}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refuse(f"{kind(value)}, not a whole number", allowed, _number_hint(value))
    if not math.isfinite(value) or value != int(value):
        raise refuse(f"{shown(value)} is not a whole number", allowed)
    if not 0 <= value <= MOST_UNITS:
        raise refuse(f"{shown(value)} is out of range", allowed)
    return int(value)


Count = Annotated[
    int, BeforeValidator(parse_count), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": MOST_UNITS})
]
"""A whole number of things."""


def parse_yes_no(value: object) -> bool:
    """true or false, in so many letters."""
    if not isinstance(value, bool):
        raise refuse(f"{kind(value)}, not yes/no", "true or false")
    return value


YesNo = Annotated[bool, BeforeValidator(parse_yes_no)]
"""A switch."""

# --- Names and texts ------------------------------------------------------------------------------------------------

_INVISIBLE = {"Cc", "Cf", "Zl", "Zp", "Co", "Cs"}


def _visible(value: str, allowed: str) -> str:
    for character in value:
        if unicodedata.category(character) in _INVISIBLE:
            raise refuse(f"has the invisible character U+{ord(character):04X}", allowed, "remove it")
    return value


def parse_name(value: object) -> str:
    """A name that is safe as part of a file name, a formula and a message."""
    allowed = "a name of 1 to 64 letters, digits, hyphens, dots or underscores that starts with a letter or digit"
    if not isinstance(value, str):
        raise refuse(f"{kind(value)}, not a name", allowed, "put it in quotes" if value is not None else "")
    if not value:
        raise refuse("the name is empty", allowed)
    if len(value) > 64:
        raise refuse(f"the name has {len(value)} characters", allowed)
    _visible(value, allowed)
    if not re.fullmatch(r"[^\W_][\w.-]*", value):
        raise refuse(f"{shown(value)} is not a safe name", allowed)
    return value


Name = Annotated[str, BeforeValidator(parse_name)]


def parse_text(value: object) -> str:
    """A line of text without invisible characters."""
    allowed = "one line of text"
    if not isinstance(value, str):
        raise refuse(f"{kind(value)}, not text", allowed, "put it in quotes" if value is not None else "")
    return _visible(value, allowed)


Text = Annotated[str, BeforeValidator(parse_text)]
