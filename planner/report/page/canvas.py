"""A small kit for SVG: shapes with classes, whose colours and lines the style of the page decides."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from planner.report.page.markup import Markup, element, joined, number

WIDE, NARROW = 820.0, 358.0
"""Widths at which every picture is drawn: for screens and paper, and for a phone."""
LETTER, LARGE_LETTER, WIDE_LETTER, LINE = 7.5, 8.4, 14.2, 17.0
"""Widths of a letter, of a digit or capital and of one of East Asia, and height of a line of text in a picture."""
SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "flag": ((-1, -1), (1, -1), (0, 1)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
}
"""Corners of a mark, in halves of its size."""
MOST_SERIES = 6
"""Series that are told apart by colour and pattern; further ones are put together."""


def width_of(text: str) -> float:
    """How much room a text takes, with a little to spare: fonts differ, and this is for a wide one."""
    return sum(_width(one) for one in text)


def _width(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return WIDE_LETTER
    return LARGE_LETTER if letter.isdigit() or letter.isupper() else LETTER


def cut(text: str, room: float) -> str:
    """A text, shortened where it is wider than its room.

    >>> cut("a long name of a site", 80.0)
    'a long na…'
    """
    if width_of(text) <= room:
        return text
    while text and width_of(text) + LETTER > room:
        text = text[:-1]
    return f"{text}…"


class Canvas:
    """What is drawn, from the back to the front; lengths in pixels of its own."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.height = 0.0
        self._parts: list[Markup] = []

    @property
    def is_narrow(self) -> bool:
        """Whether it is for a phone."""
        return self.width < WIDE / 2

    def text(self, x: float, y: float, words: str, kind: str = "", anchor: str = "") -> None:
        """Words that stand on a line; ``anchor`` is nothing, 'middle' or 'end'."""
        self._add(element("text", words, x=x, y=y, class_=kind or None, text_anchor=anchor or None), y)

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """A straight line."""
        self._add(element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind), max(y1, y2))

    def rect(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """A rectangle; one without area is not drawn."""
        if width > 0 and height > 0:
            self._add(element("rect", x=x, y=y, width=width, height=height, class_=kind), y + height)

    def path(self, points: Sequence[tuple[float, float]], kind: str, *, closed: bool = False) -> None:
        """A line through points, or an area that they enclose."""
        if points:
            way = f"{_way(points)}{'Z' if closed else ''}"
            self._add(element("path", d=way, class_=kind), max(y for _, y in points))

    def fields(self, corners: Sequence[tuple[float, float]], width: float, height: float, kind: str) -> None:
        """Rectangles of one size and look, by their upper left corners, as one shape."""
        if corners:
            box = f"h{number(width)}v{number(height)}h{number(-width)}z"
            way = "".join(f"M{number(x)},{number(y)}{box}" for x, y in corners)
            self._add(element("path", d=way, class_=kind), height + max(y for _, y in corners))

    def mark(self, x: float, y: float, shape: str, kind: str, **data: str) -> None:
        """A mark: 'circle', which may carry what a script asks for, or one of ``SHAPES``."""
        size = 4.5
        if shape == "circle":
            self._add(element("circle", cx=x, cy=y, r=size, class_=kind, **data), y + size)
            return
        corners = SHAPES[shape]
        self.path([(x + size * dx, y + size * dy) for dx, dy in corners], kind, closed=True)

    def place(self, other: Canvas, x: float, y: float) -> None:
        """Something that was drawn by itself, with its upper left corner at a place."""
        moved = f"translate({number(x)},{number(y)})"
        self._add(element("g", joined(*other._parts), transform=moved), y + other.height)

    def legend(self, y: float, entries: Sequence[tuple[str, str, str]]) -> float:
        """Names of series with their looks, in as many lines as they take; returns where the next thing begins.

        Args:
            y: the top.
            entries: how it looks ('area', 'line' or the shape of a mark), its class, and its name.
        """
        x, top = 0.0, y
        for look, kind, name in entries:
            words = cut(name, self.width - 30)
            needed = 24 + width_of(words) + 16
            if x and x + needed > self.width:
                x, top = 0.0, top + LINE
            if look == "area":
                self.rect(x, top + 3, 18, 10, kind)
            elif look == "line":
                self.line(x, top + 8, x + 18, top + 8, kind)
            else:
                self.mark(x + 9, top + 8, look, kind)
            self.text(x + 24, top + 12, words)
            x += needed
        return top + LINE + 6

    def svg(self, key: str, title: str, words: str) -> Markup:
        """The picture, with a title and a description for those who cannot see it."""
        variant = "narrow" if self.is_narrow else "wide"
        name = f"{key}-{variant}"
        return element(
            "svg",
            element("title", title, id=f"{name}-title"),
            element("desc", words, id=f"{name}-words"),
            joined(*self._parts),
            class_=f"picture {variant}",
            role="img",
            aria_labelledby=f"{name}-title {name}-words",
            viewbox=f"0 0 {number(self.width)} {number(self.height)}",
        )

    def _add(self, part: Markup, bottom: float) -> None:
        self._parts.append(part)
        self.height = max(self.height, bottom + 4)


@dataclass(frozen=True)
class Scale:
    """A straight axis: which value stands where."""

    low: float
    high: float
    first: float
    last: float
    """Where the low and the high value stand."""
    ticks: tuple[float, ...]

    def __call__(self, value: float) -> float:
        """Where a value stands."""
        return self.first + (value - self.low) / (self.high - self.low) * (self.last - self.first)


def _way(points: Sequence[tuple[float, float]]) -> str:
    """A line through points; along an axis it tells only where it ends.

    >>> _way([(0, 0), (5, 0), (5, 9), (7, 8)])
    'M0,0H5V9L7,8'
    """
    told = [(number(x), number(y)) for x, y in points]
    way = [f"M{told[0][0]},{told[0][1]}"]
    for (x, y), (to_x, to_y) in itertools.pairwise(told):
        if (to_x, to_y) == (x, y):
            continue
        way.append(f"H{to_x}" if to_y == y else f"V{to_y}" if to_x == x else f"L{to_x},{to_y}")
    return "".join(way)


def scale_of(values: Sequence[float], first: float, last: float, *, ticks: int = 5, from_nothing: bool = True) -> Scale:
    """An axis with round marks that holds some values, and nothing as well if that is asked for.

    >>> scale_of([0.0, 43.0], 0.0, 100.0).ticks
    (0.0, 10.0, 20.0, 30.0, 40.0, 50.0)
    """
    held = [*values, 0.0] if from_nothing else values
    low, high = min(held), max(held)
    if high - low <= 0:
        high = low + 1.0
    step = _round_step((high - low) / ticks)
    bottom, top = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    marks = tuple(number * step for number in range(bottom, top + 1))
    return Scale(marks[0], marks[-1], first, last, marks)


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20 and so on that is no less."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * step for step in (1, 2, 5, 10) if power * step >= least * (1 - 1e-9))
