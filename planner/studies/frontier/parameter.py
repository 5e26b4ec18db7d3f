"""An input that is varied: its path in the case file, and the values between two ends that are told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from planner.case.quantities import Month
from planner.errors import Fault, InputError, Place
from planner.reading.budget import budget_to_ask
from planner.reading.case.fields import MONTH
from planner.reading.case.file import Reading

Reader = Callable[[Mapping[str, str]], Reading]
"""Reads the budget with new values by path."""

STEPS = 10_000
"""How many steps are told apart between the ends of an input that may have any value."""
MOST_WHOLE = 100_000
"""Most whole numbers or months between two ends."""
_NUMBER = re.compile(r"\s*(?P<number>[+-]?[\d_]+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?P<over>/\d+)?\s*(?P<unit>\D.*?)?\s*")
_SAME_UNIT = "the same unit for both ends"


@dataclass(frozen=True)
class Parameter:
    """An input, with positions from 0 (the first end) to ``steps`` (the other)."""

    path: str
    low: float
    high: float
    unit: str
    steps: int
    is_month: bool = False

    def value(self, position: float) -> float:
        """The value at a position; between two positions as well."""
        if position == self.steps:
            return self.high
        return self.low + (self.high - self.low) * position / self.steps

    def position(self, value: float) -> float:
        """The position of a value, with a fraction."""
        return (value - self.low) / (self.high - self.low) * self.steps

    def text(self, value: float) -> str:
        """The value as a case file says it."""
        if self.is_month:
            return str(Month(round(value)))
        number = str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
        return f"{number} {self.unit}".rstrip()

    def words(self, value: float) -> str:
        """The value as people read it, to six figures."""
        return self.text(value) if self.is_month else f"{value:,.6g} {self.unit}".rstrip()


def reader_of(path: FilePath, scenario: str | None) -> Reader:
    """Reads a budget file, with a scenario of it, again and again.

    What is varied is varied on purpose, so it is not held against what such figures usually are.
    """

    ask = budget_to_ask(path)

    def read(overrides: Mapping[str, str]) -> Reading:
        reasons = {f"unusual.{target}": "varied on purpose" for target in overrides}
        return ask(scenario, {**overrides, **reasons})

    return read


def parameters_of(paths: Sequence[str], lows: Sequence[str], highs: Sequence[str], reader: Reader) -> list[Parameter]:
    """The inputs that are varied; one, or two for a map.

    Raises:
        InputError: their ends do not fit, or there are not as many ends as inputs.
    """
    if not (len(paths) == len(lows) == len(highs) and 1 <= len(paths) <= 2 and len(set(paths)) == len(paths)):
        found = f"{len(paths)} inputs, {len(lows)} times --from and {len(highs)} times --to"
        raise _fault("", found, "one or two different inputs, each with its --from and its --to")
    return [parameter(path, low, high, reader) for path, low, high in zip(paths, lows, highs, strict=True)]


def parameter(path: str, low: str, high: str, reader: Reader, steps: int = STEPS) -> Parameter:
    """The input at a path, from one value to another.

    Raises:
        InputError: the ends cannot be read or stand the wrong way round, or the case does not take them at that path.
    """
    low, high = _with_unit(low, high), _with_unit(high, low)
    for text in (low, high):
        reader({path: text})
    found = _of_months(path, low, high) or _of_numbers(path, low, high, steps)
    if found.low == found.high:
        raise _fault(path, f"both ends are {low}", "two values that differ")
    if found.low > found.high:
        remedy = f"turn them round: --from '{high}' --to '{low}'"
        raise _fault(path, f"from {low} down to {high}", "--from below --to", remedy)
    if not found.is_month and not _takes_fractions(found, reader):
        found = Parameter(path, found.low, found.high, found.unit, round(abs(found.high - found.low)))
    if found.steps > MOST_WHOLE:
        raise _fault(path, f"{found.steps:,} values lie between {low} and {high}", f"at most {MOST_WHOLE:,}")
    return found


def _of_months(path: str, low: str, high: str) -> Parameter | None:
    if not (MONTH.fullmatch(low.strip()) and MONTH.fullmatch(high.strip())):
        return None
    first, last = Month.parse(low), Month.parse(high)
    return Parameter(path, float(first), float(last), "", max(1, abs(int(last) - int(first))), is_month=True)


def _of_numbers(path: str, low: str, high: str, steps: int) -> Parameter:
    (one, unit), (other, other_unit) = (_number(path, text) for text in (low, high))
    if unit.removesuffix("s") != other_unit.removesuffix("s"):
        raise _units_differ(path, (low, unit), (high, other_unit))
    return Parameter(path, one, other, other_unit or unit, steps)


def _with_unit(text: str, other: str) -> str:
    """A bare nothing with the unit of the other end: nothing is nothing in every unit."""
    match, beside = _NUMBER.fullmatch(text), _NUMBER.fullmatch(other)
    if match is None or beside is None or MONTH.fullmatch(other.strip()):
        return text
    is_bare_nothing = not match["unit"] and float(match["number"].replace("_", "")) == 0
    return f"0 {beside['unit'] or ''}".rstrip() if is_bare_nothing else text


def _units_differ(path: str, low: tuple[str, str], high: tuple[str, str]) -> InputError:
    """Says which end lacks a unit, or that both have another, and how to write it."""
    for option, (text, unit), (_, other_unit) in (("--from", low, high), ("--to", high, low)):
        if not unit:
            remedy = f"if '{other_unit}' is meant, write {option} '{text.strip()} {other_unit}'"
            return _fault(path, f"{option} {text} has no unit, the other end has '{other_unit}'", _SAME_UNIT, remedy)
    found = f"--from is in '{low[1]}', --to in '{high[1]}'"
    return _fault(path, found, _SAME_UNIT, f"write both in '{high[1]}' or both in '{low[1]}'")


def _number(path: str, text: str) -> tuple[float, str]:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise _fault(path, f"'{text}' is not a number with a unit", "such as 30 %, 20 bn JPY, 6 MW or 2026-04")
    number = float(match["number"].replace("_", ""))
    return number / (float(match["over"][1:]) if match["over"] else 1.0), match["unit"] or ""


def _takes_fractions(found: Parameter, reader: Reader) -> bool:
    """Whether the input may have a value between two whole numbers."""
    if not (found.low.is_integer() and found.high.is_integer()):
        return True
    try:
        reader({found.path: found.text(min(found.low, found.high) + 0.5)})
    except InputError:
        return False
    return True


def _fault(path: str, found: str, allowed: str, remedy: str = "") -> InputError:
    return InputError([Fault(Place("--vary"), path, found, allowed, remedy)])
