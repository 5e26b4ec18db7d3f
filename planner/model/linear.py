"""Just enough algebra to write a row as an equation: columns, weighted sums of them, and comparisons.

The rules are written in this algebra instead of in PuLP's own, for three reasons: a sum without terms stays a row
(Python's ``sum([]) <= 5`` is True, and the row vanishes), names are ours and never rewritten, and a row is built from
its terms in one step, which PuLP then takes over in one step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from planner.vocabulary.constraints.family import Family
from planner.vocabulary.keys import flat

Sense = Literal["<=", ">=", "="]
Key = tuple[object, ...]


class Column:
    """One decision: its kind and index, its bounds, and whether it must be whole."""

    __slots__ = ("index", "key", "kind", "lower", "upper", "whole")

    def __init__(self, index: int, kind: str, key: Key, lower: float, upper: float, whole: bool) -> None:
        self.index = index
        self.kind = kind
        self.key = key
        self.lower = lower
        self.upper = upper
        self.whole = whole

    def __mul__(self, factor: float) -> LinearExpression:
        return LinearExpression({self.index: float(factor)})

    __rmul__ = __mul__

    def __add__(self, other: LinearExpression | Column | float) -> LinearExpression:
        return LinearExpression({self.index: 1.0}).add_term(other, 1.0)

    def __sub__(self, other: LinearExpression | Column | float) -> LinearExpression:
        return LinearExpression({self.index: 1.0}).add_term(other, -1.0)

    def __le__(self, other: LinearExpression | Column | float) -> Comparison:
        return LinearExpression({self.index: 1.0}) <= other

    def __ge__(self, other: LinearExpression | Column | float) -> Comparison:
        return LinearExpression({self.index: 1.0}) >= other

    def equals(self, other: LinearExpression | Column | float) -> Comparison:
        """The comparison with ``=``; Python keeps ``==`` for identity."""
        return LinearExpression({self.index: 1.0}).equals(other)


class LinearExpression:
    """A weighted sum of columns plus a constant; terms of one column are added up."""

    __slots__ = ("constant", "terms")

    def __init__(self, terms: dict[int, float] | None = None, constant: float = 0.0) -> None:
        self.terms = {} if terms is None else terms
        self.constant = constant

    def add_term(self, other: LinearExpression | Column | float, factor: float) -> LinearExpression:
        """Adds ``factor * other`` to this sum in place and returns it."""
        if isinstance(other, LinearExpression):
            self.constant += factor * other.constant
            terms = self.terms
            known = terms.get
            for index, weight in other.terms.items():
                terms[index] = known(index, 0.0) + factor * weight
        elif isinstance(other, Column):
            self.terms[other.index] = self.terms.get(other.index, 0.0) + factor
        else:
            self.constant += factor * other
        return self

    def copy(self) -> LinearExpression:
        """A sum of its own with the same terms."""
        return LinearExpression(dict(self.terms), self.constant)

    def __add__(self, other: LinearExpression | Column | float) -> LinearExpression:
        return self.copy().add_term(other, 1.0)

    def __sub__(self, other: LinearExpression | Column | float) -> LinearExpression:
        return self.copy().add_term(other, -1.0)

    def __mul__(self, factor: float) -> LinearExpression:
        return LinearExpression(
            {index: weight * factor for index, weight in self.terms.items()}, self.constant * factor
        )

    __rmul__ = __mul__

    def __le__(self, other: LinearExpression | Column | float) -> Comparison:
        return Comparison(self - other, "<=")

    def __ge__(self, other: LinearExpression | Column | float) -> Comparison:
        return Comparison(self - other, ">=")

    def equals(self, other: LinearExpression | Column | float) -> Comparison:
        """The comparison with ``=``."""
        return Comparison(self - other, "=")

    def value(self, values: list[float]) -> float:
        """What the sum comes to, with a value for each column."""
        return self.constant + sum(weight * values[index] for index, weight in self.terms.items())


def total(terms: Iterable[tuple[float, Column]]) -> LinearExpression:
    """The sum of ``weight * column`` over pairs of them; without pairs it is zero, and still a sum."""
    weights: dict[int, float] = {}
    for weight, column in terms:
        index = column.index
        weights[index] = weights.get(index, 0.0) + weight
    return LinearExpression(weights)


def count(columns: Iterable[Column]) -> LinearExpression:
    """The sum of columns with weight one."""
    return total((1.0, column) for column in columns)


RESIDUE = 1e-9
"""What cancels out but for rounding, such as a grant that is taken off and written off within one year; money units."""


def without_residue(found: LinearExpression) -> LinearExpression:
    """The sum without terms that are rounding and nothing else; the solver would stumble over them."""
    return LinearExpression(
        {index: weight for index, weight in found.terms.items() if abs(weight) > RESIDUE}, found.constant
    )


@dataclass(slots=True)
class Comparison:
    """``left`` compared with zero."""

    left: LinearExpression
    sense: Sense

    @property
    def right(self) -> float:
        """The constant on the right-hand side, once the terms stand alone on the left."""
        return 0.0 - self.left.constant


@dataclass(slots=True)
class Row:
    """One row of the model: the family it belongs to, its index, and its comparison."""

    family: Family
    key: Key
    comparison: Comparison

    @property
    def rule(self) -> str:
        """Name of the rule."""
        return self.family.rule

    @property
    def terms(self) -> dict[int, float]:
        """Weights by column, zero weights left out."""
        return {index: weight for index, weight in self.comparison.left.terms.items() if weight}

    def name(self, labels: tuple[str, ...]) -> str:
        """What the row is called, in messages and in a solver's file; periods are shown by their labels."""
        key, family = tuple(flat(self.key)), self.family
        if family.part:
            place = len(key) - family.keys_behind
            key = (*key[:place], family.part, *key[place:])
        return key_text(family.rule, key, labels)


def row_text(row: Row, columns: list[Column], labels: tuple[str, ...]) -> str:
    """A row as people read it: ``supply[h100,2024-04]: order[h100,tokyo,2024-04] <= 10``."""
    parts = []
    for index, weight in sorted(row.terms.items()):
        name = key_text(columns[index].kind, columns[index].key, labels)
        sign = "-" if weight < 0 else "+"
        size = "" if abs(weight) == 1 else f"{abs(weight):.6g} "
        parts.append(f"{sign} {size}{name}")
    left = " ".join(parts).removeprefix("+ ") or "0"
    return f"{row.name(labels)}: {left} {row.comparison.sense} {row.comparison.right:.6g}"


def key_text(kind: str, key: Key, labels: tuple[str, ...]) -> str:
    """A kind with its index; keys within it are laid flat, periods are shown by their labels."""
    return f"{kind}[{','.join(labels[part] if isinstance(part, int) else str(part) for part in flat(key))}]"
