"""Units that a person writes beside figures, in a header, in a cell or in a number format: read, or refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from planner.case.quantities import Duration, Money, shown
from planner.reading.cells.kinds import Kind
from planner.reading.cells.numbers import RefusedCellError, cleaned

PHYSICAL = {"kW": ("W", "kW", "MW", "GW"), "Gbps": ("Gbps", "Tbps")}
"""Units that a case file takes for the same thing, by the one in which the template has it."""
DOLLARS = ("USD", "AUD", "CAD", "SGD", "HKD", "NZD", "TWD", "MXN")
_SIGNS = {"$": DOLLARS, "¥": ("JPY", "CNY")}
"""Signs that several currencies share."""
_CURRENCIES = {
    "us$": "USD",
    "€": "EUR",
    "£": "GBP",
    "円": "JPY",
    "¥": "JPY",
    "yen": "JPY",
    "euro": "EUR",
    "euros": "EUR",
}
_SCALES = {
    **dict.fromkeys(("k", "thousand", "thousands", "'000", "000", "000s"), "thousand"),
    **dict.fromkeys(("m", "mn", "million", "millions"), "mn"),
    **dict.fromkeys(("bn", "billion", "billions"), "bn"),
    **dict.fromkeys(("tn", "trillion", "trillions"), "tn"),
}
_KANJI = re.compile(r"([十百千]?[万億兆]?)円?")
_JOINED = re.compile(r"(k|m|mn|bn)?([a-z]{3}|€|£|¥|us\$)(k|m|mn|bn)?")
_PER = re.compile(r"\s*/\s*|(?:^|\s+)per\s+")
_UNTOLD = ("money", "amount", "amounts", "currency of results", "code", "")
"""Words in place of a currency that do not say which."""
_UNITLESS = ("name", "text", "choice", "path", "switch")
"""Kinds of cells in which no unit can be meant."""


@dataclass(frozen=True)
class Unit:
    """A unit of one kind of cell; what is not said is empty."""

    scale: str = ""
    currency: str = ""
    per: str = ""
    unit: str = ""
    """Of time, power or bandwidth; ``%`` of a share."""

    @property
    def says_nothing(self) -> bool:
        """Whether it leaves open all that could change a figure."""
        return self == Unit()


@dataclass(frozen=True)
class Stated:
    """A unit, the words in which it is stated, and where."""

    unit: Unit
    words: str
    where: str

    @property
    def told(self) -> str:
        """What is said about a figure that was read in it."""
        return f"in {self.words}, as {self.where} says"


def unit_of(words: str, kind: Kind, own: str, where: str) -> Stated | None:
    """The unit that some words state for a kind of cell; None where it is the one that a bare number has anyway.

    Args:
        words: as a person wrote them. kind: of the cell. own: the words of the template. where: for messages.

    Raises:
        RefusedCellError: it is none that such a figure can have, or none that is known.
    """
    plain = cleaned(words).strip("[]() ")
    if kind.shape in _UNITLESS or not plain or plain.casefold() == cleaned(own).casefold():
        return None
    found = _read(plain.removeprefix("in "), kind)
    if found is None:
        said = f"{where} says {shown(plain)}, which is no unit that is read here"
        raise RefusedCellError(said, allowed_units(kind, own), _remedy(plain, kind, own))
    return None if found.says_nothing else Stated(found, plain, where)


def _read(plain: str, kind: Kind) -> Unit | None:  # noqa: PLR0911 - one line a kind
    if kind.shape == "money":
        return _money(plain)
    if kind.shape == "rate":
        head, *per = _PER.split(plain, maxsplit=1)
        money = _money(head)
        if money is None or not per:
            return money
        below = next((unit for unit in kind.units if _alike(unit) == _alike(per[0])), None)
        return None if below is None else Unit(money.scale, money.currency, below)
    if kind.shape == "unit":
        return Unit(unit=plain if plain != kind.units[0] else "") if plain in PHYSICAL[kind.units[0]] else None
    if kind.shape == "duration":
        return _time(plain)
    if kind.shape == "share":
        return {"%": Unit(unit="%"), "per cent": Unit(unit="%"), "percent": Unit(unit="%"), "share": Unit()}.get(plain)
    return None


def _alike(unit: str) -> str:
    return re.sub(r"[\s・-]+", "-", unit.strip())


def _time(plain: str) -> Unit | None:
    try:
        unit = Duration.parse(f"1 {plain}").unit
    except PydanticCustomError:
        return None
    return Unit(unit="" if unit == "month" else f"{unit}s")


def _money(plain: str) -> Unit | None:
    """A scale, a currency, or both in either order."""
    scale = currency = ""
    for word in plain.casefold().removesuffix(" of").split():
        part = _word_of_money(word)
        if part is None or (part.scale and scale) or (part.currency and currency):
            return None
        scale, currency = scale or part.scale, currency or part.currency
    try:
        Money.parse(f"1 {scale} {currency or 'JPY'}")
    except PydanticCustomError:
        return None
    return Unit(scale, currency)


def _word_of_money(word: str) -> Unit | None:  # noqa: PLR0911 - one line a form
    if word in (*_UNTOLD, "of"):
        return Unit()
    if word in _SCALES:
        return Unit(_SCALES[word])
    if word in _CURRENCIES:
        return Unit(currency=_CURRENCIES[word])
    if kanji := _KANJI.fullmatch(word):
        return Unit(kanji[1], "JPY" if word.endswith("円") else "")
    if joined := _JOINED.fullmatch(word):
        if joined[1] and joined[3]:
            return None
        scale = joined[1] or joined[3] or ""
        return Unit(_SCALES.get(scale, ""), _CURRENCIES.get(joined[2], joined[2].upper()))
    return None


def same_sign(words: str, currency: str) -> bool:
    """Whether words are a sign that several currencies share, and the currency is one of them."""
    return currency in _SIGNS.get(words.strip(), ())


def allowed_units(kind: Kind, own: str) -> str:
    """The units that a kind of cell takes, in words."""
    if kind.shape == "money":
        return "a currency, with a scale or without, such as USD, kUSD, mn JPY or 百万円"
    if kind.shape == "rate":
        return " or ".join(f"JPY/{unit}" for unit in kind.units) + ", in any currency"
    if kind.shape == "unit":
        return ", ".join(PHYSICAL[kind.units[0]])
    if kind.shape == "duration":
        return "days, weeks, months or years"
    if kind.shape == "share":
        return "share or %"
    return f"{own}, as the template has it" if own else "no unit"


def _remedy(plain: str, kind: Kind, own: str) -> str:
    if kind.shape in ("money", "rate") and "$" in plain:
        return "write the code of the currency that is meant, such as USD"
    if kind.shape == "money" and re.fullmatch(r"T(?:[A-Z]{3}|[€£¥])", plain):
        return f"write k{plain[1:]}, if thousands are meant"
    per = _PER.split(plain, maxsplit=1)
    if len(per) > 1:
        counted = {"money": "the whole entry", "rate": " or ".join(kind.units)}.get(kind.shape, "nothing else")
        return f"work the figures out for {counted}, and take '{plain}' away"
    return (
        f"work the figures out in {own or 'plain numbers'}, and take '{plain}' away; remarks go into a column 'notes'"
    )


def whole_statement(text: str) -> bool:
    """Whether a text says a unit and nothing else, such as 'all amounts in kUSD' or '単位：千円'.

    >>> [whole_statement(text) for text in ("in thousands of USD", "単位：百万円", "Budget of 2026", "MW", "(weeks)")]
    [True, True, False, True, True]
    """
    plain = cleaned(text).strip("()[]*. ")
    rest = _STATEMENT.sub("", plain, count=1).strip("()[] ").removeprefix("in ")
    if not rest or len(rest) > 40 or rest.casefold() in (*_UNTOLD, "month", "months"):
        return False
    kinds = (Kind("money"), Kind("unit", ("kW",)), Kind("unit", ("Gbps",)), Kind("duration", ("months",)))
    if any(_read(rest, kind) not in (None, Unit()) for kind in kinds):
        return not re.fullmatch(r"[A-Za-z]{3}", rest) or rest.isupper()
    head, *per = _PER.split(rest, maxsplit=1)
    return bool(per) and len(rest.split()) <= 4 and _money(head) is not None


_STATEMENT = re.compile(
    r"(?:all|the)?\s*(?:amounts?|figures?|values?|numbers?|money|prices?|costs?|units?|単位|金額|数値)?\s*"
    r"(?:are|is)?\s*[:：=は]?\s*(?:all\s+)?(?:in\s+)?",
    re.IGNORECASE,
)
