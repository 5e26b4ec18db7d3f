"""An input that is varied: its path in the case file, and the values between two ends that are told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from planner.case.quantities import Month
from planner.errors import Fault, InputError, Place
from planner.reading.budget import read_budget
from planner.reading.case_file import Reading

Reader = Callable[[Mapping[str, str]], Reading]
"""Reads the budget with new values by path."""

STEPS = 10_000
"""How many steps are told apart between the ends of an input that may have any value."""
MOST_WHOLE = 100_000
"""Most whole numbers or months between two ends."""
_NUMBER = re.compile(r"\s*(?P<number>[+-]?[\d_]+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?P<over>/\d+)?\s*(?P<unit>\D.*?)?\s*")
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)


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

    def read(overrides: Mapping[str, str]) -> Reading:
        reasons = {f"unusual.{target}": "varied on purpose" for target in overrides}
        return read_budget(path, scenario, {**overrides, **reasons})

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
        InputError: the ends cannot be read, or the case does not take them at that path.
    """
    for text in (low, high):
        reader({path: text})
    found = _of_months(path, low, high) or _of_numbers(path, low, high, steps)
    if found.low == found.high:
        raise _fault(path, f"both ends are {low}", "two values that differ")
    if not found.is_month and not _takes_fractions(found, reader):
        found = Parameter(path, found.low, found.high, found.unit, round(abs(found.high - found.low)))
    if found.steps > MOST_WHOLE:
        raise _fault(path, f"{found.steps:,} values lie between {low} and {high}", f"at most {MOST_WHOLE:,}")
    return found


def _of_months(path: str, low: str, high: str) -> Parameter | None:
    if not (_MONTH.fullmatch(low.strip()) and _MONTH.fullmatch(high.strip())):
        return None
    first, last = Month.parse(low), Month.parse(high)
    return Parameter(path, float(first), float(last), "", max(1, abs(int(last) - int(first))), is_month=True)


def _of_numbers(path: str, low: str, high: str, steps: int) -> Parameter:
    (one, unit), (other, other_unit) = (_number(path, text) for text in (low, high))
    if unit.removesuffix("s") != other_unit.removesuffix("s"):
        raise _fault(path, f"one end is in '{unit}', the other in '{other_unit}'", "the same unit for both")
    return Parameter(path, one, other, other_unit or unit, steps)


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


def _fault(path: str, found: str, allowed: str) -> InputError:
    return InputError([Fault(Place("--vary"), path, found, allowed)])
