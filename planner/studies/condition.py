"""A condition on the figures of a plan, such as ``npv < base.npv - 1 bn or lowest_cash < 3 bn JPY``.

    condition   = comparison { ("and" | "or") comparison }    "and" binds closer
    comparison  = sum ("<" | "<=" | ">" | ">=" | "==" | "!=") sum
    sum         = product { ("+" | "-") product }
    product     = value { "*" value }
    value       = number [ scale ] [ currency ] | figure | base.figure | "-" value
    scale       = "%" | "k" | "mn" | "bn" | "tn" | "億円" and the like

Nothing else can be written, and nothing that is written is run as a program. A figure that a plan does not have, such
as the cost of an hour that nobody uses, is less, greater and equal to nothing.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from planner.case.words import listed, spelling_hint
from planner.errors import Fault, InputError, Place, PlannerError

Figures = Mapping[str, float]
"""Headline figures by name."""
Holds = Callable[[Figures, Figures], bool]
Value = Callable[[Figures, Figures], float]

EXIT_CONDITION_MET = 5
"""A condition of ``--fail-on`` holds for a plan; results were written."""
BASE_PREFIX = "base."
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<sign><=|>=|==|!=|[<>+\-*%])|(?P<word>[^\W\d][\w.]*))"
)
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_SCALES = {
    "%": 0.01, "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9,
    "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
_YEN = {"円": 1.0, "千円": 1e3, "万円": 1e4, "百万円": 1e6, "億円": 1e8, "兆円": 1e12}


@dataclass(frozen=True)
class Condition:
    """A condition that was read."""

    text: str
    _holds: Holds

    def holds(self, figures: Figures, base: Figures) -> bool:
        """Whether it holds for a plan; ``base`` are the figures of the base plan."""
        return self._holds(figures, base)


class ConditionMetError(PlannerError):
    """A condition under which the command was to fail holds; everything was planned and written."""

    exit_status = EXIT_CONDITION_MET


def parse_condition(text: str, names: Collection[str], currency: str, place: str = "--fail-on") -> Condition:
    """Reads a condition on the figures that ``names`` holds, with money in ``currency``.

    >>> parse_condition("npv < 0", ["npv"], "JPY").holds({"npv": -1.0}, {})
    True

    Raises:
        InputError: what was found, what is allowed and the nearest name.
    """
    return Condition(text, _Parser(text, names, currency, place).condition())


class _Parser:
    """Reads tokens from left to right; each method reads one line of the grammar."""

    def __init__(self, text: str, names: Collection[str], currency: str, place: str) -> None:
        self.text, self.names, self.currency, self.place = text, names, currency, place
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while text[position:].strip():
            match = _TOKEN.match(text, position)
            if match is None:
                raise self._fault(f"cannot read {text[position:].strip()!r}", "such as 'npv < 0'")
            kind = str(match.lastgroup)
            self.tokens.append((kind, match[kind]))
            position = match.end()
        self.next = 0

    def condition(self) -> Holds:
        """The whole condition."""
        any_of = [self._all_of()]
        while self._took("or"):
            any_of.append(self._all_of())
        if self.next < len(self.tokens):
            raise self._fault(f"{self.tokens[self.next][1]!r} is not expected there", "and, or, or the end")
        return lambda figures, base: any(part(figures, base) for part in any_of)

    def _all_of(self) -> Holds:
        all_of = [self._comparison()]
        while self._took("and"):
            all_of.append(self._comparison())
        return lambda figures, base: all(part(figures, base) for part in all_of)

    def _comparison(self) -> Holds:
        left = self._sum()
        kind, sign = self._take()
        if kind != "sign" or sign not in _COMPARE:
            raise self._fault(f"{sign!r} where a comparison is expected" if sign else "it ends early", listed(_COMPARE))
        compare, right = _COMPARE[sign], self._sum()
        return lambda figures, base: compare(left(figures, base), right(figures, base))

    def _sum(self) -> Value:
        total = self._product()
        while sign := self._took("+", "-"):
            total = _combined(operator.add if sign == "+" else operator.sub, total, self._product())
        return total

    def _product(self) -> Value:
        total = self._value()
        while self._took("*"):
            total = _combined(operator.mul, total, self._value())
        return total

    def _value(self) -> Value:
        kind, text = self._take()
        if kind == "number":
            amount = float(text.replace("_", "")) * self._scale()
            return lambda _figures, _base: amount
        if text == "-":
            inner = self._value()
            return lambda figures, base: -inner(figures, base)
        if kind == "word":
            return self._figure(text)
        raise self._fault(f"{text!r} where a figure is expected" if text else "it ends early", "a number or a figure")

    def _scale(self) -> float:
        """What stands behind a number: a scale, a currency, or both."""
        scale = _SCALES.get(self._took(*_SCALES), 1.0)
        if yen := self._took(*_YEN):
            self._require_currency("JPY")
            return scale * _YEN[yen]
        kind, word = self.tokens[self.next] if self.next < len(self.tokens) else ("", "")
        if kind == "word" and re.fullmatch("[A-Z]{3}", word):
            self._require_currency(word)
            self.next += 1
        return scale

    def _require_currency(self, found: str) -> None:
        if found != self.currency:
            raise self._fault(f"money in {found}, but the figures of the case are in {self.currency}", self.currency)

    def _figure(self, name: str) -> Value:
        of_base = name.startswith(BASE_PREFIX)
        figure = name.removeprefix(BASE_PREFIX)
        if figure not in self.names:
            raise self._fault(f"there is no figure {figure!r}", listed(self.names), spelling_hint(figure, self.names))
        return lambda figures, base: (base if of_base else figures).get(figure, math.nan)

    def _took(self, *words: str) -> str:
        if self.next < len(self.tokens) and self.tokens[self.next][1] in words:
            self.next += 1
            return self.tokens[self.next - 1][1]
        return ""

    def _take(self) -> tuple[str, str]:
        self.next += 1
        return self.tokens[self.next - 1] if self.next <= len(self.tokens) else ("", "")

    def _fault(self, found: str, allowed: str, remedy: str = "") -> InputError:
        return InputError([Fault(Place(self.place), self.text, found, allowed, remedy)])


def _combined(combine: Callable[[float, float], float], left: Value, right: Value) -> Value:
    return lambda figures, base: combine(left(figures, base), right(figures, base))
