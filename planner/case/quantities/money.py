"""Money with its currency, in any scale: ``20 bn JPY``, ``310_000 USD``, ``1億5000万円``."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from planner.case.quantities.base import LARGEST_EXACT_INTEGER, Noun, refuse, refuse_without_unit, shown
from planner.case.quantities.text import narrowed, parse_number, refuse_commas, refuse_long, split_quantity
from planner.case.words import spelling_hint

_SCALES = {
    "": 1.0,
    "thousand": 1e3, "k": 1e3,
    "million": 1e6, "m": 1e6, "mn": 1e6,
    "oku": 1e8,
    "billion": 1e9, "bn": 1e9,
    "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_SMALL = {"": 1, "十": 10, "百": 100, "千": 1000}
_LARGE = {"": 1, "万": 10_000, "億": 10**8, "兆": 10**12}
_KANJI_SCALE = r"([十百千]?)([万億兆]?)"
_PART = re.compile(rf"\s*(\d[\d_]*(?:\.\d[\d_]*)?)\s*{_KANJI_SCALE}\s*", re.ASCII)
_NAMES_OF_CURRENCIES = {
    **dict.fromkeys(("YEN", "¥", "円"), "JPY"),
    **dict.fromkeys(("DOLLAR", "DOLLARS", "$", "ドル", "米ドル"), "USD"),
    **dict.fromkeys(("EURO", "EUROS", "€", "ユーロ"), "EUR"),
}


class Money(Noun):
    """An amount of money with its currency, as an ISO 4217 code."""

    amount: float
    currency: str

    @classmethod
    def parse(cls, value: object) -> Money:
        """Reads ``20 bn JPY``, ``310_000 USD``, ``50.1 bn JPY``, ``100 億円`` or ``1億5000万円``."""
        allowed = "money with its currency, such as 20 bn JPY or 310_000 USD"
        if isinstance(value, Money):
            return value
        if isinstance(value, str) and narrowed(value).rstrip().endswith("円"):
            return cls(amount=_yen(value, allowed), currency="JPY")
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST_EXACT_INTEGER:
            raise refuse_without_unit(value, allowed, _in_yen(value))
        number, unit = split_quantity(value, allowed, "JPY")
        words = re.fullmatch(r"(.*?)\s*([A-Z]{3})", unit)
        if words is None:
            raise refuse(*_without_currency(value, unit, allowed))
        factor = _factor(words[1])
        if factor is None:
            remedy = spelling_hint(words[1].lower(), _SCALES) or "use thousand, million, bn or tn"
            raise refuse(f"{shown(words[1])} is not a scale of money", allowed, remedy)
        return cls(amount=parse_number(repr(number * factor), allowed), currency=words[2])

    @property
    def words(self) -> str:
        """The amount as people say it, to four figures: ``50.1 bn JPY``."""
        for size, scale in ((1e12, "tn "), (1e9, "bn "), (1e6, "mn ")):
            if abs(self.amount) >= size:
                return f"{self.amount / size:,.4g} {scale}{self.currency}"
        return f"{self.amount:,.10g} {self.currency}"

    def __str__(self) -> str:
        return f"{amount_text(self.amount)} {self.currency}"


def _in_yen(amount: float) -> str:
    """A bare number as yen, in a short form where that is exact."""
    money = Money(amount=amount, currency="JPY")
    return money.words if Money.parse(money.words.replace(",", "")).amount == amount else str(money)


def _yen(value: str, allowed: str) -> float:
    """An amount that ends in 円: one number with a scale, or several whose scales fall, such as 1億5000万円."""
    plain = narrowed(value).strip()
    refuse_long(value, allowed)
    refuse_commas(value, plain, allowed)
    plain = plain.removesuffix("円").rstrip()
    sign = -1 if plain.startswith("-") else 1
    rest, parts = plain.lstrip("+-"), []
    while part := _PART.match(rest):
        parts.append((Decimal(part[1].replace("_", "")), _SMALL[part[2]] * _LARGE[part[3]], _LARGE[part[3]]))
        rest = rest[part.end() :]
    falls = all(before[2] > after[2] for before, after in itertools.pairwise(parts))
    if rest or not parts or not falls or len(plain) - len(plain.lstrip("+-")) > 1:
        remedy = "write the number in digits: 100 億円, 1億5000万円, and a minus for △ or brackets"
        raise refuse(f"{shown(value)} is not an amount of yen", allowed, remedy)
    return parse_number(repr(float(sign * sum(number * scale for number, scale, _ in parts))), allowed)


def _factor(scale: str) -> float | None:
    """By what a scale in front of a currency code multiplies; None for a word that is none."""
    if kanji := re.fullmatch(_KANJI_SCALE, scale):
        return float(_SMALL[kanji[1]] * _LARGE[kanji[2]])
    return _SCALES.get(scale.lower())


def _without_currency(value: object, unit: str, allowed: str) -> tuple[str, str, str]:
    """What is wrong with a unit of money that does not end in a currency code."""
    if re.fullmatch(r"[十百千]?[万億兆]", unit):
        return f"{shown(value)} has no currency", allowed, f"write {narrowed(str(value)).strip()}円, if yen are meant"
    word = unit.rsplit(maxsplit=1)[-1].lstrip("十百千万億兆") if unit else ""
    code = _NAMES_OF_CURRENCIES.get(word.upper())
    if code is None and re.fullmatch(r"[a-zA-Z]{3}", word):
        code = word.upper()
    if code:
        number = narrowed(str(value)).strip().removesuffix(word).rstrip()
        return f"{shown(word)} is not a currency code", allowed, f"write {number} {code}"
    remedy = "end with the currency code that is meant, such as JPY"
    return f"{shown(value)} has no currency", allowed, remedy


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


def not_negative(money: Money) -> Money:
    """The amount, refused where it is below zero."""
    if money.amount < 0:
        raise refuse(f"{money} is negative", "an amount of zero or more")
    return money


PositiveMoney = Annotated[
    Money, BeforeValidator(lambda value: not_negative(Money.parse(value))), PlainSerializer(str),
    WithJsonSchema(_MONEY_SCHEMA),
]  # fmt: skip
"""Money that may not be negative."""
