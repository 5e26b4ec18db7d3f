"""A figure of the case that can be changed: where it stands, what it says, and how another value is written there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from planner.case.case import Case
from planner.case.quantities import Month, Noun
from planner.case.timeline import Timeline
from planner.vocabulary.constraints.family import Kind

Path = tuple[str, ...]
_SCALES = ((1e12, "tn "), (1e9, "bn "), (1e6, "mn "), (1.0, ""))
DIGITS = 12
"""Digits of a new value; enough that a change of two digits is not lost in the largest budget."""


COUNTED = ("accelerators", "blocks", "days", "posts", "racks", "systems")
"""Nouns of which there can be one; the others are units."""


@dataclass(frozen=True)
class Figure:
    """A figure, and the way in which it loosens what it limits."""

    path: Path
    value: float
    kind: Kind
    loosens: int
    """1 where more of it loosens, -1 where less does."""
    currency: str = ""
    most: float = math.inf
    """The furthest that it may be changed, as an amount of change."""
    noun: str = ""
    """What a plain number counts, for messages."""
    stops: tuple[float, ...] = ()
    """Where only some changes do anything, such as those to the start of a period: these, the smallest first."""

    @property
    def whole(self) -> bool:
        """Whether only whole numbers can stand there."""
        return self.kind in ("count", "years", "months", "month")

    def after(self, change: float) -> float:
        """The value after it was loosened by an amount."""
        new = self.value + self.loosens * change
        return float(round(new)) if self.whole else float(f"{new:.{DIGITS}g}")

    def text(self, value: float) -> str:
        """A value as a case file says it."""
        if self.kind == "money":
            size, word = next((one for one in _SCALES if abs(value) >= one[0]), _SCALES[-1])
            return f"{value / size:.{DIGITS}g} {word}{self.currency}"
        if self.kind == "kW":
            return f"{value / 1000:.{DIGITS}g} MW" if abs(value) >= 1000 else f"{value:.{DIGITS}g} kW"
        if self.kind == "share":
            return f"{value * 100:.{DIGITS}g} %"
        if self.kind == "month":
            return str(Month(round(value)))
        if self.kind in ("years", "months"):
            return _counted(value, self.kind)
        return f"{value:.{DIGITS}g}{' Gbps' * (self.kind == 'Gbps')}"

    def change_words(self, change: float) -> str:
        """A change as people say it: ``raise by 3.2 MW``."""
        if self.kind == "month":
            return f"{'later' if self.loosens > 0 else 'earlier'} by {_counted(change, 'months')}"
        amount = f"{change * 100:.4g} percentage points" if self.kind == "share" else self.with_noun(change)
        return f"{'raise' if self.loosens > 0 else 'lower'} by {amount}"

    def with_noun(self, value: float) -> str:
        """A value as people say it, with what it counts."""
        return f"{self.text(value)} {noun_of(value, self.noun)}".rstrip()

    def yaml(self, change: float) -> str:
        """The value after a change, as it is pasted into a scenario."""
        return self.text(self.after(change))

    def steps_outward(self, least: float) -> float:
        """A change of two digits that is no smaller than what is needed; whole where only whole numbers can stand."""
        if self.whole:
            return float(math.ceil(least - 1e-6))
        return outward(least)


LARGEST = 1e15
"""No figure is raised further than this; larger ones cannot be held exactly."""


def furthest(figure: Figure) -> float:
    """The furthest that a figure is changed."""
    if figure.kind == "count":
        return min(figure.most, 100 * figure.value + 1000)
    return min(figure.most, 1000 * abs(figure.value) or 1e6, LARGEST - abs(figure.value))


def noun_of(value: float, noun: str) -> str:
    """A noun as it stands behind a number.

    >>> noun_of(1, "racks"), noun_of(2, "racks"), noun_of(1, "bf16_pflops")
    ('rack', 'racks', 'bf16_pflops')
    """
    return noun.removesuffix("s") if value == 1 and noun in COUNTED else noun


def _counted(count: float, nouns: str) -> str:
    return f"{count:.{DIGITS}g} {nouns.removesuffix('s') if count == 1 else nouns}"


def outward(least: float) -> float:
    """The smallest number of two digits that is not smaller.

    >>> outward(3.14159), outward(0.999), outward(120.0), outward(1.01)
    (3.2, 1.0, 120.0, 1.1)
    """
    if least <= 0:
        return 0.0
    size = 10.0 ** (math.floor(math.log10(least)) - 1)
    return float(f"{math.ceil(least / size * (1 - 1e-7)) * size:.{DIGITS}g}")


def said_at(case: Case, path: Path) -> Any:  # noqa: ANN401 - whatever a case may say
    """What a case says at a path, as it is read: an amount of money, a length of time, a figure by month, a number."""
    here: Any = case
    for key in path:
        if isinstance(here, Noun):
            here = getattr(here, next(n for n, f in type(here).model_fields.items() if key in (n, f.alias)))
        elif isinstance(here, dict):
            here = next(value for name, value in here.items() if str(name) == key)
        else:
            here = here[int(key)]
    return here


def step_path(timeline: Timeline[Any], path: Path, month: Month, first: Month) -> Path:
    """The path of the step of a figure by month that holds in a month; where none does yet, of one in the first."""
    before = [start for start, _ in timeline.steps if start <= month]
    return path if timeline.is_constant else (*path, str(before[-1] if before else first))


def changed(case: Case, changes: dict[Path, str]) -> Case:
    """The case with new values by path."""
    said: dict[str, Any] = case.model_dump(mode="json", by_alias=True)
    for path, text in changes.items():
        _put(said, path, _plain(text))
    return Case.model_validate(said)


def _plain(text: str) -> Any:  # noqa: ANN401 - a number or a text, as YAML would read it
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _put(said: Any, path: Path, value: Any) -> None:  # noqa: ANN401 - a tree of dicts, lists and scalars
    *above, last = path
    place = said
    for key in above:
        if isinstance(place, list):
            place = place[int(key)]
        else:
            if place.get(key) is None:
                place[key] = {}
            place = place[key]
    if isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
