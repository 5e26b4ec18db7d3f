"""Money with its currency, in any scale: ``20 bn JPY``, ``310_000 USD``, ``1億5000万円``."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from planner.case.quantities.base import (
    LARGEST_EXACT_INTEGER,
    Noun,
    refuse,
    refuse_negative,
    refuse_without_unit,
    shown,
)
from planner.case.quantities.examples import money_allowed, own_currency
from planner.case.quantities.text import (
    DIGITS,
    narrowed,
    parse_number,
    refuse_long,
    refuse_marks_in_number,
    split_quantity,
)
from planner.case.words import nearest

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
CURRENCIES = ("JPY", "USD", "EUR", "GBP", "CNY", "KRW", "TWD", "SGD", "AUD", "CAD", "CHF", "INR")
"""Codes that are offered, and meant where one is misspelt; every code of three letters is read."""
_PART = re.compile(rf"\s*({DIGITS}(?:\.{DIGITS})?)\s*{_KANJI_SCALE}\s*", re.ASCII)
_NAMES_OF_CURRENCIES = {
    **dict.fromkeys(("YEN", "¥", "円"), "JPY"),
    **dict.fromkeys(("DOLLAR", "DOLLARS", "$", "ドル", "米ドル"), "USD"),
    **dict.fromkeys(("EURO", "EUROS", "€", "ユーロ"), "EUR"),
    **dict.fromkeys(("POUND", "POUNDS", "£", "ポンド"), "GBP"),
}
_SHORTEST_MISSPELT = 2
"""Letters of the shortest word that may be a misspelt currency."""
_SCALES_ELSEWHERE: dict[str, tuple[float, str]] = {
    **dict.fromkeys(("t", "tsd", "th"), (1, "thousand")),
    **dict.fromkeys(("mio", "mill"), (1, "million")),
    **dict.fromkeys(("mrd", "mld", "md", "b", "bil"), (1, "bn")),
    "bio": (1, "tn"),
    "lakh": (100, "thousand"),
    "crore": (10, "million"), "cr": (10, "million"),
}  # fmt: skip
"""Scales that other languages and trades write, which are explained: TEUR is a thousand euros, a Billion is a tn."""


class Money(Noun):
    """An amount of money with its currency, as an ISO 4217 code."""

    amount: float
    currency: str

    @classmethod
    def parse(cls, value: object, allowed: str = "", per: str = "") -> Money:
        """Reads ``20 bn JPY``, ``310_000 USD``, ``50.1 bn JPY``, ``100 億円`` or ``1億5000万円``.

        ``allowed`` and what stands behind an amount, such as ``/kWh``, are for the messages of rates.
        """
        allowed = allowed or money_allowed()
        if isinstance(value, Money):
            return value
        if isinstance(value, str) and narrowed(value).rstrip().endswith("円"):
            return cls(amount=_yen(value, allowed, per), currency="JPY")
        if isinstance(value, int | float) and not isinstance(value, bool):
            raise refuse_without_unit(value, allowed, f"{_in_own_currency(value)}{per}")
        number, unit = split_quantity(value, allowed, own_currency(), per=per)
        words = re.fullmatch(r"(.*?)\s*([A-Z]{3})", unit)
        if words is None:
            raise refuse(*_without_currency(value, number, unit, allowed, per))
        factor = _factor(words[1])
        if factor is None:
            remedy = _with_scale(number, words[1], words[2], per)
            if not remedy and (misspelt := _misspelt_currency(number, unit, per)):
                raise refuse(misspelt[0], allowed, misspelt[1])
            remedy = remedy or _hint_of_scale(number, words[1], words[2], per)
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


def _in_own_currency(amount: float) -> str:
    """A bare number in the currency of the case, in a short form where that is exact."""
    money = Money(amount=amount, currency=own_currency())
    if not abs(amount) < LARGEST_EXACT_INTEGER:
        return str(amount)
    return money.words if Money.parse(money.words.replace(",", "")).amount == amount else str(money)


def _yen(value: str, allowed: str, per: str) -> float:
    """An amount that ends in 円: one number with a scale, or several whose scales fall, such as 1億5000万円."""
    plain = narrowed(value).strip()
    refuse_long(value, allowed)
    refuse_marks_in_number(value, plain, allowed, per)
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


def _without_currency(value: object, number: float, unit: str, allowed: str, per: str) -> tuple[str, str, str]:
    """What is wrong with a unit of money that does not end in a currency code."""
    if re.fullmatch(r"[十百千]?[万億兆]", unit):
        remedy = f"write {narrowed(str(value)).strip()}円{per}, if yen are meant"
        return f"{shown(value)} has no currency", allowed, remedy
    word = re.sub(r"^.*?(?=[^\s\w]$)", "", unit.rsplit(maxsplit=1)[-1].lstrip("十百千万億兆")) if unit else ""
    code = _NAMES_OF_CURRENCIES.get(word.upper())
    if code is None and re.fullmatch(r"[a-zA-Z]{3}", word):
        code = word.upper()
    scale = unit.removesuffix(word).strip()
    if code and (_factor(scale) is not None or scale.lower().rstrip(".") in _SCALES_ELSEWHERE):
        found = f"{shown(word)} is not a currency code"
        return found, allowed, _with_scale(number, scale, code, per) or f"write {_number(number)} {scale} {code}{per}"
    if misspelt := _misspelt_currency(number, unit, per):
        return misspelt[0], allowed, misspelt[1]
    remedy = f"end with the currency code that is meant, such as {own_currency()}"
    return f"{shown(value)} has no currency", allowed, remedy


def _misspelt_currency(number: float, unit: str, per: str) -> tuple[str, str] | None:
    """What to say where a unit ends in a word that is nearly a currency, behind a scale or none."""
    *front, word = unit.rsplit(maxsplit=1) if unit else [""]
    scale, plain = front[0] if front else "", word.rstrip(".").upper()
    if not plain.isalpha() or len(plain) < _SHORTEST_MISSPELT or word in _SCALES or _factor(scale) is None:
        return None
    names = {**{code: code for code in CURRENCIES}, **_NAMES_OF_CURRENCIES}
    near = names.get(plain) or names.get(nearest(plain, names), "")
    amount = " ".join(part for part in (_number(number), scale, near) if part)
    return (f"{shown(word)} is no currency", f"did you mean {amount}{per}?") if near else None


def _with_scale(number: float, scale: str, code: str, per: str) -> str:
    """The same amount with a scale that is read; empty where nobody can tell which one is meant."""
    word = scale.lower().rstrip(".")
    names = {1.0: "", 1e3: "thousand ", 1e6: "million ", 1e9: "bn ", 1e12: "tn "}
    factor = _factor(word)
    if factor in names and scale.isascii():
        word = word if word in ("mn", "m", "tn", "bn") else names[factor].strip()
        return f"write {_number(number)} {word} {code}{per}".replace("  ", " ")
    if word not in _SCALES_ELSEWHERE:
        return ""
    times, name = _SCALES_ELSEWHERE[word]
    meant = f", if {scale} stands for {name}" if len(word) == 1 else ""
    return f"write {_number(number * times)} {name} {code}{per}{meant}"


def _hint_of_scale(number: float, scale: str, code: str, per: str) -> str:
    """The same amount with the scale that was probably meant."""
    near = nearest(scale.lower(), [name for name in _SCALES if len(name) > 1])
    return f"write {_number(number)} {near} {code}{per}" if near else "use thousand, million, bn or tn"


def _number(number: float) -> str:
    return amount_text(number) if number else "0"


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


def _positive(value: object) -> Money:
    refuse_negative(value, money_allowed())
    return not_negative(Money.parse(value))


def not_negative(money: Money) -> Money:
    """The amount, refused where it is below zero."""
    if money.amount < 0:
        raise refuse(f"{money} is negative", "an amount of zero or more")
    return money


PositiveMoney = Annotated[
    Money, BeforeValidator(_positive), PlainSerializer(str),
    WithJsonSchema(_MONEY_SCHEMA),
]  # fmt: skip
"""Money that may not be negative."""
