"""Formulas as terms: one term gives both the text that a cell shows and the value that is stored beside it.

A term names other cells by key, never by address; the grid knows where a key stands. So a formula cannot point at the
wrong row, and the value cannot come from anything but the formula itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf
from typing import NamedTuple, Protocol, override

from planner.report.workbook.engine.functions import FUNCTIONS, Value, amount, apply
from planner.report.workbook.engine.keys import RowKey
from planner.vocabulary.message import Text

ALLOWED_NUMBERS = (0, 1, 3, 4, 12, 365)
"""The only numbers that may stand in a formula; every other figure is a cell with a label and a unit."""


class Place(NamedTuple):
    """One cell: sheet, row and column, both counted from 0."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class Columns:
    """The columns of a sheet over time: the periods of the horizon or its months, and behind them its fiscal years."""

    unit: OneOf["period", "month"]
    first: int
    """Column of the first period or month."""
    last: int
    years: range
    """Columns of the fiscal years."""

    @property
    def count(self) -> int:
        """How many periods or months there are."""
        return self.last - self.first + 1

    @property
    def edge(self) -> int:
        """The last column that anything can stand in."""
        return self.years[-1]


class Board(Protocol):
    """What a term needs to know of the grid."""

    def columns(self, sheet: str) -> Columns | None:
        """What stands in the columns of a sheet; None for a sheet without time."""

    def columns_over_time(self, sheet: str) -> Columns:
        """The same of a sheet over time."""

    def line_of(self, key: RowKey) -> Place:
        """Where the row of a key stands; the column is that of its value."""

    def spot(self, key: RowKey) -> tuple[Place, bool]:
        """The same, and whether the row has a figure in every column; otherwise it has one in the value column."""

    def value(self, place: Place) -> Value:
        """The value of the cell."""

    def over_time(self, sheet: str, row: int) -> Value:
        """The values of the cells of all periods or months of a row."""

    def block(self, keys: tuple[RowKey, ...]) -> tuple[Place, Place]:
        """The first and the last of rows that stand below each other; refuses rows that do not."""

    def knows(self, place: Place) -> bool:
        """Whether the cell has been worked out already, or holds nothing to work out."""

    def say(self, text: Text) -> str:
        """A text of the program in the language of the book."""

    def sheet_title(self, name: str) -> str:
        """The name of a sheet in the language of the book."""


class Term:
    """A formula, or a part of one.

    No ``ABC``: each cell is asked several times whether it holds a formula, and ``ABC`` takes ten times as long to say.
    """

    strength = 9
    """How tightly it holds together: a part that holds less tightly than its whole stands in brackets."""

    def text(self, board: Board, home: Place) -> str:
        """The formula as it stands in the cell ``home``."""
        raise NotImplementedError

    def value(self, board: Board, home: Place) -> Value:
        """Its value there."""
        raise NotImplementedError

    def __add__(self, other: Part) -> Term:
        return Operation("+", self, term(other), 5)

    def __sub__(self, other: Part) -> Term:
        return Operation("-", self, term(other), 5)

    def __radd__(self, other: Part) -> Term:
        return Operation("+", term(other), self, 5)

    def __rsub__(self, other: Part) -> Term:
        return Operation("-", term(other), self, 5)

    def __mul__(self, other: Part) -> Term:
        return Operation("*", self, term(other), 6)

    def __rmul__(self, other: Part) -> Term:
        return Operation("*", term(other), self, 6)

    def __truediv__(self, other: Part) -> Term:
        return Operation("/", self, term(other), 6)

    def __rtruediv__(self, other: Part) -> Term:
        return Operation("/", term(other), self, 6)

    def __pow__(self, other: Part) -> Term:
        return Operation("^", self, term(other), 7)

    def compare(self, sign: str, other: Part) -> Term:
        """A comparison; counts as 1 or 0 in arithmetic."""
        return Operation(sign, self, term(other), 3)

    def joined(self, other: Part) -> Term:
        """Texts one after the other."""
        return Operation("&", self, term(other), 4)


Part = Term | int | Text
"""What may stand in a formula: a term, one of the few allowed numbers, or a text."""


@dataclass(frozen=True)
class Literal(Term):
    """A number or a text in the formula itself."""

    content: int | Text

    @override
    def text(self, board: Board, home: Place) -> str:
        return str(self.content) if isinstance(self.content, int) else f'"{board.say(self.content)}"'

    @override
    def value(self, board: Board, home: Place) -> Value:
        return float(self.content) if isinstance(self.content, int) else board.say(self.content)


def term(part: Part) -> Term:
    """A part as a term; refuses numbers that belong on the Inputs sheet."""
    if isinstance(part, int) and abs(part) not in ALLOWED_NUMBERS:
        raise ValueError(f"the number {part} may not stand in a formula")
    return part if isinstance(part, Term) else Literal(part)


@dataclass(frozen=True)
class Operation(Term):
    """Two terms and a sign between them."""

    sign: str
    left: Term
    right: Term
    strength: int

    @override
    def text(self, board: Board, home: Place) -> str:
        left, right = self.left.text(board, home), self.right.text(board, home)
        if self.left.strength < self.strength:
            left = f"({left})"
        # "a - (b + c)" and "a / (b * c)" need brackets although the strength is the same.
        if self.right.strength < self.strength or (self.right.strength == self.strength and self.sign in "-/^"):
            right = f"({right})"
        return f"{left}{self.sign}{right}"

    @override
    def value(self, board: Board, home: Place) -> Value:
        return apply(self.sign, self.left.value(board, home), self.right.value(board, home))


@dataclass(frozen=True)
class Call(Term):
    """A function with its arguments."""

    name: str
    arguments: tuple[Term, ...]

    @override
    def text(self, board: Board, home: Place) -> str:
        return f"{self.name}({','.join(argument.text(board, home) for argument in self.arguments)})"

    @override
    def value(self, board: Board, home: Place) -> Value:
        if self.name == "IF":
            condition, then, otherwise = self.arguments
            return (then if amount(condition.value(board, home)) else otherwise).value(board, home)
        if self.name == "IFERROR":
            tried, otherwise = self.arguments
            try:
                return tried.value(board, home)
            except (ArithmeticError, ValueError):
                return otherwise.value(board, home)
        return FUNCTIONS[self.name](*(argument.value(board, home) for argument in self.arguments))


def call(name: str, *arguments: Part) -> Term:
    """A function of the workbook."""
    if name not in FUNCTIONS and name not in ("IF", "IFERROR"):
        raise ValueError(f"{name} is not among the functions that every spreadsheet program has")
    return Call(name, tuple(term(argument) for argument in arguments))


def times(*factors: Part | None) -> Term:
    """A product; factors that are None are left out."""
    present = [term(factor) for factor in factors if factor is not None]
    product = present[0]
    for factor in present[1:]:
        product = product * factor
    return product
