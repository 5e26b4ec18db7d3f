"""A table before anybody decides where it is shown: what its columns hold, and which rows were folded away."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Self

from planner.report.amounts import digits, percent, short
from planner.report.steps import Way
from planner.report.voice import Voice
from planner.vocabulary.message import Message, price_unit, rate_unit, unit_of

DUST = 1e-12
"""How far apart, as a share, two numbers are that only rounding tells apart."""
STILL = 1e-3
"""A smaller amount is none, in currency and as a ratio: the rounding of binary numbers."""
SUM = "sum"
"""What the row of sums is called."""
BEFORE_TAX, BILLION, CODE = ", before tax", "bn ", 3
"""What units of costs end with; how much public money ratios are of; letters of the code of a currency."""
Colour = Literal["red", "amber", "green"]
Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Column:
    """One column; its unit decides how its numbers are shown."""

    title: str
    unit: str = "text"
    """'text'; 'unit' for texts that name the unit of their row; 'money'; 'share'; 'number' for the unit of the row."""
    difference: tuple[int, int] | None = None
    """Columns of which it is the first less the second; a formula in the workbook."""
    sum_of: tuple[int, ...] = ()
    """Columns of which it is the sum; a formula in the workbook."""
    product_of: tuple[int, int] | None = None
    """Columns of which it is the product; a formula in the workbook."""
    room_of: tuple[int, int, int] | None = None
    """Columns of what there is at least, what there is, and what there is at most, of which it is the room that is
    left; a formula in the workbook."""


class Flag(str):
    """A word in a cell that is coloured by what it says."""

    __slots__ = ("colour",)
    colour: Colour

    def __new__(cls, said: str, colour: Colour) -> Self:
        """The word, in its language, and its colour."""
        flag = super().__new__(cls, said)
        flag.colour = colour
        return flag


def still(amount: float) -> float:
    """An amount without the rounding of binary numbers around nothing."""
    return amount if abs(amount) > STILL else 0.0


def columns(unit: str, *titles: str) -> tuple[Column, ...]:
    """Columns of one unit."""
    return tuple(Column(title, unit) for title in titles)


@dataclass(frozen=True)
class Table:
    """Rows under a title."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    remark: str = ""
    """A sentence under the table, such as how many unchanged lines were folded away."""
    totals: tuple[int, ...] = ()
    """Columns that have a sum under their rows."""
    whole: bool = False
    """Whether every row is shown wherever the table is; else the screen and Markdown show the first ones."""
    wide: bool = False
    """Whether it has too many columns for the screen."""
    behind: bool = False
    """Whether it is for who asks further: the screen names it, and the files hold it."""

    def unit(self, column: Column, row: Sequence[Cell]) -> str:
        """The unit of a cell: that of its column, or of its row where the column has numbers of many."""
        if column.unit != "number":
            return column.unit
        return next((str(cell) for cell, other in zip(row, self.columns, strict=True) if other.unit == "unit"), "")


@dataclass(frozen=True)
class Chart:
    """A chart over the cells of one table of its section."""

    kind: str
    """'column', 'stacked' or 'scatter'; every series is a column of the table, over the column ``first``."""
    title: str
    words: str
    """Alternative text."""
    table: int
    """Number of the table."""
    series: tuple[int, ...]
    """Columns of the table."""
    first: int
    horizontal: str
    vertical: str
    across: bool = False
    """Whether its series are the rows of the table instead, over the titles of the columns ``series``."""


@dataclass(frozen=True)
class Section:
    """Tables that belong together, such as everything about one scenario; one sheet of a workbook."""

    name: str
    title: str
    words: tuple[str, ...]
    """Sentences above the tables."""
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()
    ways: tuple[Way, ...] = ()
    """Bridges behind the tables."""
    on_screen: bool = True
    """Whether the screen shows it as well."""


def number_words(value: Cell, unit: str, currency: str) -> str:
    """A number as people read it: money with its scale, a share in per cent, anything else to four figures.

    >>> number_words(50.1e9, "JPY", "JPY"), number_words(0.5, "share", "JPY"), number_words(9080, "systems", "JPY")
    ('50.10 bn', '50 %', '9,080')
    """
    if value is None:
        return "–"
    if isinstance(value, str | bool):
        return str(value)
    if unit in ("money", currency):
        return short(value)
    if unit == "share":
        return percent(value)
    if abs(value - round(value)) < 1e-9:
        return f"{round(value):,}"
    return f"{value:,.4g}" if 1 <= abs(value) < 1e4 else digits(value)


def cell_words(value: Cell, unit: str, voice: Voice) -> str:
    """A cell of a table as people read it, in their language."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if unit in ("money", voice.currency):
            return voice.short(value)
        if unit == "share":
            return voice.percent(value)
    return number_words(value, unit, voice.currency)


def unit_message(unit: str) -> Message:
    """A unit of a row as a message: money per something, and what is said behind a comma, part by part.

    >>> str(unit_message("JPY/PFLOPS-hour, before tax")), unit_message("JPY/PFLOPS") == price_unit("JPY", "PFLOPS")
    ('JPY/PFLOPS-hour, before tax', True)
    """
    if unit.endswith(BEFORE_TAX):
        return unit_of(f"{{unit}}{BEFORE_TAX}", unit=unit_message(unit.removesuffix(BEFORE_TAX)))
    if " per " in unit:
        one, _, other = unit.partition(" per ")
        if other.startswith(BILLION):
            currency = unit_of(other.removeprefix(BILLION))
            return unit_of(f"{{unit}} per {BILLION}{{currency}}", unit=unit_of(one), currency=currency)
        return rate_unit(one, other)
    code, per, what = unit.partition("/")
    return price_unit(code, what) if per and len(code) == CODE and code.isupper() else unit_of(unit)


def shown_rows(table: Table, voice: Voice) -> tuple[list[list[str]], list[list[str]]]:
    """The cells of a table as texts in a language, and those of the row of its sums, if it has one."""
    totals = [total_row(table)] if table.totals and table.rows else []
    if totals:
        totals = [(voice(SUM), *totals[0][1:])]
    return [_row_words(row, table, voice) for row in table.rows], [_row_words(row, table, voice) for row in totals]


def _row_words(row: tuple[Cell, ...], table: Table, voice: Voice) -> list[str]:
    words = [
        voice.speaker.unit(unit_message(str(cell)))
        if column.unit == "unit" and cell
        else cell_words(cell, table.unit(column, row), voice)
        for cell, column in zip(row, table.columns, strict=True)
    ]
    for column in table.columns:
        if column.difference:
            one, other = column.difference
            words[one], words[other] = told_apart(row[one], row[other], words[one], words[other])
    return words


def told_apart(one: Cell, other: Cell, words: str, other_words: str) -> tuple[str, str]:
    """Two numbers beside their difference in words that differ where they do: in full where rounding makes them alike.

    >>> told_apart(26_425_032.0, 26_430_300.0, "26.43 mn", "26.43 mn"), told_apart(1e6, 2e6, "1.00 mn", "2.00 mn")
    (('26,425,032', '26,430,300'), ('1.00 mn', '2.00 mn'))
    """
    numbers = [cell for cell in (one, other) if isinstance(cell, int | float)]
    if words != other_words or len(numbers) < 2 or math.isclose(*numbers, rel_tol=DUST) or words.endswith("%"):
        return words, other_words
    places = min(6, max(0, math.ceil(-math.log10(abs(numbers[0] - numbers[1])))))
    first, second = (f"{number:,.{places}f}" for number in numbers)
    return first, second


def total_row(table: Table) -> tuple[Cell, ...]:
    """The row under a table that sums some of its columns up."""
    cells: list[Cell] = ["" for _ in table.columns]
    cells[0] = SUM
    for place in table.totals:
        cells[place] = math.fsum(float(row[place] or 0.0) for row in table.rows)
    return tuple(cells)
