"""How a page says its texts and its figures, in its language and in the currency of the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.language import LANGUAGES, Speaker
from planner.report.amounts import COMPUTE, SCALES, digits, share_words, short
from planner.vocabulary.message import Part, Text, say

MYRIADS = ((1e12, "兆"), (1e8, "億"), (1e4, "万"))
"""Scales of money as Japanese counts."""


@dataclass(frozen=True)
class Unit:
    """The unit of an axis: what it is called, and how much of the plain unit it is."""

    words: str
    size: float


class Voice:
    """Says texts and figures."""

    def __init__(self, language: str, currency: str) -> None:
        self.speaker = Speaker(language)
        self.language = language
        self.currency = currency

    @property
    def is_english(self) -> bool:
        """Whether it speaks the language of the program itself."""
        return self.language == LANGUAGES[0]

    def __call__(self, template: Text, /, **parts: Part) -> str:
        """A text of the program, with what stands for its placeholders."""
        return self.speaker.say(say(template, **parts) if isinstance(template, str) else template)

    def sentences(self, *sentences: str) -> str:
        """Sentences behind each other: Japanese sets nothing between them."""
        return (" " if self.is_english else "").join(sentences)

    @property
    def currency_words(self) -> str:
        """The currency of the case, as it stands behind an amount."""
        return self.currency if self.is_english else self.speaker.unit(self.currency)

    def money(self, amount: float) -> str:
        """An amount with its scale and currency: ``50.10 bn JPY``, ``501.0億円``."""
        return f"{self.short(amount)}{' ' if self.is_english else ''}{self.currency_words}"

    def stated(self, amount: float) -> str:
        """An amount that a case states, with all of its digits: ``1.2345 bn JPY``, ``12.345億円``."""
        scales = SCALES if self.is_english else MYRIADS
        size, word = next((one for one in scales if abs(amount) >= one[0]), (1.0, ""))
        parts = (f"{amount / size:,.12g}", word, self.currency_words)
        return (" " if self.is_english else "").join(part for part in parts if part)

    def amount(self, value: float, unit: str) -> str:
        """An amount in the unit of an objective, which is the currency or another."""
        return self.money(value) if unit == self.currency else f"{self.digits(value)} {self.speaker.unit(unit)}"

    def short(self, amount: float) -> str:
        """An amount with its scale."""
        if self.is_english:
            return short(amount)
        size, word = next((one for one in MYRIADS if round(abs(amount) / one[0], 5) >= 1), (1.0, ""))
        if not word:
            return short(amount)
        return f"{amount / size:,.{1 if abs(amount) < 1000 * size else 0}f}{word}"

    def unit_of_money(self, amounts: Sequence[float]) -> Unit:
        """The unit of an axis that holds some amounts of money."""
        scales = SCALES if self.is_english else MYRIADS
        size, word = _scale_for(amounts, scales, (1.0, ""))
        if self.is_english:
            return Unit(f"{word} {self.currency}".strip(), size)
        return Unit(f"{word}{self.speaker.unit(self.currency)}", size)

    def unit_of_metric(self, metric: str, amounts: Sequence[float]) -> Unit:
        """The unit of an axis of a metric: PFLOPS and EFLOPS, or accelerators."""
        if not metric.endswith("pflops"):
            return Unit(self.speaker.unit(metric), 1.0)
        size, word = _scale_for(amounts, COMPUTE, COMPUTE[-1])
        return Unit(word, size)

    def digits(self, value: float) -> str:
        """A number to three significant digits."""
        return digits(value)

    def percent(self, share: float) -> str:
        """A share of a whole."""
        return self(share_words(share))


def _scale_for(
    amounts: Sequence[float], scales: Sequence[tuple[float, str]], else_: tuple[float, str]
) -> tuple[float, str]:
    """The largest scale of which the largest amount is one or more."""
    largest = max((abs(amount) for amount in amounts), default=0.0)
    return next((scale for scale in scales if largest >= scale[0]), else_)
